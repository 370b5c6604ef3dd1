#include "common/rpc/housekeeping.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/rpc/write.h"

namespace tuoyu::rpc {
namespace {

constexpr int kAnswersAtOnce = 500;  // of a few kB
constexpr absl::Duration kTimeout = absl::Minutes(5);

}  // namespace

Housekeeping::Task Housekeeping::RequestLog() {
  return {"request_log", kKeepAnswers, kAnswersAtOnce, PurgeRequestLog};
}

Housekeeping::Housekeeping(std::string service, db::Pool& pool, const Clock& clock,
                           ops::LogWriter& log, std::vector<Task> tasks)
    : service_(std::move(service)),
      pool_(pool),
      clock_(clock),
      log_(log),
      tasks_(std::move(tasks)) {}

Housekeeping::~Housekeeping() { Stop(); }

absl::Status Housekeeping::RunTask(const Task& task, absl::Time deadline) {
  const absl::Time before = clock_.Now() - task.keep;
  for (int64_t purged = task.at_once; purged >= task.at_once && !stopping_;) {
    ASSIGN_OR_RETURN(purged, task.purge(pool_, deadline, before, task.at_once));
  }
  return absl::OkStatus();
}

absl::Status Housekeeping::Run(absl::Time deadline) {
  absl::Status first;
  for (const Task& task : tasks_) {
    const absl::Status status = RunTask(task, deadline);
    if (status.ok()) continue;
    ops::LogLine(ops::Severity::kWarning, service_, "housekeeping.failed")
        .Add("task", task.name)
        .Add("code", absl::StatusCodeToString(status.code()))
        .Add("detail", status.message())
        .WriteTo(log_);
    first.Update(status);
  }
  return first;
}

void Housekeeping::Start(absl::Duration interval) {
  thread_ = std::thread([this, interval] {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      (void)Run(absl::Now() + kTimeout);  // logged; tried again after the interval
      lock.lock();
      stop_changed_.wait_for(lock, absl::ToChronoNanoseconds(interval),
                             [this] { return stopping_.load(); });
    }
  });
}

void Housekeeping::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  stop_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace tuoyu::rpc
