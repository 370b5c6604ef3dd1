#ifndef TUOYU_COMMON_IDS_FOLDED_TEXT_H_
#define TUOYU_COMMON_IDS_FOLDED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tuoyu::ids {

// A text as names and addresses are compared: without blanks, in the compatible composed form (NFKC), so that "（Ａ）" is "(A)".
std::string FoldedText(absl::string_view text);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_FOLDED_TEXT_H_
