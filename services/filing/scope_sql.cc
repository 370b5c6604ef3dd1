#include "services/filing/scope_sql.h"

#include "absl/strings/str_cat.h"
#include "common/db/sql_text.h"

namespace tuoyu::filing {

void AddScope(const RegistryScope& scope, absl::string_view table, db::Sql* sql) {
  const char* separator = "(";
  for (const std::string& prefix : scope.divisions()) {
    sql->Add(absl::StrCat(separator, table, "division_code LIKE ?"), db::LikePrefix(prefix));
    separator = " OR ";
  }
  if (!scope.facility_id().empty()) {
    sql->Add(absl::StrCat(separator, table, "id = ?"), scope.facility_id());
    separator = " OR ";
  }
  sql->Add(separator[0] == '(' ? "0" : ")");
}

}  // namespace tuoyu::filing
