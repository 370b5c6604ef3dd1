#include "common/ids/division_code.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/ids/text.h"

namespace tuoyu::ids {
namespace {

constexpr size_t kVillageDigits = 12;

bool HasKnownLength(absl::string_view code) {
  return code.size() == kDistrictDigits || code.size() == kTownDigits ||
         code.size() == kVillageDigits;
}

}  // namespace

Checked<std::string> NormaliseDivisionCode(absl::string_view text) {
  absl::string_view code = TrimBlanks(text);
  if (code.empty()) {
    return IdError{"DIVISION_CODE_EMPTY", "请填写行政区划代码", "fill in the division code"};
  }
  if (HasFullWidth(code)) {
    return IdError{"DIVISION_CODE_FULL_WIDTH", "行政区划代码含全角字符，请改用半角数字",
                   "full-width characters: type half-width digits"};
  }
  const IdError malformed{"DIVISION_CODE_FORMAT",
                          "行政区划代码应为6位（区县）、9位（镇街）或12位（村居）数字",
                          "6 digits for a district, 9 for a town or street, 12 for a village"};
  if (!HasKnownLength(code) || !AllDigits(code) || code[0] == '0') {
    return malformed;
  }
  if (code.size() == kVillageDigits && absl::ConsumeSuffix(&code, "000")) {
    absl::ConsumeSuffix(&code, "000");
  }
  const bool no_town = code.size() > kDistrictDigits && code.substr(kDistrictDigits, 3) == "000";
  if (no_town) {
    return malformed;
  }
  return std::string(code);
}

bool DivisionContains(absl::string_view scope, absl::string_view code) {
  return HasKnownLength(scope) && absl::StartsWith(code, scope);
}

}  // namespace tuoyu::ids
