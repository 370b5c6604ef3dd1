#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_PERSONAL_DATA_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_PERSONAL_DATA_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "tuoyu/complaint/v1/review.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

namespace tuoyu::complaint {

// What of a text may be personal data: PHONE, DOCUMENT, PERSON_NAME, each once, in that order. Telephones and resident ids are those that
// pass the checks of common/ids, also written in full width, with blanks or dashes in them, or in Chinese numerals; birth certificates a
// letter and nine digits; a name is one of the family names, at most two characters and one of the titles ("张小老师"). A name without a
// title is not found: nothing but people can tell it from other words. Rather too much is found than too little, for a person
// looks at it.
std::vector<v1::ReviewDoubt> FindPersonalData(absl::string_view text, const v1::ReviewRules& rules,
                                              absl::CivilDay today);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_PERSONAL_DATA_H_
