#include "common/ids/resident_id.h"

#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/text.h"

namespace tuoyu::ids {
namespace {

constexpr size_t kLength = 18;
constexpr int kFirstYear = 1900;
constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
constexpr absl::string_view kCheckCharacters = "10X98765432";

char CheckCharacter(absl::string_view number) {
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    sum += (number[i] - '0') * kWeights[i];
  }
  return kCheckCharacters[sum % 11];
}

}  // namespace

Checked<ResidentId> NormaliseResidentId(absl::string_view text, absl::CivilDay today) {
  const std::string number = absl::AsciiStrToUpper(TrimBlanks(text));
  if (number.empty()) {
    return IdError{"RESIDENT_ID_EMPTY", "请填写身份证号码", "fill in the resident id"};
  }
  if (HasFullWidth(number)) {
    return IdError{"RESIDENT_ID_FULL_WIDTH", "身份证号码含全角字符，请改用半角数字",
                   "full-width characters: type half-width digits"};
  }
  if (number.size() != kLength) {
    return IdError{"RESIDENT_ID_LENGTH", "身份证号码应为18位（旧15位号码请换用现行号码）",
                   "it has 18 characters; of an old 15-digit number give the present one"};
  }
  if (!AllDigits(number.substr(0, 17)) || (number[17] != 'X' && !absl::ascii_isdigit(number[17]))) {
    return IdError{"RESIDENT_ID_CHARACTER", "身份证号码前17位应为数字，末位为数字或X",
                   "17 digits, then a digit or X"};
  }
  if (number[0] == '0') {
    return IdError{"RESIDENT_ID_REGION", "身份证号码前6位地址码不能以0开头",
                   "the region code, its first 6 digits, does not start with 0"};
  }
  const absl::string_view digits(number);
  const absl::StatusOr<absl::CivilDay> birth = ParseDay(
      absl::StrCat(digits.substr(6, 4), "-", digits.substr(10, 2), "-", digits.substr(12, 2)));
  if (!birth.ok() || birth->year() < kFirstYear) {
    return IdError{"RESIDENT_ID_DATE", "身份证号码第7至14位不是真实的出生日期，请核对",
                   "characters 7 to 14 are not a real date of birth"};
  }
  if (*birth > today) {
    return IdError{"RESIDENT_ID_FUTURE_DATE", "身份证号码中的出生日期晚于今天，请核对",
                   "the date of birth lies in the future"};
  }
  if (number[17] != CheckCharacter(number)) {
    return IdError{"RESIDENT_ID_CHECK_DIGIT", "身份证号码校验不通过，请对照证件逐位核对",
                   "the check character is wrong: compare with the card character by character"};
  }
  return ResidentId{number, *birth, (number[16] - '0') % 2 == 0};
}

}  // namespace tuoyu::ids
