#ifndef TUOYU_COMMON_DATA_SOURCE_ERROR_H_
#define TUOYU_COMMON_DATA_SOURCE_ERROR_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::data {

// The whole file. NOT_FOUND if it can't be opened, INVALID_ARGUMENT if it is larger than 4 MiB; both name the path.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// INVALID_ARGUMENT if `text` is not valid UTF-8 or holds a NUL; names the line. Returns the text without a byte order
// mark and with LF line ends.
absl::StatusOr<std::string> CleanText(absl::string_view text, absl::string_view file);

// INVALID_ARGUMENT "file:line: reason".
absl::Status SourceError(absl::string_view file, int line, absl::string_view reason);

// Gathers the faults of a file so that all are reported at once, one a line; the 20 first are kept.
class SourceErrors {
 public:
  explicit SourceErrors(absl::string_view file) : file_(file) {}

  void Add(int line, absl::string_view reason);
  // OK if none was added, else INVALID_ARGUMENT with a line "file:line: reason" for each.
  absl::Status ToStatus() const;

 private:
  std::string file_;
  std::vector<std::string> messages_;
  int count_ = 0;
};

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_SOURCE_ERROR_H_
