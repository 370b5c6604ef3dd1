#ifndef TUOYU_COMMON_RPC_TOKEN_H_
#define TUOYU_COMMON_RPC_TOKEN_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/caller.h"

namespace tuoyu::rpc {

// What a token says. On the wire a JWT (RFC 7519), ES256 only, issuer and audience "tuoyu", header
// `kid` naming the key (privacy::PublicKeyId); claims sub, org, roles[] (names without "ROLE_"),
// divisions[] (code prefixes), facility, iat, exp.
struct TokenClaims {
  std::string subject;
  std::string organisation;
  std::vector<Role> roles;
  std::vector<std::string> divisions;
  std::string facility;
  absl::Time issued_at;
  absl::Time expires_at;
};

// Makes tokens, for `tuoyu token`, for services that call services, and for tests.
class TokenSigner {
 public:
  // `private_pem`: a P-256 key as privacy::GeneratePrivateKeyPem makes. INVALID_ARGUMENT on
  // anything else.
  static absl::StatusOr<TokenSigner> FromPem(absl::string_view private_pem);
  // NOT_FOUND without the file, FAILED_PRECONDITION when others may read it, else as FromPem.
  static absl::StatusOr<TokenSigner> FromFile(const std::string& path);

  absl::StatusOr<std::string> Sign(const TokenClaims& claims) const;
  // Of the public half, to make a TokenVerifier from.
  const std::string& public_pem() const { return public_pem_; }

 private:
  std::string private_pem_;
  std::string public_pem_;
  std::string key_id_;
};

// Tells who a token's bearer is. Thread safe; verified tokens are remembered (at most 4,096, until
// they expire), so that a repeated one costs about a microsecond.
class TokenVerifier {
 public:
  // `public_pem`: one or more P-256 "PUBLIC KEY" blocks. INVALID_ARGUMENT on another kind or none.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> FromPem(absl::string_view public_pem,
                                                                const Clock& clock);
  // NOT_FOUND without the file, else as FromPem.
  static absl::StatusOr<std::unique_ptr<TokenVerifier>> FromFile(const std::string& path,
                                                                 const Clock& clock);
  ~TokenVerifier();

  // `token`: the text after "Bearer ". UNAUTHENTICATED with reason TOKEN_MALFORMED (no JWT of ours,
  // a claim missing or of the wrong type, an unknown role), TOKEN_FORGED (other algorithm, unknown
  // key, signature not good, other issuer or audience) or TOKEN_EXPIRED.
  // Tokens longer than 4,096 bytes are TOKEN_MALFORMED.
  absl::StatusOr<std::shared_ptr<const Caller>> Verify(absl::string_view token) const;

 private:
  struct State;
  explicit TokenVerifier(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The caller without a token.
const std::shared_ptr<const Caller>& PublicCaller();

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_TOKEN_H_
