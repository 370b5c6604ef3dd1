#include "clients/cli/decimal.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::cli {
namespace {

constexpr size_t kMostDigits = 9;

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

}  // namespace

absl::StatusOr<int64_t> DecimalOption(absl::string_view option, absl::string_view text,
                                      int decimals) {
  const size_t point = std::min(text.find('.'), text.size());
  const absl::string_view whole = text.substr(0, point);
  const absl::string_view part = point == text.size() ? "" : text.substr(point + 1);
  const bool has_part = point == text.size() || !part.empty();
  int64_t value = 0;
  if (whole.empty() || whole.size() > kMostDigits || !has_part || !AllDigits(whole) ||
      !AllDigits(part) || part.size() > static_cast<size_t>(decimals) ||
      !absl::SimpleAtoi(
          absl::StrCat(whole, part, std::string(static_cast<size_t>(decimals) - part.size(), '0')),
          &value)) {
    return absl::InvalidArgumentError(absl::StrCat(option, " ", text, "：应为数字，最多 ", decimals,
                                                   " 位小数 / a number with at most ", decimals,
                                                   " decimals"));
  }
  return value;
}

std::string DecimalText(int64_t value, int decimals) {
  const std::string digits = absl::StrCat(value < 0 ? -value : value);
  const auto part = static_cast<size_t>(decimals);
  const std::string padded = digits.size() > part
                                 ? digits
                                 : absl::StrCat(std::string(part + 1 - digits.size(), '0'), digits);
  const absl::string_view all = padded;
  const size_t whole = all.size() - part;
  return absl::StrCat(value < 0 ? "-" : "", all.substr(0, whole), decimals > 0 ? "." : "",
                      all.substr(whole));
}

}  // namespace tuoyu::cli
