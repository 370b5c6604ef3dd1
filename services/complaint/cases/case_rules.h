#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/calendar/working_days.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// What may be done with a case: pure functions.
namespace tuoyu::complaint {

// Whether a case is with its handler.
bool HasHandler(const v1::Case& of_case);
// Whether it can end so: SETTLED and NOT_SETTLED of a mediation, ANSWERED of a suggestion, others of what was looked into.
bool MayEndWith(const v1::Case& of_case, v1::CaseOutcome outcome);
// The unit that sent it to where it is; the one that leads, when it was sent there by its category.
std::string SentBy(const v1::Case& of_case);
// Whether the facility may be shown it: all complainants consent, it is not confidential, no emergency, and about a facility.
bool MayBeDisclosed(const v1::Case& of_case);

// Whether nothing more is to come of it: it is closed, no inspection made for it is under way or has found what is not mended yet, and no
// penalty case that rests on one is open.
bool IsComplete(const v1::Case& of_case);
// When the service has to act on it: a level is to be told, the time to say how content one is has passed, or it is to be archived;
// infinite future for never. The case was refreshed.
absl::Time WakeTime(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                    const v1::Case& of_case);

// Tells what is late and was not told yet: a step for each level, none left out. Whether there was one. The case was refreshed.
bool Escalate(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
              absl::Time now, absl::string_view actor, v1::Case* of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_RULES_H_
