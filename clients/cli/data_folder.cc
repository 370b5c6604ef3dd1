#include "clients/cli/data_folder.h"

#include <algorithm>
#include <filesystem>

#include "absl/strings/str_cat.h"

namespace tuoyu::cli {

std::string DataFolder(const std::string& given) {
  if (!given.empty()) return given;
  std::error_code error;
  const std::filesystem::path binary = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const std::filesystem::path& folder :
       {std::filesystem::path("deploy/data"),
        binary.parent_path().parent_path().parent_path().parent_path() / "deploy" / "data"}) {
    if (std::filesystem::is_directory(folder, error)) return folder.string();
  }
  return "deploy/data";
}

absl::StatusOr<std::string> LastFile(const std::string& folder) {
  std::string last;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.is_regular_file()) last = std::max(last, entry.path().string());
  }
  if (last.empty()) {
    return absl::NotFoundError(absl::StrCat(folder, ": 没有数据文件 (no data file); --data"));
  }
  return last;
}

}  // namespace tuoyu::cli
