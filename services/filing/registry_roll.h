#ifndef TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_
#define TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/db/pool.h"
#include "common/ops/log.h"
#include "services/filing/registry.h"

namespace tuoyu::filing {

// The turn of the day (日切): makes those rows of the register anew that change by themselves, because a slice decided
// before or a recognition begins or ends, and those that other data classes or rules shaped (ShapeOf). Nothing is
// journaled: the facts were, when they were decided. A row that can't be made is logged ("registry_row_failed") and left
// as it is; the others are not kept waiting for it. Thread-safe.
class RegistryRoll {
 public:
  // All references must outlive this.
  RegistryRoll(db::Pool& pool, const Clock& clock, const RegistryDeps& deps, ops::LogWriter& log);
  ~RegistryRoll();
  RegistryRoll(const RegistryRoll&) = delete;
  RegistryRoll& operator=(const RegistryRoll&) = delete;

  // Returns when no row that can be made is out of date on `today`. The first call of a day does the work, the others cost
  // nothing. Errors: those of db::RunTransaction; rows done so far stay done. DEADLINE_EXCEEDED also while another caller
  // is at it, CANCELLED after Stop.
  absl::Status Ensure(absl::CivilDay today, absl::Time deadline);

  // Does it in a thread of its own, at the turn of the day and every `interval`. Stop (also by the destructor) waits for
  // the thread, which ends with the batch it is at.
  void Start(absl::Duration interval = absl::Minutes(1));
  void Stop();

 private:
  absl::Status Sweep(absl::CivilDay today, absl::Time deadline);
  // Rows out of date, without those in `failed`; empty when there are none.
  absl::StatusOr<std::vector<std::string>> Stale(absl::CivilDay today, absl::Time deadline,
                                                 const std::set<std::string>& failed);
  absl::Status Remake(const std::vector<std::string>& ids, absl::CivilDay today,
                      absl::Time deadline);
  void Run(absl::Duration interval);

  db::Pool& pool_;
  const Clock& clock_;
  const RegistryDeps deps_;
  ops::LogWriter& log_;
  std::timed_mutex sweeping_;     // held by the one who does the work
  std::atomic<int64_t> done_{0};  // days since 1970-01-01 up to which it is done
  std::mutex mutex_;
  std::condition_variable stop_changed_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_ROLL_H_
