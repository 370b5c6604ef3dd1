#include "services/filing/registry_roll.h"

#include <algorithm>

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

// Whether an error comes from what is stored, and not from the database's state of the moment.
bool IsOfOneRow(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kInternal:
      return true;
    default:
      return false;
  }
}

}  // namespace

RegistryRoll::RegistryRoll(db::Pool& pool, const Clock& clock, const RegistryDeps& deps,
                           ops::LogWriter& log)
    : pool_(pool), clock_(clock), deps_(deps), log_(log) {}

RegistryRoll::~RegistryRoll() { Stop(); }

absl::Status RegistryRoll::Ensure(absl::CivilDay today, absl::Time deadline) {
  if (DayNumber(today) <= done_.load(std::memory_order_acquire)) return absl::OkStatus();
  std::unique_lock<std::timed_mutex> lock(sweeping_, absl::ToChronoTime(deadline));
  if (!lock.owns_lock()) return absl::DeadlineExceededError("the turn of the day takes longer");
  if (DayNumber(today) <= done_.load(std::memory_order_acquire)) return absl::OkStatus();
  return Sweep(today, deadline);
}

absl::Status RegistryRoll::Sweep(absl::CivilDay today, absl::Time deadline) {
  std::set<std::string> failed;
  while (true) {
    if (stopping_) return absl::CancelledError("the service stops");
    ASSIGN_OR_RETURN(const std::vector<std::string> ids, Stale(today, deadline, failed));
    if (ids.empty()) break;
    absl::Status together = Remake(ids, today, deadline);
    if (together.ok()) continue;
    if (!IsOfOneRow(together)) return together;
    for (const std::string& id : ids) {
      absl::Status alone = Remake({id}, today, deadline);
      if (alone.ok()) continue;
      if (!IsOfOneRow(alone)) return alone;
      failed.insert(id);
      ops::LogLine(ops::Severity::kError, "filing", "registry_row_failed")
          .Add("facility", FacilityName(id))
          .Add("code", absl::StatusCodeToString(alone.code()))
          .WriteTo(log_);
    }
  }
  done_.store(DayNumber(today), std::memory_order_release);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> RegistryRoll::Stale(absl::CivilDay today,
                                                             absl::Time deadline,
                                                             const std::set<std::string>& failed) {
  const std::string shape = ShapeOf(deps_.book.On(today));
  const int limit = kRows + static_cast<int>(failed.size());
  std::vector<std::string> ids;
  RETURN_IF_ERROR(db::RunRead(pool_, deadline, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(ids, DueIds(transaction, today, limit));
    ASSIGN_OR_RETURN(const auto others, IdsOfOtherShape(transaction, shape, limit));
    ids.insert(ids.end(), others.begin(), others.end());
    return absl::OkStatus();
  }));
  ids.erase(std::remove_if(ids.begin(), ids.end(),
                           [&](const std::string& id) { return failed.count(id) > 0; }),
            ids.end());
  return ids;
}

absl::Status RegistryRoll::Remake(const std::vector<std::string>& ids, absl::CivilDay today,
                                  absl::Time deadline) {
  return db::RunTransaction(pool_, deadline, [&](db::Transaction& transaction) -> absl::Status {
    RegistrySession session(transaction, deps_, absl::UnixEpoch(), today);
    RETURN_IF_ERROR(session.Load(ids));
    return session.Store();
  });
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
    stop_changed_.wait_for(lock, absl::ToChronoNanoseconds(wait),
                           [this] { return stopping_.load(); });
  }
}

}  // namespace tuoyu::filing
