#ifndef TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_
#define TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

// Carers and children of each class (保育人员配比). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// What each filed class has on `day`, in the morning and in the afternoon, then what belongs to no filed class, if
// anything does. Findings: RATIO_TOO_FEW_CARERS where there are fewer carers than children divided by the ratio, rounded up
// (10 infants at 1:3 need 4); CLASS_OVER_CAPACITY where there are more children than filed places. Of a home-based site
// the ratio is the site's, whatever the class. Carers of no class help in none. Classes without a label count
// together, by the ratio of the first.
std::vector<v1::ClassRatio> RatiosOn(const v1::FilingContent& content,
                                     const std::vector<v1::Child>& children,
                                     const std::vector<v1::StaffMember>& staff, absl::CivilDay day,
                                     Findings& findings);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_
