#include <memory>
#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status.h"
#include "common/db/connection.h"
#include "common/db/migrate.h"
#include "common/db/sql_text.h"

namespace tuoyu::db {
namespace {

constexpr char kSelectTables[] =
    "SELECT table_name FROM information_schema.tables "
    "WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name";

constexpr char kSelectOnTable[] =
    "SELECT privilege_type FROM information_schema.table_privileges "
    "WHERE grantee = ? AND table_schema = ? AND table_name = ?";
constexpr char kSelectOnSchema[] =
    "SELECT privilege_type FROM information_schema.schema_privileges "
    "WHERE grantee = ? AND table_schema = ?";

// Revokes what `sql` lists and `wanted` ("SELECT, INSERT") does not name.
absl::Status RevokeSurplus(Connection& connection, const char* sql, Params params,
                           absl::string_view wanted, absl::string_view object,
                           absl::string_view account) {
  const std::vector<absl::string_view> kept = absl::StrSplit(wanted, ", ");
  std::vector<std::string> surplus;
  RETURN_IF_ERROR(connection.Query(sql, params, [&](const Row& row) {
    const std::string privilege = row.String(0);
    if (!absl::c_linear_search(kept, privilege)) surplus.push_back(privilege);
    return absl::OkStatus();
  }));
  for (const std::string& privilege : surplus) {
    if (privilege == "USAGE") continue;  // stands for none
    RETURN_IF_ERROR(
        connection.Direct(absl::StrCat("REVOKE ", privilege, " ON ", object, " FROM ", account)));
  }
  return absl::OkStatus();
}

absl::string_view PrivilegesOn(absl::string_view table, const std::vector<std::string>& append_only,
                               const std::vector<std::string>& lock_only) {
  if (table == "schema_migrations") return "SELECT";
  if (absl::c_linear_search(lock_only, table)) return "SELECT, UPDATE (id)";
  return absl::c_linear_search(append_only, table) ? "SELECT, INSERT"
                                                   : "SELECT, INSERT, UPDATE, DELETE";
}

}  // namespace

absl::Status GrantApplication(const Options& admin, absl::string_view user,
                              absl::string_view password, absl::string_view schema,
                              const std::vector<std::string>& append_only,
                              const std::vector<std::string>& lock_only) {
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
  for (const std::vector<std::string>* limited : {&append_only, &lock_only}) {
    for (const std::string& table : *limited) {
      if (!absl::c_linear_search(tables, table)) {
        return absl::InvalidArgumentError(absl::StrCat("schema ", schema, " has no table ", table));
      }
    }
  }

  const absl::string_view host = absl::StartsWith(admin.host, "unix://") ? "localhost" : "%";
  const std::string account = absl::StrCat(Quoted(user), "@", Quoted(host));
  for (absl::string_view verb : {"CREATE USER IF NOT EXISTS ", "ALTER USER "}) {
    RETURN_IF_ERROR(
        connection->Direct(absl::StrCat(verb, account, " IDENTIFIED BY ", Quoted(password)), verb));
  }
  // What is needed is granted before what is too much is taken back: services may be running.
  for (const std::string& table : tables) {
    const std::string object = absl::StrCat(schema, ".`", table, "`");
    const absl::string_view wanted = PrivilegesOn(table, append_only, lock_only);
    RETURN_IF_ERROR(
        connection->Direct(absl::StrCat("GRANT ", wanted, " ON ", object, " TO ", account)));
    RETURN_IF_ERROR(RevokeSurplus(*connection, kSelectOnTable,
                                  {Param(account), Param(schema), Param(table)}, wanted, object,
                                  account));
  }
  return RevokeSurplus(*connection, kSelectOnSchema, {Param(account), Param(schema)}, "",
                       absl::StrCat(schema, ".*"), account);
}

}  // namespace tuoyu::db
