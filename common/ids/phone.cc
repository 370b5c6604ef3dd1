#include "common/ids/phone.h"

#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/ids/text.h"

namespace tuoyu::ids {
namespace {

constexpr size_t kMaxExtensionDigits = 6;

bool IsMobile(absl::string_view digits) {
  return digits.size() == 11 && AllDigits(digits) && digits[0] == '1' && digits[1] >= '3';
}

bool IsSubscriber(absl::string_view digits) {
  return (digits.size() == 7 || digits.size() == 8) && AllDigits(digits) && digits[0] >= '2';
}

// "00" opens a call abroad, no area code.
bool OpensWithAreaCode(absl::string_view landline) {
  return absl::StartsWith(landline, "0") && !absl::StartsWith(landline, "00");
}

// Area codes 010 and 02x have three digits, all others four.
size_t AreaCodeSize(absl::string_view landline) {
  return landline.size() > 1 && (landline[1] == '1' || landline[1] == '2') ? 3 : 4;
}

// The landline in normal form, or "" if it is none. The area code may be set off by a dash.
std::string NormaliseLandline(absl::string_view text) {
  if (!OpensWithAreaCode(text) || text.size() < AreaCodeSize(text)) {
    return "";
  }
  const absl::string_view area = text.substr(0, AreaCodeSize(text));
  absl::string_view rest = text.substr(area.size());
  absl::ConsumePrefix(&rest, "-");
  const std::vector<absl::string_view> parts = absl::StrSplit(rest, absl::MaxSplits('-', 1));
  if (!AllDigits(area) || !IsSubscriber(parts[0])) {
    return "";
  }
  if (parts.size() == 1) {
    return absl::StrCat(area, "-", parts[0]);
  }
  if (!AllDigits(parts[1]) || parts[1].size() > kMaxExtensionDigits) {
    return "";
  }
  return absl::StrCat(area, "-", parts[0], "-", parts[1]);
}

}  // namespace

Checked<std::string> NormalisePhone(absl::string_view text) {
  const absl::string_view trimmed = TrimBlanks(text);
  if (trimmed.empty()) {
    return IdError{"PHONE_EMPTY", "请填写联系电话", "fill in the telephone number"};
  }
  if (HasFullWidth(trimmed)) {
    return IdError{"PHONE_FULL_WIDTH", "联系电话含全角字符，请改用半角数字",
                   "full-width characters: type half-width digits"};
  }
  const std::string compact = absl::StrReplaceAll(trimmed, {{" ", ""}});
  absl::string_view national = compact;
  const bool international =
      absl::ConsumePrefix(&national, "+86") || absl::ConsumePrefix(&national, "0086");
  if (international) {
    absl::ConsumePrefix(&national, "-");
  }
  const std::string digits = absl::StrReplaceAll(national, {{"-", ""}});
  if (IsMobile(digits)) {
    return digits;
  }
  const bool needs_trunk_zero = international && !absl::StartsWith(national, "0");
  const std::string landline =
      NormaliseLandline(needs_trunk_zero ? absl::StrCat("0", national) : std::string(national));
  if (!landline.empty()) {
    return landline;
  }
  return IdError{"PHONE_FORMAT", "联系电话应为11位手机号，或带区号的固定电话，如 023-XXXXXXXX",
                 "a mobile number of 11 digits, or a landline with area code such as 023-XXXXXXXX"};
}

}  // namespace tuoyu::ids
