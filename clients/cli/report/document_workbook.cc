#include <xlsxwriter.h>

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/report/document.h"
#include "common/base/pending_file.h"
#include "common/base/status.h"
#include "common/sheet/xlsx_status.h"

namespace tuoyu::cli {
namespace {

constexpr int kA4 = 9;
constexpr double kLineHeight = 15;  // points
constexpr size_t kExactDigits = 15;
constexpr int kWidthOfText = 120;  // of a section without a table

class WorkbookWriter {
 public:
  explicit WorkbookWriter(const std::string& path)
      : path_(path), book_(workbook_new(path.c_str())) {
    title_ = Format(LXW_ALIGN_CENTER, false);
    format_set_bold(title_);
    format_set_font_size(title_, 16);
    heading_ = Format(LXW_ALIGN_LEFT, false);
    format_set_bold(heading_);
    format_set_font_size(heading_, 12);
    text_ = Format(LXW_ALIGN_LEFT, false);
    head_ = Format(LXW_ALIGN_CENTER, true);
    format_set_bold(head_);
    format_set_bg_color(head_, 0xEEEEEE);
    cell_ = Format(LXW_ALIGN_LEFT, true);
    format_set_num_format(cell_, "@");
  }

  void Add(const Document& document, const DocumentSection& section, bool first, bool last) {
    sheet_ = workbook_add_worksheet(book_, section.sheet.c_str());
    if (sheet_ == nullptr) return Fail(LXW_ERROR_SHEETNAME_ALREADY_USED);
    row_ = 0;
    SetUp(section);
    if (first) {
      Line(document.title, title_);
      Line(document.subtitle, Format(LXW_ALIGN_CENTER, false));
      for (const auto& [label, value] : document.facts) {
        Line(absl::StrCat(label, document.language == Language::kChinese ? "：" : ": ", value),
             text_);
      }
    }
    Line(section.title, heading_);
    for (const std::string& paragraph : section.paragraphs) Line(paragraph, text_);
    AddTable(section);
    if (!last) return;
    ++row_;
    for (const std::string& label : document.signatures) Line(label, text_);
  }

  absl::Status Close() {
    Fail(workbook_close(book_));
    return sheet::XlsxStatus(path_, error_);
  }

 private:
  lxw_format* Format(lxw_format_alignments align, bool bordered) {
    lxw_format* format = workbook_add_format(book_);
    format_set_align(format, static_cast<uint8_t>(align));
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(format);
    if (bordered) format_set_border(format, LXW_BORDER_THIN);
    return format;
  }

  void SetUp(const DocumentSection& section) {
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, kA4);
    worksheet_set_margins(sheet_, 0.5, 0.5, 0.6, 0.6);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P / &N");
    width_ = 0;
    columns_ = std::max<lxw_col_t>(1, static_cast<lxw_col_t>(section.columns.size()));
    lxw_col_t place = 0;
    for (const DocumentColumn& column : section.columns) {
      worksheet_set_column(sheet_, place, place, column.width, nullptr);
      width_ += column.width;
      ++place;
    }
    if (width_ > 0) return;
    width_ = kWidthOfText;
    worksheet_set_column(sheet_, 0, 0, kWidthOfText, nullptr);
  }

  // A text over all columns, as high as it needs: merged cells don't grow by themselves.
  void Line(const std::string& text, lxw_format* format) {
    const std::string shown = Printable(text);
    const int factor = format == title_ ? 2 : 1;
    const int lines = 1 + DisplayWidth(shown) * factor / std::max(width_, 1);
    worksheet_set_row(sheet_, row_, kLineHeight * factor * lines, nullptr);
    if (columns_ == 1) {
      Fail(worksheet_write_string(sheet_, row_, 0, shown.c_str(), format));
    } else {
      Fail(worksheet_merge_range(sheet_, row_, 0, row_, columns_ - 1, shown.c_str(), format));
    }
    ++row_;
  }

  void AddTable(const DocumentSection& section) {
    if (section.columns.empty()) return;
    if (section.rows.empty()) return Line(section.if_empty, text_);
    for (lxw_col_t i = 0; i < columns_; ++i) {
      Fail(worksheet_write_string(sheet_, row_, i, Printable(section.columns[i].title).c_str(),
                                  head_));
    }
    worksheet_repeat_rows(sheet_, row_, row_);
    worksheet_freeze_panes(sheet_, row_ + 1, 0);
    ++row_;
    for (const std::vector<std::string>& row : section.rows) {
      for (lxw_col_t i = 0; i < columns_; ++i) AddCell(section.columns[i], i, row[i]);
      ++row_;
    }
  }

  void AddCell(const DocumentColumn& column, lxw_col_t place, const std::string& text) {
    const bool numeric = column.kind == DocumentColumn::Kind::kNumber;
    double number = 0;
    if (numeric && text.size() <= kExactDigits && absl::SimpleAtod(text, &number)) {
      return Fail(worksheet_write_number(sheet_, row_, place, number, NumberFormat(text)));
    }
    Fail(worksheet_write_string(sheet_, row_, place, Printable(text).c_str(),
                                numeric ? NumberFormat("") : cell_));
  }

  // Shows a number with the decimals and the sign it is written with.
  lxw_format* NumberFormat(absl::string_view text) {
    const size_t point = text.find('.');
    std::string code = "0";
    if (point != absl::string_view::npos) {
      absl::StrAppend(&code, ".", std::string(text.size() - point - 1, '0'));
    }
    if (absl::StartsWith(text, "+")) code = absl::StrCat("+", code, ";-", code);
    lxw_format*& format = numbers_[code];
    if (format == nullptr) {
      format = Format(LXW_ALIGN_RIGHT, true);
      format_set_num_format(format, code.c_str());
    }
    return format;
  }

  // Keeps the first error; the file is closed all the same, since the library frees what it holds only so.
  void Fail(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  const std::string path_;
  lxw_workbook* book_;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* title_ = nullptr;
  lxw_format* heading_ = nullptr;
  lxw_format* text_ = nullptr;
  lxw_format* head_ = nullptr;
  lxw_format* cell_ = nullptr;
  std::map<std::string, lxw_format*> numbers_;  // by the code of the number format
  lxw_row_t row_ = 0;
  lxw_col_t columns_ = 1;
  int width_ = 0;
  lxw_error error_ = LXW_NO_ERROR;
};

}  // namespace

absl::Status WriteWorkbook(const Document& document, const std::string& path) {
  PendingFile pending(path);
  RETURN_IF_ERROR(pending.Create());
  WorkbookWriter writer(pending.beside());
  // The signatures stand under the last section that is printed, as on the page.
  size_t last = 0;
  for (size_t i = 0; i < document.sections.size(); ++i) {
    if (document.sections[i].printed) last = i;
  }
  for (size_t i = 0; i < document.sections.size(); ++i) {
    writer.Add(document, document.sections[i], i == 0, i == last);
  }
  RETURN_IF_ERROR(writer.Close());
  return pending.Commit();
}

}  // namespace tuoyu::cli
