#ifndef TUOYU_COMMON_BASE_SHA256_H_
#define TUOYU_COMMON_BASE_SHA256_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tuoyu {

// SHA-256 of `bytes`: 32 bytes.
std::string Sha256(absl::string_view bytes);

// The same as 64 lower-case hex digits.
std::string Sha256Hex(absl::string_view bytes);

// Whether a text has the form of Sha256Hex.
bool IsSha256Hex(absl::string_view text);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_SHA256_H_
