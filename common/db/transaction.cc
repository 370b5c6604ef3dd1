#include "common/db/transaction.h"

#include <algorithm>
#include <utility>

#include "absl/random/random.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/db/connection.h"

namespace tuoyu::db {

Transaction::Transaction(Connection* connection, absl::Time deadline,
                         std::function<bool()> cancelled)
    : connection_(connection), deadline_(deadline), cancelled_(std::move(cancelled)) {}

absl::Status Transaction::Before() {
  if (!failure_.ok()) return failure_;
  if (absl::Now() >= deadline_) {
    return absl::DeadlineExceededError("the deadline passed before the statement was sent");
  }
  if (cancelled_ && cancelled_()) return absl::CancelledError("the caller gave up");
  ++statements_;
  return absl::OkStatus();
}

absl::Status Transaction::After(absl::Status status, bool was_sent_well) {
  if (was_sent_well) return status;
  if (connection_->broken() || connection_->last_error() == ErrorKind::kRerun) failure_ = status;
  must_rerun_ = must_rerun_ || connection_->last_error() == ErrorKind::kRerun;
  return status;
}

absl::Status Transaction::Execute(const char* sql, Params params, int64_t* affected) {
  RETURN_IF_ERROR(Before());
  absl::Status status = connection_->Execute(sql, params, affected);
  return After(status, status.ok());
}

absl::Status Transaction::ExecuteText(const std::string& sql, Params params, int64_t* affected) {
  RETURN_IF_ERROR(Before());
  absl::Status status = connection_->ExecuteText(sql, params, affected);
  return After(status, status.ok());
}

absl::Status Transaction::Query(const char* sql, Params params,
                                absl::FunctionRef<absl::Status(const Row&)> each) {
  RETURN_IF_ERROR(Before());
  bool stopped = false;
  absl::Status status = connection_->Query(sql, params, [&](const Row& row) {
    absl::Status result = each(row);
    stopped = !result.ok();
    return result;
  });
  return After(status, status.ok() || stopped);
}

absl::Status Transaction::QueryText(const std::string& sql, Params params,
                                    absl::FunctionRef<absl::Status(const Row&)> each) {
  RETURN_IF_ERROR(Before());
  bool stopped = false;
  absl::Status status = connection_->QueryText(sql, params, [&](const Row& row) {
    absl::Status result = each(row);
    stopped = !result.ok();
    return result;
  });
  return After(status, status.ok() || stopped);
}

absl::StatusOr<bool> Transaction::QueryOne(const char* sql, Params params,
                                           absl::FunctionRef<void(const Row&)> each) {
  RETURN_IF_ERROR(Before());
  bool found = false;
  absl::Status status = connection_->Query(sql, params, [&](const Row& row) {
    if (!found) each(row);
    found = true;
    return absl::OkStatus();
  });
  RETURN_IF_ERROR(After(status, status.ok()));
  return found;
}

// One attempt at a transaction.
class TransactionRunner {
 public:
  // How an attempt ended.
  enum class Outcome {
    kFinal,     // its status is the answer
    kConflict,  // rolled back by the database; run again
    kStale,     // the connection was lost before the body could have had an effect
  };

  TransactionRunner(Connection& connection, absl::Time deadline, const TransactionOptions& options,
                    bool begin)
      : connection_(connection),
        options_(options),
        begin_(begin),
        transaction_(&connection, deadline, options.cancelled) {}

  // Also when `body` throws.
  ~TransactionRunner() {
    if (open_) (void)connection_.Rollback();
  }

  absl::Status Run(absl::FunctionRef<absl::Status(Transaction&)> body) {
    const absl::Status begun =
        begin_ ? connection_.Begin(options_.read_only) : connection_.BeginSingle();
    if (!begun.ok()) return Ended(begun, /*harmless=*/true);
    open_ = begin_;
    absl::Status status = body(transaction_);
    if (!transaction_.failure_.ok()) {
      return Ended(transaction_.must_rerun_ || status.ok() ? transaction_.failure_ : status,
                   /*harmless=*/transaction_.statements_ == 1);
    }
    RETURN_IF_ERROR(status);
    if (!begin_) return status;
    RETURN_IF_ERROR(transaction_.Before());
    return Commit();
  }

  Outcome outcome() const { return outcome_; }

 private:
  absl::Status Commit() {
    absl::Status status = connection_.Commit();
    if (status.ok()) {
      open_ = false;
      return status;
    }
    if (connection_.broken()) {
      open_ = false;
      return absl::UnavailableError(
          "the connection was lost during COMMIT: the outcome is unknown, repeat the request with "
          "the same request_id");
    }
    return Ended(status, /*harmless=*/false);
  }

  // Notes how to go on after `status`, an error of the connection; `harmless`: nothing the body
  // sent can have an effect.
  absl::Status Ended(absl::Status status, bool harmless) {
    if (connection_.broken()) {
      if (harmless) outcome_ = Outcome::kStale;
    } else if (connection_.last_error() == ErrorKind::kRerun) {
      outcome_ = Outcome::kConflict;
    }
    return status;
  }

  Connection& connection_;
  const TransactionOptions& options_;
  const bool begin_;
  Transaction transaction_;
  bool open_ = false;
  Outcome outcome_ = Outcome::kFinal;
};

namespace {

// Sleeps a random time before rerun number `attempt` (from 0). False: the deadline would pass.
bool BackOff(int attempt, absl::Time deadline) {
  const absl::Duration limit =
      std::min(absl::Milliseconds(100), absl::Milliseconds(5) * (1 << std::min(attempt, 5)));
  thread_local absl::InsecureBitGen random;
  const absl::Duration wait =
      absl::Microseconds(absl::Uniform<int64_t>(random, 0, absl::ToInt64Microseconds(limit)));
  if (absl::Now() + wait >= deadline) return false;
  absl::SleepFor(wait);
  return true;
}

absl::Status RunUntilDeadline(Pool& pool, absl::Time deadline,
                              absl::FunctionRef<absl::Status(Transaction&)> body,
                              const TransactionOptions& options, bool begin) {
  using Outcome = TransactionRunner::Outcome;
  ASSIGN_OR_RETURN(Lease lease, pool.Acquire(deadline, /*single=*/!begin));
  bool reopened = false;
  for (int conflicts = 0;;) {
    Outcome outcome;
    absl::Status status;
    {
      TransactionRunner runner(lease.connection(), deadline, options, begin);
      status = runner.Run(body);
      outcome = runner.outcome();
    }
    if (outcome == Outcome::kFinal) return status;
    if (outcome == Outcome::kStale) {
      if (std::exchange(reopened, true)) return status;
      RETURN_IF_ERROR(lease.Reopen(deadline));
    } else {
      if (options.cancelled && options.cancelled())
        return absl::CancelledError("the caller gave up");
      if (!BackOff(conflicts++, deadline)) return status;
      if (lease.connection().broken()) RETURN_IF_ERROR(lease.Reopen(deadline));
    }
    pool.CountRerun();
  }
}

}  // namespace

absl::Status RunTransaction(Pool& pool, absl::Time deadline,
                            absl::FunctionRef<absl::Status(Transaction&)> body,
                            const TransactionOptions& options) {
  return RunUntilDeadline(pool, deadline, body, options, /*begin=*/true);
}

absl::Status RunRead(Pool& pool, absl::Time deadline,
                     absl::FunctionRef<absl::Status(Transaction&)> body,
                     std::function<bool()> cancelled) {
  TransactionOptions options;
  options.cancelled = std::move(cancelled);
  return RunUntilDeadline(pool, deadline, body, options, /*begin=*/false);
}

}  // namespace tuoyu::db
