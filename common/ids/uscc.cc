#include "common/ids/uscc.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/ids/text.h"

namespace tuoyu::ids {
namespace {

constexpr size_t kLength = 18;
constexpr absl::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // without I O S V Z
constexpr std::array<int, 17> kWeights = {1,  3,  9,  27, 19, 26, 16, 17, 20,
                                          29, 25, 13, 8,  24, 10, 30, 28};
constexpr std::array<int, 8> kOrganisationWeights = {3, 7, 9, 10, 5, 8, 4, 2};

char CheckCharacter(absl::string_view uscc) {
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) {
    sum += static_cast<int>(kAlphabet.find(uscc[i])) * kWeights[i];
  }
  return kAlphabet[(31 - sum % 31) % 31];
}

// GB 11714 of the eight characters: digits count as themselves, A to Z as 10 to 35.
char OrganisationCheckCharacter(absl::string_view body) {
  int sum = 0;
  for (size_t i = 0; i < kOrganisationWeights.size(); ++i) {
    const char c = body[i];
    sum += (absl::ascii_isdigit(c) ? c - '0' : c - 'A' + 10) * kOrganisationWeights[i];
  }
  const int value = 11 - sum % 11;
  return value == 10 ? 'X' : value == 11 ? '0' : static_cast<char>('0' + value);
}

}  // namespace

Checked<std::string> NormaliseUscc(absl::string_view text) {
  const absl::string_view uscc = TrimBlanks(text);
  if (uscc.empty()) {
    return IdError{"USCC_EMPTY", "请填写统一社会信用代码",
                   "fill in the unified social credit code"};
  }
  if (HasFullWidth(uscc)) {
    return IdError{"USCC_FULL_WIDTH", "统一社会信用代码含全角字符，请改用半角数字和大写字母",
                   "full-width characters: type half-width digits and capital letters"};
  }
  if (uscc.size() != kLength) {
    return IdError{"USCC_LENGTH", "统一社会信用代码应为18位", "it has 18 characters"};
  }
  if (std::any_of(uscc.begin(), uscc.end(), absl::ascii_islower)) {
    return IdError{"USCC_LOWER_CASE", "统一社会信用代码的字母须大写",
                   "write its letters as capitals"};
  }
  if (uscc.find_first_not_of(kAlphabet) != absl::string_view::npos) {
    return IdError{"USCC_CHARACTER",
                   "统一社会信用代码只含数字和大写字母，不用 I、O、S、V、Z，请核对",
                   "only digits and capital letters other than I, O, S, V, Z"};
  }
  if (uscc[0] == '0') {
    return IdError{"USCC_DEPARTMENT", "统一社会信用代码第1位（登记管理部门）不能为0",
                   "the first character, the registering department, is not 0"};
  }
  if (!AllDigits(uscc.substr(2, 6))) {
    return IdError{"USCC_DIVISION", "统一社会信用代码第3至8位（行政区划码）应为数字",
                   "characters 3 to 8, the division, are digits"};
  }
  if (uscc[17] != CheckCharacter(uscc)) {
    return IdError{
        "USCC_CHECK_DIGIT", "统一社会信用代码校验不通过，请对照证照逐位核对",
        "the check character is wrong: compare with the certificate character by character"};
  }
  if (uscc[16] != OrganisationCheckCharacter(uscc.substr(8, 8))) {
    return IdError{"USCC_ORGANISATION_CHECK_DIGIT",
                   "统一社会信用代码第9至17位（组织机构代码）校验不通过，请对照证照核对",
                   "the check character of the organisation code (9 to 17) is wrong: compare with "
                   "the certificate"};
  }
  return std::string(uscc);
}

RegistrationRoute RouteOf(absl::string_view uscc) {
  if (absl::StartsWith(uscc, "12")) return RegistrationRoute::kPublicInstitution;
  if (absl::StartsWith(uscc, "52")) return RegistrationRoute::kNonprofit;
  if (absl::StartsWith(uscc, "91")) return RegistrationRoute::kEnterprise;
  if (absl::StartsWith(uscc, "92")) return RegistrationRoute::kSoleTrader;
  return RegistrationRoute::kOther;
}

}  // namespace tuoyu::ids
