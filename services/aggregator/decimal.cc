#include "services/aggregator/decimal.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/ids/text.h"

namespace tuoyu::aggregator {
namespace {

constexpr size_t kWholeDigits = 12;
constexpr size_t kDecimals = 6;

std::string Digits(absl::int128 value) {
  std::string digits;
  do {
    digits.push_back(static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

// `value` as a number with the point before its last `decimals` digits.
std::string WithPoint(absl::int128 value, size_t decimals) {
  std::string digits = Digits(value);
  if (decimals == 0) return digits;
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  digits.insert(digits.size() - decimals, 1, '.');
  return digits;
}

}  // namespace

absl::StatusOr<Decimal> Decimal::Parse(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, '.');
  const bool well_formed =
      parts.size() <= 2 && std::all_of(parts.begin(), parts.end(), ids::AllDigits) &&
      (parts[0].size() == 1 || parts[0][0] != '0') && parts[0].size() <= kWholeDigits &&
      (parts.size() == 1 || parts[1].size() <= kDecimals);
  if (!well_formed) {
    return absl::InvalidArgumentError(
        "not a number of at most 12 digits before and 6 after the point");
  }
  std::string digits(parts[0]);
  if (parts.size() == 2) absl::StrAppend(&digits, parts[1]);
  digits.append(kDecimals - (parts.size() == 2 ? parts[1].size() : 0), '0');
  absl::int128 millionths = 0;
  for (const char digit : digits) millionths = millionths * 10 + (digit - '0');
  return Decimal(millionths);
}

std::string Decimal::ToString() const {
  std::string text = WithPoint(millionths_, kDecimals);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Ratio::Rounded(int decimals) const {
  absl::int128 shifted = numerator.millionths() * scale;
  for (int i = 0; i < decimals; ++i) shifted *= 10;
  const absl::int128 divisor = denominator.millionths();
  return WithPoint((2 * shifted + divisor) / (2 * divisor), static_cast<size_t>(decimals));
}

int Ratio::Compare(Decimal other) const {
  const absl::int128 left = numerator.millionths() * scale * 1000000;
  const absl::int128 right = other.millionths() * denominator.millionths();
  return left < right ? -1 : left > right ? 1 : 0;
}

}  // namespace tuoyu::aggregator
