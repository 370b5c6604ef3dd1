#ifndef TUOYU_COMMON_CONTENT_UPLOAD_H_
#define TUOYU_COMMON_CONTENT_UPLOAD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/content/file_content.h"
#include "common/form/form.h"

// Files that come in pieces, each call with what is announced of the whole.
namespace tuoyu {

// Most bytes of a piece.
inline constexpr size_t kMostPieceBytes = 1 << 20;

// What is announced under `field` ("photo"): DIGEST_FORM unless its digest is SHA-256 in lower-case hex, NUMBER_RANGE unless its size is 1 to
// `most_bytes`; PIECE_SIZE unless `data` is 1 byte to kMostPieceBytes.
void CheckUpload(absl::string_view field, absl::string_view digest, int64_t size_bytes,
                 int64_t most_bytes, absl::string_view data, Form* form);

// What a file is by its bytes, which `content` has seen all of: they have to be those announced by `digest` and of one of the types `allowed`.
// INVALID_ARGUMENT UPLOAD_DIGEST_MISMATCH, CONTENT_TYPE_REFUSED; those of FileContent::Type.
absl::StatusOr<std::string> CheckWhole(FileContent* content, absl::string_view digest,
                                       absl::Span<const absl::string_view> allowed);

// FAILED_PRECONDITION UPLOAD_OFFSET_MISMATCH: the upload goes on at byte `expected`.
absl::Status OffsetMismatch(int64_t expected);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_CONTENT_UPLOAD_H_
