#include "services/filing/registry_roll.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registry_session.h"

namespace tuoyu::filing {
namespace {

// Rows of one transaction: small enough that no lock is held for long.
constexpr int kRows = 100;
constexpr absl::Duration kSweepTimeout = absl::Minutes(5);

int64_t DayNumber(absl::CivilDay day) { return day - absl::CivilDay(1970, 1, 1); }

}  // namespace

RegistryRoll::RegistryRoll(db::Pool& pool, const Clock& clock, const RegistryDeps& deps)
    : pool_(pool), clock_(clock), deps_(deps) {}

RegistryRoll::~RegistryRoll() { Stop(); }

absl::Status RegistryRoll::Ensure(absl::CivilDay today, absl::Time deadline) {
  if (DayNumber(today) <= done_.load(std::memory_order_acquire)) return absl::OkStatus();
  std::unique_lock<std::timed_mutex> lock(sweeping_, absl::ToChronoTime(deadline));
  if (!lock.owns_lock()) return absl::DeadlineExceededError("the turn of the day takes longer");
  if (DayNumber(today) <= done_.load(std::memory_order_acquire)) return absl::OkStatus();
  return Sweep(today, deadline);
}

absl::Status RegistryRoll::Sweep(absl::CivilDay today, absl::Time deadline) {
  for (bool more = true; more;) {
    RETURN_IF_ERROR(
        db::RunTransaction(pool_, deadline, [&](db::Transaction& transaction) -> absl::Status {
          ASSIGN_OR_RETURN(const std::vector<std::string> due, DueIds(transaction, today, kRows));
          more = !due.empty();
          if (!more) return absl::OkStatus();
          RegistrySession session(transaction, deps_, absl::UnixEpoch(), today);
          RETURN_IF_ERROR(session.Load(due));
          return session.Store();
        }));
  }
  done_.store(DayNumber(today), std::memory_order_release);
  return absl::OkStatus();
}

void RegistryRoll::Start(absl::Duration interval) {
  thread_ = std::thread([this, interval] { Run(interval); });
}

void RegistryRoll::Stop() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  stop_changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RegistryRoll::Run(absl::Duration interval) {
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const absl::CivilDay today = Today(clock_);
    {
      // Also on a day that is done: another process may have written a row just before the turn of the day. A failure is
      // in the log of the database library, and tried again.
      std::lock_guard<std::timed_mutex> sweeping(sweeping_);
      Sweep(today, absl::Now() + kSweepTimeout).IgnoreError();
    }
    const absl::Duration left = StartOf(today + 1) - clock_.Now();
    const absl::Duration wait = std::clamp(left, absl::Milliseconds(1), interval);
    lock.lock();
    stop_changed_.wait_for(lock, absl::ToChronoNanoseconds(wait), [this] { return stopping_; });
  }
}

}  // namespace tuoyu::filing
