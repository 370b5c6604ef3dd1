#include "services/filing/mirror/mirror_service.h"

namespace tuoyu::filing {

grpc::Status MirrorService::GetMirror(grpc::ServerContext* context,
                                      const v1::GetMirrorRequest* request,
                                      v1::GetMirrorResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return reader_.Get(call, *request, reply); });
}

grpc::Status MirrorService::ListFacilityGaps(grpc::ServerContext* context,
                                             const v1::ListFacilityGapsRequest* request,
                                             v1::ListFacilityGapsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListFacilities(call, *request, reply);
  });
}

grpc::Status MirrorService::ListDivisionGaps(grpc::ServerContext* context,
                                             const v1::ListDivisionGapsRequest* request,
                                             v1::ListDivisionGapsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return reader_.ListDivisions(call, *request, reply);
  });
}

}  // namespace tuoyu::filing
