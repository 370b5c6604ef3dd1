#include "common/content/file_content.h"

#include <magic.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/rpc/errors.h"

namespace tuoyu {
namespace {

constexpr size_t kHeadBytes = 64 << 10;
constexpr size_t kTailBytes = 256 << 10;
constexpr std::array<absl::string_view, 3> kAccepted = {"application/pdf", "image/jpeg",
                                                        "image/png"};
constexpr absl::string_view kZip = "application/zip";
constexpr absl::string_view kOfd = "application/ofd";

// Of a ZIP archive (PKWARE APPNOTE 4.3): the end record, and an entry of the directory before its name.
constexpr absl::string_view kEndMark("PK\5\6", 4);
constexpr absl::string_view kEntryMark("PK\1\2", 4);
constexpr size_t kEndBytes = 22;
constexpr size_t kEntryBytes = 46;
constexpr absl::string_view kOfdRoot = "OFD.xml";

// libmagic's handle, loaded when first needed; one thread uses it at a time.
class Magic {
 public:
  Magic()
      : cookie_(magic_open(kFlags)),
        loaded_(cookie_ != nullptr && magic_load(cookie_, nullptr) == 0) {}

  absl::StatusOr<std::string> TypeOf(absl::string_view head) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!loaded_) return absl::InternalError("libmagic has no database (package libmagic-mgc)");
    const char* type = magic_buffer(cookie_, head.data(), head.size());
    if (type == nullptr) return absl::InternalError("libmagic failed");
    return std::string(type);
  }

 private:
  static constexpr int kFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_TAR |
                                MAGIC_NO_CHECK_ELF | MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_TOKENS;
  std::mutex mutex_;
  magic_t cookie_;
  bool loaded_;
};

Magic& SharedMagic() {
  static Magic& magic = *new Magic;
  return magic;
}

uint32_t LittleEndian(absl::string_view bytes, size_t offset, int count) {
  uint32_t value = 0;
  for (int i = count - 1; i >= 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[offset + i]);
  }
  return value;
}

}  // namespace

struct FileContent::Digest {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  Digest() { EVP_DigestInit_ex(context, EVP_sha256(), nullptr); }
  ~Digest() { EVP_MD_CTX_free(context); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
};

FileContent::FileContent() : digest_(std::make_unique<Digest>()) {}
FileContent::~FileContent() = default;

void FileContent::Add(absl::string_view bytes) {
  EVP_DigestUpdate(digest_->context, bytes.data(), bytes.size());
  size_ += static_cast<int64_t>(bytes.size());
  const size_t ahead = std::min(kHeadBytes - head_.size(), bytes.size());
  head_.append(bytes.data(), ahead);
  bytes.remove_prefix(ahead);
  if (bytes.size() > kTailBytes) bytes.remove_prefix(bytes.size() - kTailBytes);
  tail_.append(bytes.data(), bytes.size());
  if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
}

std::string FileContent::TakeSha256() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  EVP_DigestFinal_ex(digest_->context, digest, &length);
  return privacy::HexEncode({reinterpret_cast<const char*>(digest), length});
}

absl::StatusOr<std::string> FileContent::Type() const {
  ASSIGN_OR_RETURN(const std::string type, SharedMagic().TypeOf(head_));
  if (std::find(kAccepted.begin(), kAccepted.end(), type) != kAccepted.end()) return type;
  // What was cut out between head and tail does not matter: offsets are counted from the end.
  if (type == kZip &&
      IsOfd(size_ > static_cast<int64_t>(kHeadBytes + kTailBytes) ? tail_
                                                                  : absl::StrCat(head_, tail_),
            size_)) {
    return std::string(kOfd);
  }
  return rpc::Error("CONTENT_TYPE_REFUSED", {{"type", type}});
}

bool IsOfd(absl::string_view tail, int64_t size) {
  const size_t end = tail.rfind(kEndMark);
  if (end == absl::string_view::npos || tail.size() - end < kEndBytes) return false;
  const uint32_t entries = LittleEndian(tail, end + 10, 2);
  const uint32_t directory_bytes = LittleEndian(tail, end + 12, 4);
  const int64_t directory_start = LittleEndian(tail, end + 16, 4);
  // From the file's offsets to those of `tail`.
  const int64_t start = directory_start - (size - static_cast<int64_t>(tail.size()));
  if (start < 0 || start + int64_t{directory_bytes} > static_cast<int64_t>(end)) return false;
  absl::string_view directory = tail.substr(static_cast<size_t>(start), directory_bytes);
  bool found = false;
  for (uint32_t i = 0; i < entries; ++i) {
    if (directory.size() < kEntryBytes || directory.substr(0, 4) != kEntryMark) return false;
    const size_t name = LittleEndian(directory, 28, 2);
    const size_t more = LittleEndian(directory, 30, 2) + size_t{LittleEndian(directory, 32, 2)};
    if (directory.size() < kEntryBytes + name + more) return false;
    found = found || directory.substr(kEntryBytes, name) == kOfdRoot;
    directory.remove_prefix(kEntryBytes + name + more);
  }
  return found;
}

}  // namespace tuoyu
