#ifndef TUOYU_COMMON_BASE_CLOCK_H_
#define TUOYU_COMMON_BASE_CLOCK_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace tuoyu {

// Where the present time comes from. Everything that needs it takes a `const Clock&`, so that tests
// can set it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// The computer's clock, cut to whole microseconds: the resolution of DATETIME(6), so that a time
// read from the database equals the one written.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// China Standard Time, UTC+8 without daylight saving time. Needs no time zone files.
absl::TimeZone Shanghai();

// The civil day in Shanghai at `time`.
absl::CivilDay DayOf(absl::Time time);

// The first moment of `day` in Shanghai.
absl::Time StartOf(absl::CivilDay day);

// The civil day in Shanghai now.
absl::CivilDay Today(const Clock& clock);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_CLOCK_H_
