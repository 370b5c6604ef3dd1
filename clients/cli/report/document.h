#ifndef TUOYU_CLIENTS_CLI_REPORT_DOCUMENT_H_
#define TUOYU_CLIENTS_CLI_REPORT_DOCUMENT_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/cli/text.h"

// A document of titled tables, for paper: the same content as a workbook and as a page to print.
namespace tuoyu::cli {

// What the cells of a column are, and how wide it is.
struct DocumentColumn {
  enum class Kind { kText, kNumber };
  std::string title;
  int width = 12;  // in columns of a terminal: a Chinese character takes two
  Kind kind = Kind::kText;
};

// A table with what is said above it.
struct DocumentSection {
  std::string
      sheet;  // name of its sheet in the workbook, at most 31 characters, none of [ ] : * ? / and backslash
  std::string title;
  std::vector<std::string> paragraphs;
  std::vector<DocumentColumn> columns;         // none: only paragraphs
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
  std::string if_empty;                        // said in place of a table without rows
  bool printed = true;                         // else it stands in the workbook only
};

struct Document {
  Language language = Language::kChinese;
  std::string title;
  std::string subtitle;                                    // the period
  std::vector<std::pair<std::string, std::string>> facts;  // label and value, above the first table
  std::vector<DocumentSection> sections;
  std::vector<std::string> signatures;  // labels with room to sign, after all
};

// A page for browsers that prints on A4 across, with nothing loaded from elsewhere. Characters a page can't hold become
// U+FFFD.
std::string RenderHtml(const Document& document);

// Writes a workbook to a file, a sheet for each section, set up to print on A4 across. The file is put in its place whole.
// INTERNAL when it can't be written, RESOURCE_EXHAUSTED when a cell has more characters than a sheet holds.
absl::Status WriteWorkbook(const Document& document, const std::string& path);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REPORT_DOCUMENT_H_
