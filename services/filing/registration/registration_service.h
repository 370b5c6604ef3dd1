#ifndef TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_SERVICE_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registration/registration_deps.h"
#include "tuoyu/filing/v1/registration_service.grpc.pb.h"

namespace tuoyu::filing {

// RegistrationService: each method goes through the door to a function of registration_acts.h. Thread-safe.
class RegistrationService final : public v1::RegistrationService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  RegistrationService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistrationDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status PushRegistrations(grpc::ServerContext* context,
                                 const v1::PushRegistrationsRequest* request,
                                 v1::PushRegistrationsResponse* reply) override;
  grpc::Status GetRegistration(grpc::ServerContext* context,
                               const v1::GetRegistrationRequest* request,
                               v1::GetRegistrationResponse* reply) override;
  grpc::Status ListRegistrations(grpc::ServerContext* context,
                                 const v1::ListRegistrationsRequest* request,
                                 v1::ListRegistrationsResponse* reply) override;
  grpc::Status ListUnfiledRegistrations(grpc::ServerContext* context,
                                        const v1::ListUnfiledRegistrationsRequest* request,
                                        v1::ListUnfiledRegistrationsResponse* reply) override;
  grpc::Status RecordContact(grpc::ServerContext* context, const v1::RecordContactRequest* request,
                             v1::RegistrationContact* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistrationDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_REGISTRATION_SERVICE_H_
