#ifndef TUOYU_COMMON_SHEET_WRITER_H_
#define TUOYU_COMMON_SHEET_WRITER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"

// Tables for spreadsheet programs, row by row in constant memory.
namespace tuoyu::sheet {

enum class OutKind {
  kText,    // words; also what looks like a formula or a long number stays text
  kNumber,  // decimal text of at most 15 digits; a longer one is written as text
  kDay,     // "YYYY-MM-DD"
};

// A value; empty text is an empty cell.
struct OutCell {
  OutKind kind = OutKind::kText;
  std::string text = {};
};

// Writes a file beside the one asked for and puts it in its place when it is closed, so that there is a whole file or
// none; it can be read by its owner only.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  TableWriter() = default;
  TableWriter(const TableWriter&) = delete;
  TableWriter& operator=(const TableWriter&) = delete;

  // Adds a row. RESOURCE_EXHAUSTED beyond the rows or characters a sheet holds, INTERNAL when the disk is full.
  virtual absl::Status Add(absl::Span<const OutCell> cells) = 0;
  // Ends the file; nothing may be added after it.
  virtual absl::Status Close() = 0;
};

// Text with commas (RFC 4180) in UTF-8 with byte order mark, by which spreadsheet programs know it. Words that begin with
// = + - @ get an apostrophe, so that no cell is taken for a formula; numbers of 12 digits and more a tab, so that all their
// digits stay. Both are taken off again by cell_rules.h. PERMISSION_DENIED or NOT_FOUND when the file can't be made.
absl::StatusOr<std::unique_ptr<TableWriter>> NewCsvWriter(const std::string& path);

// What an XLSX sheet looks like.
struct SheetForm {
  std::string name;                 // of the sheet, at most 31 characters
  std::vector<std::string> titles;  // first row, bold and kept in sight
  std::vector<int> widths = {};     // of the columns in characters; 0 or missing: 12
  std::vector<std::vector<std::string>> choices =
      {};  // of each column, offered in the rows below; at most 255 bytes in all
};

// A workbook with one sheet; its rows go to a temporary file. The titles are the first row.
absl::StatusOr<std::unique_ptr<TableWriter>> NewXlsxWriter(const std::string& path,
                                                           const SheetForm& form);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_WRITER_H_
