#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_CHILDREN_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_CHILDREN_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/rehearsal/district.h"
#include "common/data/divisions.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// The roster of children (婴幼儿名册) of a district. Three in ten places are used on 2022-12-31 (indicator 3: 30 % in the
// notice), and more than the city's average of the rehearsal on 2025-12-31. Health records are kept since 2023: for 2022 the
// notice prints none (indicator 8).
namespace tuoyu::rehearsal {

// At most about this many children; facilities beyond have no roster.
inline constexpr int kMostChildren = 60'000;

// The children of one facility, in order, without the facility's name.
struct FacilityChildren {
  int number = 0;  // of the facility
  std::vector<filing::v1::ChildEntry> entries;
};

// Everyone who came until `horizon`, with what is known by then. The same for the same district and day.
std::vector<FacilityChildren> MakeChildren(const District& district,
                                           const data::Divisions& divisions,
                                           absl::CivilDay horizon);

// Places used on the last day of a year at the districts of the rehearsal together, in percent: the city's average that
// indicator 3 is compared with.
inline constexpr char kCityUsage2025[] = "41.6";

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_CHILDREN_H_
