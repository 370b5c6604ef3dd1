#include "common/privacy/signature.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/secret_file.h"

namespace tuoyu::privacy {
namespace {

// Signer's id that GM/T 0009-2012 gives where nothing else is agreed.
constexpr char kSm2Id[] = "1234567812345678";

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using MdContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

EVP_PKEY* Raw(const KeyHandle& key) { return static_cast<EVP_PKEY*>(key.get()); }

KeyHandle Own(EVP_PKEY* key) {
  return KeyHandle(key, [](void* each) { EVP_PKEY_free(static_cast<EVP_PKEY*>(each)); });
}

Bio ReadBio(absl::string_view text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
}

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<size_t>(size));
}

absl::StatusOr<SignatureAlgorithm> AlgorithmOf(EVP_PKEY* key) {
  char group[64] = "";
  size_t length = 0;
  if (EVP_PKEY_get_group_name(key, group, sizeof(group), &length) == 1) {
    if (absl::string_view(group) == "prime256v1") return SignatureAlgorithm::kEs256;
    if (absl::string_view(group) == "SM2") return SignatureAlgorithm::kSm2Sm3;
  }
  return absl::InvalidArgumentError("signing key: only P-256 and SM2 keys are used");
}

absl::string_view AlgorithmName(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::kEs256 ? "ES256" : "SM2-SM3";
}

std::string PublicPemOf(EVP_PKEY* key) {
  Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PUBKEY(bio.get(), key);
  return TextOf(bio.get());
}

std::string KeyIdOf(EVP_PKEY* key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  std::string id =
      Sha256Hex(absl::string_view(reinterpret_cast<char*>(der), size > 0 ? size : 0)).substr(0, 16);
  OPENSSL_free(der);
  return id;
}

// Context of `digest` for one signature with `key`; `key_context` must live as long as it is used.
MdContext NewContext(EVP_PKEY* key, SignatureAlgorithm algorithm, KeyContext* key_context) {
  MdContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  if (algorithm == SignatureAlgorithm::kSm2Sm3) {
    key_context->reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    EVP_PKEY_CTX_set1_id(key_context->get(), kSm2Id, sizeof(kSm2Id) - 1);
    EVP_MD_CTX_set_pkey_ctx(context.get(), key_context->get());
  }
  return context;
}

const EVP_MD* DigestOf(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::kEs256 ? EVP_sha256() : EVP_sm3();
}

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

absl::StatusOr<Signer> Signer::FromPem(absl::string_view pem) {
  // No pass phrase is asked for: the process has no terminal, and the file's mode protects it.
  EVP_PKEY* raw = PEM_read_bio_PrivateKey(
      ReadBio(pem).get(), nullptr, [](char*, int, int, void*) { return -1; }, nullptr);
  if (raw == nullptr) return absl::InvalidArgumentError("signing key: no PEM private key");
  Signer signer;
  signer.key_ = Own(raw);
  ASSIGN_OR_RETURN(signer.algorithm_, AlgorithmOf(raw));
  signer.key_id_ = KeyIdOf(raw);
  signer.public_pem_ = PublicPemOf(raw);
  return signer;
}

absl::StatusOr<Signer> Signer::FromFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, ReadKeyFile(path, /*secret=*/true));
  return FromPem(pem);
}

absl::StatusOr<Signature> Signer::Sign(absl::string_view bytes) const {
  KeyContext key_context(nullptr, &EVP_PKEY_CTX_free);
  MdContext context = NewContext(Raw(key_), algorithm_, &key_context);
  size_t size = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, DigestOf(algorithm_), nullptr, Raw(key_)) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, Bytes(bytes), bytes.size()) != 1) {
    return absl::InternalError("signing failed");
  }
  Signature signature{std::string(AlgorithmName(algorithm_)), key_id_, std::string(size, '\0')};
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.bytes.data()), &size,
                     Bytes(bytes), bytes.size()) != 1) {
    return absl::InternalError("signing failed");
  }
  signature.bytes.resize(size);
  return signature;
}

absl::StatusOr<Verifier> Verifier::FromPem(absl::string_view pem) {
  Verifier verifier;
  Bio bio = ReadBio(pem);
  while (EVP_PKEY* raw = PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr)) {
    KeyHandle key = Own(raw);
    ASSIGN_OR_RETURN(const SignatureAlgorithm algorithm, AlgorithmOf(raw));
    verifier.keys_[KeyIdOf(raw)] = PublicKey{std::move(key), algorithm, PublicPemOf(raw)};
  }
  if (verifier.keys_.empty()) return absl::InvalidArgumentError("no PEM public key");
  return verifier;
}

absl::StatusOr<Verifier> Verifier::FromFile(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string pem, ReadKeyFile(path, /*secret=*/false));
  return FromPem(pem);
}

absl::Status Verifier::Verify(absl::string_view bytes, const Signature& signature) const {
  const auto found = keys_.find(signature.key_id);
  if (found == keys_.end()) {
    return absl::NotFoundError(absl::StrCat("no public key with id ", signature.key_id));
  }
  const PublicKey& key = found->second;
  if (signature.algorithm != AlgorithmName(key.algorithm)) {
    return absl::InvalidArgumentError("the signature's algorithm is not the key's");
  }
  KeyContext key_context(nullptr, &EVP_PKEY_CTX_free);
  MdContext context = NewContext(Raw(key.key), key.algorithm, &key_context);
  if (EVP_DigestVerifyInit(context.get(), nullptr, DigestOf(key.algorithm), nullptr,
                           Raw(key.key)) != 1 ||
      EVP_DigestVerify(context.get(), Bytes(signature.bytes), signature.bytes.size(), Bytes(bytes),
                       bytes.size()) != 1) {
    return absl::DataLossError("the signature does not fit");
  }
  return absl::OkStatus();
}

std::string Verifier::KeyPem(absl::string_view key_id) const {
  const auto found = keys_.find(std::string(key_id));
  return found == keys_.end() ? "" : found->second.pem;
}

bool Verifier::AllAre(SignatureAlgorithm algorithm) const {
  return std::all_of(keys_.begin(), keys_.end(),
                     [&](const auto& entry) { return entry.second.algorithm == algorithm; });
}

absl::StatusOr<std::string> GeneratePrivateKeyPem(SignatureAlgorithm algorithm) {
  KeyHandle key = Own(algorithm == SignatureAlgorithm::kEs256
                          ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
                          : EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"));
  Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  if (key == nullptr || PEM_write_bio_PKCS8PrivateKey(bio.get(), Raw(key), nullptr, nullptr, 0,
                                                      nullptr, nullptr) != 1) {
    return absl::InternalError("making a key failed");
  }
  return TextOf(bio.get());
}

absl::Status GenerateSigningKeyFiles(SignatureAlgorithm algorithm, const std::string& private_path,
                                     const std::string& public_path) {
  ASSIGN_OR_RETURN(const std::string pem, GeneratePrivateKeyPem(algorithm));
  ASSIGN_OR_RETURN(const Signer signer, Signer::FromPem(pem));
  RETURN_IF_ERROR(CreateSecretFile(private_path, pem));
  const int descriptor = open(public_path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const std::string& text = signer.public_pem();
  const bool written = descriptor >= 0 && write(descriptor, text.data(), text.size()) ==
                                              static_cast<ssize_t>(text.size());
  const int error = errno;
  if (descriptor >= 0) close(descriptor);
  if (!written) {
    unlink(private_path.c_str());
    return absl::UnavailableError(absl::StrCat(public_path, ": ", std::strerror(error)));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> PublicKeyId(absl::string_view public_pem) {
  EVP_PKEY* raw = PEM_read_bio_PUBKEY(ReadBio(public_pem).get(), nullptr, nullptr, nullptr);
  if (raw == nullptr) return absl::InvalidArgumentError("no PEM public key");
  const KeyHandle key = Own(raw);
  return KeyIdOf(raw);
}

}  // namespace tuoyu::privacy
