#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_SETTLEMENT_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_SETTLEMENT_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/filing/facility_timeline.h"
#include "services/filing/registration/change_request_states.h"
#include "tuoyu/filing/v1/change_request.pb.h"

// What becomes of change requests when the register changes. The registry calls it with every act on a facility, so it knows
// nothing of the registry but the history of that facility.
namespace tuoyu::filing {

// Takes off the open requests of the facility what its history says now, counting what is decided for a later day, and
// closes those of which nothing is left, and all of them when the facility has ended. Journal: change_request.resolved,
// change_request.merged. Errors: those of db::Transaction.
absl::Status SettleChangeRequests(rpc::WriteContext& context, const Timeline& timeline);

// The last slice of the history: what is decided, whether it holds already or not; null for an empty one.
const v1::FacilityVersion* LastSlice(const Timeline& timeline);

// Gives a request the next etag and the time of the call.
void Touch(const rpc::Call& call, v1::ChangeRequest* request);
// The same, and moves it by an event its state allows; it is closed when the state is final.
void Move(const rpc::Call& call, ChangeRequestEvent event, v1::ChangeRequest* request);
// Adds the journal entry of a request that was opened or changed.
void JournalChangeRequest(rpc::WriteContext& context, absl::string_view action,
                          const v1::ChangeRequest& request);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_SETTLEMENT_H_
