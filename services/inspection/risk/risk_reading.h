#ifndef TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_
#define TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/risk_service.pb.h"

// What is read of risk levels; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status GetFacilityRisk(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                             const v1::GetFacilityRiskRequest& request, v1::FacilityRisk* reply);
absl::Status ListFacilityRisks(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                               const v1::ListFacilityRisksRequest& request,
                               v1::ListFacilityRisksResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_
