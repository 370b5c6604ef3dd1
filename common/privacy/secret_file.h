#ifndef TUOYU_COMMON_PRIVACY_SECRET_FILE_H_
#define TUOYU_COMMON_PRIVACY_SECRET_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::privacy {

// Reads a whole file of at most 1 MB. NOT_FOUND when there is none, INVALID_ARGUMENT when it is
// larger; with `secret` FAILED_PRECONDITION when its group or others may read or write it (mode
// 0600 or 0400 is required).
absl::StatusOr<std::string> ReadKeyFile(const std::string& path, bool secret);

// Makes a file with mode 0600. ALREADY_EXISTS when there is one.
absl::Status CreateSecretFile(const std::string& path, absl::string_view text);

// Replaces a file in one step (written beside it, synced, renamed), mode 0600.
absl::Status ReplaceSecretFile(const std::string& path, absl::string_view text);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_SECRET_FILE_H_
