#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_DECISION_PAUSE_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_DECISION_PAUSE_H_

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/penalty_rules.pb.h"

// Days that don't count among the 90 of a decision (行政处罚法 art. 60). Pure: no database, clock, network or log.
namespace tuoyu::inspection {

// The rule that lets a unit leave out days of a kind; nullptr without one.
const v1::DecisionPauseRule* FindPause(const v1::PenaltyRules& rules, v1::DecisionPauseKind kind,
                                       absl::string_view unit);

// What is wrong with a pause of an open case: FIELD_MISSING, TEXT_TOO_LONG, DATE_INVALID, PAUSE_NOT_OF_UNIT.
Violations CheckPause(const v1::DecisionPause& pause, const v1::PenaltyCase& penalty_case,
                      const v1::PenaltyRules& rules, absl::CivilDay today);
// Adds it, or puts it in the place of the one of its kind and first day.
void SetPause(const v1::DecisionPause& pause, v1::PenaltyCase* penalty_case);

// Days after `opened` up to and with `day` on which a pause goes on; two at once count once.
int PausedDays(const v1::PenaltyCase& penalty_case, absl::CivilDay opened, absl::CivilDay day);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_DECISION_PAUSE_H_
