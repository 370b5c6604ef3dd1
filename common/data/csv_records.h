#ifndef TUOYU_COMMON_DATA_CSV_RECORDS_H_
#define TUOYU_COMMON_DATA_CSV_RECORDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::data {

struct CsvRow {
  int line;                         // where it starts, from 1
  std::vector<std::string> fields;  // in the order of the columns asked for
};

// How strictly fields are read, and what stands between them.
struct CsvForm {
  char separator = ',';
  // A quote inside a field that does not begin with one stands for itself, as spreadsheets read it; else it is a fault.
  bool loose_quotes = false;
};

// Reads records (RFC 4180) off a text whose line ends are LF; fields in double quotes may hold separators, line ends and
// doubled quotes. Text and file name must outlive it.
class CsvRecords {
 public:
  CsvRecords(absl::string_view text, absl::string_view file, const CsvForm& form = {});

  bool done() const { return rest_.empty(); }
  // Of the next record.
  int line() const { return line_; }
  // What is still to be read.
  absl::string_view rest() const { return rest_; }
  // The line up to its end, which is consumed.
  absl::string_view Line();
  // The next record; of a blank line one empty field. INVALID_ARGUMENT "file:line: reason" when a quoted field does not end
  // or goes on after its closing quote.
  absl::StatusOr<CsvRow> Record();

 private:
  absl::StatusOr<std::string> Plain();
  absl::StatusOr<std::string> Quoted();

  absl::string_view rest_;
  const absl::string_view file_;
  const CsvForm form_;
  const std::string ends_;  // what a field without quotes ends at
  int line_ = 1;
};

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_CSV_RECORDS_H_
