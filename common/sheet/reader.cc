#include "common/sheet/reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "common/data/csv_records.h"
#include "common/sheet/encoding.h"
#include "common/sheet/workbook.h"

namespace tuoyu::sheet {
namespace {

constexpr absl::string_view kArchive = "PK\x03\x04";
constexpr absl::string_view kOldOffice = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr absl::string_view kOpenDocument = "mimetypeapplication/vnd.oasis.opendocument";
constexpr size_t kHead = 256;

// What else a file that calls itself a table may be.
absl::Status CheckForm(absl::string_view bytes) {
  if (absl::StartsWith(bytes, kOldOffice)) {
    return absl::InvalidArgumentError(
        "是旧版 .xls 或加密的工作簿，请去掉密码并另存为 .xlsx 或 CSV (an old .xls or an encrypted "
        "workbook: take off the password and save it as .xlsx or CSV)");
  }
  if (absl::StartsWith(bytes, kArchive) &&
      absl::StrContains(bytes.substr(0, kHead), kOpenDocument)) {
    return absl::InvalidArgumentError(
        "是 OpenDocument 表格，请另存为 .xlsx 或 CSV (an OpenDocument spreadsheet: save it as "
        ".xlsx or CSV)");
  }
  if (absl::StartsWith(bytes, kArchive))
    return absl::OkStatus();  // its parts may be XML as they are
  const std::string head = absl::AsciiStrToLower(bytes.substr(0, kHead));
  if (absl::StrContains(head, "<html") || absl::StrContains(head, "<table") ||
      absl::StrContains(head, "<?xml") || absl::StrContains(head, "<!doctype")) {
    return absl::InvalidArgumentError(
        "是网页或 XML，不是表格，请用表格软件打开后另存为 .xlsx 或 CSV (a web page or XML: open it "
        "in a spreadsheet program and save it as .xlsx or CSV)");
  }
  return absl::OkStatus();
}

// What the first lines are separated by: the one of tab, semicolon and comma that stands there most.
char SeparatorOf(absl::string_view text) {
  size_t end = 0;
  for (int line = 0; line < 10 && end < text.size(); ++line) {
    end = std::min(text.find('\n', end), text.size() - 1) + 1;
  }
  const absl::string_view head = text.substr(0, end);
  char best = ',';
  for (const char separator : {'\t', ';'}) {
    if (std::count(head.begin(), head.end(), separator) >
        std::count(head.begin(), head.end(), best)) {
      best = separator;
    }
  }
  return best;
}

absl::Status ReadText(absl::string_view bytes, absl::string_view file, Table* table) {
  ASSIGN_OR_RETURN(const Decoded decoded, DecodeText(bytes));
  table->encoding = decoded.encoding;
  data::CsvRecords records(decoded.text, file, {SeparatorOf(decoded.text), /*loose_quotes=*/true});
  for (int row = 0; !records.done(); ++row) {
    ASSIGN_OR_RETURN(const data::CsvRow record, records.Record());
    for (size_t column = 0; column < record.fields.size(); ++column) {
      RETURN_IF_ERROR(table->grid.AddText(row, static_cast<int>(column), record.fields[column]));
    }
  }
  return absl::OkStatus();
}

absl::Status Read(absl::string_view bytes, absl::string_view file, const ReadOptions& options,
                  Table* table) {
  if (bytes.empty()) return absl::InvalidArgumentError("空文件 (empty file)");
  if (static_cast<int64_t>(bytes.size()) > options.limits.file_bytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("超过 ", options.limits.file_bytes >> 20, " MiB，请分成几个文件 (larger than ",
                     options.limits.file_bytes >> 20, " MiB: divide it into several files)"));
  }
  RETURN_IF_ERROR(CheckForm(bytes));
  if (absl::StartsWith(bytes, kArchive)) {
    return ReadWorkbook(bytes, options.sheet, options.limits, &table->grid, &table->sheet);
  }
  return ReadText(bytes, file, table);
}

}  // namespace

absl::StatusOr<Table> ParseTable(absl::string_view bytes, absl::string_view file,
                                 const ReadOptions& options) {
  Table table{Grid(options.limits), "", ""};
  absl::Status status = Read(bytes, file, options, &table);
  if (status.ok()) return table;
  if (absl::StartsWith(status.message(), absl::StrCat(file, ":"))) return status;
  return absl::Status(status.code(), absl::StrCat(file, ": ", status.message()));
}

}  // namespace tuoyu::sheet
