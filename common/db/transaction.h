#ifndef TUOYU_COMMON_DB_TRANSACTION_H_
#define TUOYU_COMMON_DB_TRANSACTION_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/param.h"
#include "common/db/pool.h"
#include "common/db/row.h"

namespace tuoyu::db {

class Connection;

// The statements of one transaction, or of one read without a transaction. Made by RunTransaction
// and RunRead; used by one thread, never after the body returned.
//
// Errors of every statement (common/db/errors.h has the table by errno):
//   ABORTED              deadlock, lock wait timeout, changed snapshot, certification conflict:
//                        must_rerun() is set
//   UNAVAILABLE          connection lost or refused
//   ALREADY_EXISTS       duplicate key; ConstraintName(status) names the key
//   FAILED_PRECONDITION  foreign key; ConstraintName(status) names the constraint
//   DEADLINE_EXCEEDED    the deadline passed before the statement was sent, or the server's
//                        statement limit (10 s) ended it
//   CANCELLED            the caller gave up before the statement was sent
//   INTERNAL             everything else; the text goes to the log hook, never into the status
// After ABORTED or UNAVAILABLE every further statement returns that same status without being sent.
class Transaction {
 public:
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  // Runs a statement without a result. `sql` must be a constant with static lifetime: the prepared
  // statement is kept per connection under its address. `affected`, if not null, receives the
  // number of rows matched by UPDATE or DELETE or inserted.
  absl::Status Execute(const char* sql, Params params, int64_t* affected = nullptr);

  // Runs a query and calls `each` for every row in order; a status other than OK from `each` stops
  // and is returned. `each` must not run statements of this transaction: collect first.
  absl::Status Query(const char* sql, Params params,
                     absl::FunctionRef<absl::Status(const Row&)> each);

  // Runs a query of at most one row (further rows are ignored) and calls `each` for it. False: no
  // row.
  absl::StatusOr<bool> QueryOne(const char* sql, Params params,
                                absl::FunctionRef<void(const Row&)> each);

  // The same for statements composed at run time (multi-row INSERT, IN lists). Values are bound
  // here too: `sql` is built from constants only. Prepared statements are kept by text, the 32 used
  // last of each connection.
  absl::Status ExecuteText(const std::string& sql, Params params, int64_t* affected = nullptr);
  absl::Status QueryText(const std::string& sql, Params params,
                         absl::FunctionRef<absl::Status(const Row&)> each);

  // Set when the transaction was rolled back by a conflict and must be run again from its
  // beginning. Decide by this, not by the ABORTED code: other things are ABORTED too.
  bool must_rerun() const { return must_rerun_; }

  absl::Time deadline() const { return deadline_; }

 private:
  friend class TransactionRunner;
  Transaction(Connection* connection, absl::Time deadline, std::function<bool()> cancelled);

  // Called before a statement is sent: whether it may be.
  absl::Status Before();
  // Called with the status of a statement that was sent; notes what ends the transaction.
  absl::Status After(absl::Status status, bool was_sent_well);

  Connection* const connection_;
  const absl::Time deadline_;
  std::function<bool()> cancelled_;
  bool must_rerun_ = false;
  int statements_ = 0;    // sent by the body
  absl::Status failure_;  // the ABORTED or UNAVAILABLE that ended the transaction
};

struct TransactionOptions {
  // START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY, in REPEATABLE READ: every query sees the
  // same state. For reports. Otherwise READ COMMITTED, read and write.
  bool read_only = false;
  // The caller gave up: asked before each statement and before each rerun. May be empty.
  std::function<bool()> cancelled;
};

// Runs `body` in a transaction and commits it if it returns OK, else rolls it back and returns its
// status. When the database reports a conflict (must_rerun) everything is rolled back and `body` is
// run again, after a random wait of up to min(100 ms, 5 ms * 2^n), until `deadline`: body MUST NOT
// keep state across calls. A connection found to be lost by the first statement is replaced, once,
// and body run again.
//
// Errors: those of `body`, of Transaction and of Pool::Acquire; ABORTED when conflicts lasted until
// the deadline; UNAVAILABLE when the connection was lost during COMMIT: the outcome is unknown, the
// transaction is not rerun, and the caller repeats the whole request with the same request_id.
absl::Status RunTransaction(Pool& pool, absl::Time deadline,
                            absl::FunctionRef<absl::Status(Transaction&)> body,
                            const TransactionOptions& options = {});

// Runs `body` with each statement its own (autocommit): no START TRANSACTION and COMMIT are sent.
// For point reads; two queries may see different states. Reruns and errors as RunTransaction.
// `cancelled` as in TransactionOptions. Handlers use rpc::RunRead.
absl::Status RunRead(Pool& pool, absl::Time deadline,
                     absl::FunctionRef<absl::Status(Transaction&)> body,
                     std::function<bool()> cancelled = {});

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_TRANSACTION_H_
