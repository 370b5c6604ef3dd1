#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/status.h"
#include "common/sheet/writer.h"

namespace tuoyu::sheet {
namespace {

constexpr size_t kLongNumber = 12;  // digits from which a spreadsheet shows 1.23E+11

bool IsLongNumber(absl::string_view text) {
  return text.size() >= kLongNumber && absl::c_all_of(text.substr(0, text.size() - 1), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

std::string Field(const OutCell& cell) {
  std::string text = cell.text;
  if (cell.kind == OutKind::kText && !text.empty()) {
    if (absl::StrContains("=+-@\t\r", text.substr(0, 1))) {
      text.insert(0, "'");
    } else if (IsLongNumber(text)) {
      text.insert(0, "\t");
    }
  }
  if (text.find_first_of("\",\r\n\t;") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

class CsvWriter : public TableWriter {
 public:
  CsvWriter(std::FILE* file, std::string path, std::string beside)
      : file_(file), path_(std::move(path)), beside_(std::move(beside)) {}
  ~CsvWriter() override {
    if (file_ == nullptr) return;
    std::fclose(file_);
    std::remove(beside_.c_str());
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
    if (flushed && closed && std::rename(beside_.c_str(), path_.c_str()) == 0) {
      return absl::OkStatus();
    }
    std::remove(beside_.c_str());
    return Failed();
  }

  absl::Status Put(absl::string_view text) {
    return std::fwrite(text.data(), 1, text.size(), file_) == text.size() ? absl::OkStatus()
                                                                          : Failed();
  }

 private:
  absl::Status Failed() const {
    return absl::InternalError(absl::StrCat(path_, ": 写入失败，磁盘可能已满 (can't be written)"));
  }

  std::FILE* file_;
  const std::string path_;
  const std::string beside_;
  std::string line_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableWriter>> NewCsvWriter(const std::string& path) {
  std::string beside = absl::StrCat(path, ".part");
  std::FILE* file = std::fopen(beside.c_str(), "wbe");
  if (file == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat(path, ": 无法写入 (can't be written)"));
  }
  chmod(beside.c_str(), S_IRUSR | S_IWUSR);
  auto writer = std::make_unique<CsvWriter>(file, path, std::move(beside));
  RETURN_IF_ERROR(writer->Put("\xEF\xBB\xBF"));
  return writer;
}

}  // namespace tuoyu::sheet
