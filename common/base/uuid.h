#ifndef TUOYU_COMMON_BASE_UUID_H_
#define TUOYU_COMMON_BASE_UUID_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tuoyu {

// A new UUID version 7 (RFC 9562): 48 bits of `now` in milliseconds, 74 random bits from OpenSSL.
// Ids made in different milliseconds sort by time. `now` is after 1970. Thread-safe.
std::string NewUuidV7(absl::Time now);

// True for the canonical form of any UUID: 8-4-4-4-12 lower-case hexadecimal digits, so that equal
// ids are equal strings.
bool IsUuid(absl::string_view text);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_UUID_H_
