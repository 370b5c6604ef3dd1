#include <cstdio>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/pending_file.h"
#include "common/base/status.h"
#include "common/sheet/writer.h"

namespace tuoyu::sheet {
namespace {

constexpr size_t kLongNumber = 12;  // digits from which a spreadsheet shows 1.23E+11

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }

bool IsLongNumber(absl::string_view text) {
  return text.size() >= kLongNumber && absl::c_all_of(text.substr(0, text.size() - 1), IsDigit);
}

// Whether a spreadsheet makes something else of a text: a day of "2023-01", "8-18" or "1/2", a power of "12E5", 12 of "0012".
bool IsTakenForAnother(absl::string_view text) {
  if (!IsDigit(text.front()) || !IsDigit(text.back())) return false;
  if (absl::c_all_of(text, IsDigit)) return text.size() > 1 && text.front() == '0';
  const size_t mark = text.find_first_of("eE");
  if (mark != absl::string_view::npos) {
    absl::string_view power = text.substr(mark + 1);
    if (!absl::ConsumePrefix(&power, "+")) absl::ConsumePrefix(&power, "-");
    return absl::c_all_of(power, IsDigit) &&
           absl::c_all_of(text.substr(0, mark), [](char c) { return IsDigit(c) || c == '.'; });
  }
  return absl::c_all_of(text, [](char c) { return IsDigit(c) || c == '-' || c == '/'; }) &&
         absl::c_count_if(text, [](char c) { return !IsDigit(c); }) <= 2;
}

std::string Field(const OutCell& cell) {
  std::string text = cell.text;
  if (cell.kind == OutKind::kText && !text.empty()) {
    if (absl::StrContains("=+-@\t\r", text.substr(0, 1))) {
      text.insert(0, "'");
    } else if (IsLongNumber(text) || IsTakenForAnother(text)) {
      text.insert(0, "\t");
    }
  }
  if (text.find_first_of("\",\r\n\t;") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

class CsvWriter : public TableWriter {
 public:
  explicit CsvWriter(const std::string& path) : pending_(path) {}
  ~CsvWriter() override {
    if (file_ != nullptr) std::fclose(file_);
  }

  absl::Status Open() {
    RETURN_IF_ERROR(pending_.Create());
    file_ = std::fopen(pending_.beside().c_str(), "wbe");
    return file_ == nullptr ? Failed() : Put("\xEF\xBB\xBF");
  }

  absl::Status Add(absl::Span<const OutCell> cells) override {
    line_.clear();
    for (const OutCell& cell : cells) {
      absl::StrAppend(&line_, line_.empty() ? "" : ",", Field(cell));
      if (line_.empty())
        line_ = "\"\"";  // else the separator after an empty first cell would be lost
    }
    return Put(absl::StrCat(line_, "\r\n"));
  }

  absl::Status Close() override {
    const bool flushed = std::fflush(file_) == 0;
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    return flushed && closed ? pending_.Commit() : Failed();
  }

  absl::Status Put(absl::string_view text) {
    return std::fwrite(text.data(), 1, text.size(), file_) == text.size() ? absl::OkStatus()
                                                                          : Failed();
  }

 private:
  absl::Status Failed() const {
    return absl::InternalError(
        absl::StrCat(pending_.path(), ": 写入失败，磁盘可能已满 (can't be written)"));
  }

  PendingFile pending_;
  std::FILE* file_ = nullptr;
  std::string line_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> NewCsvWriter(const std::string& path) {
  auto writer = std::make_unique<CsvWriter>(path);
  RETURN_IF_ERROR(writer->Open());
  return writer;
}

}  // namespace tuoyu::sheet
