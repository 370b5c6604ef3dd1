#include "common/base/clock.h"

#include "absl/time/clock.h"

namespace tuoyu {

absl::Time SystemClock::Now() const {
  return absl::FromUnixMicros(absl::ToUnixMicros(absl::Now()));
}

absl::TimeZone Shanghai() { return absl::FixedTimeZone(8 * 60 * 60); }

absl::CivilDay DayOf(absl::Time time) { return absl::ToCivilDay(time, Shanghai()); }

absl::Time StartOf(absl::CivilDay day) { return absl::FromCivil(day, Shanghai()); }

absl::CivilDay Today(const Clock& clock) { return DayOf(clock.Now()); }

}  // namespace tuoyu
