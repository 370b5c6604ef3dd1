#ifndef TUOYU_COMMON_BASE_MONTHS_H_
#define TUOYU_COMMON_BASE_MONTHS_H_

#include <algorithm>

#include "absl/time/civil_time.h"

namespace tuoyu {

// The last day of a month.
inline absl::CivilDay EndOfMonth(absl::CivilMonth month) { return absl::CivilDay(month + 1) - 1; }

// The last day of the month of `day`.
inline absl::CivilDay EndOfMonth(absl::CivilDay day) { return EndOfMonth(absl::CivilMonth(day)); }

// The same day of the month `months` later (earlier if negative), or the last day of a month too short to have it.
inline absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  return std::min(absl::CivilDay(month) + (day.day() - 1), EndOfMonth(month));
}

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_MONTHS_H_
