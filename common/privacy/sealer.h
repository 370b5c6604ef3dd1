#ifndef TUOYU_COMMON_PRIVACY_SEALER_H_
#define TUOYU_COMMON_PRIVACY_SEALER_H_

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::privacy {

// The secret keys of a service: text, one key a line, "<use> <key id> <algorithm> <base64url key>",
// oldest first. Uses: "seal" (AES-256-GCM, 32 bytes; the last seals, all open) and "index"
// (HMAC-SHA256, 32 bytes; exactly one, because a blind index made with another key no longer
// finds). '#' begins a comment.
struct KeyRing {
  struct Key {
    std::string id;
    std::string bytes;
  };
  std::vector<Key> seal;
  Key index;

  // INVALID_ARGUMENT with the line number on anything malformed, on a repeated id and when a use is
  // missing. The text of a key never appears in an error.
  static absl::StatusOr<KeyRing> Parse(absl::string_view text);
  // NOT_FOUND when there is no such file, FAILED_PRECONDITION when anyone but its owner may read it
  // (mode 0600 or 0400 is required), else as Parse.
  static absl::StatusOr<KeyRing> Load(const std::string& path);
  // Text of a new ring with one key for each use.
  static std::string GenerateText();
};

// Writes a new ring to `path` with mode 0600. ALREADY_EXISTS when the file is there: a ring is
// never overwritten.
absl::Status GenerateKeyRingFile(const std::string& path);

// Adds a new "seal" key to the ring at `path`; from the next start on it seals, and the older ones
// still open. Replaces the file in one step. Errors as KeyRing::Load.
absl::Status RotateKeyRingFile(const std::string& path);

// Seals (encrypts) what is personal before it is stored and opens it again. Thread safe, without
// locks.
class Sealer {
 public:
  explicit Sealer(KeyRing ring);

  // In every string and bytes field of class PERSONAL, CHILD or REPORTER, at every depth, replaces
  // the value by "sealed:v1:<key id>:<base64url of nonce, ciphertext, tag>" (AES-256-GCM, the
  // field's full name is authenticated with it, so a value moved to another field does not open).
  // Empty values and values already sealed stay.
  void SealFields(google::protobuf::Message* message) const;

  // The reverse. DATA_LOSS when a value was tampered with, moved, or sealed with a key the ring
  // does not hold; the message is then partly opened and must not be used. Values that are not
  // sealed stay. The status names the field, never the value.
  absl::Status UnsealFields(google::protobuf::Message* message) const;

  // One value, under a name of the caller's choosing instead of a field's.
  std::string Seal(absl::string_view name, absl::string_view value) const;
  absl::StatusOr<std::string> Unseal(absl::string_view name, absl::string_view sealed) const;

  // 32 bytes that are equal for equal (domain, value) and tell nothing of the value without the
  // key: stored beside a sealed field to look it up by equality. `domain` is the purpose, e.g.
  // "resident_id"; normalise `value` first.
  std::string BlindIndex(absl::string_view domain, absl::string_view value) const;

 private:
  KeyRing ring_;
};

// Whether any field that would be sealed already holds sealed text. What a caller sends must not:
// it could have a sealed value of someone else opened for it.
bool HoldsSealedText(const google::protobuf::Message& message);
// Whether any such field holds text that is not sealed.
bool HoldsOpenText(const google::protobuf::Message& message);
// Whether a message holds, at any depth, fields its type does not know: they have no data class, so no redaction, sealing
// or masking reaches them.
bool HoldsUnknownFields(const google::protobuf::Message& message);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_SEALER_H_
