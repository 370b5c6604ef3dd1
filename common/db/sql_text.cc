#include "common/db/sql_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace tuoyu::db {

std::string Placeholders(int count) {
  std::string list;
  list.reserve(static_cast<size_t>(count) * 3);
  for (int i = 0; i < count; ++i) list += i == 0 ? "?" : ", ?";
  return list;
}

std::string PlaceholderRows(int rows, int columns) {
  const std::string row = absl::StrCat("(", Placeholders(columns), ")");
  std::string list = row;
  list.reserve(static_cast<size_t>(rows) * (row.size() + 2));
  for (int i = 1; i < rows; ++i) absl::StrAppend(&list, ", ", row);
  return list;
}

std::string LikePrefix(absl::string_view text) {
  return absl::StrCat(absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"%", "\\%"}, {"_", "\\_"}}), "%");
}

std::string LikeContains(absl::string_view text) { return absl::StrCat("%", LikePrefix(text)); }

std::vector<std::string> SplitStatements(absl::string_view text) {
  std::vector<std::string> statements;
  std::string statement;
  const auto finish = [&] {
    const absl::string_view stripped = absl::StripAsciiWhitespace(statement);
    if (!stripped.empty()) statements.emplace_back(stripped);
    statement.clear();
  };
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    if (absl::StartsWith(absl::StripLeadingAsciiWhitespace(line), "--")) continue;
    const absl::string_view trimmed = absl::StripTrailingAsciiWhitespace(line);
    if (absl::EndsWith(trimmed, ";")) {
      absl::StrAppend(&statement, trimmed.substr(0, trimmed.size() - 1));
      finish();
    } else {
      absl::StrAppend(&statement, line, "\n");
    }
  }
  finish();
  return statements;
}

bool IsIdentifier(absl::string_view name) {
  return !name.empty() && name.size() <= 64 && !absl::ascii_isdigit(name[0]) &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return absl::ascii_isalnum(c) || c == '_'; });
}

std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"'", "\\'"}}), "'");
}

}  // namespace tuoyu::db
