#include "services/filing/registration/change_request_raising.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "services/filing/registration/change_request_repository.h"
#include "services/filing/registration/change_settlement.h"

namespace tuoyu::filing {
namespace {

using v1::ChangeRequest;
using v1::ChangeRequestItem;

// The open request of the unit on the facility, or a new one that is not stored yet (without etag).
absl::StatusOr<ChangeRequest> OpenRequest(rpc::WriteContext& context, const Statement& statement,
                                          v1::ChangeRequestKind kind) {
  ASSIGN_OR_RETURN(std::vector<ChangeRequest> open,
                   LockOpenChangeRequests(context.transaction, statement.facility.id));
  for (ChangeRequest& request : open) {
    if (request.unit() == statement.unit && request.kind() == kind) return std::move(request);
  }
  const v1::FilingContent& content = LastSlice(statement.facility.timeline)->content();
  ChangeRequest request;
  request.set_name(ChangeRequestName(NewUuidV7(context.call.now)));
  request.set_kind(kind);
  request.set_state(v1::CHANGE_REQUEST_STATE_PENDING);
  request.set_facility(FacilityName(statement.facility.id));
  request.set_facility_name(content.name());
  request.set_division_code(content.division_code());
  request.set_unit(std::string(statement.unit));
  *request.mutable_opened_on() = ToProto(context.call.today);
  return request;
}

// Stores what the unit has said now, in a request that is open or new.
absl::StatusOr<ChangeRequest> Enter(rpc::WriteContext& context, const Statement& statement,
                                    ChangeRequest request) {
  const bool fresh = request.etag().empty();
  request.set_proposed_by(context.call.caller.subject);
  if (!statement.registration.empty()) {
    request.set_registration(std::string(statement.registration));
  }
  if (!statement.document.empty()) request.set_document_number(std::string(statement.document));
  Move(context.call, ChangeRequestEvent::kMerge, &request);
  if (fresh) {
    const absl::Status inserted = InsertChangeRequest(context.transaction, request);
    if (absl::IsAlreadyExists(inserted)) return rpc::Error("CONFLICT");
    RETURN_IF_ERROR(inserted);
  } else {
    RETURN_IF_ERROR(UpdateChangeRequest(context.transaction, request));
  }
  JournalChangeRequest(context, fresh ? "change_request.opened" : "change_request.merged", request);
  return request;
}

// Closes a request that the unit's later word has taken back; a new one comes to nothing.
absl::StatusOr<ChangeRequest> TakeBack(rpc::WriteContext& context, ChangeRequest request) {
  if (request.etag().empty()) return ChangeRequest();
  request.set_proposed_by(context.call.caller.subject);
  Move(context.call, ChangeRequestEvent::kCorrect, &request);
  RETURN_IF_ERROR(UpdateChangeRequest(context.transaction, request));
  JournalChangeRequest(context, "change_request.corrected", request);
  return ChangeRequest();
}

bool SameItems(const ChangeRequest& request, const std::vector<ChangeRequestItem>& items) {
  return absl::c_equal(request.items(), items,
                       [](const ChangeRequestItem& a, const ChangeRequestItem& b) {
                         return a.SerializeAsString() == b.SerializeAsString();
                       });
}

}  // namespace

absl::StatusOr<ChangeRequest> RaiseFields(rpc::WriteContext& context, const RegistrationDeps& deps,
                                          const Statement& statement,
                                          const std::vector<Claim>& claims) {
  const v1::FacilityVersion* slice = LastSlice(statement.facility.timeline);
  if (slice == nullptr || IsFinal(slice->state())) return ChangeRequest();
  const Claimant claimant{deps.ownership, deps.units, statement.unit};
  std::vector<ChangeRequestItem> items =
      DifferencesFrom(slice->content(), claims, claimant, context.call.today);
  ASSIGN_OR_RETURN(
      const std::vector<ChangeRequest> rejected,
      ReadRejectedChangeRequests(context.transaction, statement.facility.id, statement.unit));
  DropRejected(rejected, &items);
  ASSIGN_OR_RETURN(ChangeRequest request,
                   OpenRequest(context, statement, v1::CHANGE_REQUEST_KIND_FIELDS));
  items = MergedItems(request, claims, std::move(items));
  if (items.empty()) return TakeBack(context, std::move(request));
  if (!request.etag().empty() && SameItems(request, items)) return request;
  request.clear_items();
  for (ChangeRequestItem& item : items) *request.add_items() = std::move(item);
  return Enter(context, statement, std::move(request));
}

absl::StatusOr<ChangeRequest> RaiseEnding(rpc::WriteContext& context, const Statement& statement,
                                          const v1::Registration& registration) {
  const v1::FacilityVersion* slice = LastSlice(statement.facility.timeline);
  if (slice == nullptr || IsFinal(slice->state())) return ChangeRequest();
  ASSIGN_OR_RETURN(ChangeRequest request,
                   OpenRequest(context, statement, v1::CHANGE_REQUEST_KIND_REGISTRATION_ENDED));
  if (registration.state() == v1::REGISTRATION_STATE_STANDING) {
    return TakeBack(context, std::move(request));
  }
  const std::string ending =
      registration.state() == v1::REGISTRATION_STATE_REVOKED ? "REVOKED" : "CANCELLED";
  const auto same = [&](const ChangeRequest& other) {
    return other.kind() == request.kind() && other.ending() == ending &&
           other.ended_on().SerializeAsString() == registration.changed_on().SerializeAsString();
  };
  if (!request.etag().empty() && same(request)) return request;
  ASSIGN_OR_RETURN(
      const std::vector<ChangeRequest> rejected,
      ReadRejectedChangeRequests(context.transaction, statement.facility.id, statement.unit));
  if (absl::c_any_of(rejected, same)) return TakeBack(context, std::move(request));
  request.set_ending(ending);
  *request.mutable_ended_on() = registration.changed_on();
  return Enter(context, statement, std::move(request));
}

}  // namespace tuoyu::filing
