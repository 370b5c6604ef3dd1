#ifndef TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_ACTS_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registration/registration_deps.h"
#include "tuoyu/filing/v1/registration_service.pb.h"

// The methods of RegistrationService, which documents their errors. Writes work inside the caller's write transaction.
namespace tuoyu::filing {

absl::Status PushRegistrations(rpc::WriteContext& context, const RegistrationDeps& deps,
                               const v1::PushRegistrationsRequest& request,
                               v1::PushRegistrationsResponse* reply);
// What stands against a push by its content alone; changes nothing and reads nothing.
absl::Status CheckPush(const rpc::Call& call, const RegistrationDeps& deps,
                       const v1::PushRegistrationsRequest& request,
                       v1::PushRegistrationsResponse* reply);
absl::Status RecordContact(rpc::WriteContext& context, const RegistrationDeps& deps,
                           const v1::RecordContactRequest& request, v1::RegistrationContact* reply);
absl::Status GetRegistration(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                             const v1::GetRegistrationRequest& request,
                             v1::GetRegistrationResponse* reply);
absl::Status ListRegistrations(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                               const v1::ListRegistrationsRequest& request,
                               v1::ListRegistrationsResponse* reply);
absl::Status ListUnfiledRegistrations(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                                      const v1::ListUnfiledRegistrationsRequest& request,
                                      v1::ListUnfiledRegistrationsResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_ACTS_H_
