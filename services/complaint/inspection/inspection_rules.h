#ifndef TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// What inspections mean for the cases they were made for: pure functions.
namespace tuoyu::complaint {

// Whether an inspection that was asked for is neither concluded nor given up.
bool AwaitsInspection(const v1::Case& of_case);

// What the plan, visit or penalty case now is, entered in the case with a step where people wait for it. Whether anything is new: the same or
// something earlier said again changes nothing, nor does what is of no inspection of the case.
bool ApplyPlan(const inspection::v1::Plan& plan, absl::Time now, absl::string_view actor,
               v1::Case* of_case);
bool ApplyVisit(const inspection::v1::Visit& visit, absl::Time now, absl::string_view actor,
                v1::Case* of_case);
bool ApplyPenalty(const inspection::v1::PenaltyCase& penalty, absl::Time now,
                  absl::string_view actor, v1::Case* of_case);

// What came of the case, for others who count it.
v1::CaseResult ResultOf(const v1::Case& of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_RULES_H_
