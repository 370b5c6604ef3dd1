#ifndef TUOYU_COMMON_IDS_USCC_H_
#define TUOYU_COMMON_IDS_USCC_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/ids/checked.h"

namespace tuoyu::ids {

// The unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, both check
// characters right (the last one, and that of the organisation code of GB 11714 at 9 to 17). Blanks
// around it are removed. Reasons: USCC_EMPTY, USCC_FULL_WIDTH, USCC_LENGTH, USCC_LOWER_CASE,
// USCC_CHARACTER, USCC_DEPARTMENT (first character), USCC_DIVISION (characters 3 to 8 are digits),
// USCC_ORGANISATION_CHECK_DIGIT, USCC_CHECK_DIGIT.
Checked<std::string> NormaliseUscc(absl::string_view text);

// Who registered the organisation (25号 art. 4), from the first two characters.
enum class RegistrationRoute {
  kPublicInstitution,  // 12, 机构编制部门
  kNonprofit,          // 52, 民政部门
  kEnterprise,         // 91, 市场监管部门
  kSoleTrader,         // 92, 市场监管部门
  kOther,
};

// `uscc` is in normal form.
RegistrationRoute RouteOf(absl::string_view uscc);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_USCC_H_
