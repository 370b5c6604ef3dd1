#ifndef TUOYU_SERVICES_INSPECTION_TEXT_FIELD_H_
#define TUOYU_SERVICES_INSPECTION_TEXT_FIELD_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tuoyu::inspection {

// Characters of a reason for an act, at most.
inline constexpr size_t kLongestReason = 200;

// The one text that a request must have, of `most` characters at most. INVALID_ARGUMENT FORM_INVALID: FIELD_MISSING, TEXT_TOO_LONG.
absl::Status RequireText(absl::string_view field, absl::string_view text, size_t most);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_TEXT_FIELD_H_
