#ifndef TUOYU_COMMON_RPC_TEXT_FIELD_H_
#define TUOYU_COMMON_RPC_TEXT_FIELD_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tuoyu::rpc {

// Characters of a reason for an act, at most.
inline constexpr size_t kLongestReason = 200;

// The one text that a request must have, of `most` characters at most. INVALID_ARGUMENT FORM_INVALID: FIELD_MISSING, TEXT_TOO_LONG.
absl::Status RequireText(absl::string_view field, absl::string_view text, size_t most);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_TEXT_FIELD_H_
