#ifndef TUOYU_SERVICES_FILING_RECOGNITION_RULES_H_
#define TUOYU_SERVICES_FILING_RECOGNITION_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/facility_projection.h"
#include "tuoyu/filing/v1/facility.pb.h"

// Which recognitions (普惠认定) of the past may be entered. Pure: no database, clock, network or log.
namespace tuoyu::filing {

// Why a back-entered recognition can't stand beside what the system decided: the name of its field, "valid_from" or
// "valid_to"; empty when it can. It is a fact older than the system, so
//   - it begins on a day of the history, and all its days lie on back-entered slices;
//   - it has ended before the first recognition the system granted or revoked begins;
//   - once the system has decided anything on the facility it does not reach today: what holds today is then the
//     system's to decide. Only where all is back-entered may it be in force, or have no end.
std::string BackEntryFault(const FacilityRecord& record, const v1::Recognition& recognition,
                           absl::CivilDay today);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RECOGNITION_RULES_H_
