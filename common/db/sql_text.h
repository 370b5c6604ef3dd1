#ifndef TUOYU_COMMON_DB_SQL_TEXT_H_
#define TUOYU_COMMON_DB_SQL_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tuoyu::db {

// "?, ?, ?" for `count` values, and "(?, ?), (?, ?)" for `rows` rows of `columns`: to compose IN
// lists and multi-row INSERTs for Transaction::ExecuteText and QueryText. Counts are > 0.
std::string Placeholders(int count);
std::string PlaceholderRows(int rows, int columns);

// A LIKE pattern that finds `text` anywhere: '%', '_' and '\' in it stand for themselves.
std::string LikeContains(absl::string_view text);
// The same for text at the beginning of the column.
std::string LikePrefix(absl::string_view text);

// Splits a file of statements at each ';' that ends a line. Lines that begin with "--" are comments
// and left out.
std::vector<std::string> SplitStatements(absl::string_view text);

// 1 to 64 ASCII letters, digits and '_', not starting with a digit: usable as a name without
// quoting.
bool IsIdentifier(absl::string_view name);

// 'text' as an SQL string literal with its quotes, for the few statements that take no parameters
// (passwords).
std::string Quoted(absl::string_view text);

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_SQL_TEXT_H_
