#ifndef TUOYU_COMMON_PRIVACY_FEW_H_
#define TUOYU_COMMON_PRIVACY_FEW_H_

#include <cstdint>

namespace tuoyu::privacy {

// Numbers of fewer persons than this, but some, are withheld outside the health commission (小数抑制), and other numbers
// of persons rounded to multiples of it, so that neither is told by differences between days or places. Odd.
inline constexpr int kFewestTold = 5;

// Whether a number of persons is some, but fewer than `step`.
constexpr bool IsFew(int64_t number, int step = kFewestTold) { return number > 0 && number < step; }

// Whether a part of a whole, told with it, would tell of few: those in it, or those that are not.
constexpr bool ShareTellsFew(int64_t part, int64_t whole, int step = kFewestTold) {
  return IsFew(part, step) || IsFew(whole - part, step);
}

// A number of persons as it is told outside the health commission: the nearest multiple of `step`; 0 and numbers that are
// few, which are withheld, as they are.
constexpr int64_t Rounded(int64_t number, int step = kFewestTold) {
  return number < step ? number : (number + step / 2) / step * step;
}

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_FEW_H_
