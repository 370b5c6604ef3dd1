#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_COMPLAINTS_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_COMPLAINTS_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/departments.h"
#include "clients/cli/rehearsal/district.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// Complaints and reports of a rehearsal district through the years. The same for the same seed.
namespace tuoyu::rehearsal {

// Cases of 2022 to `until` as back entries without the facility's name, of facilities in service on the day of filing: one year in three
// of each facility, of several kinds and channels, some refused, most handled in time.
std::vector<OfFacility<complaint::v1::CaseBackEntry>> MakeCases(const District& district,
                                                                absl::CivilDay until);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_COMPLAINTS_H_
