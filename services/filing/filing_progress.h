#ifndef TUOYU_SERVICES_FILING_FILING_PROGRESS_H_
#define TUOYU_SERVICES_FILING_FILING_PROGRESS_H_

#include <string>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/calendar/working_days.h"
#include "tuoyu/filing/v1/filing.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// Where a filing stands: its clocks, who must act by when, and what it reserves. Pure functions.
namespace tuoyu::filing {

// Sets receipt_deadline and review_deadline as they stand on `today` (25号 art. 9: both run from the receipt of a
// complete package). The receipt's is done with the receipt, or with the notice that withholds it; the review's with the
// notice, or with the end of the filing. Unset for filings that were never received.
void SetDeadlines(v1::Filing* filing, const v1::RuleSet& rules,
                  const calendar::WorkingDays& calendar, absl::CivilDay today);

// The day by which someone must act next: the receipt or the notice of the officer, the rectification of the facility.
// kNoDueDay (filing_repository.h) where nobody must, and where the calendar does not reach.
absl::CivilDay NextDue(const v1::Filing& filing, const v1::RuleSet& rules,
                       const calendar::WorkingDays& calendar);

// The USCC a first filing keeps others from filing: from SUBMITTED until its receipt or its end.
absl::optional<std::string> HeldUscc(const v1::Filing& filing);

// The id of the facility a change or cancellation keeps from having another one: from the draft until its receipt or its
// end.
absl::optional<std::string> HeldFacility(const v1::Filing& filing);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_PROGRESS_H_
