#include "services/complaint/inspection/inspection_feed.h"

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/resource_name.h"
#include "common/base/status.h"
#include "common/privacy/redact.h"
#include "common/rpc/journal_payload.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/inspection/link_repository.h"
#include "services/complaint/resource_name.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::complaint {
namespace {

using common::v1::JournalEntry;
using inspection::v1::Inspector;
using inspection::v1::PenaltyCase;
using inspection::v1::Plan;
using inspection::v1::Visit;
using v1::Case;

constexpr absl::string_view kActor = "system/inspection_feed";
constexpr absl::string_view kInspectors = "inspectors/";

// Enters in the case what `apply` makes of it. A case that is not there was filed with a database since restored: nothing to enter; nor is
// there in one that is archived, whose visits are read as they are now all the same.
absl::Status EnterInspection(rpc::WriteContext& context, const ComplaintDeps& deps,
                             const std::string& case_name, absl::FunctionRef<bool(Case*)> apply) {
  absl::StatusOr<Case> of_case = LockCase(context, deps, case_name);
  if (absl::IsNotFound(of_case.status())) return absl::OkStatus();
  RETURN_IF_ERROR(of_case.status());
  if (of_case->state() == v1::CASE_STATE_ARCHIVED || !apply(&*of_case)) return absl::OkStatus();
  return EnterCase(context, deps, "case.inspection_advanced", &*of_case);
}

// Who inspected the place does not handle a complaint about it soon after.
absl::Status NoteInspectors(rpc::WriteContext& context, const Visit& visit) {
  const auto concluded = FromProto(visit.concluded_on());
  if (!concluded.ok()) return absl::OkStatus();
  for (const std::string& inspector : visit.inspectors()) {
    ASSIGN_OR_RETURN(const std::string account,
                     AccountOfInspector(context.transaction, IdOfName(kInspectors, inspector)));
    if (account.empty()) continue;
    RETURN_IF_ERROR(
        StoreContact(context.transaction, FacilityId(visit.facility()), account, *concluded));
  }
  return absl::OkStatus();
}

// The case a plan belongs to: the one that asked for it, or took that one in; of a plan that inspectors made by themselves the one it names.
absl::StatusOr<std::string> CaseOfPlan(rpc::WriteContext& context, const Plan& plan) {
  ASSIGN_OR_RETURN(std::string id, CaseOfLink(context.transaction, plan.name()));
  if (!id.empty() || plan.complaint().empty()) return id;
  ASSIGN_OR_RETURN(const absl::optional<Case> named,
                   ReadCase(context.transaction, CaseId(plan.complaint()), /*lock=*/false));
  return named ? CaseId(named->name()) : std::string();
}

absl::Status EnterPlan(rpc::WriteContext& context, const ComplaintDeps& deps, const Plan& plan) {
  ASSIGN_OR_RETURN(const std::string id, CaseOfPlan(context, plan));
  if (id.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(StoreLink(context.transaction, id, plan.name(), plan.plan_number(), plan));
  return EnterInspection(context, deps, CaseName(id), [&](Case* of_case) {
    return ApplyPlan(plan, context.call.now, kActor, of_case);
  });
}

absl::Status EnterVisit(rpc::WriteContext& context, const ComplaintDeps& deps, const Visit& visit) {
  RETURN_IF_ERROR(NoteInspectors(context, visit));
  ASSIGN_OR_RETURN(const std::string id, CaseOfLink(context.transaction, visit.plan()));
  if (id.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(StoreLink(context.transaction, id, visit.name(), "", visit));
  return EnterInspection(context, deps, CaseName(id), [&](Case* of_case) {
    return ApplyVisit(visit, context.call.now, kActor, of_case);
  });
}

// Who is to be punished, where it is a person, is for the officers of that unit: it is not held here.
absl::Status EnterPenalty(rpc::WriteContext& context, const ComplaintDeps& deps,
                          PenaltyCase penalty) {
  ASSIGN_OR_RETURN(const std::string id, CaseOfLink(context.transaction, penalty.visit()));
  if (id.empty()) return absl::OkStatus();
  privacy::Redact(&penalty, privacy::Clearance::Internal());
  RETURN_IF_ERROR(
      StoreLink(context.transaction, id, penalty.name(), penalty.case_number(), penalty));
  return EnterInspection(context, deps, CaseName(id), [&](Case* of_case) {
    return ApplyPenalty(penalty, deps.rules.OfVersion(of_case->rules_version()), context.call.now,
                        kActor, of_case);
  });
}

absl::Status Apply(rpc::WriteContext& context, const ComplaintDeps& deps,
                   const JournalEntry& entry) {
  if (rpc::HoldsPayload<Inspector>(entry)) {
    ASSIGN_OR_RETURN(const Inspector inspector, rpc::ParsePayload<Inspector>(entry));
    return StoreInspectorAccount(context.transaction, IdOfName(kInspectors, inspector.name()),
                                 inspector.account());
  }
  if (rpc::HoldsPayload<Plan>(entry)) {
    ASSIGN_OR_RETURN(const Plan plan, rpc::ParsePayload<Plan>(entry));
    return EnterPlan(context, deps, plan);
  }
  if (rpc::HoldsPayload<Visit>(entry)) {
    ASSIGN_OR_RETURN(const Visit visit, rpc::ParsePayload<Visit>(entry));
    return EnterVisit(context, deps, visit);
  }
  if (!rpc::HoldsPayload<PenaltyCase>(entry)) return absl::OkStatus();
  ASSIGN_OR_RETURN(PenaltyCase penalty, rpc::ParsePayload<PenaltyCase>(entry));
  return EnterPenalty(context, deps, std::move(penalty));
}

}  // namespace

std::vector<std::string> InspectionPayloads() {
  return {Inspector::descriptor()->full_name(), Plan::descriptor()->full_name(),
          Visit::descriptor()->full_name(), PenaltyCase::descriptor()->full_name()};
}

rpc::JournalFollower::Handlers InspectionFeed(const rpc::WriteDeps& writes,
                                              const ComplaintDeps& deps, const Clock& clock) {
  return {rpc::WritingEach(writes, clock, std::string(kActor),
                           [&deps](rpc::WriteContext& context, const JournalEntry& entry) {
                             return Apply(context, deps, entry);
                           }),
          ForgetLinks};
}

}  // namespace tuoyu::complaint
