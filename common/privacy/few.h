#ifndef TUOYU_COMMON_PRIVACY_FEW_H_
#define TUOYU_COMMON_PRIVACY_FEW_H_

namespace tuoyu::privacy {

// Numbers of fewer persons than this, but some, are withheld outside the health commission (小数抑制).
inline constexpr int kFewestTold = 5;

}  // namespace tuoyu::privacy

#endif  // TUOYU_COMMON_PRIVACY_FEW_H_
