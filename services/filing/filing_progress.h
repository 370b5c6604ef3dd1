#ifndef TUOYU_SERVICES_FILING_FILING_PROGRESS_H_
#define TUOYU_SERVICES_FILING_FILING_PROGRESS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/calendar/working_days.h"
#include "services/filing/rule_book.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// Where a filing stands: its clocks, who must act by when, and what it reserves. Pure functions.
namespace tuoyu::filing {

// Calendar days since the submission while SUBMITTED, else 0.
int WaitingDays(const v1::Filing& filing, absl::CivilDay today);

// What NextDue depends on beside the filing, as a short text: terms of the rule sets and the calendar.
std::string ScheduleOf(const RuleBook& book, const calendar::WorkingDays& calendar);

// The rule set the clocks of a filing run by: of the day a complete package was received, or else of `today`.
const v1::RuleSet& ClockRules(const v1::Filing& filing, const RuleBook& book, absl::CivilDay today);

// Sets receipt_deadline, review_deadline and rectify_deadline as they stand on `today` (25号 art. 9: both run from the receipt of a
// complete package). The receipt's is done with the receipt, or with the notice that withholds it; the review's with the
// notice, or with the end of the filing. Unset for filings that were never received.
void SetDeadlines(v1::Filing* filing, const v1::RuleSet& rules,
                  const calendar::WorkingDays& calendar, absl::CivilDay today);

// The day by which someone must act next: the receipt or the notice of the officer, the rectification of the facility. Of
// what waits for an officer without such a day the day since when: of the submission while SUBMITTED, for which no term
// is set, and of the receipt where the calendar does not reach, so that neither is forgotten. kNoDueDay
// (filing_repository.h) where no officer must act.
absl::CivilDay NextDue(const v1::Filing& filing, const v1::RuleSet& rules,
                       const calendar::WorkingDays& calendar);

// The USCC a first filing keeps others from filing: from SUBMITTED until its receipt or its end.
absl::optional<std::string> HeldUscc(const v1::Filing& filing);

// The id of the facility a change or cancellation keeps from having another one: from the draft until its receipt or its
// end.
absl::optional<std::string> HeldFacility(const v1::Filing& filing);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_PROGRESS_H_
