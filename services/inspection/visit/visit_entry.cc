#include "services/inspection/visit/visit_entry.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_page.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using v1::Visit;

void Journal(rpc::WriteContext& context, absl::string_view action, const Visit& visit) {
  rpc::AddEntry(context, action, visit.name(), visit.division_code(), context.call.today, visit);
}

}  // namespace

absl::StatusOr<Visit> NewVisit(rpc::WriteContext& context, const v1::Plan& plan,
                               const std::string& facility) {
  ASSIGN_OR_RETURN(
      const absl::optional<registry::KnownFacility> known,
      registry::ReadFacility(context.transaction, FacilityId(facility), context.call.today));
  if (!known) return rpc::Error("FACILITY_NOT_FOUND");
  Visit visit;
  visit.set_name(VisitName(NewUuidV7(context.call.now)));
  visit.set_plan(plan.name());
  visit.set_kind(plan.kind());
  visit.set_exemption(plan.exemption());
  visit.set_complaint(plan.complaint());
  visit.set_facility(facility);
  visit.set_facility_name(known->name);
  visit.set_division_code(known->division_code);
  for (const v1::PlanUnit& unit : plan.units()) {
    v1::VisitUnit& on_visit = *visit.add_units();
    on_visit.set_unit(unit.unit());
    *on_visit.mutable_domains() = unit.domains();
  }
  *visit.mutable_first_day() = plan.first_day();
  *visit.mutable_last_day() = plan.last_day();
  visit.set_checklist_version(plan.checklist_version());
  visit.set_state(v1::VISIT_STATE_PLANNED);
  *visit.mutable_create_time() = ToProto(context.call.now);
  rpc::Touch(context.call, &visit);
  return visit;
}

absl::Status EnterNewVisits(rpc::WriteContext& context, const std::vector<Visit>& visits) {
  RETURN_IF_ERROR(InsertVisits(context.transaction, visits));
  RETURN_IF_ERROR(RefreshVisitPages(context.transaction, visits));
  for (const Visit& visit : visits) Journal(context, "visit.planned", visit);
  return absl::OkStatus();
}

absl::Status EnterVisit(rpc::WriteContext& context, absl::string_view action, Visit* visit) {
  rpc::Touch(context.call, visit);
  RETURN_IF_ERROR(StoreVisit(context.transaction, *visit));
  RETURN_IF_ERROR(RefreshVisitPages(context.transaction, {*visit}));
  Journal(context, action, *visit);
  context.call.subject = visit->name();
  return absl::OkStatus();
}

absl::StatusOr<Visit> LockVisit(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<Visit> visit,
                   ReadVisit(context.transaction, VisitId(name), /*lock=*/true));
  if (!visit) return rpc::Error("VISIT_NOT_FOUND");
  return *std::move(visit);
}

absl::StatusOr<Visit> LockVisitAsOfficer(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(Visit visit, LockVisit(context, name));
  if (!context.call.caller.Covers(visit.division_code())) return rpc::Error("VISIT_NOT_FOUND");
  return visit;
}

absl::StatusOr<Visit> LockVisitAsFacility(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(Visit visit, LockVisit(context, name));
  ASSIGN_OR_RETURN(const VisitScope scope,
                   VisitScope::Of(context.transaction, context.call.caller, visit.facility()));
  if (scope.is_officer() || !scope.SeesAllOf(visit)) return rpc::Error("VISIT_NOT_FOUND");
  return visit;
}

absl::StatusOr<std::vector<std::string>> LineNames(rpc::WriteContext& context,
                                                   const std::string& facility) {
  ASSIGN_OR_RETURN(std::vector<std::string> line,
                   registry::LineOf(context.transaction, FacilityId(facility)));
  for (std::string& id : line) id = FacilityName(id);
  return line;
}

bool HasBegun(const Visit& visit) {
  return visit.state() != v1::VISIT_STATE_PLANNED && visit.state() != v1::VISIT_STATE_NOTIFIED;
}

absl::Status WrongState(const Visit& visit) {
  return rpc::Error("WRONG_STATE", {{"state", v1::VisitState_Name(visit.state())}});
}

absl::Status RequireOnVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                            const Visit& visit) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(const absl::optional<v1::Inspector> inspector,
                   InspectorOfAccount(context.transaction, context.call.caller.subject));
  if (!inspector || inspector->unit() != unit ||
      !absl::c_linear_search(visit.inspectors(), inspector->name())) {
    return rpc::Error("NOT_ON_VISIT");
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> line, LineNames(context, visit.facility()));
  const absl::string_view unable =
      IsRecused(*inspector, line) ? "RECUSED" : UnableOn(*inspector, context.call.today);
  if (unable.empty()) return absl::OkStatus();
  return rpc::Error("INSPECTOR_NOT_CERTIFIED",
                    {{"inspector", inspector->name()}, {"why", std::string(unable)}});
}

absl::Status RequireUnitOnVisit(const rpc::Caller& caller, const InspectionDeps& deps,
                                const Visit& visit) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(caller, deps.units));
  const bool is_on =
      absl::c_any_of(visit.units(), [&](const v1::VisitUnit& each) { return each.unit() == unit; });
  return is_on ? absl::OkStatus() : rpc::Error("NOT_ON_VISIT");
}

}  // namespace tuoyu::inspection
