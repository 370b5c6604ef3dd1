#include "services/filing/registration/change_request_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registration/change_request_raising.h"
#include "services/filing/registration/change_request_reading.h"
#include "services/filing/registration/change_request_repository.h"
#include "services/filing/registration/change_request_rules.h"
#include "services/filing/registration/change_settlement.h"
#include "services/filing/registry_scope.h"

namespace tuoyu::filing {
namespace {

using v1::ChangeRequest;

constexpr rpc::Role kDepartments[] = {common::v1::ROLE_DEPARTMENT_OFFICER};
constexpr rpc::Role kDeciders[] = {common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER};

ChangeRequestEvent EventOf(v1::ChangeRequestDecision decision) {
  switch (decision) {
    case v1::CHANGE_REQUEST_DECISION_APPLY:
      return ChangeRequestEvent::kApply;
    case v1::CHANGE_REQUEST_DECISION_REJECT:
      return ChangeRequestEvent::kReject;
    default:
      return ChangeRequestEvent::kReturn;
  }
}

}  // namespace

absl::Status ProposeChange(rpc::WriteContext& context, const RegistrationDeps& deps,
                           const v1::ProposeChangeRequest& request, ChangeRequest* reply) {
  const rpc::Call& call = context.call;
  const v1::Unit* unit = deps.units.OfOrganisation(call.caller.organisation);
  if (unit == nullptr) return rpc::Error("NOT_A_UNIT");
  const std::string id = FacilityId(request.facility());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  RETURN_IF_ERROR(
      rpc::FormError(CheckProposal(request, deps.ownership, deps.registry.RulesOn(call.today))));
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(context.transaction, {id}, /*lock=*/true));
  if (records.empty()) return rpc::Error("FACILITY_NOT_FOUND");
  const v1::FacilityVersion* slice = LastSlice(records[0].timeline);
  if (slice == nullptr) return rpc::Error("FACILITY_NOT_FOUND");
  const RegistryScope scope(call.caller, kDepartments);
  if (!scope.Covers(slice->content().division_code())) return rpc::Error("OUT_OF_SCOPE");
  if (IsFinal(slice->state())) {
    return rpc::Error("WRONG_STATE",
                      {{"state", v1::FacilityState_Name(slice->state()).substr(15)}});
  }
  std::vector<Claim> claims;
  for (const v1::ProposedValue& value : request.values()) {
    claims.push_back({value.field(), value.value()});
  }
  const Claimant claimant{deps.ownership, deps.units, unit->code()};
  const std::string other = FieldNotOf(claimant, slice->content(), claims);
  if (!other.empty()) return rpc::Error("FIELD_NOT_YOURS", {{"field", other}});
  ASSIGN_OR_RETURN(
      *reply, RaiseFields(context, deps, {records[0], unit->code(), "", request.document_number()},
                          claims));
  if (reply->etag().empty()) return rpc::Error("NOTHING_PROPOSED");
  Compute(call.today, reply);
  return absl::OkStatus();
}

absl::Status DecideChangeRequest(rpc::WriteContext& context, const RegistrationDeps& deps,
                                 const v1::DecideChangeRequestRequest& request,
                                 ChangeRequest* reply) {
  const rpc::Call& call = context.call;
  const std::string id = ChangeRequestId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(absl::optional<ChangeRequest> found,
                   ReadChangeRequest(context.transaction, id, /*lock=*/true));
  if (!found) return rpc::Error("CHANGE_REQUEST_NOT_FOUND");
  const RegistryScope scope(call.caller, kDeciders);
  if (!scope.Covers(found->division_code())) return rpc::Error("OUT_OF_SCOPE");
  if (!request.etag().empty() && request.etag() != found->etag()) {
    return rpc::Error("ETAG_MISMATCH");
  }
  RETURN_IF_ERROR(
      rpc::FormError(CheckDecision(*found, request, deps.registry.RulesOn(call.today))));
  const std::string others = FieldOfOthers(*found, deps.ownership, call.caller.roles);
  if (!others.empty()) return rpc::Error("FIELD_APPROVER_OTHER", {{"field", others}});
  if (found->proposed_by() == call.caller.subject) {
    return rpc::Error("FOUR_EYES", {{"step", "提请与审定 / proposing and deciding"}});
  }
  const ChangeRequestEvent event = EventOf(request.decision());
  if (!Next(found->state(), event)) {
    return rpc::Error("WRONG_STATE",
                      {{"state", v1::ChangeRequestState_Name(found->state()).substr(21)}});
  }
  found->set_decided_by(call.caller.subject);
  *found->mutable_decided_on() = ToProto(call.today);
  found->set_reason(request.reason());
  if (event == ChangeRequestEvent::kApply) {
    const auto due = FromProto(request.due_on());
    *found->mutable_due_on() =
        ToProto(due.ok() ? *due : call.today + deps.ownership.file().change_due_days());
  }
  Move(call, event, &*found);
  RETURN_IF_ERROR(UpdateChangeRequest(context.transaction, *found));
  JournalChangeRequest(context, "change_request.decided", *found);
  *reply = *std::move(found);
  Compute(call.today, reply);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
