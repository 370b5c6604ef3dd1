#ifndef TUOYU_COMMON_DB_SQL_H_
#define TUOYU_COMMON_DB_SQL_H_

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/db/param.h"

namespace tuoyu::db {

// An SQL text with its parameters, put together from constants and values. Holds its own copy of texts, so that it may
// outlive what it was put together from.
struct Sql {
  std::string text;
  std::vector<Param> params;

  void Add(absl::string_view piece) { absl::StrAppend(&text, piece); }
  template <typename T>
  void Add(absl::string_view piece, T&& param) {
    Add(piece);
    if constexpr (std::is_convertible_v<T, absl::string_view>) {
      params.emplace_back(std::string(absl::string_view(param)));
    } else {
      static_assert(!std::is_same_v<std::decay_t<T>, Blob>, "a Blob is not copied");
      params.emplace_back(std::forward<T>(param));
    }
  }
};

// " AND division_code LIKE ?", or "= ?" for a whole code of a town (9 digits); nothing for an empty prefix. `table` is put before the
// column, "f." or nothing.
void AddDivision(absl::string_view division_prefix, absl::string_view table, Sql* sql);

// "(column LIKE ? OR …)": the rows whose column begins with one of the prefixes; "0" when there are none.
void AddPrefixes(const std::vector<std::string>& prefixes, absl::string_view column, Sql* sql);

// "column IN (?, …)", or "column = ?" for one, by which rows are found in order of an index; `values` has at least one.
void AddIn(const std::vector<std::string>& values, absl::string_view column, Sql* sql);

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_SQL_H_
