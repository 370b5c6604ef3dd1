#include "services/filing/registration/change_settlement.h"

#include <cstdint>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/filing/facility_projection.h"
#include "services/filing/registration/change_request_repository.h"
#include "services/filing/units/field_ownership.h"

namespace tuoyu::filing {
namespace {

using v1::ChangeRequest;

// Leaves the items that the content still says otherwise, with what it says. True if something changed.
bool LeaveDifferences(const v1::FilingContent& content, ChangeRequest* request) {
  ChangeRequest left = *request;
  left.clear_items();
  for (const v1::ChangeRequestItem& item : request->items()) {
    const std::string value = FieldText(content, item.field());
    if (SameFieldText(value, item.proposed_value())) continue;
    v1::ChangeRequestItem* kept = left.add_items();
    *kept = item;
    kept->set_register_value(value);
  }
  const bool changed = left.SerializeAsString() != request->SerializeAsString();
  *request = std::move(left);
  return changed;
}

}  // namespace

const v1::FacilityVersion* LastSlice(const Timeline& timeline) {
  return timeline.slices.empty() ? nullptr : &timeline.slices.back();
}

void Touch(const rpc::Call& call, ChangeRequest* request) {
  int64_t revision = 0;
  (void)absl::SimpleAtoi(request->etag(), &revision);  // empty for a new one
  request->set_etag(absl::StrCat(revision + 1));
  *request->mutable_record_time() = ToProto(call.now);
}

void Move(const rpc::Call& call, ChangeRequestEvent event, ChangeRequest* request) {
  request->set_state(Next(request->state(), event).value_or(request->state()));
  Touch(call, request);
  if (!IsOpen(request->state())) *request->mutable_closed_on() = ToProto(call.today);
}

void JournalChangeRequest(rpc::WriteContext& context, absl::string_view action,
                          const ChangeRequest& request) {
  v1::ChangeRequestChange change;
  *change.mutable_change_request() = request;
  rpc::AddEntry(context, action, request.name(), request.division_code(), context.call.today,
                change);
}

absl::Status SettleChangeRequests(rpc::WriteContext& context, const Timeline& timeline) {
  const v1::FacilityVersion* slice = LastSlice(timeline);
  if (slice == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::vector<ChangeRequest> requests,
                   LockOpenChangeRequests(context.transaction, FacilityId(timeline.facility)));
  for (ChangeRequest& request : requests) {
    const bool fields = request.kind() == v1::CHANGE_REQUEST_KIND_FIELDS;
    const bool fewer = fields && LeaveDifferences(slice->content(), &request);
    const bool settled = IsFinal(slice->state()) || (fields && request.items().empty());
    if (!settled && !fewer) continue;
    if (settled) {
      Move(context.call, ChangeRequestEvent::kFiled, &request);
    } else {
      // The facility has filed a part of it: what was decided on the rest stands.
      Touch(context.call, &request);
    }
    RETURN_IF_ERROR(UpdateChangeRequest(context.transaction, request));
    JournalChangeRequest(context, settled ? "change_request.resolved" : "change_request.merged",
                         request);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
