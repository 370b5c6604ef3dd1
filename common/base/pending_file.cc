#include "common/base/pending_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace tuoyu {

PendingFile::~PendingFile() {
  if (!committed_) std::remove(beside_.c_str());
}

absl::Status PendingFile::Create() const {
  const int file =
      open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat(path_, ": 无法写入 (can't be written)"));
  }
  fchmod(file, S_IRUSR | S_IWUSR);  // also of one an earlier run left
  close(file);
  return absl::OkStatus();
}

absl::Status PendingFile::Commit() {
  chmod(beside_.c_str(), S_IRUSR | S_IWUSR);
  if (std::rename(beside_.c_str(), path_.c_str()) != 0) {
    return absl::InternalError(absl::StrCat(path_, ": 写入失败 (can't be written)"));
  }
  committed_ = true;
  return absl::OkStatus();
}

absl::Status WriteWholeFile(const std::string& path, absl::string_view bytes) {
  PendingFile pending(path);
  RETURN_IF_ERROR(pending.Create());
  std::ofstream out(pending.beside(), std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    return absl::InternalError(
        absl::StrCat(path, ": 写入失败，磁盘可能已满 (can't be written, the disk may be full)"));
  }
  return pending.Commit();
}

}  // namespace tuoyu
