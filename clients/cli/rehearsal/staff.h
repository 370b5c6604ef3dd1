#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_STAFF_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_STAFF_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/quality.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// The roster of staff (从业人员名册) of a district, and its demonstration units. Of the carers on post at active facilities
// half hold a certificate that counts on 2022-12-31 (indicator 9: 50 % in the notice), and more than nine in ten on
// 2025-12-31.
namespace tuoyu::rehearsal {

// At most this many persons: so many made-up resident ids of adults there are. Facilities beyond have no roster.
inline constexpr int kMostStaff = 60'000;

// The persons of one facility, in order, without the facility's name.
struct FacilityStaff {
  int number = 0;  // of the facility
  std::vector<filing::v1::StaffEntry> entries;
};

// Everyone who came until `horizon`, with what is known by then: ends, and certificates, of later days are left out. The
// same for the same district and day.
std::vector<FacilityStaff> MakeStaff(const District& district, const data::Divisions& divisions,
                                     absl::CivilDay horizon);

// Demonstration labels of facilities, by number, as known on `horizon`: one of the city that passed each re-evaluation
// since 2022 (indicator 10: 1), and one that failed its first in 2025.
struct FacilityDemonstration {
  int number = 0;
  filing::v1::Demonstration demonstration;
};
std::vector<FacilityDemonstration> MakeDemonstrations(const District& district,
                                                      absl::CivilDay horizon);

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_STAFF_H_
