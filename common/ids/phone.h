#ifndef TUOYU_COMMON_IDS_PHONE_H_
#define TUOYU_COMMON_IDS_PHONE_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/ids/checked.h"

namespace tuoyu::ids {

// A telephone number of mainland China: a mobile number as 11 digits, a landline as "023-XXXXXXXX"
// with an extension as
// "-123" after it. Blanks, and the country code +86 or 0086, are removed; dashes are set anew.
// Reasons: PHONE_EMPTY, PHONE_FULL_WIDTH, PHONE_FORMAT.
Checked<std::string> NormalisePhone(absl::string_view text);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_PHONE_H_
