#include "common/db/migrate.h"

#include <map>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/db/connection.h"
#include "common/db/sql_text.h"
#include "common/db/transaction.h"

namespace tuoyu::db {
namespace {

constexpr char kCreateTable[] =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "component VARCHAR(64) NOT NULL, "
    "name VARCHAR(190) NOT NULL, "
    "sha256 CHAR(64) NOT NULL, "
    "applied_at DATETIME(6) NOT NULL, "
    "PRIMARY KEY (component, name)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4";
constexpr char kSelectTable[] =
    "SELECT COUNT(*) FROM information_schema.tables "
    "WHERE table_schema = DATABASE() AND table_name = 'schema_migrations'";
constexpr char kSelectApplied[] = "SELECT name, sha256 FROM schema_migrations WHERE component = ?";
constexpr char kInsertApplied[] =
    "INSERT INTO schema_migrations (component, name, sha256, applied_at) VALUES (?, ?, ?, ?)";
constexpr char kGetLock[] = "SELECT GET_LOCK(?, 60)";
constexpr char kReleaseLock[] = "SELECT RELEASE_LOCK(?)";

// Names and hashes of the files applied.
using Applied = std::map<std::string, std::string>;

absl::Status AddApplied(const Row& row, Applied& applied) {
  applied[row.String(0)] = row.String(1);
  return absl::OkStatus();
}

// Everything applied must still be there, unchanged.
absl::Status CheckApplied(absl::string_view component, absl::Span<const EmbeddedFile> files,
                          const Applied& applied) {
  std::map<std::string, std::string> known;
  for (const EmbeddedFile& file : files) known[std::string(file.name)] = Sha256Hex(file.text);
  for (const auto& [name, hash] : applied) {
    const auto found = known.find(name);
    if (found == known.end()) {
      return absl::FailedPreconditionError(
          absl::StrCat("the schema has migration ", component, "/", name,
                       ", which this program does not know: it is older than the schema"));
    }
    if (found->second != hash) {
      return absl::FailedPreconditionError(absl::StrCat("migration ", component, "/", name,
                                                        " was changed after it had been applied"));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Connection>> OpenForDdl(const Options& options) {
  if (!IsIdentifier(options.schema)) {
    return absl::InvalidArgumentError("schema must be 1 to 64 letters, digits and '_'");
  }
  Options without_schema = options;
  without_schema.schema.clear();
  without_schema.read_timeout = absl::Minutes(30);
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, Connection::Open(without_schema));
  RETURN_IF_ERROR(connection->Direct(
      absl::StrCat("CREATE DATABASE IF NOT EXISTS ", options.schema, " CHARACTER SET utf8mb4")));
  RETURN_IF_ERROR(connection->Direct(absl::StrCat("USE ", options.schema)));
  // The limits of serving sessions are too short for DDL on large tables.
  RETURN_IF_ERROR(
      connection->Direct("SET SESSION innodb_lock_wait_timeout=50, lock_wait_timeout=60"));
  RETURN_IF_ERROR(connection->LiftStatementLimit());
  return connection;
}

absl::Status ApplyFile(Connection& connection, absl::string_view component,
                       const EmbeddedFile& file) {
  int number = 0;
  for (const std::string& statement : SplitStatements(file.text)) {
    ++number;
    absl::Status status = connection.Direct(statement);
    if (!status.ok()) {
      return absl::Status(status.code(),
                          absl::StrCat("migration ", component, "/", file.name, ", statement ",
                                       number, ": ", status.message()));
    }
  }
  return connection.Execute(
      kInsertApplied,
      {Param(component), Param(file.name), Param(Sha256Hex(file.text)), Param(absl::Now())},
      nullptr);
}

absl::Status MigrateLocked(Connection& connection, absl::string_view component,
                           absl::Span<const EmbeddedFile> files) {
  RETURN_IF_ERROR(connection.Direct(kCreateTable));
  Applied applied;
  RETURN_IF_ERROR(connection.Query(kSelectApplied, {Param(component)},
                                   [&](const Row& row) { return AddApplied(row, applied); }));
  RETURN_IF_ERROR(CheckApplied(component, files, applied));
  for (const EmbeddedFile& file : files) {
    if (applied.count(std::string(file.name)) == 0) {
      RETURN_IF_ERROR(ApplyFile(connection, component, file));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Migrate(const Options& options, absl::string_view component,
                     absl::Span<const EmbeddedFile> files) {
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, OpenForDdl(options));
  // Lock names are at most 64 bytes and belong to the whole server.
  const std::string lock = Sha256Hex(absl::StrCat("tuoyu.migrate.", options.schema)).substr(0, 60);
  bool locked = false;
  const auto read_answer = [&](const Row& row) {
    locked = row.Int(0) == 1;
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(connection->Query(kGetLock, {Param(lock)}, read_answer));
  if (!locked) {
    return absl::DeadlineExceededError(
        absl::StrCat("another process is migrating schema ", options.schema));
  }
  absl::Status status = MigrateLocked(*connection, component, files);
  // Closing the connection would release it too.
  (void)connection->Query(kReleaseLock, {Param(lock)}, read_answer);
  return status;
}

absl::Status CheckSchema(Pool& pool, absl::string_view component,
                         absl::Span<const EmbeddedFile> files) {
  bool exists = false;
  Applied applied;
  RETURN_IF_ERROR(RunRead(pool, absl::Now() + absl::Seconds(10), [&](Transaction& transaction) {
    exists = false;
    applied.clear();
    RETURN_IF_ERROR(
        transaction.QueryOne(kSelectTable, {}, [&](const Row& row) { exists = row.Bool(0); })
            .status());
    if (!exists) return absl::OkStatus();
    return transaction.Query(kSelectApplied, {component},
                             [&](const Row& row) { return AddApplied(row, applied); });
  }));
  if (!exists) {
    return absl::FailedPreconditionError(
        absl::StrCat("schema ", pool.options().schema, " has not been migrated"));
  }
  RETURN_IF_ERROR(CheckApplied(component, files, applied));
  for (const EmbeddedFile& file : files) {
    if (applied.count(std::string(file.name)) == 0) {
      return absl::FailedPreconditionError(
          absl::StrCat("migration ", component, "/", file.name, " has not been applied"));
    }
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::db
