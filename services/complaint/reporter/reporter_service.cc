#include "services/complaint/reporter/reporter_service.h"

#include "common/rpc/handle_write.h"
#include "services/complaint/reporter/unmasking_acts.h"

namespace tuoyu::complaint {

grpc::Status ReporterService::AskUnmasking(grpc::ServerContext* context,
                                           const v1::AskUnmaskingRequest* request,
                                           v1::Unmasking* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::AskUnmasking);
}

grpc::Status ReporterService::DecideUnmasking(grpc::ServerContext* context,
                                              const v1::DecideUnmaskingRequest* request,
                                              v1::Unmasking* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::DecideUnmasking);
}

grpc::Status ReporterService::ReadReporters(grpc::ServerContext* context,
                                            const v1::ReadReportersRequest* request,
                                            v1::ReadReportersResponse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::ReadReporters);
}

grpc::Status ReporterService::ListUnmaskings(grpc::ServerContext* context,
                                             const v1::ListUnmaskingsRequest* request,
                                             v1::ListUnmaskingsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListUnmaskings(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::complaint
