#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_READING_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_READING_H_

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/change_request.pb.h"

namespace tuoyu::filing {

// Sets what is computed at reading: age and whether it is overdue.
void Compute(absl::CivilDay today, v1::ChangeRequest* request);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_READING_H_
