#include "common/rpc/token.h"

#include <jwt.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <initializer_list>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/secret_file.h"
#include "common/privacy/signature.h"
#include "common/rpc/errors.h"

namespace tuoyu::rpc {
namespace {

using Json = nlohmann::json;
using Jwt = std::unique_ptr<jwt_t, decltype(&jwt_free)>;

constexpr char kIssuer[] = "tuoyu";
constexpr absl::string_view kAlgorithm = "ES256";
constexpr size_t kMaxTokenBytes = 4096;
constexpr size_t kMaxNameBytes = 128;  // request_log.caller
constexpr absl::Duration kClockDifference = absl::Seconds(30);
constexpr size_t kShards = 8;
constexpr size_t kEntriesPerShard = 512;

struct Verified {
  std::shared_ptr<const Caller> caller;
  absl::Time expires_at;
};

Jwt Decode(const std::string& token, const std::string& pem) {
  jwt_t* raw = nullptr;
  const auto* key = pem.empty() ? nullptr : reinterpret_cast<const unsigned char*>(pem.data());
  if (jwt_decode(&raw, token.c_str(), key, static_cast<int>(pem.size())) != 0) raw = nullptr;
  return Jwt(raw, &jwt_free);
}

// Three parts of base64url: what libjwt may be given.
bool LooksLikeJwt(absl::string_view token) {
  if (token.size() > kMaxTokenBytes || std::count(token.begin(), token.end(), '.') != 2) {
    return false;
  }
  return std::all_of(token.begin(), token.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '-' || c == '_' || c == '.';
  });
}

// Reads claims; each getter is false when the claim is missing or of another type.
class Claims {
 public:
  explicit Claims(jwt_t* jwt) {
    char* text = jwt_get_grants_json(jwt, nullptr);
    if (text != nullptr) json_ = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    std::free(text);
  }

  bool Text(const char* name, std::string* out) const {
    const Json* value = Find(name);
    if (value == nullptr || !value->is_string()) return false;
    *out = value->get_ref<const std::string&>();
    return out->size() <= kMaxNameBytes;
  }
  bool Texts(const char* name, std::vector<std::string>* out) const {
    const Json* value = Find(name);
    if (value == nullptr || !value->is_array()) return false;
    for (const Json& each : *value) {
      if (!each.is_string()) return false;
      out->push_back(each.get_ref<const std::string&>());
    }
    return true;
  }
  bool Time(const char* name, absl::Time* out) const {
    const Json* value = Find(name);
    if (value == nullptr || !value->is_number_integer()) return false;
    *out = absl::FromUnixSeconds(value->get<int64_t>());
    return true;
  }

 private:
  const Json* Find(const char* name) const {
    if (!json_.is_object()) return nullptr;
    const auto found = json_.find(name);
    return found == json_.end() ? nullptr : &*found;
  }

  Json json_;
};

bool IsDivision(absl::string_view code) {
  return code.size() >= 2 && code.size() <= 12 &&
         std::all_of(code.begin(), code.end(),
                     [](unsigned char c) { return absl::ascii_isdigit(c); });
}

absl::StatusOr<Verified> ReadClaims(const Claims& claims, absl::Time now) {
  std::string issuer;
  std::string audience;
  if (!claims.Text("iss", &issuer) || !claims.Text("aud", &audience)) {
    return Error("TOKEN_MALFORMED");
  }
  if (issuer != kIssuer || audience != kIssuer) return Error("TOKEN_FORGED");
  auto caller = std::make_shared<Caller>();
  std::vector<std::string> roles;
  std::vector<std::string> divisions;
  absl::Time issued_at;
  Verified verified;
  if (!claims.Text("sub", &caller->subject) || caller->subject.empty() ||
      !claims.Text("org", &caller->organisation) || !claims.Texts("roles", &roles) ||
      roles.empty() || !claims.Texts("divisions", &divisions) ||
      !claims.Text("facility", &caller->facility) || !claims.Time("iat", &issued_at) ||
      !claims.Time("exp", &verified.expires_at) || issued_at > now + kClockDifference) {
    return Error("TOKEN_MALFORMED");
  }
  caller->roles.Add(common::v1::ROLE_PUBLIC);
  for (const std::string& name : roles) {
    const Role role = RoleFromName(name);
    if (role == common::v1::ROLE_UNSPECIFIED) return Error("TOKEN_MALFORMED");
    caller->roles.Add(role);
  }
  for (const std::string& division : divisions) {
    if (!IsDivision(division)) return Error("TOKEN_MALFORMED");
    caller->divisions.emplace_back(DivisionPrefix(division));
  }
  if (now >= verified.expires_at) return Error("TOKEN_EXPIRED");
  verified.caller = std::move(caller);
  return verified;
}

}  // namespace

absl::StatusOr<TokenSigner> TokenSigner::FromPem(absl::string_view private_pem) {
  ASSIGN_OR_RETURN(const privacy::Signer key, privacy::Signer::FromPem(private_pem));
  if (key.algorithm() != privacy::SignatureAlgorithm::kEs256) {
    return absl::InvalidArgumentError("tokens are signed with P-256 keys");
  }
  TokenSigner signer;
  signer.private_pem_ = std::string(private_pem);
  signer.public_pem_ = key.public_pem();
  signer.key_id_ = key.key_id();
  return signer;
}

absl::StatusOr<TokenSigner> TokenSigner::FromFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, privacy::ReadKeyFile(path, /*secret=*/true));
  return FromPem(pem);
}

absl::StatusOr<std::string> TokenSigner::Sign(const TokenClaims& claims) const {
  Json roles = Json::array();
  for (Role role : claims.roles) roles.push_back(std::string(RoleName(role)));
  const Json json = {{"sub", claims.subject},
                     {"org", claims.organisation},
                     {"roles", std::move(roles)},
                     {"divisions", claims.divisions},
                     {"facility", claims.facility},
                     {"iss", kIssuer},
                     {"aud", kIssuer},
                     {"iat", absl::ToUnixSeconds(claims.issued_at)},
                     {"exp", absl::ToUnixSeconds(claims.expires_at)}};
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  jwt_t* raw = nullptr;
  if (jwt_new(&raw) != 0) return absl::InternalError("making a token failed");
  const Jwt jwt(raw, &jwt_free);
  const auto* key = reinterpret_cast<const unsigned char*>(private_pem_.data());
  if (jwt_add_header(raw, "kid", key_id_.c_str()) != 0 ||
      jwt_add_grants_json(raw, text.c_str()) != 0 ||
      jwt_set_alg(raw, JWT_ALG_ES256, key, static_cast<int>(private_pem_.size())) != 0) {
    return absl::InternalError("making a token failed");
  }
  char* token = jwt_encode_str(raw);
  if (token == nullptr) return absl::InternalError("signing a token failed");
  std::string result = token;
  std::free(token);
  return result;
}

struct TokenVerifier::State {
  // Verified tokens by SHA-256 of their text; a full shard is emptied, which costs a verification each.
  struct Shard {
    std::mutex mutex;
    absl::flat_hash_map<std::string, Verified> by_digest;
  };

  State(privacy::Verifier keys, const Clock& clock) : keys(std::move(keys)), clock(clock) {}

  absl::StatusOr<Verified> VerifyAnew(const std::string& token, absl::Time now) const;

  const privacy::Verifier keys;
  const Clock& clock;
  std::array<Shard, kShards> shards;
};

absl::StatusOr<Verified> TokenVerifier::State::VerifyAnew(const std::string& token,
                                                          absl::Time now) const {
  if (!LooksLikeJwt(token)) return Error("TOKEN_MALFORMED");
  // First without a key, to learn which one; libjwt would verify HS256 with the public key as the secret, so the algorithm
  // is looked at before any key is given.
  const Jwt unverified = Decode(token, "");
  if (unverified == nullptr) return Error("TOKEN_MALFORMED");
  const char* algorithm = jwt_get_header(unverified.get(), "alg");
  const char* key_id = jwt_get_header(unverified.get(), "kid");
  if (algorithm == nullptr || algorithm != kAlgorithm || key_id == nullptr) {
    return Error("TOKEN_FORGED");
  }
  const std::string pem = keys.KeyPem(key_id);
  if (pem.empty()) return Error("TOKEN_FORGED");
  const Jwt verified = Decode(token, pem);
  if (verified == nullptr || jwt_get_alg(verified.get()) != JWT_ALG_ES256) {
    return Error("TOKEN_FORGED");
  }
  return ReadClaims(Claims(verified.get()), now);
}

TokenVerifier::TokenVerifier(std::unique_ptr<State> state) : state_(std::move(state)) {}
TokenVerifier::~TokenVerifier() = default;

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::FromPem(absl::string_view public_pem,
                                                                      const Clock& clock) {
  ASSIGN_OR_RETURN(privacy::Verifier keys, privacy::Verifier::FromPem(public_pem));
  if (!keys.AllAre(privacy::SignatureAlgorithm::kEs256)) {
    return absl::InvalidArgumentError("tokens are verified with P-256 keys only");
  }
  return std::unique_ptr<TokenVerifier>(
      new TokenVerifier(std::make_unique<State>(std::move(keys), clock)));
}

absl::StatusOr<std::unique_ptr<TokenVerifier>> TokenVerifier::FromFile(const std::string& path,
                                                                       const Clock& clock) {
  ASSIGN_OR_RETURN(const std::string pem, privacy::ReadKeyFile(path, /*secret=*/false));
  return FromPem(pem, clock);
}

absl::StatusOr<std::shared_ptr<const Caller>> TokenVerifier::Verify(absl::string_view token) const {
  if (token.size() > kMaxTokenBytes) return Error("TOKEN_MALFORMED");
  const absl::Time now = state_->clock.Now();
  std::string digest = privacy::Sha256(token);
  State::Shard& shard = state_->shards[static_cast<unsigned char>(digest[0]) % kShards];
  {
    std::lock_guard<std::mutex> lock(shard.mutex);
    const auto found = shard.by_digest.find(digest);
    if (found != shard.by_digest.end()) {
      if (now < found->second.expires_at) return found->second.caller;
      shard.by_digest.erase(found);
      return Error("TOKEN_EXPIRED");
    }
  }
  ASSIGN_OR_RETURN(Verified verified, state_->VerifyAnew(std::string(token), now));
  std::lock_guard<std::mutex> lock(shard.mutex);
  if (shard.by_digest.size() >= kEntriesPerShard) shard.by_digest.clear();
  return shard.by_digest.insert_or_assign(std::move(digest), std::move(verified))
      .first->second.caller;
}

const std::shared_ptr<const Caller>& PublicCaller() {
  static const auto& caller = *new std::shared_ptr<const Caller>([] {
    auto made = std::make_shared<Caller>();
    made->roles.Add(common::v1::ROLE_PUBLIC);
    return made;
  }());
  return caller;
}

}  // namespace tuoyu::rpc
