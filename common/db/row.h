#ifndef TUOYU_COMMON_DB_ROW_H_
#define TUOYU_COMMON_DB_ROW_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"

namespace sql {
class ResultSet;
}

namespace tuoyu::db {

// One row of a result, valid only during the callback it is passed to. Columns are numbered from 0
// in the order of the statement's list. Getters of a NULL column return the type's zero value (0,
// "", 1970-01-01, UnixEpoch); ask IsNull first where NULL means something. A getter that does not
// fit the column (a column number out of range, text that is no date) makes the statement end with
// INTERNAL after the callback was left; the text goes to the log hook.
class Row {
 public:
  // `result` must be positioned on a row and outlive this object.
  explicit Row(sql::ResultSet* result) : result_(result) {}
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;

  bool IsNull(int column) const;
  int64_t Int(int column) const;
  uint64_t Uint(int column) const;
  bool Bool(int column) const { return Int(column) != 0; }
  double Double(int column) const;
  // Text and bytes alike.
  std::string String(int column) const;
  // DATE.
  absl::CivilDay Day(int column) const;
  absl::optional<absl::CivilDay> OptionalDay(int column) const;
  // DATETIME(6) holding UTC; microseconds.
  absl::Time Time(int column) const;
  absl::optional<absl::Time> OptionalTime(int column) const;

 private:
  sql::ResultSet* const result_;
};

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_ROW_H_
