#include "services/filing/quality/quality_service.h"

#include "services/filing/quality/demonstration_acts.h"
#include "services/filing/registry_write.h"

namespace tuoyu::filing {

grpc::Status QualityService::RecordDemonstration(grpc::ServerContext* context,
                                                 const v1::RecordDemonstrationRequest* request,
                                                 v1::Demonstration* reply) {
  return HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordDemonstration);
}

grpc::Status QualityService::RecordReevaluation(grpc::ServerContext* context,
                                                const v1::RecordReevaluationRequest* request,
                                                v1::Demonstration* reply) {
  return HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordReevaluation);
}

grpc::Status QualityService::RevokeDemonstration(grpc::ServerContext* context,
                                                 const v1::RevokeDemonstrationRequest* request,
                                                 v1::Demonstration* reply) {
  return HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RevokeDemonstration);
}

grpc::Status QualityService::ListDemonstrations(grpc::ServerContext* context,
                                                const v1::ListDemonstrationsRequest* request,
                                                v1::ListDemonstrationsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListDemonstrations(call, writes_.pool, *request, reply);
  });
}

}  // namespace tuoyu::filing
