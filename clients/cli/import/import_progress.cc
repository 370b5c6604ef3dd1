#include "clients/cli/import/import_progress.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "nlohmann/json.hpp"

namespace tuoyu::cli {
namespace {

using nlohmann::json;

// What the first line begins with; another form of the others takes another number.
constexpr char kForm[] = "tuoyu import 2";

json ToJson(const ImportProgress::Refused& refused) {
  json rows = json::array();
  for (const auto& [row, faults] : refused) {
    for (const RowFault& fault : faults) {
      rows.push_back({row, fault.column, fault.title, fault.reason, fault.zh, fault.en});
    }
  }
  return rows;
}

ImportProgress::Refused FromJson(const json& rows) {
  ImportProgress::Refused refused;
  for (const json& row : rows) {
    refused[row.at(0).get<int>()].push_back(
        {row.at(1).get<int>(), row.at(2), row.at(3), row.at(4), row.at(5)});
  }
  return refused;
}

}  // namespace

absl::StatusOr<ImportProgress> ImportProgress::Begin(const std::string& path,
                                                     const std::string& what, bool resume) {
  ImportProgress progress(path);
  struct stat info {};
  const bool is_there = stat(path.c_str(), &info) == 0;
  if (is_there && !resume) {
    return absl::FailedPreconditionError(absl::StrCat(
        "上次导入没有完成：加 --resume 接着导入；要从头再来，先删除 ", path,
        "（已登记的不会重复） (an earlier import is unfinished: go on with --resume, or delete ",
        path, " to begin anew; nothing is entered twice)"));
  }
  if (is_there) RETURN_IF_ERROR(progress.Load(what));
  progress.file_ = std::fopen(path.c_str(), "abe");
  if (progress.file_ == nullptr) {
    return absl::ErrnoToStatus(errno, absl::StrCat(path, ": 无法写入 (can't be written)"));
  }
  chmod(path.c_str(), S_IRUSR | S_IWUSR);
  if (!is_there) {
    RETURN_IF_ERROR(progress.Write(absl::StrCat(json::array({kForm, what}).dump(), "\n")));
  }
  // A line that a break cut short is ended, so that the next begins on its own.
  if (is_there) std::fputc('\n', progress.file_);
  std::fflush(progress.file_);
  return progress;
}

ImportProgress::ImportProgress(ImportProgress&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      done_(std::move(other.done_)),
      on_their_way_(std::move(other.on_their_way_)) {}

ImportProgress::~ImportProgress() {
  if (file_ != nullptr) std::fclose(file_);
}

absl::Status ImportProgress::Load(const std::string& what) {
  std::ifstream in(path_);
  std::string line;
  std::getline(in, line);
  const json head = json::parse(line, nullptr, false);
  if (!head.is_array() || head.size() != 2 || head[0] != json(kForm)) {
    return absl::FailedPreconditionError(absl::StrCat(
        path_, " 不是这个版本的程序写的，不能接着导入：先删除它再从头导入（已登记的不会重复） (",
        path_,
        " was not written by this version of the program and can't be gone on with: delete it and "
        "begin anew; nothing is entered twice)"));
  }
  if (head[1] != json(what)) {
    return absl::FailedPreconditionError(absl::StrCat(
        "上次导入之后文件或选项改过，不能接着导入：先删除 ", path_,
        " 再从头导入（已登记的不会重复） (the file or the options have changed since: delete ",
        path_, " and begin anew; nothing is entered twice)"));
  }
  std::vector<std::vector<int>> sent;
  while (std::getline(in, line)) {
    const json entry = json::parse(line, nullptr, false);
    // The last line of an import that was killed may be half.
    if (!entry.is_array() || entry.empty() || entry.size() > 2) continue;
    if (entry.size() == 1) {
      sent.push_back(entry.at(0).get<std::vector<int>>());
      continue;
    }
    for (const int row : entry.at(0).get<std::vector<int>>()) done_[row];
    for (auto& [row, faults] : FromJson(entry.at(1))) done_[row] = std::move(faults);
  }
  // What was sent once more counts as it was sent last.
  std::set<int> claimed;
  for (auto rows = sent.rbegin(); rows != sent.rend(); ++rows) {
    const bool is_open = absl::c_none_of(
        *rows, [&](int row) { return done_.count(row) > 0 || claimed.count(row) > 0; });
    if (!is_open) continue;
    claimed.insert(rows->begin(), rows->end());
    on_their_way_.push_back(std::move(*rows));
  }
  absl::c_sort(on_their_way_);
  return absl::OkStatus();
}

absl::Status ImportProgress::Write(const std::string& line) {
  const bool written = std::fwrite(line.data(), 1, line.size(), file_) == line.size();
  if (written && std::fflush(file_) == 0) return absl::OkStatus();
  return absl::InternalError(absl::StrCat(path_, ": 写入失败 (can't be written)"));
}

absl::Status ImportProgress::Sending(const std::vector<int>& rows) {
  return Write(absl::StrCat(json::array({rows}).dump(), "\n"));
}

absl::Status ImportProgress::Add(const std::vector<int>& rows, const Refused& refused) {
  RETURN_IF_ERROR(Write(absl::StrCat(json::array({rows, ToJson(refused)}).dump(), "\n")));
  for (const int row : rows) done_[row];
  for (const auto& [row, faults] : refused) done_[row] = faults;
  return absl::OkStatus();
}

void ImportProgress::Finish() {
  std::fclose(std::exchange(file_, nullptr));
  unlink(path_.c_str());
}

}  // namespace tuoyu::cli
