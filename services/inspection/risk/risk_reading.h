#ifndef TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_
#define TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/registry/known_facility.h"
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

// The risk levels of facilities as they are today, in their order; `only_public`: as they follow from what anyone may know (risk_repository.h).
absl::StatusOr<std::vector<v1::FacilityRisk>> RisksOf(
    db::Transaction& transaction, const std::vector<registry::KnownFacility>& facilities,
    const v1::InspectionRules& rules, absl::CivilDay today, bool only_public);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RISK_RISK_READING_H_
