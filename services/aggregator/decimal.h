#ifndef TUOYU_SERVICES_AGGREGATOR_DECIMAL_H_
#define TUOYU_SERVICES_AGGREGATOR_DECIMAL_H_

#include <cstdint>
#include <string>

#include "absl/numeric/int128.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tuoyu::aggregator {

// An exact number, 0 or more, with up to 12 digits before and 6 after the point. Value type.
class Decimal {
 public:
  Decimal() = default;
  static Decimal FromInt(int64_t value) { return Decimal(absl::int128(value) * kUnit); }
  // Reads "830000", "0.5", "30.25": no sign, blank, leading zero or exponent. INVALID_ARGUMENT else.
  static absl::StatusOr<Decimal> Parse(absl::string_view text);

  // Without trailing zeros; "0" for 0.
  std::string ToString() const;
  // Without what stands after the point.
  int64_t Whole() const { return static_cast<int64_t>(millionths_ / kUnit); }
  bool IsZero() const { return millionths_ == 0; }
  absl::int128 millionths() const { return millionths_; }

  Decimal& operator+=(Decimal other) {
    millionths_ += other.millionths_;
    return *this;
  }
  friend bool operator==(Decimal a, Decimal b) { return a.millionths_ == b.millionths_; }
  friend bool operator<(Decimal a, Decimal b) { return a.millionths_ < b.millionths_; }
  // Exact as long as the two have no more than 6 digits after the point together.
  friend Decimal operator*(Decimal a, Decimal b) {
    return Decimal(a.millionths_ * b.millionths_ / kUnit);
  }

 private:
  static constexpr int64_t kUnit = 1000000;
  explicit Decimal(absl::int128 millionths) : millionths_(millionths) {}
  absl::int128 millionths_ = 0;
};

// The exact number numerator ÷ denominator × scale; denominator not 0, scale 1 to 1,000. With
// sums of up to 10^13 nothing overflows.
struct Ratio {
  Decimal numerator;
  Decimal denominator;
  int32_t scale = 1;

  // Rounded half up to `decimals` places (0 to 6), all of them shown: "90.0".
  std::string Rounded(int decimals) const;
  // Negative, 0 or positive as the exact ratio is below, equal to or above `other`.
  int Compare(Decimal other) const;
};

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_DECIMAL_H_
