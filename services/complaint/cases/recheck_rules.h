#ifndef TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_RULES_H_

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/calendar/working_days.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// Review (复查) and re-review (复核) of the handling of a petition (信访工作条例 arts 35-36): pure functions.
namespace tuoyu::complaint {

// The petitioner was told of the handling, or of the answer of a review, today: from now on the next one may be asked for. Nothing for cases
// that are no petitions, and after the re-review.
void OpenRecheck(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                 absl::CivilDay today, v1::Case* of_case);
// Whether it may be asked for today.
bool MayAskRecheck(const v1::Case& of_case, absl::CivilDay today);
// Begins the next one: its clock runs. The step that is asked for.
v1::ClockStep BeginRecheck(const v1::ComplaintRules& rules, absl::Time now, v1::Case* of_case);
// The one that waits for an answer; null when there is none.
v1::Recheck* OpenRecheckOf(v1::Case* of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_RULES_H_
