#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_READING_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// What is read of visits and findings; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status GetVisit(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                      const v1::GetVisitRequest& request, v1::Visit* reply);
absl::Status ListVisits(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                        const v1::ListVisitsRequest& request, v1::ListVisitsResponse* reply);
absl::Status ListFindings(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                          const v1::ListFindingsRequest& request, v1::ListFindingsResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_READING_H_
