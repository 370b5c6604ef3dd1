#ifndef TUOYU_TESTS_LOAD_ROSTER_LOAD_H_
#define TUOYU_TESTS_LOAD_ROSTER_LOAD_H_

#include "absl/status/status.h"
#include "tests/load/district.h"

namespace tuoyu::load {

// Reports staff and children, `members` together, to facilities of the district through the RPCs, until the indicators
// show them: one carer to four children, of the carers every tenth with a verified certificate, of the children half with
// a health record kept by its institution. Prints how fast that was.
absl::Status FillRosters(District& district, int members);

}  // namespace tuoyu::load

#endif  // TUOYU_TESTS_LOAD_ROSTER_LOAD_H_
