#include <xlsxwriter.h>

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/pending_file.h"
#include "common/base/status.h"
#include "common/sheet/writer.h"
#include "common/sheet/xlsx_status.h"

namespace tuoyu::sheet {
namespace {

constexpr size_t kExactDigits = 15;
constexpr int kUsualWidth = 12;
constexpr size_t kChoiceBytes = 255;

lxw_col_t Column(size_t column) { return static_cast<lxw_col_t>(column); }

class XlsxWriter : public TableWriter {
 public:
  explicit XlsxWriter(const std::string& path) : pending_(path) {}
  ~XlsxWriter() override {
    if (book_ != nullptr) workbook_close(book_);  // the library frees what it holds only so
  }

  absl::Status Open(const SheetForm& form) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(pending_.beside().c_str(), &options);
    if (book_ == nullptr) {
      return absl::InternalError(absl::StrCat(pending_.path(), ": libxlsxwriter"));
    }
    sheet_ = workbook_add_worksheet(book_, form.name.c_str());
    if (sheet_ == nullptr) return absl::InvalidArgumentError(absl::StrCat("sheet ", form.name));
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    day_ = workbook_add_format(book_);
    format_set_num_format(day_, "yyyy-mm-dd");
    text_ = workbook_add_format(book_);
    format_set_num_format(text_, "@");
    worksheet_freeze_panes(sheet_, 1, 0);
    for (size_t i = 0; i < form.titles.size(); ++i) {
      const int width = i < form.widths.size() && form.widths[i] > 0 ? form.widths[i] : kUsualWidth;
      // Formatted as text, so that what is typed there keeps its digits.
      worksheet_set_column(sheet_, Column(i), Column(i), width, text_);
    }
    Offer(form);
    for (size_t i = 0; i < form.titles.size(); ++i) {
      RETURN_IF_ERROR(
          Check(worksheet_write_string(sheet_, 0, Column(i), form.titles[i].c_str(), bold_)));
    }
    row_ = 1;
    return absl::OkStatus();
  }

  absl::Status Add(absl::Span<const OutCell> cells) override {
    if (row_ >= LXW_ROW_MAX) {
      return absl::ResourceExhaustedError(
          absl::StrCat("一张工作表最多 ", LXW_ROW_MAX, " 行，请分开导出或用 CSV (a sheet holds ",
                       LXW_ROW_MAX, " rows: export in parts, or CSV)"));
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      if (!cells[i].text.empty()) RETURN_IF_ERROR(Check(Write(Column(i), cells[i])));
    }
    ++row_;
    return absl::OkStatus();
  }

  absl::Status Close() override {
    RETURN_IF_ERROR(Check(workbook_close(std::exchange(book_, nullptr))));
    return pending_.Commit();
  }

 private:
  // Lists to choose from, for templates.
  void Offer(const SheetForm& form) {
    for (size_t i = 0; i < form.choices.size(); ++i) {
      std::vector<std::string> choices = form.choices[i];
      std::vector<char*> list;
      size_t bytes = 0;
      for (std::string& choice : choices) {
        list.push_back(choice.data());
        bytes += choice.size() + 1;
      }
      if (list.empty() || bytes > kChoiceBytes) continue;
      list.push_back(nullptr);
      lxw_data_validation validation{};
      validation.validate = LXW_VALIDATION_TYPE_LIST;
      validation.value_list = list.data();
      worksheet_data_validation_range(sheet_, 1, Column(i), LXW_ROW_MAX - 1, Column(i),
                                      &validation);
    }
  }

  lxw_error Write(lxw_col_t column, const OutCell& cell) {
    if (cell.kind == OutKind::kNumber && cell.text.size() <= kExactDigits) {
      double number = 0;
      if (absl::SimpleAtod(cell.text, &number)) {
        return worksheet_write_number(sheet_, row_, column, number, nullptr);
      }
    }
    if (cell.kind == OutKind::kDay) {
      const auto day = ParseDay(cell.text);
      if (day.ok() && day->year() >= 1901) {
        lxw_datetime time{static_cast<int>(day->year()), day->month(), day->day(), 0, 0, 0};
        return worksheet_write_datetime(sheet_, row_, column, &time, day_);
      }
    }
    return worksheet_write_string(sheet_, row_, column, cell.text.c_str(), text_);
  }

  absl::Status Check(lxw_error error) const { return XlsxStatus(pending_.path(), error); }

  PendingFile pending_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* day_ = nullptr;
  lxw_format* text_ = nullptr;
  lxw_row_t row_ = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> NewXlsxWriter(const std::string& path,
                                                           const SheetForm& form) {
  auto writer = std::make_unique<XlsxWriter>(path);
  RETURN_IF_ERROR(writer->Open(form));
  return writer;
}

}  // namespace tuoyu::sheet
