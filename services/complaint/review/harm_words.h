#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_HARM_WORDS_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_HARM_WORDS_H_

#include "absl/strings/string_view.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// Words in a text that tell of harm to a child (未成年人保护法 art. 11): pure functions. Compared without what people put between the characters
// to get by a word list: blanks, marks, symbols, characters of no width, and those that only look like a stroke; in one width and case.
namespace tuoyu::complaint {

// Whether a text holds one of the few words that leave no doubt, report_words; also in a phrase that says the opposite.
bool HoldsReportWord(absl::string_view text, const v1::ReviewRules& rules);
// The same outside of the phrases that say the opposite. A sentence that ends between two characters parts them: what is made of two sentences
// is in doubt and not certain.
bool ClaimsAbuse(absl::string_view text, const v1::ReviewRules& rules);
// Whether a text may tell of harm: it holds one of harm_words outside of the harmless_words. A harmless word counts only as it is usually
// written, with nothing between its characters.
bool MayTellOfHarm(absl::string_view text, const v1::ReviewRules& rules);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_HARM_WORDS_H_
