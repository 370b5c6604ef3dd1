#include "services/inspection/plan/plan_acts.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/calendar/deadline.h"
#include "common/db/number_counter.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/inspection/checklist/checklist_book.h"
#include "services/inspection/plan/plan_repository.h"
#include "services/inspection/plan/plan_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_repository.h"

namespace tuoyu::inspection {
namespace {

using v1::Plan;

constexpr absl::string_view kNumberKind = "JC";
constexpr absl::string_view kWatch = "system/approval_watch";

absl::CivilDay DayOf(const google::type::Date& date) { return *FromProto(date); }

// Clears what is output only.
Plan Said(const Plan& request) {
  Plan plan = request;
  plan.clear_state();
  plan.clear_approvals();
  plan.clear_awaits();
  plan.clear_merged();
  plan.clear_checklist_version();
  plan.clear_draw();
  plan.clear_withdraw_reason();
  plan.clear_etag();
  plan.clear_approval_deadline();
  plan.clear_approval_told_on();
  return plan;
}

// The facilities named are known and open.
absl::Status CheckFacilities(rpc::WriteContext& context, const Plan& plan, Form* form) {
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(plan.facilities_size()));
  for (const std::string& name : plan.facilities()) ids.push_back(FacilityId(name));
  ASSIGN_OR_RETURN(const std::vector<registry::KnownFacility> known,
                   registry::ReadFacilities(context.transaction, ids, context.call.today));
  for (int i = 0; i < plan.facilities_size(); ++i) {
    const std::string id = FacilityId(plan.facilities(i));
    const auto found =
        absl::c_find_if(known, [&](const registry::KnownFacility& each) { return each.id == id; });
    const std::string path = absl::StrCat("facilities[", i, "]");
    if (found == known.end()) {
      form->Add(path, "FACILITY_UNKNOWN", "名录中没有这家机构", "no such facility in the registry");
    } else if (plan.kind() == v1::PLAN_KIND_SPECIAL && !found->IsOpen()) {
      form->Add(path, "FACILITY_NOT_ACTIVE", "该机构今日不在运营", "it does not operate today");
    }
  }
  return absl::OkStatus();
}

// None of the facilities named has had its visits of the year.
absl::Status CheckCap(rpc::WriteContext& context, const InspectionDeps& deps, const Plan& plan,
                      Form* form) {
  const v1::InspectionRules& rules = deps.rules.On(context.call.today);
  for (int i = 0; i < plan.facilities_size(); ++i) {
    ASSIGN_OR_RETURN(const YearVisits visits,
                     VisitsOfYear(context.transaction, FacilityId(plan.facilities(i)),
                                  DayOf(plan.first_day()).year()));
    const std::string over = OverCap(visits, plan, rules);
    if (over.empty()) continue;
    form->Add(absl::StrCat("facilities[", i, "]"), "FREQUENCY_CAP",
              absl::StrCat("该机构本年度检查次数已达上限（", over, "）"),
              absl::StrCat("it has had its visits of the year (", over, ")"));
  }
  return absl::OkStatus();
}

// The complaint a plan names was passed on, of the facility or one of its chain.
absl::Status CheckComplaint(rpc::WriteContext& context, const Plan& plan, Form* form) {
  if (plan.complaint().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> chain,
                   registry::ChainOf(context.transaction, FacilityId(plan.facilities(0))));
  ASSIGN_OR_RETURN(const bool known, KnowsCase(context.transaction, plan.complaint(), chain));
  if (!known) {
    form->Add("complaint", "COMPLAINT_UNKNOWN", "投诉举报服务没有转来该机构的这一件",
              "no complaint that was passed on about this facility");
  }
  return absl::OkStatus();
}

absl::Status CheckNamed(rpc::WriteContext& context, const InspectionDeps& deps, const Plan& plan) {
  Form form("plan.");
  RETURN_IF_ERROR(CheckFacilities(context, plan, &form));
  if (form.empty() && plan.kind() == v1::PLAN_KIND_SPECIAL) {
    RETURN_IF_ERROR(CheckCap(context, deps, plan, &form));
  }
  if (form.empty()) RETURN_IF_ERROR(CheckComplaint(context, plan, &form));
  return rpc::FormError(form.Take());
}

// Where a unit of kindergartens takes part all facilities are such, those of the plan it joins too.
absl::Status RequireKindergartens(rpc::WriteContext& context, const v1::Checklist& checklist,
                                  const Plan& plan, const Plan* target) {
  Plan both = plan;
  if (target != nullptr) Merge(plan, &(both = *target));
  const bool only = absl::c_any_of(both.units(), [&](const v1::PlanUnit& unit) {
    return ChecksKindergartensOnly(checklist, unit.unit());
  });
  if (!only) return absl::OkStatus();
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(both.facilities_size()));
  for (const std::string& name : both.facilities()) ids.push_back(FacilityId(name));
  ASSIGN_OR_RETURN(const std::vector<registry::KnownFacility> known,
                   registry::ReadFacilities(context.transaction, ids, context.call.today));
  const bool all = absl::c_all_of(known, [](const registry::KnownFacility& each) {
    return each.type == filing::v1::FACILITY_TYPE_KINDERGARTEN;
  });
  if (all) return absl::OkStatus();
  return rpc::FormError({rpc::FieldViolation(
      "plan.facilities", "NOT_A_KINDERGARTEN",
      "有单位只检查幼儿园托班：其他机构请由区卫生健康委另行计划",
      "one of the units inspects kindergartens only: plan the others without it")});
}

absl::Status Uncoordinated(const Plan& other) {
  return rpc::Error("PLAN_UNCOORDINATED", {{"plan", other.name()},
                                           {"number", other.plan_number()},
                                           {"unit", other.units(0).unit()},
                                           {"first_day", FormatDay(DayOf(other.first_day()))},
                                           {"last_day", FormatDay(DayOf(other.last_day()))}});
}

// There is no plan, but the one to join, that this one would have to be one with.
absl::Status RequireCoordinated(rpc::WriteContext& context, const InspectionDeps& deps,
                                const Plan& plan) {
  const v1::InspectionRules& rules = deps.rules.On(context.call.today);
  const absl::CivilDay from = DayOf(plan.first_day()) - rules.coordination_days();
  const absl::CivilDay to = DayOf(plan.last_day()) + rules.coordination_days();
  ASSIGN_OR_RETURN(const std::vector<Plan> near, PlansNear(context.transaction, from, to));
  for (const Plan& other : near) {
    if (other.name() != plan.merge_into() && MustBeOne(plan, other, rules)) {
      return Uncoordinated(other);
    }
  }
  if (plan.kind() != v1::PLAN_KIND_SPECIAL) return absl::OkStatus();
  // What is drawn already is looked up by facility.
  for (const std::string& facility : plan.facilities()) {
    ASSIGN_OR_RETURN(const std::string other,
                     PlanVisitingNear(context.transaction, FacilityId(facility), from, to));
    if (other.empty()) continue;
    ASSIGN_OR_RETURN(const absl::optional<Plan> drawn,
                     ReadPlan(context.transaction, other, /*lock=*/false));
    if (drawn) return Uncoordinated(*drawn);
  }
  return absl::OkStatus();
}

// The plan to join, when there is one to.
absl::StatusOr<absl::optional<Plan>> Coordinate(rpc::WriteContext& context,
                                                const InspectionDeps& deps, const Plan& plan) {
  absl::optional<Plan> target;
  if (!plan.merge_into().empty()) {
    ASSIGN_OR_RETURN(target, LockPlan(context, plan.merge_into()));
    RETURN_IF_ERROR(rpc::FormError(CheckMerge(plan, *target)));
  }
  RETURN_IF_ERROR(RequireCoordinated(context, deps, plan));
  return target;
}

// All heads have approved: the plan stands, or becomes part of the other.
absl::Status Conclude(rpc::WriteContext& context, const InspectionDeps& deps, Plan* target,
                      Plan* plan) {
  if (target == nullptr) {
    const v1::Checklist* checklist = deps.checklists.InForce(context.call.today);
    if (checklist == nullptr) {
      return rpc::Error("CHECKLIST_NOT_IN_FORCE", {{"day", FormatDay(context.call.today)}});
    }
    plan->set_checklist_version(checklist->version());
    plan->set_state(v1::PLAN_STATE_APPROVED);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(rpc::FormError(CheckMerge(*plan, *target)));
  Merge(*plan, target);
  plan->set_state(v1::PLAN_STATE_MERGED);
  return EnterPlan(context, deps, "plan.joined", target);
}

// A plan and the one it wants to join, both locked, in order of their ids.
struct PlanPair {
  Plan plan;
  absl::optional<Plan> target;
};

absl::StatusOr<PlanPair> LockBoth(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(const absl::optional<Plan> seen,
                   ReadPlan(context.transaction, PlanId(name), /*lock=*/false));
  if (!seen) return rpc::Error("PLAN_NOT_FOUND");
  PlanPair pair;
  const std::string target = seen->merge_into();
  if (!target.empty() && target < name) {
    ASSIGN_OR_RETURN(pair.target, LockPlan(context, target));
  }
  ASSIGN_OR_RETURN(pair.plan, LockPlan(context, name));
  if (!target.empty() && !pair.target) {
    ASSIGN_OR_RETURN(pair.target, LockPlan(context, target));
  }
  return pair;
}

// Code of the caller's unit; empty for who is of none.
std::string CodeOf(const rpc::Caller& caller, const InspectionDeps& deps) {
  return UnitOf(caller, deps.units).value_or("");
}

}  // namespace

absl::StatusOr<Plan> LockPlan(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<Plan> plan,
                   ReadPlan(context.transaction, PlanId(name), /*lock=*/true));
  if (!plan) return rpc::Error("PLAN_NOT_FOUND");
  return *std::move(plan);
}

absl::StatusOr<Plan> LockOwnPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const std::string& name) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(Plan plan, LockPlan(context, name));
  if (plan.units(0).unit() != unit) {
    return rpc::Error("PLAN_OF_OTHER_UNIT", {{"unit", plan.units(0).unit()}});
  }
  return plan;
}

void SetApprovalDeadline(const InspectionDeps& deps, absl::CivilDay today, Plan* plan) {
  if (!plan->urgent()) return;
  *plan->mutable_approval_deadline() =
      calendar::MakeDeadline(today, deps.rules.On(today).urgent_approval_working_days(),
                             std::nullopt, today, deps.calendar);
}

absl::StatusOr<int64_t> TellOverdueApprovals(const rpc::WriteDeps& writes,
                                             const InspectionDeps& deps, const Clock& clock,
                                             absl::Time deadline, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(
      db::RunRead(writes.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(ids, OverdueApprovals(transaction, tuoyu::DayOf(clock.Now()), limit));
        return absl::OkStatus();
      }));
  // Each by itself: one that fails keeps no other from its turn, and is tried again the next time.
  absl::Status first;
  int64_t told = 0;
  for (const std::string& id : ids) {
    const absl::Status status = rpc::RunSystemWrite(
        writes, clock, kWatch, deadline, [&](rpc::WriteContext& context) -> absl::Status {
          ASSIGN_OR_RETURN(Plan plan, LockPlan(context, PlanName(id)));
          if (plan.state() != v1::PLAN_STATE_SUBMITTED || plan.has_approval_told_on()) {
            return absl::OkStatus();  // decided since, or told
          }
          *plan.mutable_approval_told_on() = ToProto(context.call.today);
          return EnterPlan(context, deps, "plan.approval_overdue", &plan);
        });
    if (status.ok()) ++told;
    first.Update(status);
  }
  if (told == 0 && !first.ok()) return first;
  return told;
}

absl::StatusOr<std::string> NextPlanNumber(rpc::WriteContext& context, const InspectionDeps& deps) {
  const int64_t year = context.call.today.year();
  ASSIGN_OR_RETURN(const int64_t number, db::numbers::Take(context.transaction, kNumberKind, year));
  return absl::StrFormat("%s-%s-%d-%04d", kNumberKind, deps.divisions.district_code(), year,
                         number);
}

absl::Status EnterPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                       absl::string_view action, Plan* plan) {
  rpc::Touch(context.call, plan);
  RETURN_IF_ERROR(StorePlan(context.transaction, *plan));
  rpc::AddEntry(context, action, plan->name(), deps.divisions.district_code(), context.call.today,
                *plan);
  context.call.subject = plan->name();
  return absl::OkStatus();
}

absl::Status SubmitPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::SubmitPlanRequest& request, Plan* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(call.caller, deps.units));
  const v1::Checklist* checklist = deps.checklists.InForce(call.today);
  if (checklist == nullptr) {
    return rpc::Error("CHECKLIST_NOT_IN_FORCE", {{"day", FormatDay(call.today)}});
  }
  Plan plan = Said(request.plan());
  RETURN_IF_ERROR(rpc::FormError(
      CheckPlan(plan, {deps.units, deps.divisions, *checklist, unit, call.today, call.now})));
  // Holds others up who submit now: two plans that must be one don't pass each other unseen.
  ASSIGN_OR_RETURN(const std::string number, NextPlanNumber(context, deps));
  RETURN_IF_ERROR(CheckNamed(context, deps, plan));
  ASSIGN_OR_RETURN(const absl::optional<Plan> target, Coordinate(context, deps, plan));
  RETURN_IF_ERROR(RequireKindergartens(context, *checklist, plan, target ? &*target : nullptr));
  plan.set_name(PlanName(NewUuidV7(call.now)));
  plan.set_plan_number(number);
  plan.set_state(v1::PLAN_STATE_SUBMITTED);
  for (std::string& each : ApproversOf(plan, target ? &*target : nullptr)) {
    plan.add_awaits(std::move(each));
  }
  plan.set_submitted_by(call.caller.subject);
  *plan.mutable_create_time() = ToProto(call.now);
  SetApprovalDeadline(deps, call.today, &plan);
  RETURN_IF_ERROR(EnterPlan(context, deps, "plan.submitted", &plan));
  *reply = std::move(plan);
  return absl::OkStatus();
}

absl::Status DecidePlan(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::DecidePlanRequest& request, Plan* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(call.caller, deps.units));
  if (request.etag().empty()) return rpc::Error("ETAG_MISSING");
  if (!request.approve())
    RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(PlanPair pair, LockBoth(context, request.name()));
  Plan& plan = pair.plan;
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), plan));
  if (plan.state() != v1::PLAN_STATE_SUBMITTED) {
    return rpc::Error("WRONG_STATE", {{"state", v1::PlanState_Name(plan.state())}});
  }
  const auto awaited = absl::c_find(*plan.mutable_awaits(), unit);
  if (awaited == plan.mutable_awaits()->end()) return rpc::Error("PLAN_NOT_AWAITED");
  if (call.caller.subject == plan.submitted_by()) {
    return rpc::Error("FOUR_EYES", {{"step", "提交计划、批准计划 / submit, approve"}});
  }
  plan.mutable_awaits()->erase(awaited);
  v1::PlanApproval& approval = *plan.add_approvals();
  approval.set_unit(unit);
  approval.set_decided_by(call.caller.subject);
  *approval.mutable_decide_time() = ToProto(call.now);
  approval.set_approved(request.approve());
  if (!request.approve()) {
    approval.set_reason(request.reason());
    plan.set_state(v1::PLAN_STATE_REJECTED);
    plan.clear_awaits();
  } else if (plan.awaits().empty()) {
    RETURN_IF_ERROR(Conclude(context, deps, pair.target ? &*pair.target : nullptr, &plan));
  }
  if (plan.has_approval_deadline() && plan.state() != v1::PLAN_STATE_SUBMITTED) {
    const auto begun = FromProto(plan.approval_deadline().start_date());
    *plan.mutable_approval_deadline() = calendar::MakeDeadline(
        begun.value_or(call.today),
        deps.rules.On(begun.value_or(call.today)).urgent_approval_working_days(), call.today,
        call.today, deps.calendar);
  }
  RETURN_IF_ERROR(
      EnterPlan(context, deps, request.approve() ? "plan.approved" : "plan.rejected", &plan));
  *reply = std::move(plan);
  return absl::OkStatus();
}

absl::Status WithdrawPlan(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::WithdrawPlanRequest& request, Plan* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Plan plan, LockOwnPlan(context, deps, request.name()));
  ASSIGN_OR_RETURN(const bool begun, HasVisits(context.transaction, PlanId(plan.name())));
  const bool open =
      plan.state() == v1::PLAN_STATE_SUBMITTED || plan.state() == v1::PLAN_STATE_APPROVED;
  if (!open || begun || !plan.draw().empty()) {
    return rpc::Error("WRONG_STATE", {{"state", v1::PlanState_Name(plan.state())}});
  }
  plan.set_state(v1::PLAN_STATE_WITHDRAWN);
  plan.clear_awaits();
  plan.set_withdraw_reason(request.reason());
  RETURN_IF_ERROR(EnterPlan(context, deps, "plan.withdrawn", &plan));
  *reply = std::move(plan);
  return absl::OkStatus();
}

absl::Status GetPlan(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                     const v1::GetPlanRequest& request, Plan* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(absl::optional<Plan> plan,
                     ReadPlan(transaction, PlanId(request.name()), /*lock=*/false));
    if (!plan) return rpc::Error("PLAN_NOT_FOUND");
    HideComplaint(CodeOf(call.caller, deps), &*plan);
    *reply = *std::move(plan);
    return absl::OkStatus();
  });
}

absl::Status ListPlans(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                       const v1::ListPlansRequest& request, v1::ListPlansResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  ASSIGN_OR_RETURN(const absl::optional<absl::CivilDay> since,
                   rpc::OptionalDay(request.has_since(), request.since(), "since"));
  std::vector<Plan> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectPlans(transaction, request, since, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  for (Plan& plan : found) {
    HideComplaint(CodeOf(call.caller, deps), &plan);
    *reply->add_plans() = std::move(plan);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
