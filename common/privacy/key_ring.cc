#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/sealer.h"
#include "common/privacy/secret_file.h"

namespace tuoyu::privacy {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr absl::string_view kSealAlgorithm = "AES-256-GCM";
constexpr absl::string_view kIndexAlgorithm = "HMAC-SHA256";

std::string NewKeyLine(absl::string_view use, absl::string_view algorithm) {
  return absl::StrCat(use, " ", HexEncode(RandomBytes(4)), " ", algorithm, " ",
                      Base64UrlEncode(RandomBytes(kKeyBytes)), "\n");
}

// A key id goes between colons into sealed text.
bool IsKeyId(absl::string_view id) {
  return !id.empty() && id.size() <= 32 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_';
  });
}

absl::Status AddLine(const std::vector<absl::string_view>& words, KeyRing* ring) {
  if (words.size() != 4) {
    return absl::InvalidArgumentError("expected: <use> <key id> <algorithm> <key>");
  }
  KeyRing::Key key;
  key.id = std::string(words[1]);
  if (!IsKeyId(key.id)) return absl::InvalidArgumentError("bad key id");
  if (!Base64UrlDecode(words[3], &key.bytes) || key.bytes.size() != kKeyBytes) {
    return absl::InvalidArgumentError("a key is 32 bytes in base64url without padding");
  }
  if (words[0] == "seal" && words[2] == kSealAlgorithm) {
    for (const KeyRing::Key& other : ring->seal) {
      if (other.id == key.id) return absl::InvalidArgumentError("key id repeated");
    }
    ring->seal.push_back(std::move(key));
  } else if (words[0] == "index" && words[2] == kIndexAlgorithm) {
    if (!ring->index.id.empty()) return absl::InvalidArgumentError("a second index key");
    ring->index = std::move(key);
  } else {
    return absl::InvalidArgumentError(absl::StrCat("use and algorithm must be \"seal … ",
                                                   kSealAlgorithm, "\" or \"index … ",
                                                   kIndexAlgorithm, "\""));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<KeyRing> KeyRing::Parse(absl::string_view text) {
  KeyRing ring;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = line.substr(0, line.find('#'));
    std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (words.empty()) continue;
    if (absl::Status status = AddLine(words, &ring); !status.ok()) {
      return absl::InvalidArgumentError(
          absl::StrCat("key ring, line ", number, ": ", status.message()));
    }
  }
  if (ring.seal.empty()) return absl::InvalidArgumentError("key ring: no seal key");
  if (ring.index.id.empty()) return absl::InvalidArgumentError("key ring: no index key");
  return ring;
}

absl::StatusOr<KeyRing> KeyRing::Load(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadKeyFile(path, /*secret=*/true));
  return Parse(text);
}

std::string KeyRing::GenerateText() {
  return absl::StrCat(
      "# 密钥环 Key ring: <use> <key id> <algorithm> <key>; the last seal key seals, all open.\n",
      NewKeyLine("index", kIndexAlgorithm), NewKeyLine("seal", kSealAlgorithm));
}

absl::Status GenerateKeyRingFile(const std::string& path) {
  return CreateSecretFile(path, KeyRing::GenerateText());
}

absl::Status RotateKeyRingFile(const std::string& path) {
  ASSIGN_OR_RETURN(std::string text, ReadKeyFile(path, /*secret=*/true));
  RETURN_IF_ERROR(KeyRing::Parse(text).status());
  if (!text.empty() && text.back() != '\n') text += '\n';
  text += NewKeyLine("seal", kSealAlgorithm);
  return ReplaceSecretFile(path, text);
}

}  // namespace tuoyu::privacy
