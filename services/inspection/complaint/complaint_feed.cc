#include "services/inspection/complaint/complaint_feed.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/journal_payload.h"
#include "services/inspection/plan/plan_acts.h"
#include "services/inspection/plan/plan_repository.h"
#include "services/inspection/plan/plan_rules.h"
#include "services/inspection/resource_name.h"
#include "tuoyu/complaint/v1/case.pb.h"

namespace tuoyu::inspection {
namespace {

using common::v1::JournalEntry;
using complaint::v1::CaseResult;
using complaint::v1::InspectionAsk;
using v1::Plan;

constexpr absl::string_view kActor = "system/complaint_feed";
constexpr absl::string_view kCases = "cases/";
constexpr int kInspectors = 2;  // 行政处罚法 art. 42

constexpr char kStoreResult[] =
    "REPLACE INTO case_result (case_id, facility_id, outcome, resolved_on) VALUES (?, ?, ?, ?)";
constexpr char kForgetResults[] = "DELETE FROM case_result";

// The units that help with the case and lead items which a unit of kindergartens checks go along: it inspects with them (联合检查).
void AddJointUnits(const InspectionAsk& ask, const v1::Checklist& checklist, Plan* plan) {
  if (!ChecksKindergartensOnly(checklist, ask.unit())) return;
  for (const std::string& assist : ask.assists()) {
    const std::vector<v1::CheckDomain> domains = JointDomainsOf(checklist, ask.unit(), assist);
    if (domains.empty()) continue;
    v1::PlanUnit& unit = *plan->add_units();
    unit.set_unit(assist);
    unit.set_inspectors(kInspectors);
    for (const v1::CheckDomain domain : domains) unit.add_domains(domain);
    plan->add_awaits(assist);
  }
}

// The plan as it was asked for; it tells the units nothing of the complaint but which one it is.
Plan PlanOf(const InspectionAsk& ask, const v1::Checklist* checklist, absl::Time now) {
  Plan plan;
  plan.set_name(PlanName(ask.ask_id()));
  plan.set_title(std::string(kCaseTitle));
  plan.set_kind(v1::PLAN_KIND_CASE);
  plan.set_basis("线索核查");
  plan.set_exemption(v1::CAP_EXEMPTION_COMPLAINT);
  v1::PlanUnit& unit = *plan.add_units();
  unit.set_unit(ask.unit());
  unit.set_inspectors(kInspectors);
  if (checklist != nullptr) {
    for (const v1::CheckDomain domain : DomainsOf(*checklist, ask.unit())) unit.add_domains(domain);
  }
  *plan.mutable_first_day() = ask.first_day();
  *plan.mutable_last_day() = ask.last_day();
  plan.add_facilities(ask.facility());
  plan.set_urgent(ask.urgent());
  plan.set_submitted_by(ask.asked_by());
  plan.set_complaint(ask.case_());
  plan.set_state(v1::PLAN_STATE_SUBMITTED);
  plan.add_awaits(ask.unit());
  if (checklist != nullptr) AddJointUnits(ask, *checklist, &plan);
  *plan.mutable_create_time() = ToProto(now);
  return plan;
}

// Why no visit can be made of it; empty when one can.
absl::StatusOr<std::string> WhyNot(rpc::WriteContext& context, const InspectionDeps& deps,
                                   const v1::Checklist* checklist, const Plan& plan) {
  if (plan.units(0).domains().empty()) {
    return std::string("检查事项清单中没有该单位的事项 (the checklist has no item for the unit)");
  }
  ASSIGN_OR_RETURN(const absl::optional<registry::KnownFacility> facility,
                   registry::ReadFacility(context.transaction, FacilityId(plan.facilities(0)),
                                          context.call.today));
  if (facility && checklist != nullptr &&
      facility->type != filing::v1::FACILITY_TYPE_KINDERGARTEN &&
      ChecksKindergartensOnly(*checklist, plan.units(0).unit())) {
    return std::string(
        "该机构不是幼儿园托班，该单位不得检查，请由区卫生健康委核查 (the unit inspects "
        "kindergartens "
        "only: this one is for the health commission)");
  }
  if (facility) return std::string();
  // The registry may tell of it in a moment.
  if (!deps.registry.IsUpToDate()) return absl::UnavailableError("the registry is behind");
  return std::string("名录中没有这家机构 (no such facility in the registry)");
}

absl::Status MakePlan(rpc::WriteContext& context, const InspectionDeps& deps,
                      const InspectionAsk& ask) {
  ASSIGN_OR_RETURN(const absl::optional<Plan> known,
                   ReadPlan(context.transaction, ask.ask_id(), /*lock=*/false));
  RETURN_IF_ERROR(StoreCase(context.transaction, ask.case_(), FacilityId(ask.facility())));
  if (known) return absl::OkStatus();
  const v1::Checklist* checklist = deps.checklists.InForce(context.call.today);
  Plan plan = PlanOf(ask, checklist, context.call.now);
  SetApprovalDeadline(deps, context.call.today, &plan);
  ASSIGN_OR_RETURN(const std::string why_not, WhyNot(context, deps, checklist, plan));
  if (!why_not.empty()) {
    v1::PlanApproval& refusal = *plan.add_approvals();
    refusal.set_unit(ask.unit());
    refusal.set_decided_by(std::string(kActor));
    *refusal.mutable_decide_time() = ToProto(context.call.now);
    refusal.set_reason(why_not);
    plan.set_state(v1::PLAN_STATE_REJECTED);
    plan.clear_awaits();
  }
  ASSIGN_OR_RETURN(*plan.mutable_plan_number(), NextPlanNumber(context, deps));
  return EnterPlan(context, deps, why_not.empty() ? "plan.submitted" : "plan.rejected", &plan);
}

absl::Status StoreResult(rpc::WriteContext& context, const CaseResult& result) {
  const std::string facility = FacilityId(result.facility());
  // A facility sees what its risk rests on: a case it must not learn of does not count.
  if (facility.empty() || result.confidential()) return absl::OkStatus();
  RETURN_IF_ERROR(StoreCase(context.transaction, result.case_(), facility));
  return context.transaction.Execute(
      kStoreResult, {IdOfName(kCases, result.case_()), facility, result.outcome(),
                     FromProto(result.resolved_on()).value_or(context.call.today)});
}

absl::Status Apply(rpc::WriteContext& context, const InspectionDeps& deps,
                   const JournalEntry& entry) {
  if (rpc::HoldsPayload<InspectionAsk>(entry)) {
    ASSIGN_OR_RETURN(const InspectionAsk ask, rpc::ParsePayload<InspectionAsk>(entry));
    return MakePlan(context, deps, ask);
  }
  if (rpc::HoldsPayload<CaseResult>(entry)) {
    ASSIGN_OR_RETURN(const CaseResult result, rpc::ParsePayload<CaseResult>(entry));
    return StoreResult(context, result);
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<std::string> ComplaintPayloads() {
  return {InspectionAsk::descriptor()->full_name(), CaseResult::descriptor()->full_name()};
}

rpc::JournalFollower::Handlers ComplaintFeed(const rpc::WriteDeps& writes,
                                             const InspectionDeps& deps, const Clock& clock) {
  return {rpc::WritingEach(writes, clock, std::string(kActor),
                           [&deps](rpc::WriteContext& context, const JournalEntry& entry) {
                             return Apply(context, deps, entry);
                           }),
          [](db::Transaction& transaction) { return transaction.Execute(kForgetResults, {}); }};
}

}  // namespace tuoyu::inspection
