#include "services/filing/housekeeping.h"

#include <cstdint>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/rpc/write.h"
#include "services/filing/material_repository.h"

namespace tuoyu::filing {
namespace {

// An upload has up to 20 MiB of pieces, an answer a few kB.
constexpr int kUploadsAtOnce = 5;
constexpr int kAnswersAtOnce = 500;
constexpr absl::Duration kTimeout = absl::Minutes(5);

}  // namespace

Housekeeping::Housekeeping(db::Pool& pool, const Clock& clock) : pool_(pool), clock_(clock) {}

Housekeeping::~Housekeeping() { Stop(); }

absl::Status Housekeeping::Run(absl::Time deadline) {
  const absl::Time now = clock_.Now();
  for (int64_t purged = kUploadsAtOnce; purged == kUploadsAtOnce;) {
    ASSIGN_OR_RETURN(purged,
                     PurgeUploads(pool_, deadline, now - kKeepUnfinishedUploads, kUploadsAtOnce));
  }
  for (int64_t purged = kAnswersAtOnce; purged == kAnswersAtOnce;) {
    ASSIGN_OR_RETURN(purged,
                     rpc::PurgeRequestLog(pool_, deadline, now - kKeepAnswers, kAnswersAtOnce));
  }
  return absl::OkStatus();
}

void Housekeeping::Start(absl::Duration interval) {
  thread_ = std::thread([this, interval] {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopping_) {
      lock.unlock();
      Run(absl::Now() + kTimeout).IgnoreError();
      lock.lock();
      stop_changed_.wait_for(lock, absl::ToChronoNanoseconds(interval),
                             [this] { return stopping_; });
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

}  // namespace tuoyu::filing
