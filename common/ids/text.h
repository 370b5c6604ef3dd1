#ifndef TUOYU_COMMON_IDS_TEXT_H_
#define TUOYU_COMMON_IDS_TEXT_H_

#include "absl/strings/string_view.h"

namespace tuoyu::ids {

// `text` without the blanks around it: ASCII white space and the ones that come along when copying
// from documents (U+00A0, U+200B, U+3000, U+FEFF).
absl::string_view TrimBlanks(absl::string_view text);

// True if `text` has a full-width form (U+FF01 to U+FF5E), what a Chinese keyboard types for ASCII.
bool HasFullWidth(absl::string_view text);

// True if `text` is not empty and all ASCII digits.
bool AllDigits(absl::string_view text);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_TEXT_H_
