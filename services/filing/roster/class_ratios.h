#ifndef TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_
#define TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "common/privacy/sealer.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

// Carers and children of each class (保育人员配比). No database, clock, network or log.
namespace tuoyu::filing {

// What each filed class has on `day`, in the morning and in the afternoon, then what belongs to no filed class, if
// anything does. Findings: RATIO_TOO_FEW_CARERS where there are fewer carers than children divided by the ratio, rounded up
// (10 infants at 1:3 need 4), where only carers count who may work (MayWork); CLASS_OVER_CAPACITY where there are more children than filed places. Of a home-based site
// the ratio is the site's, whatever the class. Carers of no class help in none. Classes without a label count
// together, by the ratio of the first. Children of no filed class, where classes are filed: CHILDREN_WITHOUT_CLASS (未编班),
// and as many carers as classes of their ages would need, by the birth dates where they are open.
std::vector<v1::ClassRatio> RatiosOn(const v1::FilingContent& content,
                                     const std::vector<v1::Child>& children,
                                     const std::vector<v1::StaffMember>& staff, absl::CivilDay day,
                                     Findings& findings);

// CLASS_OVERFULL, a remark at `field`: the filed class with this label has more children than places on `day`, in one part of
// the day at least.
void CheckNotOverfull(const v1::FilingContent& content, const std::vector<v1::Child>& children,
                      const std::string& label, absl::CivilDay day, const std::string& field,
                      Findings& findings);

// Opens the birth dates that RatiosOn judges by, those of children of no filed class, and nothing else. DATA_LOSS when one
// does not open.
absl::Status OpenBirthDates(const privacy::Sealer& sealer, const v1::FilingContent& content,
                            std::vector<v1::Child>* children);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CLASS_RATIOS_H_
