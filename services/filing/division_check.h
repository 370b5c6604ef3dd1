#ifndef TUOYU_SERVICES_FILING_DIVISION_CHECK_H_
#define TUOYU_SERVICES_FILING_DIVISION_CHECK_H_

#include "services/filing/findings.h"

namespace tuoyu::filing {

// What a division code of a record may be.
enum class DivisionKind { kTown, kTownOrDistrict };

// Checks the code of a town or street of this district, 9 digits, or with kTownOrDistrict of the district itself:
// FIELD_REQUIRED, DIVISION_OTHER_DISTRICT, DIVISION_UNKNOWN, and what ids::NormaliseDivisionCode finds.
void CheckDivisionCode(Findings& findings, const FieldPath& field, absl::string_view code,
                       DivisionKind kind);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DIVISION_CHECK_H_
