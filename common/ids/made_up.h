#ifndef TUOYU_COMMON_IDS_MADE_UP_H_
#define TUOYU_COMMON_IDS_MADE_UP_H_

#include <cstdint>
#include <string>

#include "absl/time/civil_time.h"

// Made-up identifiers that pass every check and belong to nobody, for rehearsals and tests (domain description, chapter 10).
namespace tuoyu::ids {

// A resident id of Dazu with this birthday and a sequence of 996 to 999, which are not issued to the young and stand for
// tests; `pick` chooses among the four.
std::string MadeUpResidentId(absl::CivilDay birth, uint32_t pick);

}  // namespace tuoyu::ids

#endif  // TUOYU_COMMON_IDS_MADE_UP_H_
