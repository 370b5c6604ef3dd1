#ifndef TUOYU_TESTS_LOAD_INDICATOR_LOAD_H_
#define TUOYU_TESTS_LOAD_INDICATOR_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// What each indicator costs in a large district beside a small one, asked in turn: for the district, for a street, and as
// known at an earlier position of the journal.
absl::Status Indicators(District& small, District& large);

// The same for the indicators of the rosters and for pages of what they count, after entering `members` staff and children
// in the large district and a few thousand in the small one.
absl::Status RosterIndicators(District& small, District& large, int members);

// Rebuild of all measures from the journal; the digest must be the same afterwards.
absl::Status Rebuild(District& district);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_INDICATOR_LOAD_H_
