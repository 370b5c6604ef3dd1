#include "common/base/sha256.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <cstdio>
#include <cstdlib>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"

namespace tuoyu {

std::string Sha256(absl::string_view bytes) {
  // Fetched once: fetching costs as much as the digest of a journal entry.
  static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 nullptr, algorithm, nullptr) != 1) {
    // Out of memory, or OpenSSL without its default provider: a wrong digest would break the journal.
    std::fputs("SHA-256 failed\n", stderr);
    std::abort();
  }
  return digest;
}

std::string Sha256Hex(absl::string_view bytes) { return absl::BytesToHexString(Sha256(bytes)); }

bool IsSha256Hex(absl::string_view text) {
  return text.size() == size_t{2} * SHA256_DIGEST_LENGTH &&
         absl::c_all_of(text, [](unsigned char c) {
           return absl::ascii_isdigit(c) || (c >= 'a' && c <= 'f');
         });
}

}  // namespace tuoyu
