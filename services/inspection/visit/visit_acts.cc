#include "services/inspection/visit/visit_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/calendar/deadline.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/inspection/draw/drawn_visit.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/plan/plan_acts.h"
#include "services/inspection/plan/plan_repository.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/photo_repository.h"
#include "services/inspection/visit/record_rules.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::Plan;
using v1::RecordPart;
using v1::Visit;

constexpr size_t kLongestRating = 500;
constexpr size_t kMostPartsOfVisit = 2000;

absl::StatusOr<const v1::Checklist*> ChecklistOf(const Visit& visit, const InspectionDeps& deps) {
  const v1::Checklist* checklist = deps.checklists.Find(visit.checklist_version());
  if (checklist == nullptr) {
    return absl::DataLossError(
        absl::StrCat("no file has checklist version ", visit.checklist_version()));
  }
  return checklist;
}

std::vector<std::string> IdsOf(const google::protobuf::RepeatedPtrField<std::string>& inspectors) {
  std::vector<std::string> ids;
  ids.reserve(static_cast<size_t>(inspectors.size()));
  for (const std::string& name : inspectors) ids.push_back(InspectorId(name));
  return ids;
}

// Why a visit that has begun may be given up all the same: its plan was refused afterwards, or nobody is left who may sign its result.
absl::StatusOr<bool> CanNotEnd(rpc::WriteContext& context, const Visit& visit) {
  if (visit.outcome() != v1::VISIT_OUTCOME_UNSPECIFIED ||
      visit.state() == v1::VISIT_STATE_CANCELLED) {
    return false;
  }
  ASSIGN_OR_RETURN(const absl::optional<Plan> plan,
                   ReadPlan(context.transaction, PlanId(visit.plan()), /*lock=*/false));
  if (plan && plan->state() == v1::PLAN_STATE_REJECTED) return true;
  ASSIGN_OR_RETURN(const auto inspectors,
                   ReadInspectors(context.transaction, IdsOf(visit.inspectors())));
  ASSIGN_OR_RETURN(const auto line, LineNames(context, visit.facility()));
  return !CheckSigners(visit, {inspectors, line}, context.call.now).empty();
}

// The plan of a visit to be opened: a CASE that is approved, or urgent and not decided yet.
absl::StatusOr<Plan> RequireCase(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const std::string& name) {
  ASSIGN_OR_RETURN(Plan plan, LockOwnPlan(context, deps, name));
  if (plan.kind() != v1::PLAN_KIND_CASE) {
    return rpc::Error("WRONG_STATE", {{"state", v1::PlanKind_Name(plan.kind())}});
  }
  const bool may = plan.state() == v1::PLAN_STATE_APPROVED ||
                   (plan.state() == v1::PLAN_STATE_SUBMITTED && plan.urgent());
  if (may) return plan;
  return plan.state() == v1::PLAN_STATE_SUBMITTED
             ? rpc::Error("PLAN_NOT_APPROVED")
             : rpc::Error("WRONG_STATE", {{"state", v1::PlanState_Name(plan.state())}});
}

// Stores those of the parts that are new. A known id with other content is refused.
absl::Status StoreParts(rpc::WriteContext& context, const Visit& visit,
                        const std::vector<RecordPart>& parts) {
  std::vector<std::string> ids;
  ids.reserve(parts.size());
  for (const RecordPart& part : parts) ids.push_back(part.part_id());
  ASSIGN_OR_RETURN(const std::vector<StoredPart> known,
                   FindParts(context.transaction, VisitId(visit.name()), ids));
  for (const RecordPart& part : parts) {
    const std::string digest = DigestOf(part);
    const auto found = absl::c_find_if(
        known, [&](const StoredPart& each) { return each.part_id == part.part_id(); });
    if (found == known.end()) {
      RETURN_IF_ERROR(InsertPart(context.transaction, VisitId(visit.name()), digest, part));
      rpc::AddEntry(context, "visit.part_received", visit.name(), visit.division_code(),
                    context.call.today, part);
    } else if (found->digest != digest) {
      return rpc::Error("PART_CHANGED", {{"part", part.part_id()}});
    }
  }
  return absl::OkStatus();
}

// Items of the orders that were found at the facility, or one it continues, within two years.
absl::StatusOr<std::vector<std::string>> FoundBefore(rpc::WriteContext& context,
                                                     const v1::ConcludeVisitRequest& request,
                                                     const Visit& visit) {
  ASSIGN_OR_RETURN(const std::vector<std::string> chain,
                   registry::ChainOf(context.transaction, FacilityId(visit.facility())));
  const absl::CivilDay since = AddMonths(context.call.today, -12 * kRepeatedYears);
  std::vector<std::string> items;
  for (const v1::CorrectionOrder& order : request.orders()) {
    ASSIGN_OR_RETURN(const std::vector<v1::Finding> found,
                     FindingsOfItem(context.transaction, chain, order.item(), since,
                                    context.call.today, VisitId(visit.name())));
    if (AnyCounts(found)) items.push_back(order.item());
  }
  return items;
}

// The paperwork of an urgent visit is done: its plan was approved meanwhile.
absl::Status RequireApproved(rpc::WriteContext& context, const Visit& visit) {
  ASSIGN_OR_RETURN(const absl::optional<Plan> plan,
                   ReadPlan(context.transaction, PlanId(visit.plan()), /*lock=*/false));
  const bool approved =
      plan && (plan->state() == v1::PLAN_STATE_APPROVED || plan->state() == v1::PLAN_STATE_DRAWN);
  return approved ? absl::OkStatus() : rpc::Error("PLAN_NOT_APPROVED");
}

void AddPublication(const rpc::Call& call, v1::PublicationAct act, const std::string& reason,
                    Visit* visit) {
  v1::Publication& publication = *visit->add_publications();
  publication.set_act(act);
  *publication.mutable_day() = ToProto(call.today);
  publication.set_reason(reason);
  publication.set_actor(call.caller.subject);
}

absl::Status RequireEvidence(rpc::WriteContext& context, const Visit& visit) {
  for (const std::string& name : PhotosNamed(visit)) {
    ASSIGN_OR_RETURN(const bool whole, IsWholePhoto(context.transaction, ParsePhotoName(name)));
    if (!whole) return rpc::Error("EVIDENCE_MISSING", {{"photo", name}});
  }
  return absl::OkStatus();
}

// A visit that has not begun, or cannot be ended, locked by the unit that leads it.
absl::StatusOr<Visit> LockToCancel(rpc::WriteContext& context, const InspectionDeps& deps,
                                   const std::string& name) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, name));
  if (visit.units(0).unit() != unit) return rpc::Error("NOT_ON_VISIT");
  if (HasBegun(visit)) {
    ASSIGN_OR_RETURN(const bool stuck, CanNotEnd(context, visit));
    if (!stuck) return WrongState(visit);
  }
  return visit;
}

}  // namespace

absl::Status OpenVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                       const v1::OpenVisitRequest& request, Visit* reply) {
  if (!request.visit_id().empty() && !IsUuid(request.visit_id())) {
    return rpc::Error("FIELD_INVALID", {{"field", "visit_id"}});
  }
  ASSIGN_OR_RETURN(const Plan plan, RequireCase(context, deps, request.plan()));
  ASSIGN_OR_RETURN(const bool has_one, HasVisits(context.transaction, PlanId(plan.name())));
  if (has_one) return rpc::Error("VISIT_EXISTS");
  ASSIGN_OR_RETURN(const auto known,
                   ReadInspectors(context.transaction, IdsOf(request.inspectors())));
  ASSIGN_OR_RETURN(const auto line, LineNames(context, plan.facilities(0)));
  RETURN_IF_ERROR(
      rpc::FormError(CheckNamedInspectors(request, plan, known, line, context.call.today)));
  ASSIGN_OR_RETURN(Visit visit, NewVisit(context, plan, plan.facilities(0)));
  if (!request.visit_id().empty()) visit.set_name(VisitName(request.visit_id()));
  if (visit.checklist_version().empty()) {  // urgent: the plan is approved afterwards
    const v1::Checklist* checklist = deps.checklists.InForce(context.call.today);
    if (checklist == nullptr) {
      return rpc::Error("CHECKLIST_NOT_IN_FORCE", {{"day", FormatDay(context.call.today)}});
    }
    visit.set_checklist_version(checklist->version());
  }
  *visit.mutable_inspectors() = request.inspectors();
  const absl::Status entered = EnterNewVisits(context, {visit});
  if (absl::IsAlreadyExists(entered)) return rpc::Error("VISIT_EXISTS");
  RETURN_IF_ERROR(entered);
  context.call.subject = visit.name();
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status NotifyVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::NotifyVisitRequest& request, Visit* reply) {
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(RequireUnitOnVisit(context.call.caller, deps, visit));
  if (visit.state() != v1::VISIT_STATE_PLANNED) return WrongState(visit);
  visit.set_state(v1::VISIT_STATE_NOTIFIED);
  *visit.mutable_notify_time() = ToProto(context.call.now);
  RETURN_IF_ERROR(EnterVisit(context, "visit.notified", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status RecordVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::RecordVisitRequest& request, Visit* reply) {
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(RequireOnVisit(context, deps, visit));
  ASSIGN_OR_RETURN(const v1::Checklist* checklist, ChecklistOf(visit, deps));
  RETURN_IF_ERROR(rpc::FormError(CheckParts(request, visit, *checklist)));
  const std::string id = VisitId(visit.name());
  const bool recorded = visit.state() == v1::VISIT_STATE_RECORDED;
  if (HasBegun(visit) && visit.state() != v1::VISIT_STATE_ON_SITE && !recorded) {
    return WrongState(visit);
  }
  RETURN_IF_ERROR(StoreParts(
      context, visit, ReceivedParts(request, context.call.now, context.call.caller.subject)));
  ASSIGN_OR_RETURN(const std::vector<RecordPart> parts, ReadParts(context.transaction, id));
  ASSIGN_OR_RETURN(const auto inspectors,
                   ReadInspectors(context.transaction, IdsOf(visit.inspectors())));
  if (parts.size() > kMostPartsOfVisit) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "parts"}, {"most", absl::StrCat(kMostPartsOfVisit)}});
  }
  ASSIGN_OR_RETURN(const auto line, LineNames(context, visit.facility()));
  const std::string before = visit.SerializeAsString();
  MergeParts(parts, {inspectors, line}, &visit);
  // Parts sent again change nothing.
  if (visit.SerializeAsString() != before) {
    RETURN_IF_ERROR(EnterVisit(context, "visit.recorded", &visit));
  }
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status ConcludeVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::ConcludeVisitRequest& request, Visit* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(RequireOnVisit(context, deps, visit));
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), visit));
  if (visit.state() == v1::VISIT_STATE_ON_SITE) {
    RETURN_IF_ERROR(rpc::FormError({visit.record_faults().begin(), visit.record_faults().end()}));
  }
  if (visit.state() != v1::VISIT_STATE_RECORDED) return WrongState(visit);
  RETURN_IF_ERROR(RequireApproved(context, visit));
  ASSIGN_OR_RETURN(const v1::Checklist* checklist, ChecklistOf(visit, deps));
  RETURN_IF_ERROR(rpc::FormError(CheckConclusion(request, visit, *checklist, call.today)));
  ASSIGN_OR_RETURN(const auto inspectors,
                   ReadInspectors(context.transaction, IdsOf(visit.inspectors())));
  ASSIGN_OR_RETURN(const auto line, LineNames(context, visit.facility()));
  RETURN_IF_ERROR(rpc::FormError(CheckSigners(visit, {inspectors, line}, call.now)));
  RETURN_IF_ERROR(RequireEvidence(context, visit));
  ASSIGN_OR_RETURN(const std::vector<std::string> repeated, FoundBefore(context, request, visit));
  Conclude({request, *checklist, repeated, call.caller.subject, call.now, call.today}, &visit);
  SetSigners({inspectors, line}, call.now, &visit);
  *visit.mutable_publish_deadline() = calendar::MakeDeadline(
      call.today, kPublishWorkingDays, std::nullopt, call.today, deps.calendar);
  RETURN_IF_ERROR(EnterVisit(context, "visit.concluded", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status CancelVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::CancelVisitRequest& request, Visit* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Visit visit, LockToCancel(context, deps, request.name()));
  if (!visit.draw().empty()) {
    if (!visit.has_cancellation_asked() ||
        visit.cancellation_asked().asked_by() == context.call.caller.subject) {
      return rpc::Error(
          "FOUR_EYES",
          {{"step", "申请取消、同意取消抽中的检查 / ask to drop a drawn visit, drop it"}});
    }
    RETURN_IF_ERROR(EnterCancellation(context, deps, visit, request.reason()));
  }
  visit.clear_cancellation_asked();
  visit.set_state(v1::VISIT_STATE_CANCELLED);
  visit.set_cancel_reason(request.reason());
  RETURN_IF_ERROR(EnterVisit(context, "visit.cancelled", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status AskCancellation(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::AskCancellationRequest& request, Visit* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Visit visit, LockToCancel(context, deps, request.name()));
  v1::CancellationAsked& asked = *visit.mutable_cancellation_asked();
  asked.set_asked_by(context.call.caller.subject);
  *asked.mutable_ask_time() = ToProto(context.call.now);
  asked.set_reason(request.reason());
  RETURN_IF_ERROR(EnterVisit(context, "visit.cancellation_asked", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status PublishVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::PublishVisitRequest& request, Visit* reply) {
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(RequireUnitOnVisit(context.call.caller, deps, visit));
  if (visit.outcome() == v1::VISIT_OUTCOME_UNSPECIFIED || IsPublic(visit)) return WrongState(visit);
  const bool again = visit.has_withdrawn_on();
  if (again) {
    if (!context.call.caller.Has(common::v1::ROLE_DEPARTMENT_HEAD)) {
      return rpc::Error("HEAD_NEEDED", {{"step", "撤下后重新公示 / publish again"}});
    }
    RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  }
  AddPublication(context.call,
                 again ? v1::PUBLICATION_ACT_PUBLISHED_AGAIN : v1::PUBLICATION_ACT_PUBLISHED,
                 again ? request.reason() : "", &visit);
  visit.clear_withdrawn_on();
  visit.clear_withdraw_reason();
  *visit.mutable_published_on() = ToProto(context.call.today);
  ASSIGN_OR_RETURN(const absl::CivilDay concluded, FromProto(visit.concluded_on()));
  *visit.mutable_publish_deadline() = calendar::MakeDeadline(
      concluded, kPublishWorkingDays, context.call.today, context.call.today, deps.calendar);
  RETURN_IF_ERROR(EnterVisit(context, "visit.published", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status WithdrawPublication(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const v1::WithdrawPublicationRequest& request, Visit* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(RequireUnitOnVisit(context.call.caller, deps, visit));
  if (!IsPublic(visit)) return WrongState(visit);
  if (visit.publications().empty()) {  // back-entered as public
    v1::Publication& first = *visit.add_publications();
    first.set_act(v1::PUBLICATION_ACT_PUBLISHED);
    *first.mutable_day() = visit.published_on();
  }
  AddPublication(context.call, v1::PUBLICATION_ACT_WITHDRAWN, request.reason(), &visit);
  *visit.mutable_withdrawn_on() = ToProto(context.call.today);
  visit.set_withdraw_reason(request.reason());
  RETURN_IF_ERROR(EnterVisit(context, "visit.publication_withdrawn", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status RateVisit(rpc::WriteContext& context, const InspectionDeps&,
                       const v1::RateVisitRequest& request, Visit* reply) {
  Form form("");
  form.CheckNumber("rating", request.rating(), 1, 5);
  form.CheckText("text", request.text(), /*required=*/false, kLongestRating);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsFacility(context, request.name()));
  const bool over = HasBegun(visit) && visit.state() != v1::VISIT_STATE_ON_SITE &&
                    visit.state() != v1::VISIT_STATE_CANCELLED;
  if (!over || visit.rating() != 0) return WrongState(visit);
  visit.set_rating(request.rating());
  visit.set_rating_text(request.text());
  RETURN_IF_ERROR(EnterVisit(context, "visit.rated", &visit));
  HideReporter(&visit);
  HideStaffing(&visit);
  *reply = std::move(visit);
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
