#ifndef TUOYU_COMMON_IDS_DIVISION_CODE_H_
#define TUOYU_COMMON_IDS_DIVISION_CODE_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "common/ids/checked.h"

namespace tuoyu::ids {

// Digits of the code of a county or district (县级), and of a town or street (乡级).
inline constexpr size_t kDistrictDigits = 6;
inline constexpr size_t kTownDigits = 9;

// An administrative division code (行政区划代码), in its short form: 6 digits for a county or
// district (GB/T 2260), 9 for a town or street, 12 for a village or community (statistics code). A
// 12-digit code that ends in 000 is given its short form. Only the form is checked: whether the
// division exists is asked of data::Divisions. Reasons: DIVISION_CODE_EMPTY,
// DIVISION_CODE_FULL_WIDTH, DIVISION_CODE_FORMAT.
Checked<std::string> NormaliseDivisionCode(absl::string_view text);

// True if `code` is `scope` or lies in it; both in short form. Nothing lies in an empty scope.
bool DivisionContains(absl::string_view scope, absl::string_view code);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_DIVISION_CODE_H_
