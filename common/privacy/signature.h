#ifndef TUOYU_COMMON_PRIVACY_SIGNATURE_H_
#define TUOYU_COMMON_PRIVACY_SIGNATURE_H_

#include <google/protobuf/message.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::privacy {

// A key pair's algorithm: ES256 (ECDSA P-256 with SHA-256) or SM2 with SM3 (GB/T 32918, GB/T
// 32905), which 密码法 asks of systems of graded protection level 3. Everything else is the same
// for both.
enum class SignatureAlgorithm { kEs256, kSm2Sm3 };

// A signature apart from what it signs (分离式签名).
struct Signature {
  std::string algorithm;  // "ES256" or "SM2-SM3"
  std::string key_id;     // see PublicKeyId
  std::string bytes;      // DER
};

// An OpenSSL key; shared, immutable.
using KeyHandle = std::shared_ptr<void>;

// Signs. Thread safe.
class Signer {
 public:
  // `pem`: a PKCS#8 private key on P-256 or SM2. INVALID_ARGUMENT on anything else.
  static absl::StatusOr<Signer> FromPem(absl::string_view pem);
  // NOT_FOUND without the file, FAILED_PRECONDITION when others than its owner may read it, else as
  // FromPem.
  static absl::StatusOr<Signer> FromFile(const std::string& path);

  absl::StatusOr<Signature> Sign(absl::string_view bytes) const;
  const std::string& key_id() const { return key_id_; }
  SignatureAlgorithm algorithm() const { return algorithm_; }
  // The public half, PEM.
  const std::string& public_pem() const { return public_pem_; }

 private:
  KeyHandle key_;
  SignatureAlgorithm algorithm_ = SignatureAlgorithm::kEs256;
  std::string key_id_;
  std::string public_pem_;
};

// Verifies against a set of public keys: all that ever signed, so that old receipts stay
// verifiable. Thread safe.
class Verifier {
 public:
  // `pem`: one or more "PUBLIC KEY" blocks, one after the other. INVALID_ARGUMENT on a key of
  // another kind or none.
  static absl::StatusOr<Verifier> FromPem(absl::string_view pem);
  // NOT_FOUND without the file, else as FromPem.
  static absl::StatusOr<Verifier> FromFile(const std::string& path);

  // OK when the signature is good. NOT_FOUND when no key has its id, DATA_LOSS when it does not fit
  // the bytes, INVALID_ARGUMENT when the algorithm is not the key's.
  absl::Status Verify(absl::string_view bytes, const Signature& signature) const;
  // PEM of the key with this id; empty when there is none.
  std::string KeyPem(absl::string_view key_id) const;
  bool AllAre(SignatureAlgorithm algorithm) const;

 private:
  struct PublicKey {
    KeyHandle key;
    SignatureAlgorithm algorithm;
    std::string pem;
  };
  std::map<std::string, PublicKey, std::less<>> keys_;
};

// A new private key, PKCS#8 PEM.
absl::StatusOr<std::string> GeneratePrivateKeyPem(SignatureAlgorithm algorithm);

// Writes a new private key to `private_path` (0600) and appends its public half to `public_path`
// (0644, made when missing). ALREADY_EXISTS when the private file is there. Used for tokens and for
// receipts alike.
absl::Status GenerateSigningKeyFiles(SignatureAlgorithm algorithm, const std::string& private_path,
                                     const std::string& public_path);

// Id of a public key: the first 16 hex digits of SHA-256 over its SubjectPublicKeyInfo (DER).
absl::StatusOr<std::string> PublicKeyId(absl::string_view public_pem);

// The bytes to sign for a message: one text line "<full name>\n", then for each set field in order
// of field number its number (4 bytes, big-endian), its count of values (4 bytes; 1 for a singular
// field) and each value: 8 bytes big-endian for integers, enums, bools and the IEEE 754 bits of
// doubles and floats widened to double; 4 bytes length and the bytes for strings and bytes; 4 bytes
// length and the canonical bytes for messages. Map entries are ordered by the canonical bytes of
// the entry. Fields at their default without presence are not set and not written; unknown fields
// are left out. Unlike protobuf's own serialisation this is the same for every version and
// language.
std::string CanonicalBytes(const google::protobuf::Message& message);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_SIGNATURE_H_
