#include "common/privacy/sealer.h"

#include <openssl/evp.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/random.h"
#include "common/base/status.h"
#include "common/privacy/digest.h"
#include "common/privacy/plan.h"

namespace tuoyu::privacy {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr absl::string_view kPrefix = "sealed:v1:";
// NIST SP 800-38D: 96-bit random nonces, at most 2^32 seals per key; a district is far below.
constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;

// One context per thread: making one costs more than sealing a short text. Every use sets key and nonce anew.
EVP_CIPHER_CTX* ThreadCipher() {
  using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;
  thread_local const Context context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  return context.get();
}

// Fetched once: fetching costs more than sealing a short text.
const EVP_CIPHER* Aes256Gcm() {
  static const EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  return cipher;
}

const unsigned char* Bytes(absl::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string Encrypt(const std::string& key, absl::string_view aad, absl::string_view plain) {
  std::string out(kNonceBytes + plain.size() + kTagBytes, '\0');
  unsigned char* const nonce = Bytes(out);
  FillUnique(nonce, kNonceBytes);
  unsigned char* const text = nonce + kNonceBytes;
  EVP_CIPHER_CTX* const cipher = ThreadCipher();
  int length = 0;
  const bool done =
      EVP_EncryptInit_ex2(cipher, Aes256Gcm(), Bytes(key), nonce, nullptr) == 1 &&
      EVP_EncryptUpdate(cipher, nullptr, &length, Bytes(aad), static_cast<int>(aad.size())) == 1 &&
      EVP_EncryptUpdate(cipher, text, &length, Bytes(plain), static_cast<int>(plain.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher, text + plain.size(), &length) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, kTagBytes, text + plain.size()) == 1;
  if (!done) {
    // Out of memory, or OpenSSL without its default provider: going on would store the text in the
    // clear.
    std::fputs("privacy: AES-256-GCM failed\n", stderr);
    std::abort();
  }
  return out;
}

bool Decrypt(const std::string& key, absl::string_view aad, absl::string_view sealed,
             std::string* plain) {
  if (sealed.size() < kNonceBytes + kTagBytes) return false;
  const absl::string_view nonce = sealed.substr(0, kNonceBytes);
  const absl::string_view text =
      sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
  std::string tag(sealed.substr(sealed.size() - kTagBytes));
  plain->resize(text.size());
  EVP_CIPHER_CTX* const cipher = ThreadCipher();
  int length = 0;
  return EVP_DecryptInit_ex2(cipher, Aes256Gcm(), Bytes(key), Bytes(nonce), nullptr) == 1 &&
         EVP_DecryptUpdate(cipher, nullptr, &length, Bytes(aad), static_cast<int>(aad.size())) ==
             1 &&
         EVP_DecryptUpdate(cipher, Bytes(*plain), &length, Bytes(text),
                           static_cast<int>(text.size())) == 1 &&
         EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, kTagBytes, tag.data()) == 1 &&
         EVP_DecryptFinal_ex(cipher, Bytes(*plain) + text.size(), &length) == 1;
}

bool IsSealed(absl::string_view text) { return absl::StartsWith(text, kPrefix); }

// Visits every value that is sealed at rest, at every depth; `change` gets it and sets the new one.
// The first error ends the walk.
using Change = absl::FunctionRef<absl::Status(const FieldDescriptor*, std::string*)>;

absl::Status ChangeText(Message* message, const FieldDescriptor* field, Change change) {
  const Reflection* reflection = message->GetReflection();
  std::string scratch;
  if (field->is_repeated()) {
    const int size = reflection->FieldSize(*message, field);
    for (int i = 0; i < size; ++i) {
      std::string value = reflection->GetRepeatedStringReference(*message, field, i, &scratch);
      RETURN_IF_ERROR(change(field, &value));
      reflection->SetRepeatedString(message, field, i, std::move(value));
    }
    return absl::OkStatus();
  }
  const std::string& present = reflection->GetStringReference(*message, field, &scratch);
  if (present.empty()) return absl::OkStatus();
  std::string value = present;
  RETURN_IF_ERROR(change(field, &value));
  reflection->SetString(message, field, std::move(value));
  return absl::OkStatus();
}

absl::Status Walk(Message* message, const internal::MessagePlan& plan, Change change) {
  const Reflection* reflection = message->GetReflection();
  for (const internal::Step& step : plan.seal_steps) {
    if (step.child == nullptr) {
      RETURN_IF_ERROR(ChangeText(message, step.field, change));
    } else if (step.field->is_repeated()) {
      const int size = reflection->FieldSize(*message, step.field);
      for (int i = 0; i < size; ++i) {
        RETURN_IF_ERROR(
            Walk(reflection->MutableRepeatedMessage(message, step.field, i), *step.child, change));
      }
    } else if (reflection->HasField(*message, step.field)) {
      RETURN_IF_ERROR(Walk(reflection->MutableMessage(message, step.field), *step.child, change));
    }
  }
  return absl::OkStatus();
}

// Whether `wanted` says yes to any text that is sealed at rest.
bool AnyText(const Message& message, const internal::MessagePlan& plan,
             absl::FunctionRef<bool(absl::string_view)> wanted) {
  const Reflection* reflection = message.GetReflection();
  std::string scratch;
  for (const internal::Step& step : plan.seal_steps) {
    const bool repeated = step.field->is_repeated();
    const int size = repeated ? reflection->FieldSize(message, step.field)
                              : reflection->HasField(message, step.field);
    for (int i = 0; i < size; ++i) {
      if (step.child != nullptr) {
        const Message& child = repeated ? reflection->GetRepeatedMessage(message, step.field, i)
                                        : reflection->GetMessage(message, step.field);
        if (AnyText(child, *step.child, wanted)) return true;
      } else {
        const std::string& text =
            repeated ? reflection->GetRepeatedStringReference(message, step.field, i, &scratch)
                     : reflection->GetStringReference(message, step.field, &scratch);
        if (wanted(text)) return true;
      }
    }
  }
  return false;
}

}  // namespace

Sealer::Sealer(KeyRing ring) : ring_(std::move(ring)) {}

std::string Sealer::Seal(absl::string_view name, absl::string_view value) const {
  const KeyRing::Key& key = ring_.seal.back();
  return absl::StrCat(kPrefix, key.id, ":", Base64UrlEncode(Encrypt(key.bytes, name, value)));
}

absl::StatusOr<std::string> Sealer::Unseal(absl::string_view name, absl::string_view sealed) const {
  absl::string_view rest = sealed;
  std::string bytes;
  const bool prefixed = absl::ConsumePrefix(&rest, kPrefix);
  const size_t colon = rest.find(':');
  if (!prefixed || colon == absl::string_view::npos ||
      !Base64UrlDecode(rest.substr(colon + 1), &bytes)) {
    return absl::DataLossError(absl::StrCat(name, ": sealed text is malformed"));
  }
  for (const KeyRing::Key& key : ring_.seal) {
    if (key.id != rest.substr(0, colon)) continue;
    std::string plain;
    if (Decrypt(key.bytes, name, bytes, &plain)) return plain;
    return absl::DataLossError(absl::StrCat(name, ": sealed text was altered or moved"));
  }
  return absl::DataLossError(absl::StrCat(name, ": sealed with a key the key ring does not hold"));
}

void Sealer::SealFields(Message* message) const {
  const internal::MessagePlan& plan = internal::PlanOf(message->GetDescriptor());
  if (plan.seal_steps.empty()) return;
  const absl::Status status =
      Walk(message, plan, [this](const FieldDescriptor* field, std::string* value) {
        if (!value->empty() && !IsSealed(*value)) {
          *value = Seal(field->full_name(), *value);
        }
        return absl::OkStatus();
      });
  status.IgnoreError();  // the lambda has none
}

absl::Status Sealer::UnsealFields(Message* message) const {
  const internal::MessagePlan& plan = internal::PlanOf(message->GetDescriptor());
  if (plan.seal_steps.empty()) return absl::OkStatus();
  return Walk(message, plan,
              [this](const FieldDescriptor* field, std::string* value) -> absl::Status {
                if (!IsSealed(*value)) return absl::OkStatus();
                ASSIGN_OR_RETURN(*value, Unseal(field->full_name(), *value));
                return absl::OkStatus();
              });
}

std::string Sealer::BlindIndex(absl::string_view domain, absl::string_view value) const {
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  return HmacSha256(ring_.index.bytes, absl::StrCat(domain.size(), ":", domain, value));
}

bool HoldsUnknownFields(const Message& message) {
  const Reflection& reflection = *message.GetReflection();
  if (!reflection.GetUnknownFields(message).empty()) return true;
  const google::protobuf::Descriptor& descriptor = *message.GetDescriptor();
  for (int n = 0; n < descriptor.field_count(); ++n) {
    const FieldDescriptor* field = descriptor.field(n);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    const bool repeated = field->is_repeated();
    const int items =
        repeated ? reflection.FieldSize(message, field) : reflection.HasField(message, field);
    for (int i = 0; i < items; ++i) {
      const Message& child = repeated ? reflection.GetRepeatedMessage(message, field, i)
                                      : reflection.GetMessage(message, field);
      if (HoldsUnknownFields(child)) return true;
    }
  }
  return false;
}

bool HoldsSealedText(const Message& message) {
  return AnyText(message, internal::PlanOf(message.GetDescriptor()), IsSealed);
}

bool HoldsOpenText(const Message& message) {
  return AnyText(message, internal::PlanOf(message.GetDescriptor()),
                 [](absl::string_view text) { return !text.empty() && !IsSealed(text); });
}

}  // namespace tuoyu::privacy
