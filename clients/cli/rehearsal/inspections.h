#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_INSPECTIONS_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_INSPECTIONS_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/departments.h"
#include "clients/cli/rehearsal/district.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// Inspections of a rehearsal district through the years, and who carries them out. The same for the same seed.
namespace tuoyu::rehearsal {

// Inspectors of a unit; the first of the health commission is who acts with `--as inspector`.
struct PlannedInspector {
  std::string unit;
  inspection::v1::Inspector inspector;
};
std::vector<PlannedInspector> MakeInspectors();

// Visits of 2022 to `until` as back entries without the facility's name, of facilities in service on their day: two years in three of each
// facility, by one unit or three together, one in four with findings, most of them corrected.
std::vector<OfFacility<inspection::v1::VisitBackEntry>> MakeVisits(const District& district,
                                                                   absl::CivilDay until);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_INSPECTIONS_H_
