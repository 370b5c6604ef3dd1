#include <memory>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/connection.h"
#include "common/db/migrate.h"
#include "common/db/sql_text.h"

namespace tuoyu::db {
namespace {

constexpr char kSelectTables[] =
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name";

// "There is no such grant defined", on a schema and on a table.
constexpr int kNoSuchGrant[] = {1141, 1147};

absl::Status RevokeIfGranted(Connection& connection, absl::string_view object,
                             absl::string_view account) {
  absl::Status status = connection.Direct(
      absl::StrCat("REVOKE ALL PRIVILEGES ON ", object, " FROM ", account), {}, kNoSuchGrant);
  if (!status.ok() && absl::c_linear_search(kNoSuchGrant, connection.last_errno())) {
    return absl::OkStatus();
  }
  return status;
}

absl::string_view PrivilegesOn(absl::string_view table,
                               const std::vector<std::string>& append_only) {
  if (table == "schema_migrations") return "SELECT";
  return absl::c_linear_search(append_only, table) ? "SELECT, INSERT"
                                                   : "SELECT, INSERT, UPDATE, DELETE";
}

}  // namespace

absl::Status GrantApplication(const Options& admin, absl::string_view user,
                              absl::string_view password, absl::string_view schema,
                              const std::vector<std::string>& append_only) {
  if (!IsIdentifier(user) || user.size() > 32) {
    return absl::InvalidArgumentError("user must be 1 to 32 letters, digits and '_'");
  }
  if (!IsIdentifier(schema)) {
    return absl::InvalidArgumentError("schema must be 1 to 64 letters, digits and '_'");
  }
  Options options = admin;
  options.schema.clear();
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, Connection::Open(options));

  std::vector<std::string> tables;
  RETURN_IF_ERROR(connection->Query(kSelectTables, {Param(schema)}, [&](const Row& row) {
    tables.push_back(row.String(0));
    return absl::OkStatus();
  }));
  for (const std::string& table : append_only) {
    if (!absl::c_linear_search(tables, table)) {
      return absl::InvalidArgumentError(absl::StrCat("schema ", schema, " has no table ", table));
    }
  }

  const absl::string_view host = absl::StartsWith(admin.host, "unix://") ? "localhost" : "%";
  const std::string account = absl::StrCat(Quoted(user), "@", Quoted(host));
  for (absl::string_view verb : {"CREATE USER IF NOT EXISTS ", "ALTER USER "}) {
    RETURN_IF_ERROR(
        connection->Direct(absl::StrCat(verb, account, " IDENTIFIED BY ", Quoted(password)), verb));
  }
  RETURN_IF_ERROR(RevokeIfGranted(*connection, absl::StrCat(schema, ".*"), account));
  for (const std::string& table : tables) {
    const std::string object = absl::StrCat(schema, ".`", table, "`");
    RETURN_IF_ERROR(RevokeIfGranted(*connection, object, account));
    RETURN_IF_ERROR(connection->Direct(
        absl::StrCat("GRANT ", PrivilegesOn(table, append_only), " ON ", object, " TO ", account)));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::db
