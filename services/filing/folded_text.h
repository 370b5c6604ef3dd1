#ifndef TUOYU_SERVICES_FILING_FOLDED_TEXT_H_
#define TUOYU_SERVICES_FILING_FOLDED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tuoyu::filing {

// A text as names and addresses are compared: without blanks, in the compatible composed form (NFKC), so that "（Ａ）" is "(A)".
std::string FoldedText(absl::string_view text);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FOLDED_TEXT_H_
