#ifndef TUOYU_COMMON_TESTING_FAKE_CLOCK_H_
#define TUOYU_COMMON_TESTING_FAKE_CLOCK_H_

#include <mutex>

#include "absl/time/time.h"
#include "common/base/clock.h"

namespace tuoyu::testing {

// A clock that moves only when told. Thread-safe.
class FakeClock : public Clock {
 public:
  // 2026-03-02 09:30:00 in Asia/Shanghai, a Monday.
  FakeClock() : FakeClock(absl::FromUnixSeconds(1772415000)) {}
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    std::lock_guard<std::mutex> lock(mutex_);
    return now_;
  }
  void Set(absl::Time now) {
    std::lock_guard<std::mutex> lock(mutex_);
    now_ = now;
  }
  void Advance(absl::Duration by) {
    std::lock_guard<std::mutex> lock(mutex_);
    now_ += by;
  }

 private:
  mutable std::mutex mutex_;
  absl::Time now_;
};

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_FAKE_CLOCK_H_
