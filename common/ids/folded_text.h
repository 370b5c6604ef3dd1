#ifndef TUOYU_COMMON_IDS_FOLDED_TEXT_H_
#define TUOYU_COMMON_IDS_FOLDED_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tuoyu::ids {

// A text as names and addresses are compared: without blanks, in the compatible composed form (NFKC), so that "（Ａ）" is "(A)".
std::string FoldedText(absl::string_view text);

// Whether commas, full stops and the other ends of sentences and of their parts are kept in a bare text.
enum class SentenceEnds { kKept, kLeftOut };
// A text as words are looked for in it when its writer may not want them found: letters and digits alone (general categories L and N), in the
// compatible composed form and folded case. Blanks, marks, symbols and characters of no width are left out. Bytes that are no UTF-8 are
// left out, too.
std::string BareText(absl::string_view text, SentenceEnds ends);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_FOLDED_TEXT_H_
