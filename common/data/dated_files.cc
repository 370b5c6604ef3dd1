#include "common/data/dated_files.h"

#include <filesystem>
#include <system_error>

namespace tuoyu::data {

absl::StatusOr<std::vector<std::string>> YamlFilesIn(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    paths.push_back(entry.path().string());
    if (entry.path().extension() == ".yaml") continue;
    return absl::InvalidArgumentError(
        absl::StrCat(paths.back(), ": 此目录只放 .yaml 文件 (not a .yaml file)"));
  }
  if (error) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": 无法读取 (can't be read): ", error.message()));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace tuoyu::data
