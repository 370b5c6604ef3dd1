#include "common/privacy/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace tuoyu::privacy {
namespace {

constexpr size_t kMaxBytes = 1 << 20;

absl::Status WriteAll(int descriptor, const std::string& path, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
    }
    text.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(descriptor) != 0) {
    return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> ReadKeyFile(const std::string& path, bool secret) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  struct stat facts;
  if (fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    close(descriptor);
    return absl::NotFoundError(absl::StrCat(path, ": not a regular file"));
  }
  if (secret && (facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    close(descriptor);
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": others than its owner have access to it; chmod 600 is required"));
  }
  std::string text;
  char buffer[4096];
  ssize_t count;
  while ((count = read(descriptor, buffer, sizeof(buffer))) > 0 && text.size() <= kMaxBytes) {
    text.append(buffer, static_cast<size_t>(count));
  }
  close(descriptor);
  if (count < 0) return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  if (text.size() > kMaxBytes) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": larger than 1 MB"));
  }
  return text;
}

absl::Status CreateSecretFile(const std::string& path, absl::string_view text) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    const std::string what = absl::StrCat(path, ": ", std::strerror(errno));
    return errno == EEXIST ? absl::AlreadyExistsError(what) : absl::NotFoundError(what);
  }
  absl::Status status = WriteAll(descriptor, path, text);
  close(descriptor);
  if (!status.ok()) unlink(path.c_str());
  return status;
}

absl::Status ReplaceSecretFile(const std::string& path, absl::string_view text) {
  const std::string beside = absl::StrCat(path, ".new");
  unlink(beside.c_str());
  RETURN_IF_ERROR(CreateSecretFile(beside, text));
  if (std::rename(beside.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::privacy
