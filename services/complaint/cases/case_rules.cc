#include "services/complaint/cases/case_rules.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/rules/complaint_rules.h"
#include "tuoyu/inspection/v1/penalty.pb.h"

namespace tuoyu::complaint {

using v1::Case;
using v1::CaseClock;
using v1::CaseStep;

namespace {

bool IsOver(const v1::CasePenalty& penalty) {
  auto state = inspection::v1::PENALTY_STATE_UNSPECIFIED;
  return inspection::v1::PenaltyState_Parse(penalty.state(), &state) &&
         (state == inspection::v1::PENALTY_STATE_REFUSED ||
          state == inspection::v1::PENALTY_STATE_CLOSED ||
          state == inspection::v1::PENALTY_STATE_DROPPED ||
          state == inspection::v1::PENALTY_STATE_ANNULLED);
}

}  // namespace

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

bool IsComplete(const Case& of_case) {
  return of_case.state() == v1::CASE_STATE_CLOSED && !AwaitsInspection(of_case) &&
         absl::c_all_of(of_case.inspections(), [](const v1::CaseInspection& inspection) {
           return inspection.progress() != v1::INSPECTION_PROGRESS_RECTIFYING &&
                  absl::c_all_of(inspection.penalties(), IsOver);
         });
}

absl::Time WakeTime(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                    const Case& of_case) {
  absl::Time wake = absl::InfiniteFuture();
  for (const CaseClock& clock : of_case.clocks()) {
    wake = std::min(wake, NextEscalation(rules, calendar, clock));
  }
  if (of_case.state() == v1::CASE_STATE_REPLIED) {
    wake = std::min(wake, StartOf(RateUntil(rules, of_case) + 1));
  }
  if (IsComplete(of_case)) wake = std::min(wake, StartOf(ArchiveFrom(rules, of_case)));
  return wake;
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
