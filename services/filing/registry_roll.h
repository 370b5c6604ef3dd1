#ifndef TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_
#define TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/db/pool.h"
#include "services/filing/registry.h"

namespace tuoyu::filing {

// The turn of the day (日切): makes those rows of the register anew that change by themselves, because a slice decided
// before or a recognition begins or ends. Nothing is journaled: the facts were, when they were decided. Thread-safe.
class RegistryRoll {
 public:
  // All references must outlive this.
  RegistryRoll(db::Pool& pool, const Clock& clock, const RegistryDeps& deps);
  ~RegistryRoll();
  RegistryRoll(const RegistryRoll&) = delete;
  RegistryRoll& operator=(const RegistryRoll&) = delete;

  // Returns when no row is out of date on `today`. The first call of a day does the work, the others cost nothing.
  // Errors: those of db::RunTransaction; rows done so far stay done. DEADLINE_EXCEEDED also while another caller is at it.
  absl::Status Ensure(absl::CivilDay today, absl::Time deadline);

  // Does it in a thread of its own, at the turn of the day and every `interval`. Stop (also by the destructor) waits for
  // the thread.
  void Start(absl::Duration interval = absl::Minutes(1));
  void Stop();

 private:
  absl::Status Sweep(absl::CivilDay today, absl::Time deadline);
  void Run(absl::Duration interval);

  db::Pool& pool_;
  const Clock& clock_;
  const RegistryDeps deps_;
  std::timed_mutex sweeping_;     // held by the one who does the work
  std::atomic<int64_t> done_{0};  // days since 1970-01-01 up to which it is done
  std::mutex mutex_;
  std::condition_variable stop_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_
