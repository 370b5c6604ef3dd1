#include "services/filing/registration/change_request_service.h"

#include "common/rpc/handle_write.h"
#include "services/filing/registration/change_request_acts.h"

namespace tuoyu::filing {

grpc::Status ChangeRequestService::ProposeChange(grpc::ServerContext* context,
                                                 const v1::ProposeChangeRequest* request,
                                                 v1::ChangeRequest* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::ProposeChange);
}

grpc::Status ChangeRequestService::GetChangeRequest(grpc::ServerContext* context,
                                                    const v1::GetChangeRequestRequest* request,
                                                    v1::ChangeRequest* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::GetChangeRequest(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ChangeRequestService::ListChangeRequests(grpc::ServerContext* context,
                                                      const v1::ListChangeRequestsRequest* request,
                                                      v1::ListChangeRequestsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListChangeRequests(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ChangeRequestService::DecideChangeRequest(
    grpc::ServerContext* context, const v1::DecideChangeRequestRequest* request,
    v1::ChangeRequest* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::DecideChangeRequest);
}

grpc::Status ChangeRequestService::GetFieldOwnership(grpc::ServerContext* context,
                                                     const v1::GetFieldOwnershipRequest* request,
                                                     v1::FieldOwnershipFile* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call&) {
    *reply = deps_.ownership.file();
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
