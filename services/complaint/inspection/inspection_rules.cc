#include "services/complaint/inspection/inspection_rules.h"

#include <algorithm>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "common/base/civil.h"
#include "services/complaint/cases/case_clocks.h"

namespace tuoyu::complaint {
namespace {

using inspection::v1::PenaltyCase;
using inspection::v1::Plan;
using inspection::v1::Visit;
using v1::Case;
using v1::CaseInspection;

// Number of the change a record is of; 0 for one that does not say, which is always news.
template <typename Record>
int64_t RevisionOf(const Record& record) {
  int64_t revision = 0;
  return absl::SimpleAtoi(record.etag(), &revision) ? revision : 0;
}

bool IsOld(int64_t revision, int64_t told) { return revision != 0 && revision <= told; }

// Whether more of the inspection's visits was told before: names are in order of their making.
bool IsOld(const Visit& visit, const CaseInspection& inspection) {
  if (visit.name() != inspection.told_visit()) return visit.name() < inspection.told_visit();
  return IsOld(RevisionOf(visit), inspection.visit_revision());
}

bool IsPending(const CaseInspection& inspection) {
  switch (inspection.progress()) {
    case v1::INSPECTION_PROGRESS_RECTIFYING:
    case v1::INSPECTION_PROGRESS_DONE:
    case v1::INSPECTION_PROGRESS_ENDED:
      return false;
    default:
      return true;
  }
}

CaseInspection* OfPlan(const std::string& plan, Case* of_case) {
  for (CaseInspection& each : *of_case->mutable_inspections()) {
    if (each.plan() == plan) return &each;
  }
  return nullptr;
}

void AddStep(v1::CaseStepKind kind, const std::string& note, absl::Time now,
             absl::string_view actor, Case* of_case) {
  v1::CaseStep& step = *of_case->add_steps();
  step.set_kind(kind);
  step.set_unit(of_case->unit());
  step.set_note(note);
  step.set_actor(std::string(actor));
  *step.mutable_step_time() = ToProto(now);
}

// The handler goes on once nothing is waited for.
void GoOn(Case* of_case) {
  if (of_case->state() == v1::CASE_STATE_INSPECTION && !AwaitsInspection(*of_case)) {
    of_case->set_state(v1::CASE_STATE_ASSIGNED);
  }
}

// The inspection whose visit it was; a later visit of the same plan may have taken its place: then the last one asked for.
CaseInspection* OfVisit(const std::string& visit, Case* of_case) {
  for (CaseInspection& each : *of_case->mutable_inspections()) {
    if (each.visit() == visit) return &each;
  }
  return of_case->inspections().empty() ? nullptr : &*of_case->mutable_inspections()->rbegin();
}

v1::CasePenalty* OfPenalty(const std::string& penalty, Case* of_case) {
  for (CaseInspection& inspection : *of_case->mutable_inspections()) {
    for (v1::CasePenalty& each : *inspection.mutable_penalties()) {
      if (each.penalty_case() == penalty) return &each;
    }
  }
  return nullptr;
}

v1::CasePenalty PenaltyAsTold(const PenaltyCase& penalty) {
  v1::CasePenalty told;
  told.set_penalty_case(penalty.name());
  told.set_case_number(penalty.case_number());
  told.set_state(inspection::v1::PenaltyState_Name(penalty.state()));
  told.set_revision(RevisionOf(penalty));
  if (penalty.has_opened_on()) *told.mutable_opened_on() = penalty.opened_on();
  if (penalty.decision().has_decided_on()) {
    *told.mutable_decided_on() = penalty.decision().decided_on();
  }
  return told;
}

std::string WhyNot(const Plan& plan) {
  if (plan.state() == inspection::v1::PLAN_STATE_WITHDRAWN) return plan.withdraw_reason();
  return plan.approvals().empty() ? std::string() : plan.approvals().rbegin()->reason();
}

bool IsOpen(const inspection::v1::Finding& finding) {
  return finding.state() != inspection::v1::FINDING_STATE_CORRECTED &&
         finding.state() != inspection::v1::FINDING_STATE_WITHDRAWN;
}

// The inspection as the visit is now.
CaseInspection AfterVisit(const Visit& visit, const CaseInspection& before) {
  CaseInspection after = before;
  // A plan that ended, refused after its urgent visit was opened, say, waits for no visit any more; what a visit came to is told all the same.
  if (before.progress() == v1::INSPECTION_PROGRESS_ENDED && !visit.has_concluded_on()) return after;
  if (visit.state() == inspection::v1::VISIT_STATE_CANCELLED) {
    // Another visit may be opened by the same plan.
    if (before.visit() != visit.name()) return after;
    after.clear_visit();
    after.set_progress(v1::INSPECTION_PROGRESS_APPROVED);
    return after;
  }
  after.set_visit(visit.name());
  after.set_findings(visit.findings_size());
  after.set_open_findings(static_cast<int32_t>(absl::c_count_if(visit.findings(), IsOpen)));
  if (visit.has_concluded_on()) {
    *after.mutable_concluded_on() = visit.concluded_on();
    after.set_outcome(inspection::v1::VisitOutcome_Name(visit.outcome()));
  }
  switch (visit.state()) {
    case inspection::v1::VISIT_STATE_RECTIFYING:
      after.set_progress(v1::INSPECTION_PROGRESS_RECTIFYING);
      break;
    case inspection::v1::VISIT_STATE_CLOSED:
      after.set_progress(v1::INSPECTION_PROGRESS_DONE);
      break;
    default:
      after.set_progress(v1::INSPECTION_PROGRESS_VISITING);
  }
  return after;
}

bool Same(const google::protobuf::Message& a, const google::protobuf::Message& b) {
  return a.SerializeAsString() == b.SerializeAsString();
}

}  // namespace

bool AwaitsInspection(const Case& of_case) {
  return absl::c_any_of(of_case.inspections(), IsPending);
}

bool ApplyPlan(const Plan& plan, absl::Time now, absl::string_view actor, Case* of_case) {
  CaseInspection* inspection = OfPlan(plan.name(), of_case);
  if (inspection == nullptr) return false;
  if (IsOld(RevisionOf(plan), inspection->plan_revision())) return false;
  const CaseInspection before = *inspection;
  inspection->set_plan_revision(RevisionOf(plan));
  switch (plan.state()) {
    case inspection::v1::PLAN_STATE_SUBMITTED:
      if (before.progress() == v1::INSPECTION_PROGRESS_ASKED) {
        inspection->set_progress(v1::INSPECTION_PROGRESS_PLANNED);
      }
      break;
    case inspection::v1::PLAN_STATE_APPROVED:
      // An urgent visit may be under way, or over, before the plan is approved.
      if (before.progress() == v1::INSPECTION_PROGRESS_ASKED ||
          before.progress() == v1::INSPECTION_PROGRESS_PLANNED) {
        inspection->set_progress(v1::INSPECTION_PROGRESS_APPROVED);
      }
      break;
    case inspection::v1::PLAN_STATE_REJECTED:
    case inspection::v1::PLAN_STATE_WITHDRAWN:
      inspection->set_progress(v1::INSPECTION_PROGRESS_ENDED);
      inspection->set_end_reason(WhyNot(plan));
      break;
    default:
      break;
  }
  if (Same(before, *inspection)) return false;
  if (inspection->progress() == v1::INSPECTION_PROGRESS_ENDED) {
    AddStep(v1::CASE_STEP_KIND_INSPECTION_ENDED, inspection->end_reason(), now, actor, of_case);
    GoOn(of_case);
  }
  return true;
}

bool ApplyVisit(const Visit& visit, absl::Time now, absl::string_view actor, Case* of_case) {
  CaseInspection* inspection = OfPlan(visit.plan(), of_case);
  if (inspection == nullptr) return false;
  if (IsOld(visit, *inspection)) return false;
  const CaseInspection before = *inspection;
  *inspection = AfterVisit(visit, before);
  inspection->set_told_visit(visit.name());
  inspection->set_visit_revision(RevisionOf(visit));
  if (Same(before, *inspection)) return false;
  if (inspection->has_concluded_on() && !before.has_concluded_on()) {
    AddStep(v1::CASE_STEP_KIND_INSPECTION_CONCLUDED, visit.outcome_text(), now, actor, of_case);
    GoOn(of_case);
  }
  if (before.progress() == v1::INSPECTION_PROGRESS_RECTIFYING &&
      inspection->progress() == v1::INSPECTION_PROGRESS_DONE) {
    AddStep(v1::CASE_STEP_KIND_INSPECTION_CORRECTED, "", now, actor, of_case);
  }
  return true;
}

bool ApplyPenalty(const PenaltyCase& penalty, absl::Time now, absl::string_view actor,
                  Case* of_case) {
  v1::CasePenalty* known = OfPenalty(penalty.name(), of_case);
  if (known == nullptr) {
    CaseInspection* inspection = OfVisit(penalty.visit(), of_case);
    if (inspection == nullptr) return false;
    known = inspection->add_penalties();
  }
  if (IsOld(RevisionOf(penalty), known->revision())) return false;
  const v1::CasePenalty before = *known;
  *known = PenaltyAsTold(penalty);
  if (Same(before, *known)) return false;
  if (known->has_opened_on() && !before.has_opened_on()) {
    AddStep(v1::CASE_STEP_KIND_PENALTY_OPENED, penalty.case_number(), now, actor, of_case);
  }
  if (known->has_decided_on() && !Same(before.decided_on(), known->decided_on())) {
    AddStep(v1::CASE_STEP_KIND_PENALTY_DECIDED, penalty.case_number(), now, actor, of_case);
  }
  return true;
}

v1::CaseResult ResultOf(const Case& of_case) {
  v1::CaseResult result;
  result.set_case_(of_case.name());
  result.set_facility(of_case.facility());
  result.set_division_code(of_case.division_code());
  result.set_kind(of_case.kind());
  result.set_confidential(of_case.confidential());
  result.set_outcome(of_case.outcome());
  if (of_case.has_resolved_on()) *result.mutable_resolved_on() = of_case.resolved_on();
  result.set_in_time(IsInTime(of_case));
  return result;
}

}  // namespace tuoyu::complaint
