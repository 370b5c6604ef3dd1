#ifndef TUOYU_COMMON_IDS_RESIDENT_ID_H_
#define TUOYU_COMMON_IDS_RESIDENT_ID_H_

#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/ids/checked.h"

namespace tuoyu::ids {

// What a resident id says.
struct ResidentId {
  std::string number;  // 18 characters, the check character X in upper case
  absl::CivilDay birth;
  bool female;
};

// The citizen identification number (公民身份号码) of GB 11643-1999, also used by the residence
// permits of Hong Kong, Macao and Taiwan residents. The region part is where the person was first
// registered; it may be abolished since and is not looked up. Blanks around it are removed.
// Reasons: RESIDENT_ID_EMPTY, RESIDENT_ID_FULL_WIDTH, RESIDENT_ID_LENGTH, RESIDENT_ID_CHARACTER,
// RESIDENT_ID_REGION, RESIDENT_ID_DATE (no such day, or before 1900), RESIDENT_ID_FUTURE_DATE (born
// after `today`), RESIDENT_ID_CHECK_DIGIT.
Checked<ResidentId> NormaliseResidentId(absl::string_view text, absl::CivilDay today);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_RESIDENT_ID_H_
