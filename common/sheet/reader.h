#ifndef TUOYU_COMMON_SHEET_READER_H_
#define TUOYU_COMMON_SHEET_READER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/sheet/grid.h"

// Tables from files of strangers: XLSX workbooks and texts with separators (CSV, or tabs as "Unicode text" has them).
namespace tuoyu::sheet {

struct ReadOptions {
  std::string sheet;  // of a workbook: name, or number from 1; empty: the first that is not hidden
  Limits limits = {};
};

// A table as it was read.
struct Table {
  Grid grid;
  std::string sheet;     // name of the sheet; empty for a text
  std::string encoding;  // of a text; empty for a workbook
};

// Reads a table; what kind of file it is is told by its bytes. INVALID_ARGUMENT "file: reason" with what to mend for old or
// encrypted workbooks, web pages, OpenDocument, texts of unknown encoding, and what goes beyond the limits.
absl::StatusOr<Table> ParseTable(absl::string_view bytes, absl::string_view file,
                                 const ReadOptions& options);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_READER_H_
