#include "services/inspection/visit/replacement_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/inspection/draw/drawn_visit.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/inspector/inspector_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::InspectorReplacement;
using v1::Visit;

// Of a visit: so that it can always be stored and journalled.
constexpr int kMostReplacements = 50;
constexpr rpc::Role kMayDecide[] = {common::v1::ROLE_DEPARTMENT_HEAD,
                                    common::v1::ROLE_DHC_APPROVER};
constexpr rpc::Role kMayAsk[] = {common::v1::ROLE_DHC_INSPECTOR,
                                 common::v1::ROLE_DEPARTMENT_OFFICER,
                                 common::v1::ROLE_DEPARTMENT_HEAD, common::v1::ROLE_DHC_APPROVER};

// The first of the roles the caller has: the one in which it acts.
rpc::Role RoleAmong(absl::Span<const rpc::Role> roles, const rpc::Caller& caller) {
  const auto found = absl::c_find_if(roles, [&](rpc::Role role) { return caller.Has(role); });
  return found != roles.end() ? *found : common::v1::ROLE_UNSPECIFIED;
}

// The two inspectors of a replacement, as the library has them.
struct Pair {
  absl::optional<v1::Inspector> from;
  absl::optional<v1::Inspector> to;
};

// The pair of a replacement nothing stands against.
absl::StatusOr<Pair> RequirePair(rpc::WriteContext& context, const Visit& visit,
                                 const InspectorReplacement& replacement) {
  db::Transaction& transaction = context.transaction;
  Pair pair;
  ASSIGN_OR_RETURN(pair.from, ReadInspector(transaction, InspectorId(replacement.from_inspector()),
                                            /*lock=*/false));
  ASSIGN_OR_RETURN(pair.to, ReadInspector(transaction, InspectorId(replacement.to_inspector()),
                                          /*lock=*/false));
  ASSIGN_OR_RETURN(const std::vector<std::string> line,
                   registry::LineOf(transaction, FacilityId(visit.facility())));
  const bool recused = pair.to && absl::c_any_of(line, [&](const std::string& id) {
                         return IsRecused(*pair.to, FacilityName(id));
                       });
  RETURN_IF_ERROR(rpc::FormError(
      CheckReplacement({visit, pair.from, pair.to, replacement.unit(), recused, context.call.today},
                       replacement.reason())));
  if (!visit.draw().empty()) RETURN_IF_ERROR(RequireOnList(context, visit, replacement));
  return pair;
}

// Neither who asked nor one of those who are exchanged.
absl::Status RequireSecondPerson(const rpc::Caller& caller, const InspectorReplacement& replacement,
                                 const Pair& pair) {
  const bool second = caller.subject != replacement.asked_by() &&
                      caller.subject != pair.from->account() &&
                      caller.subject != pair.to->account();
  return second
             ? absl::OkStatus()
             : rpc::Error("FOUR_EYES", {{"step", "申请更换、同意更换 / ask to replace, consent"}});
}

}  // namespace

absl::Status AskReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::AskReplacementRequest& request, Visit* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(call.caller, deps.units));
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  if (HasBegun(visit)) return WrongState(visit);
  if (const InspectorReplacement* waits = ReplacementAsked(unit, &visit); waits != nullptr) {
    return rpc::Error("WRONG_STATE", {{"state", v1::ReplacementState_Name(waits->state())}});
  }
  if (visit.replacements_size() >= kMostReplacements) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "replacements"}, {"most", absl::StrCat(kMostReplacements)}});
  }
  InspectorReplacement replacement;
  replacement.set_unit(unit);
  replacement.set_from_inspector(request.from_inspector());
  replacement.set_to_inspector(request.to_inspector());
  replacement.set_reason(request.reason());
  replacement.set_state(v1::REPLACEMENT_STATE_ASKED);
  replacement.set_asked_by(call.caller.subject);
  replacement.set_asked_as(RoleAmong(kMayAsk, call.caller));
  *replacement.mutable_ask_time() = ToProto(call.now);
  RETURN_IF_ERROR(RequirePair(context, visit, replacement).status());
  *visit.add_replacements() = std::move(replacement);
  RETURN_IF_ERROR(EnterVisit(context, "visit.replacement_asked", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

absl::Status DecideReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::DecideReplacementRequest& request, Visit* reply) {
  const rpc::Call& call = context.call;
  if (request.etag().empty()) return rpc::Error("ETAG_MISSING");
  if (!request.consent()) {
    RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  }
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(call.caller, deps.units));
  ASSIGN_OR_RETURN(Visit visit, LockVisitAsOfficer(context, request.name()));
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), visit));
  InspectorReplacement* replacement = ReplacementAsked(unit, &visit);
  if (replacement == nullptr) return WrongState(visit);
  replacement->set_decided_by(call.caller.subject);
  replacement->set_decided_as(RoleAmong(kMayDecide, call.caller));
  *replacement->mutable_decide_time() = ToProto(call.now);
  if (!request.consent()) {
    if (call.caller.subject == replacement->asked_by()) {
      return rpc::Error("FOUR_EYES", {{"step", "申请更换、决定更换 / ask to replace, decide"}});
    }
    replacement->set_state(v1::REPLACEMENT_STATE_REFUSED);
    replacement->set_refuse_reason(request.reason());
    RETURN_IF_ERROR(EnterVisit(context, "visit.replacement_refused", &visit));
    *reply = std::move(visit);
    return absl::OkStatus();
  }
  if (HasBegun(visit)) return WrongState(visit);
  ASSIGN_OR_RETURN(const Pair pair, RequirePair(context, visit, *replacement));
  RETURN_IF_ERROR(RequireSecondPerson(call.caller, *replacement, pair));
  replacement->set_state(v1::REPLACEMENT_STATE_CONSENTED);
  if (!visit.draw().empty()) RETURN_IF_ERROR(EnterReplacement(context, deps, visit, *replacement));
  *absl::c_find(*visit.mutable_inspectors(), replacement->from_inspector()) =
      replacement->to_inspector();
  RETURN_IF_ERROR(EnterVisit(context, "visit.inspector_replaced", &visit));
  *reply = std::move(visit);
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
