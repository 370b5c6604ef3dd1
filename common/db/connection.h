#ifndef TUOYU_COMMON_DB_CONNECTION_H_
#define TUOYU_COMMON_DB_CONNECTION_H_

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/errors.h"
#include "common/db/param.h"
#include "common/db/pool.h"
#include "common/db/row.h"

namespace sql {
class Connection;
class PreparedStatement;
class Statement;
}  // namespace sql

namespace tuoyu::db {

// One session of the server with its prepared statements; internal to common/db. Every exception of
// Connector/C++ ends here as a status. Used by one thread at a time.
class Connection {
 public:
  // Connects and sets the session up: strict SQL mode, UTC, READ COMMITTED,
  // innodb_lock_wait_timeout 5 s, statements limited to 10 s, utf8mb4. Connecting takes no
  // longer than until `deadline` (whole seconds, at least one), and no statement is sent after it;
  // one that was sent may take up to the read timeout. Errors: UNAVAILABLE when the server can't be
  // reached, DEADLINE_EXCEEDED, else INTERNAL.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(
      const Options& options, absl::Time deadline = absl::InfiniteFuture());
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Begins a transaction. A writing one costs no message while the session is in the mode for them: its first statement
  // begins it.
  absl::Status Begin(bool read_only);
  // From now on each statement is its own.
  absl::Status BeginSingle();
  // Whether the session is in the mode of BeginSingle.
  bool single() const { return single_; }
  absl::Status Commit();
  absl::Status Rollback();
  absl::Status Ping();

  // Statements of Transaction; prepared and kept by address or by text.
  absl::Status Execute(const char* sql, Params params, int64_t* affected);
  absl::Status ExecuteText(const std::string& sql, Params params, int64_t* affected);
  absl::Status Query(const char* sql, Params params,
                     absl::FunctionRef<absl::Status(const Row&)> each);
  absl::Status QueryText(const std::string& sql, Params params,
                         absl::FunctionRef<absl::Status(const Row&)> each);

  // Sends one statement as text, without preparing it: DDL, SET, GRANT. `shown` stands for it in
  // the log when it holds a secret. Errors whose number is among `expected` are not logged.
  absl::Status Direct(const std::string& sql, absl::string_view shown = {},
                      absl::Span<const int> expected = {});

  // Takes the limit of 10 s per statement off this session.
  absl::Status LiftStatementLimit() { return SetStatementLimit(absl::ZeroDuration()); }

  // What the last failed call was; meaningful only after an error.
  ErrorKind last_error() const { return last_error_; }
  int last_errno() const { return last_errno_; }
  // Lets go of statements by text that were last used then or before: those of many rows take much memory.
  void DropTextsUnusedSince(absl::Time before);
  // The connection can't be used any more.
  bool broken() const { return broken_; }

 private:
  struct TextStatement {
    std::string sql;
    absl::Time used;
    std::unique_ptr<sql::PreparedStatement> statement;
  };

  Connection() = default;
  absl::Status Connect(const Options& options);
  absl::Status SetUpSession(absl::Time deadline);
  void DropLastText();
  absl::Status SetSingle(bool single);
  // Zero: no limit.
  absl::Status SetStatementLimit(absl::Duration limit);

  // Runs `call`, which uses Connector/C++, and turns what it throws into a status.
  absl::Status Guard(absl::string_view sql, absl::FunctionRef<absl::Status()> call);
  absl::Status Failed(int error_number, absl::string_view sql_state, absl::string_view message,
                      absl::string_view sql);

  sql::PreparedStatement& Prepared(const char* sql);
  sql::PreparedStatement& Prepared(const std::string& sql);
  absl::Status RunExecute(sql::PreparedStatement& statement, Params params, int64_t* affected);
  absl::Status RunQuery(sql::PreparedStatement& statement, Params params,
                        absl::FunctionRef<absl::Status(const Row&)> each);

  std::unique_ptr<sql::Connection> connection_;
  std::unique_ptr<sql::Statement> direct_;
  absl::flat_hash_map<const char*, std::unique_ptr<sql::PreparedStatement>> by_address_;
  // Most recently used first.
  std::list<TextStatement> texts_;
  absl::flat_hash_map<absl::string_view, std::list<TextStatement>::iterator> by_text_;
  bool broken_ = false;
  bool single_ = true;
  ErrorKind last_error_ = ErrorKind::kInternal;
  int last_errno_ = 0;
};

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_CONNECTION_H_
