#ifndef TUOYU_COMMON_RPC_HOUSEKEEPING_H_
#define TUOYU_COMMON_RPC_HOUSEKEEPING_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/db/pool.h"
#include "common/ops/log.h"

namespace tuoyu::rpc {

// How long the answers of writes are kept for repeated requests.
inline constexpr absl::Duration kKeepAnswers = absl::Hours(24 * 30);

// Deletes what a service needs no longer, in small transactions, from a thread of its own.
class Housekeeping {
 public:
  // One kind of thing that is deleted when it is older than `keep`.
  struct Task {
    std::string name;     // for the log
    absl::Duration keep;  // > 0
    int at_once;          // deleted by one call of `purge`
    // Deletes at most `limit` that are older than `before`; how many there were.
    std::function<absl::StatusOr<int64_t>(db::Pool& pool, absl::Time deadline, absl::Time before,
                                          int limit)>
        purge;
  };
  // The log of requests, which every service keeps.
  static Task RequestLog();

  // References must outlive this.
  Housekeeping(std::string service, db::Pool& pool, const Clock& clock, ops::LogWriter& log,
               std::vector<Task> tasks);
  ~Housekeeping();

  // Deletes everything that is due, or what can be until Stop. A task that fails is logged (event "housekeeping.failed")
  // and keeps no other from its turn. Returns the first error, of db::RunTransaction.
  absl::Status Run(absl::Time deadline);

  // Runs now and then every `interval`, until Stop, which waits for the batch under way only.
  void Start(absl::Duration interval);
  void Stop();

 private:
  absl::Status RunTask(const Task& task, absl::Time deadline);

  const std::string service_;
  db::Pool& pool_;
  const Clock& clock_;
  ops::LogWriter& log_;
  const std::vector<Task> tasks_;
  std::mutex mutex_;
  std::condition_variable stop_changed_;
  std::atomic<bool> stopping_{false};  // changed under mutex_
  std::thread thread_;
};

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_HOUSEKEEPING_H_
