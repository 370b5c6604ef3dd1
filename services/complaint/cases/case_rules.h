#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_RULES_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/calendar/working_days.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// What may be done with a case: pure functions.
namespace tuoyu::complaint {

// Codes of the units on a case: the one that handles it, those that act on it or help.
std::vector<std::string> UnitsOn(const v1::Case& of_case);
bool IsUnitOn(const v1::Case& of_case, absl::string_view unit);
// Whether a case is with its handler.
bool HasHandler(const v1::Case& of_case);
// Whether it can end so: SETTLED and NOT_SETTLED of a mediation, ANSWERED of a suggestion, others of what was looked into.
bool MayEndWith(const v1::Case& of_case, v1::CaseOutcome outcome);
// Whether it happened so long before it was filed, by what the complainant says, that a complaint of it may be barred (art. 15).
bool MayBeBarred(const v1::ComplaintRules& rules, const v1::Case& of_case);
// Whether it may be refused for this reason: a complaint alone is barred, and not one that happened within the years.
bool MayBeRefusedFor(const v1::ComplaintRules& rules, const v1::Case& of_case,
                     v1::RefusalReason reason);
// How often it was sent back, by a return or by a transfer to a unit that had it before.
int TimesSentBack(const v1::Case& of_case);
// Whether its unit may send it on: it was not sent back twice, and whose it is was not settled (art. 30).
bool MayBeSentOn(const v1::Case& of_case);
// Whether the unit that leads may settle whose it is: it waits for acceptance and was sent back.
bool IsDisputed(const v1::Case& of_case);
// What follows from its having been sent to its unit a moment ago: once it was sent back the clock of the dispute runs; once it was twice,
// the unit that leads is on the case.
void NoteDispute(const v1::ComplaintRules& rules, absl::Time now, v1::Case* of_case);
// Enters whether a penalty case is opened on a report, as decided at a time: who wants a reply is to be told from now on.
void EnterDecision(const v1::ComplaintRules& rules, v1::FilingDecision decision, absl::Time decided,
                   absl::Time now, v1::Case* of_case);
// The unit that sent it to where it is; the one that leads, when it was sent there by its category.
std::string SentBy(const v1::Case& of_case);
// Whether the facility may be shown it: all complainants consent, it is not confidential, no emergency, and about a facility.
bool MayBeDisclosed(const v1::Case& of_case);

// Whether a step of an emergency is neither done nor found not to be needed.
bool HasEmergencyStepsOpen(const v1::Case& of_case);
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
