#ifndef TUOYU_COMMON_BASE_QUARTER_H_
#define TUOYU_COMMON_BASE_QUARTER_H_

#include <cstdint>

#include "absl/time/civil_time.h"

namespace tuoyu {

inline constexpr int kQuarters = 4;
inline constexpr int64_t kMonthsOfQuarter = 3;

// First day of a quarter (1 to 4).
inline absl::CivilDay QuarterBegin(int year, int quarter) {
  return absl::CivilDay(year, (quarter - 1) * kMonthsOfQuarter + 1, 1);
}
// First day of the one after it.
inline absl::CivilDay QuarterEnd(int year, int quarter) {
  return absl::CivilDay(absl::CivilMonth(year, quarter * kMonthsOfQuarter) + 1);
}
// Which quarter a day lies in.
inline int QuarterOf(absl::CivilDay day) {
  return (day.month() - 1) / static_cast<int>(kMonthsOfQuarter) + 1;
}

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_QUARTER_H_
