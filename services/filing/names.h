#ifndef TUOYU_SERVICES_FILING_NAMES_H_
#define TUOYU_SERVICES_FILING_NAMES_H_

#include "services/filing/findings.h"
#include "tuoyu/filing/v1/filing.pb.h"

// What people call the values of the form. Unknown values have the name of the kind of thing they are.
namespace tuoyu::filing {

Label NameOf(v1::FacilityType type);
Label NameOf(v1::LegalForm form);
Label NameOf(v1::Registrar registrar);
Label NameOf(v1::ClassKind kind);
Label NameOf(v1::StaffRole role);
Label NameOf(v1::ServiceMode mode);
Label NameOf(v1::FilingKind kind);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_NAMES_H_
