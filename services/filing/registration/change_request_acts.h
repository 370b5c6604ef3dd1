#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_ACTS_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registration/registration_deps.h"
#include "tuoyu/filing/v1/change_request_service.pb.h"

// The methods of ChangeRequestService, which documents their errors. Writes work inside the caller's write transaction.
namespace tuoyu::filing {

absl::Status ProposeChange(rpc::WriteContext& context, const RegistrationDeps& deps,
                           const v1::ProposeChangeRequest& request, v1::ChangeRequest* reply);
absl::Status DecideChangeRequest(rpc::WriteContext& context, const RegistrationDeps& deps,
                                 const v1::DecideChangeRequestRequest& request,
                                 v1::ChangeRequest* reply);
absl::Status GetChangeRequest(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                              const v1::GetChangeRequestRequest& request, v1::ChangeRequest* reply);
absl::Status ListChangeRequests(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                                const v1::ListChangeRequestsRequest& request,
                                v1::ListChangeRequestsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_ACTS_H_
