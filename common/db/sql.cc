#include "common/db/sql.h"

#include "common/db/sql_text.h"

namespace tuoyu::db {
namespace {

constexpr size_t kTownDigits = 9;

}  // namespace

void AddDivision(absl::string_view division_prefix, absl::string_view table, Sql* sql) {
  if (division_prefix.size() == kTownDigits) {
    sql->Add(absl::StrCat(" AND ", table, "division_code = ?"), division_prefix);
  } else if (!division_prefix.empty()) {
    sql->Add(absl::StrCat(" AND ", table, "division_code LIKE ?"), LikePrefix(division_prefix));
  }
}

void AddPrefixes(const std::vector<std::string>& prefixes, absl::string_view column, Sql* sql) {
  const char* separator = "(";
  for (const std::string& prefix : prefixes) {
    sql->Add(absl::StrCat(separator, column, " LIKE ?"), LikePrefix(prefix));
    separator = " OR ";
  }
  sql->Add(prefixes.empty() ? "0" : ")");
}

void AddIn(const std::vector<std::string>& values, absl::string_view column, Sql* sql) {
  sql->Add(column);
  if (values.size() == 1) {
    sql->Add(" = ?", values.front());
    return;
  }
  const char* separator = " IN (";
  for (const std::string& value : values) {
    sql->Add(absl::StrCat(separator, "?"), value);
    separator = ", ";
  }
  sql->Add(")");
}

}  // namespace tuoyu::db
