#include "common/content/upload.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu {

void CheckUpload(absl::string_view field, absl::string_view digest, int64_t size_bytes,
                 int64_t most_bytes, absl::string_view data, Form* form) {
  if (!IsSha256Hex(digest)) {
    form->Add(absl::StrCat(field, ".digest"), "DIGEST_FORM", "应为64位小写十六进制 SHA-256",
              "SHA-256 in 64 lower-case hex digits");
  }
  form->CheckNumber(absl::StrCat(field, ".size_bytes"), size_bytes, 1, most_bytes);
  if (data.empty() || data.size() > kMostPieceBytes) {
    form->Add("data", "PIECE_SIZE", "每次发送1字节至1 MiB", "1 byte to 1 MiB in each call");
  }
}

absl::StatusOr<std::string> CheckWhole(FileContent* content, absl::string_view digest,
                                       absl::Span<const absl::string_view> allowed) {
  if (content->TakeSha256() != digest) return rpc::Error("UPLOAD_DIGEST_MISMATCH");
  ASSIGN_OR_RETURN(std::string type, content->Type());
  if (!absl::c_linear_search(allowed, type)) {
    return rpc::Error("CONTENT_TYPE_REFUSED", {{"type", type}});
  }
  return type;
}

absl::Status OffsetMismatch(int64_t expected) {
  return rpc::Error("UPLOAD_OFFSET_MISMATCH", {{"offset", absl::StrCat(expected)}});
}

}  // namespace tuoyu
