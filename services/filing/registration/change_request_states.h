#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_STATES_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_STATES_H_

#include "absl/types/optional.h"
#include "tuoyu/filing/v1/change_request.pb.h"

// The life of a change request (变更提请状态): one table of state × event, in change_request_states.cc.
namespace tuoyu::filing {

// What happens to a change request.
enum class ChangeRequestEvent {
  kApply,    // an officer takes it up: the facility is asked to file
  kReject,   // an officer rejects it
  kReturn,   // an officer returns it to the unit
  kMerge,    // the unit says something else
  kFiled,    // the register says the same now
  kCorrect,  // the unit says what the register says
};

// The state after the event; nothing where the table has none.
absl::optional<v1::ChangeRequestState> Next(v1::ChangeRequestState state, ChangeRequestEvent event);

// PENDING and ASKED.
bool IsOpen(v1::ChangeRequestState state);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_STATES_H_
