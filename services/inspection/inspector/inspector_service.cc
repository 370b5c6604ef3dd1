#include "services/inspection/inspector/inspector_service.h"

#include "common/rpc/handle_write.h"
#include "services/inspection/inspector/inspector_acts.h"

namespace tuoyu::inspection {

grpc::Status InspectorService::RecordInspector(grpc::ServerContext* context,
                                               const v1::RecordInspectorRequest* request,
                                               v1::Inspector* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordInspector);
}

grpc::Status InspectorService::UpdateInspector(grpc::ServerContext* context,
                                               const v1::UpdateInspectorRequest* request,
                                               v1::Inspector* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::UpdateInspector);
}

grpc::Status InspectorService::DeclareRecusal(grpc::ServerContext* context,
                                              const v1::DeclareRecusalRequest* request,
                                              v1::Inspector* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DeclareRecusal);
}

grpc::Status InspectorService::LiftRecusal(grpc::ServerContext* context,
                                           const v1::LiftRecusalRequest* request,
                                           v1::Inspector* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::LiftRecusal);
}

grpc::Status InspectorService::ListInspectors(grpc::ServerContext* context,
                                              const v1::ListInspectorsRequest* request,
                                              v1::ListInspectorsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListInspectors(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
