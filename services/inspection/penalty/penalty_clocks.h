#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_CLOCKS_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_CLOCKS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/calendar/working_days.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/penalty_rules.pb.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

// The days of penalty cases: deadlines, what has to be waited for, late fees. Pure: no database, clock, network or log. The days of 行政处罚法
// that are 2, 3, 5 or 7 are working days (art. 85), all others calendar days.
namespace tuoyu::inspection {

inline constexpr int kDecideDays = 90;                // from opening, art. 60
inline constexpr int kAskHearingWorkingDays = 5;      // from the notice, art. 64
inline constexpr int kCallHearingWorkingDays = 7;     // before the hearing, art. 64
inline constexpr int kDeliverWorkingDays = 7;         // from the decision, art. 61
inline constexpr int kPayDays = 15;                   // from the delivery, art. 67
inline constexpr int kPublishPenaltyWorkingDays = 7;  // from the decision, 国办发〔2018〕118号
inline constexpr int kWithdrawWorkingDays = 3;        // from the annulment, art. 48
inline constexpr int kLatePercentADay = 3;            // art. 72
inline constexpr int kMostHearingDays = 180;          // ahead, at most

// Why a case that was told can't be decided yet: "PARTY_NOT_HEARD" while its hearing is not over, or it may still speak and has not said that
// it won't; "LEGAL_REVIEW_MISSING"; "CALENDAR_UNCOVERED" when that can't be told. Empty when nothing stands against it.
absl::string_view WhyUndecidable(const v1::PenaltyCase& penalty_case, const v1::PenaltyRules& rules,
                                 absl::CivilDay today, const calendar::WorkingDays& calendar);

// Why no hearing can be asked for: "NO_HEARING_RIGHT", "HEARING_TOO_LATE". Where the holiday table does not reach, it is not too late.
absl::string_view WhyNoHearing(const v1::PenaltyCase& penalty_case, absl::CivilDay today,
                               const calendar::WorkingDays& calendar);

// What is wrong with the call to a hearing: DATE_INVALID, HEARING_TOO_SOON, FIELD_MISSING, TEXT_TOO_LONG, CHAIR_INVESTIGATED. `investigators`: accounts
// of those on the visit. OUT_OF_RANGE where the holiday table does not tell.
absl::StatusOr<Violations> CheckCall(const v1::CallHearingRequest& request,
                                     const v1::PenaltyCase& penalty_case,
                                     const std::vector<std::string>& investigators,
                                     absl::CivilDay today, const calendar::WorkingDays& calendar);

// Last day to pay, where the payment is not deferred; none before the delivery, or where the holiday table does not tell.
absl::optional<absl::CivilDay> PayBy(const v1::PenaltyCase& penalty_case,
                                     const calendar::WorkingDays& calendar);
// Last day to withdraw the publication of a decision of whose annulment or change word came; where the holiday table does not tell, the third day
// after it, which is never later. None when there is nothing to withdraw.
absl::optional<absl::CivilDay> WithdrawBy(const v1::PenaltyCase& penalty_case,
                                          const calendar::WorkingDays& calendar);
// Moves the last days of deferred payments that are days off to the next working day, where the holiday table tells.
void RollStays(const calendar::WorkingDays& calendar, v1::PenaltyCase* penalty_case);
// What is owed of a decision that stands, at the end of a day: of the late fee 3 % of what of the fine was unpaid for each day after `pay_by`,
// the day of the payment included, days of a stay left out; in whole fen, rounded down once, at most the fine. Of a decision that was
// annulled or made lighter: what was paid for it, is not owed any more and was not given back.
v1::PenaltyOwed OwedOn(const v1::PenaltyCase& penalty_case, absl::optional<absl::CivilDay> pay_by,
                       absl::CivilDay day);

// Sets deadlines and what is owed as of a day.
void SetClocks(absl::CivilDay today, const calendar::WorkingDays& calendar,
               v1::PenaltyCase* penalty_case);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_CLOCKS_H_
