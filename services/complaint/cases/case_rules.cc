#include "services/complaint/cases/case_rules.h"

#include <algorithm>
#include <set>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/months.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/rules/complaint_rules.h"
#include "tuoyu/inspection/v1/penalty.pb.h"

namespace tuoyu::complaint {

using v1::Case;
using v1::CaseClock;
using v1::CaseStep;

namespace {

constexpr int kMonthsOfYear = 12;
// Times it is sent back before the unit that leads settles whose it is. 系统默认.
constexpr int kMostTimesSentBack = 2;

bool IsSettled(const Case& of_case) {
  return absl::c_any_of(of_case.steps(), [](const CaseStep& step) {
    return step.kind() == v1::CASE_STEP_KIND_COMPETENCE_SETTLED;
  });
}

bool IsOver(const v1::CasePenalty& penalty) {
  auto state = inspection::v1::PENALTY_STATE_UNSPECIFIED;
  return inspection::v1::PenaltyState_Parse(penalty.state(), &state) &&
         (state == inspection::v1::PENALTY_STATE_REFUSED ||
          state == inspection::v1::PENALTY_STATE_CLOSED ||
          state == inspection::v1::PENALTY_STATE_DROPPED ||
          state == inspection::v1::PENALTY_STATE_ANNULLED);
}

// Who is told at a level. Of a confidential case a unit that is not on it could tell from what it is told that there is one: the head of the unit
// that handles it answers for that level, too. The government office sees no cases at all.
std::string ToldAt(const v1::EscalationLevel& level, const Case& of_case) {
  if (level.unit() == kHandlingUnit) return of_case.unit();
  const bool may_know = !of_case.confidential() || level.unit() == kGovernmentOffice ||
                        IsUnitOn(of_case, level.unit());
  return may_know ? level.unit() : of_case.unit();
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

std::vector<std::string> UnitsOn(const Case& of_case) {
  std::vector<std::string> units = {of_case.unit()};
  units.insert(units.end(), of_case.assists().begin(), of_case.assists().end());
  return units;
}

bool IsUnitOn(const Case& of_case, absl::string_view unit) {
  return of_case.unit() == unit || absl::c_linear_search(of_case.assists(), unit);
}

bool MayBeBarred(const v1::ComplaintRules& rules, const Case& of_case) {
  const auto occurred = FromProto(of_case.occurred_on());
  const auto filed = FromProto(of_case.file_time());
  return of_case.kind() == v1::CASE_KIND_COMPLAINT && of_case.has_occurred_on() && occurred.ok() &&
         filed.ok() &&
         AddMonths(*occurred, kMonthsOfYear * rules.barred_after_years()) < DayOf(*filed);
}

bool MayBeRefusedFor(const v1::ComplaintRules& rules, const Case& of_case,
                     v1::RefusalReason reason) {
  if (reason != v1::REFUSAL_REASON_BARRED) return true;
  return of_case.kind() == v1::CASE_KIND_COMPLAINT &&
         (MayBeBarred(rules, of_case) || !of_case.has_occurred_on());
}

int TimesSentBack(const Case& of_case) {
  int times = 0;
  std::set<absl::string_view> had_it;
  for (const CaseStep& step : of_case.steps()) {
    if (step.kind() == v1::CASE_STEP_KIND_RETURNED ||
        (step.kind() == v1::CASE_STEP_KIND_TRANSFERRED && had_it.count(step.to_unit()) != 0)) {
      ++times;
    }
    if (step.kind() == v1::CASE_STEP_KIND_REGISTERED ||
        step.kind() == v1::CASE_STEP_KIND_TRANSFERRED ||
        step.kind() == v1::CASE_STEP_KIND_RETURNED) {
      had_it.insert(step.to_unit());
    }
  }
  return times;
}

bool MayBeSentOn(const Case& of_case) {
  return TimesSentBack(of_case) < kMostTimesSentBack && !IsSettled(of_case);
}

bool IsDisputed(const Case& of_case) {
  return of_case.state() == v1::CASE_STATE_SUBMITTED && TimesSentBack(of_case) > 0 &&
         !IsSettled(of_case);
}

void NoteDispute(const v1::ComplaintRules& rules, absl::Time now, Case* of_case) {
  const int times = TimesSentBack(*of_case);
  const bool begun = absl::c_any_of(of_case->clocks(), [](const CaseClock& clock) {
    return clock.step() == v1::CLOCK_STEP_COMPETENCE;
  });
  if (times > 0 && !begun) StartClock(rules, v1::CLOCK_STEP_COMPETENCE, now, of_case);
  const std::string lead(data::kLeadUnit);
  if (times >= kMostTimesSentBack && of_case->unit() != lead &&
      !absl::c_linear_search(of_case->assists(), lead)) {
    of_case->add_assists(lead);
  }
}

void EnterDecision(const v1::ComplaintRules& rules, v1::FilingDecision decision, absl::Time decided,
                   absl::Time now, Case* of_case) {
  of_case->set_filing_decision(decision);
  EndClock(of_case, v1::CLOCK_STEP_DECIDE, decided);
  if (of_case->replies_wanted() > 0 && OpenClock(of_case, v1::CLOCK_STEP_TELL) == nullptr) {
    StartClock(rules, v1::CLOCK_STEP_TELL, now, of_case);
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

bool HasEmergencyStepsOpen(const Case& of_case) {
  return absl::c_any_of(of_case.clocks(), [](const CaseClock& clock) {
    return clock.unit() == v1::CLOCK_UNIT_MINUTES && !clock.has_done_time();
  });
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
      step.set_to_unit(ToldAt(level, *of_case));
      step.set_actor(std::string(actor));
      *step.mutable_step_time() = ToProto(now);
      clock.set_escalated_to(level.level());
      told = true;
    }
  }
  return told;
}

}  // namespace tuoyu::complaint
