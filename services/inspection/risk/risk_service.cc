#include "services/inspection/risk/risk_service.h"

#include "services/inspection/risk/risk_reading.h"

namespace tuoyu::inspection {

grpc::Status RiskService::GetFacilityRisk(grpc::ServerContext* context,
                                          const v1::GetFacilityRiskRequest* request,
                                          v1::FacilityRisk* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::GetFacilityRisk(call, pool_, deps_, *request, reply);
  });
}

grpc::Status RiskService::ListFacilityRisks(grpc::ServerContext* context,
                                            const v1::ListFacilityRisksRequest* request,
                                            v1::ListFacilityRisksResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListFacilityRisks(call, pool_, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
