#include "services/filing/scope_sql.h"

#include "common/db/sql_text.h"
#include "common/ids/division_code.h"

namespace tuoyu::filing {

void AddScope(const RegistryScope& scope, absl::string_view table, Sql* sql) {
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

void AddDivision(absl::string_view division_prefix, absl::string_view table, Sql* sql) {
  if (division_prefix.size() == ids::kTownDigits) {
    sql->Add(absl::StrCat(" AND ", table, "division_code = ?"), division_prefix);
  } else if (!division_prefix.empty()) {
    sql->Add(absl::StrCat(" AND ", table, "division_code LIKE ?"), db::LikePrefix(division_prefix));
  }
}

}  // namespace tuoyu::filing
