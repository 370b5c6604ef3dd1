#include "services/filing/registration/registration_service.h"

#include "common/base/status.h"
#include "common/rpc/handle_write.h"
#include "services/filing/registration/registration_acts.h"

namespace tuoyu::filing {

grpc::Status RegistrationService::PushRegistrations(grpc::ServerContext* context,
                                                    const v1::PushRegistrationsRequest* request,
                                                    v1::PushRegistrationsResponse* reply) {
  if (request->validate_only()) {
    return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
      return CheckPush(call, deps_, *request, reply);
    });
  }
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::PushRegistrations);
}

grpc::Status RegistrationService::GetRegistration(grpc::ServerContext* context,
                                                  const v1::GetRegistrationRequest* request,
                                                  v1::GetRegistrationResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::GetRegistration(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status RegistrationService::ListRegistrations(grpc::ServerContext* context,
                                                    const v1::ListRegistrationsRequest* request,
                                                    v1::ListRegistrationsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListRegistrations(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status RegistrationService::ListUnfiledRegistrations(
    grpc::ServerContext* context, const v1::ListUnfiledRegistrationsRequest* request,
    v1::ListUnfiledRegistrationsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListUnfiledRegistrations(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status RegistrationService::RecordContact(grpc::ServerContext* context,
                                                const v1::RecordContactRequest* request,
                                                v1::RegistrationContact* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordContact);
}

}  // namespace tuoyu::filing
