#ifndef TUOYU_COMMON_CONTENT_FILE_CONTENT_H_
#define TUOYU_COMMON_CONTENT_FILE_CONTENT_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu {

// Looks at a file that someone sends as it passes by in pieces: its size, digest, and what it is by its bytes, whatever its
// name says. Keeps at most 320 KiB of it.
class FileContent {
 public:
  FileContent();
  ~FileContent();

  // The next piece.
  void Add(absl::string_view bytes);

  int64_t size() const { return size_; }

  // After the last piece. SHA-256 in lower-case hex; once.
  std::string TakeSha256();

  // "application/pdf", "image/jpeg", "image/png" or "application/ofd" (版式文件 GB/T 33190: a ZIP archive with OFD.xml
  // at its root); INVALID_ARGUMENT `CONTENT_TYPE_REFUSED` for anything else; INTERNAL when libmagic has no database.
  absl::StatusOr<std::string> Type() const;

 private:
  struct Digest;
  std::unique_ptr<Digest> digest_;
  int64_t size_ = 0;
  std::string head_;
  std::string tail_;  // of what lies behind head_
};

// Whether a file of `size` bytes that ends with `tail` is a ZIP archive whose directory lies in `tail` and names OFD.xml.
bool IsOfd(absl::string_view tail, int64_t size);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_CONTENT_FILE_CONTENT_H_
