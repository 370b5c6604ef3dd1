#ifndef TUOYU_COMMON_BASE_NEVER_H_
#define TUOYU_COMMON_BASE_NEVER_H_

#include "absl/time/civil_time.h"

namespace tuoyu {

// The day that stands in a column for "never": the last one it can hold.
inline constexpr absl::CivilDay kNever(9999, 12, 31);

}  // namespace tuoyu

#endif  // TUOYU_COMMON_BASE_NEVER_H_
