#include "common/db/row.h"

#include <cppconn/exception.h>
#include <cppconn/resultset.h>

#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/string_view.h"

namespace tuoyu::db {
namespace {

[[noreturn]] void Unreadable(const char* what) {
  // Caught where the statement runs; the value itself is not for the log.
  throw sql::InvalidArgumentException(what);
}

// The number in text[from, from + digits).
int Number(absl::string_view text, size_t from, size_t digits) {
  if (from + digits > text.size()) Unreadable("column is no date or time");
  int value = 0;
  for (size_t i = from; i < from + digits; ++i) {
    if (!absl::ascii_isdigit(text[i])) Unreadable("column is no date or time");
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

absl::CivilDay ParseDay(absl::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') Unreadable("column is no date");
  return absl::CivilDay(Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
}

// "YYYY-MM-DD hh:mm:ss" with up to six further digits.
absl::Time ParseTime(absl::string_view text) {
  const absl::CivilDay day = ParseDay(text);
  if (text.size() == 10) return absl::FromCivil(day, absl::UTCTimeZone());
  const absl::CivilSecond second(day.year(), day.month(), day.day(), Number(text, 11, 2),
                                 Number(text, 14, 2), Number(text, 17, 2));
  int64_t micros = 0;
  if (text.size() > 19) {
    const size_t digits = text.size() - 20;
    if (text[19] != '.' || digits > 6) Unreadable("column is no time");
    micros = Number(text, 20, digits);
    for (size_t i = digits; i < 6; ++i) micros *= 10;
  }
  return absl::FromCivil(second, absl::UTCTimeZone()) + absl::Microseconds(micros);
}

}  // namespace

// Connector/C++ numbers columns from 1.
bool Row::IsNull(int column) const { return result_->isNull(column + 1); }

int64_t Row::Int(int column) const { return result_->getInt64(column + 1); }

uint64_t Row::Uint(int column) const { return result_->getUInt64(column + 1); }

double Row::Double(int column) const { return static_cast<double>(result_->getDouble(column + 1)); }

std::string Row::String(int column) const {
  // SQLString has no move constructor, the string inside it has.
  return std::move(*result_->getString(column + 1).operator->());
}

absl::CivilDay Row::Day(int column) const { return OptionalDay(column).value_or(absl::CivilDay()); }

absl::optional<absl::CivilDay> Row::OptionalDay(int column) const {
  if (IsNull(column)) return absl::nullopt;
  return ParseDay(result_->getString(column + 1).asStdString());
}

absl::Time Row::Time(int column) const { return OptionalTime(column).value_or(absl::UnixEpoch()); }

absl::optional<absl::Time> Row::OptionalTime(int column) const {
  if (IsNull(column)) return absl::nullopt;
  return ParseTime(result_->getString(column + 1).asStdString());
}

}  // namespace tuoyu::db
