#ifndef TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_SERVICE_H_
#define TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registration/registration_deps.h"
#include "tuoyu/filing/v1/change_request_service.grpc.pb.h"

namespace tuoyu::filing {

// ChangeRequestService: each method goes through the door to a function of change_request_acts.h. Thread-safe.
class ChangeRequestService final : public v1::ChangeRequestService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  ChangeRequestService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistrationDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status ProposeChange(grpc::ServerContext* context, const v1::ProposeChangeRequest* request,
                             v1::ChangeRequest* reply) override;
  grpc::Status GetChangeRequest(grpc::ServerContext* context,
                                const v1::GetChangeRequestRequest* request,
                                v1::ChangeRequest* reply) override;
  grpc::Status ListChangeRequests(grpc::ServerContext* context,
                                  const v1::ListChangeRequestsRequest* request,
                                  v1::ListChangeRequestsResponse* reply) override;
  grpc::Status DecideChangeRequest(grpc::ServerContext* context,
                                   const v1::DecideChangeRequestRequest* request,
                                   v1::ChangeRequest* reply) override;
  grpc::Status GetFieldOwnership(grpc::ServerContext* context,
                                 const v1::GetFieldOwnershipRequest* request,
                                 v1::FieldOwnershipFile* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistrationDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRATION_CHANGE_REQUEST_SERVICE_H_
