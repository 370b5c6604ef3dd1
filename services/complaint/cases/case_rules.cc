#include "services/complaint/cases/case_rules.h"

#include "common/base/civil.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {

using v1::Case;
using v1::CaseClock;
using v1::CaseStep;

bool HasHandler(const Case& of_case) {
  return of_case.state() == v1::CASE_STATE_ASSIGNED ||
         of_case.state() == v1::CASE_STATE_MEDIATION ||
         of_case.state() == v1::CASE_STATE_INSPECTION;
}

bool MayEndWith(const Case& of_case, v1::CaseOutcome outcome) {
  switch (outcome) {
    case v1::CASE_OUTCOME_SETTLED:
    case v1::CASE_OUTCOME_NOT_SETTLED:
      return of_case.state() == v1::CASE_STATE_MEDIATION;
    case v1::CASE_OUTCOME_ANSWERED:
      return of_case.kind() == v1::CASE_KIND_SUGGESTION;
    case v1::CASE_OUTCOME_UPHELD:
    case v1::CASE_OUTCOME_PARTLY_UPHELD:
    case v1::CASE_OUTCOME_NOT_UPHELD:
    case v1::CASE_OUTCOME_UNCLEAR:
      return of_case.kind() != v1::CASE_KIND_SUGGESTION;
    default:
      return false;
  }
}

std::string SentBy(const Case& of_case) {
  for (int i = of_case.steps_size() - 1; i >= 0; --i) {
    const CaseStep& step = of_case.steps(i);
    if ((step.kind() == v1::CASE_STEP_KIND_TRANSFERRED ||
         step.kind() == v1::CASE_STEP_KIND_RETURNED) &&
        step.to_unit() == of_case.unit()) {
      return step.unit();
    }
  }
  return std::string(data::kLeadUnit);
}

bool MayBeDisclosed(const Case& of_case) {
  return of_case.consents_disclosure() && !of_case.confidential() && !of_case.emergency() &&
         !of_case.facility().empty();
}

bool Escalate(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
              absl::Time now, absl::string_view actor, Case* of_case) {
  bool told = false;
  for (CaseClock& clock : *of_case->mutable_clocks()) {
    while (NextEscalation(rules, calendar, clock) <= now) {
      const v1::EscalationLevel& level = rules.escalation(clock.escalated_to());
      CaseStep& step = *of_case->add_steps();
      step.set_kind(v1::CASE_STEP_KIND_ESCALATED);
      step.set_level(level.level());
      step.set_clock(clock.step());
      step.set_unit(of_case->unit());
      step.set_to_unit(level.unit() == kHandlingUnit ? of_case->unit() : level.unit());
      step.set_actor(std::string(actor));
      *step.mutable_step_time() = ToProto(now);
      clock.set_escalated_to(level.level());
      told = true;
    }
  }
  return told;
}

}  // namespace tuoyu::complaint
