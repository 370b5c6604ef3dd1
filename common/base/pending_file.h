#ifndef TUOYU_COMMON_BASE_PENDING_FILE_H_
#define TUOYU_COMMON_BASE_PENDING_FILE_H_

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tuoyu {

// A file that is written beside its place and put there when it is whole, so that there is a whole file or the one that
// was there before. Only its owner can read it.
class PendingFile {
 public:
  explicit PendingFile(std::string path) : path_(std::move(path)), beside_(path_ + ".part") {}
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  // Removes what was not put in place.
  ~PendingFile();

  const std::string& path() const { return path_; }
  // Where it is written.
  const std::string& beside() const { return beside_; }
  // Makes an empty file there. PERMISSION_DENIED, NOT_FOUND and the like when it can't be made.
  absl::Status Create() const;
  // Puts it in its place. INTERNAL when that fails.
  absl::Status Commit();

 private:
  const std::string path_;
  const std::string beside_;
  bool committed_ = false;
};

// Writes a whole file that way. The errors of PendingFile; INTERNAL when the disk is full.
absl::Status WriteWholeFile(const std::string& path, absl::string_view bytes);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_PENDING_FILE_H_
