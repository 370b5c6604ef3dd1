#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RAISING_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RAISING_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/filing/facility_projection.h"
#include "services/filing/registration/change_request_rules.h"
#include "services/filing/registration/registration_deps.h"
#include "tuoyu/filing/v1/change_request.pb.h"
#include "tuoyu/filing/v1/registration.pb.h"

// How change requests come about. The facility's row is locked by the caller, so that the register does not change meanwhile.
namespace tuoyu::filing {

// What a unit says of a facility.
struct Statement {
  const FacilityRecord& facility;
  absl::string_view unit;          // code
  absl::string_view registration;  // `registrations/{id}`; empty when proposed by hand
  absl::string_view document;      // when proposed by hand
};

// Opens a request where the claims differ from what is decided on the facility, joins the open one, or closes it when
// nothing is left of it. The open request then; without etag when there is none. Journal: change_request.opened,
// change_request.merged, change_request.corrected. Errors: those of db::Transaction; ABORTED CONFLICT.
absl::StatusOr<v1::ChangeRequest> RaiseFields(rpc::WriteContext& context,
                                              const RegistrationDeps& deps,
                                              const Statement& statement,
                                              const std::vector<Claim>& claims);

// The same for the end of a registration; one that stands again takes the request back.
absl::StatusOr<v1::ChangeRequest> RaiseEnding(rpc::WriteContext& context,
                                              const Statement& statement,
                                              const v1::Registration& registration);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_RAISING_H_
