#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"

// The methods of DrawService between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status CommitDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::CommitDrawRequest& request, v1::Draw* reply);
absl::Status FreezeDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::FreezeDrawRequest& request, v1::Draw* reply);
absl::Status PerformDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::PerformDrawRequest& request, v1::Draw* reply);
absl::Status CancelDraw(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::CancelDrawRequest& request, v1::Draw* reply);
absl::Status GetDraw(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                     const v1::GetDrawRequest& request, v1::Draw* reply);
absl::Status ListDraws(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                       const v1::ListDrawsRequest& request, v1::ListDrawsResponse* reply);
absl::Status ReadDrawRecord(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                            const v1::ReadDrawRecordRequest& request,
                            v1::ReadDrawRecordResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_ACTS_H_
