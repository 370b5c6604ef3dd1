#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_READING_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

// What is read of penalty cases; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status GetPenaltyCase(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                            const v1::GetPenaltyCaseRequest& request, v1::PenaltyCase* reply);
absl::Status ListPenaltyCases(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                              const v1::ListPenaltyCasesRequest& request,
                              v1::ListPenaltyCasesResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_READING_H_
