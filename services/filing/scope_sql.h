#ifndef TUOYU_SERVICES_FILING_SCOPE_SQL_H_
#define TUOYU_SERVICES_FILING_SCOPE_SQL_H_

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/db/param.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {

// An SQL text with its parameters, put together from constants and values. Holds its own copy of texts, so that it may
// outlive what it was put together from.
struct Sql {
  std::string text;
  std::vector<db::Param> params;

  void Add(absl::string_view piece) { absl::StrAppend(&text, piece); }
  template <typename T>
  void Add(absl::string_view piece, T&& param) {
    Add(piece);
    if constexpr (std::is_convertible_v<T, absl::string_view>) {
      params.emplace_back(std::string(absl::string_view(param)));
    } else {
      static_assert(!std::is_same_v<std::decay_t<T>, db::Blob>, "a Blob is not copied");
      params.emplace_back(std::forward<T>(param));
    }
  }
};

// "(division_code LIKE ? OR id = ?)": the rows of table facility in the caller's scope; "0" when it has none. `table` is
// put before the columns, "f." or nothing.
void AddScope(const RegistryScope& scope, absl::string_view table, Sql* sql);

// " AND division_code LIKE ?", or "= ?" for a whole code of a town; nothing for an empty prefix.
void AddDivision(absl::string_view division_prefix, absl::string_view table, Sql* sql);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_SCOPE_SQL_H_
