#ifndef TUOYU_COMMON_PRIVACY_DIGEST_H_
#define TUOYU_COMMON_PRIVACY_DIGEST_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/base/sha256.h"

namespace tuoyu::privacy {

using ::tuoyu::Sha256;
using ::tuoyu::Sha256Hex;

// HMAC-SHA256 of `bytes` under `key`: 32 bytes.
std::string HmacSha256(absl::string_view key, absl::string_view bytes);

// Lower-case hex.
std::string HexEncode(absl::string_view bytes);

// Base64 with the URL alphabet, without padding (RFC 4648 §5).
std::string Base64UrlEncode(absl::string_view bytes);
// False on anything but what Base64UrlEncode makes (padding is refused, too).
bool Base64UrlDecode(absl::string_view text, std::string* bytes);

// `size` bytes from the system's random generator. Ends the process when there are none.
std::string RandomBytes(size_t size);

// Compares in time that depends on the lengths only.
bool ConstantTimeEquals(absl::string_view a, absl::string_view b);

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_DIGEST_H_
