#ifndef TUOYU_SERVICES_INSPECTION_RISK_RISK_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_RISK_RISK_SERVICE_H_

#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/risk_service.grpc.pb.h"

namespace tuoyu::inspection {

// RiskService: each method goes through the door to a function of risk_reading.h. Thread-safe.
class RiskService final : public v1::RiskService::Service {
 public:
  // All references, those inside `deps` too, must outlive this. `door` must know the service's descriptor.
  RiskService(rpc::Door& door, db::Pool& pool, const InspectionDeps& deps)
      : door_(door), pool_(pool), deps_(deps) {}

  grpc::Status GetFacilityRisk(grpc::ServerContext* context,
                               const v1::GetFacilityRiskRequest* request,
                               v1::FacilityRisk* reply) override;
  grpc::Status ListFacilityRisks(grpc::ServerContext* context,
                                 const v1::ListFacilityRisksRequest* request,
                                 v1::ListFacilityRisksResponse* reply) override;

 private:
  rpc::Door& door_;
  db::Pool& pool_;
  const InspectionDeps deps_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RISK_RISK_SERVICE_H_
