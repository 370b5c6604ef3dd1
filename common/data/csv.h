#ifndef TUOYU_COMMON_DATA_CSV_H_
#define TUOYU_COMMON_DATA_CSV_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/data/csv_records.h"

namespace tuoyu::data {

struct CsvTable {
  // The lines "# key: value" before the header row: title, source, version, effective_from …
  std::map<std::string, std::string> preface;
  std::vector<CsvRow> rows;
};

// Reads a data file: preface lines, a header row that names exactly `columns` in any order, then rows (RFC 4180: fields
// in double quotes may hold commas, line ends and doubled quotes). UTF-8 with or without byte order mark, LF or CRLF.
// The preface must give `source`, `version` and `effective_from` (a date): no data without provenance.
// INVALID_ARGUMENT "file:line: reason" otherwise; a blank line or a row of another length is a fault.
absl::StatusOr<CsvTable> ParseCsv(absl::string_view text, absl::string_view file,
                                  absl::Span<const absl::string_view> columns);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_CSV_H_
