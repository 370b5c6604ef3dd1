#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_CLOCKS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_CLOCKS_H_

#include "absl/time/time.h"
#include "common/calendar/working_days.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// The clocks of cases (办理时限): pure functions of case, rules, calendar and now.
namespace tuoyu::complaint {

// Starts the clock of a step, where the kind has such a limit: `now` is the day it starts, which is not counted, or the minute.
void StartClock(const v1::ComplaintRules& rules, v1::ClockStep step, absl::Time now,
                v1::Case* of_case);
// The clock of a step that is not done, the last one where the case was opened once more; null when there is none.
v1::CaseClock* OpenClock(v1::Case* of_case, v1::ClockStep step);
// Ends it: the step is done. A pause that lasts ends with it. Nothing where no such clock is open.
void EndClock(v1::Case* of_case, v1::ClockStep step, absl::Time now);
// Ends all that are open.
void EndClocks(v1::Case* of_case, absl::Time now);

// Whether the clock stands still.
bool IsPaused(const v1::CaseClock& clock);

// Sets due dates, days left and lateness of all clocks as they stand `now`. A clock that stands still is not late and has moved by the
// days it stood still, up to today.
void RefreshClocks(const calendar::WorkingDays& calendar, absl::Time now, v1::Case* of_case);

// When a clock ends: the first moment it is late at. Infinite future for one that is done, stands still, or ends beyond the holiday
// table. The clock was refreshed.
absl::Time LateFrom(const v1::CaseClock& clock);
// When the first of a case's clocks ends.
absl::Time DueOf(const v1::Case& of_case);

// Whether no clock of the case that is done was done late. The case was refreshed.
bool IsInTime(const v1::Case& of_case);

// When the next level is to be told that the clock is late; infinite future when all are, or it never will be.
absl::Time NextEscalation(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                          const v1::CaseClock& clock);

// Which days a complainant may still say how content it is: to this one, that of the reply not counted.
absl::CivilDay RateUntil(const v1::ComplaintRules& rules, const v1::Case& of_case);
// The first day on which it may be archived, if it was closed in its time.
absl::CivilDay ArchiveFrom(const v1::ComplaintRules& rules, const v1::Case& of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_CLOCKS_H_
