#ifndef TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/inspector_service.pb.h"

// The methods of InspectorService between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status RecordInspector(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::RecordInspectorRequest& request, v1::Inspector* reply);
absl::Status UpdateInspector(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::UpdateInspectorRequest& request, v1::Inspector* reply);
absl::Status DeclareRecusal(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::DeclareRecusalRequest& request, v1::Inspector* reply);
absl::Status LiftRecusal(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::LiftRecusalRequest& request, v1::Inspector* reply);
absl::Status ListInspectors(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                            const v1::ListInspectorsRequest& request,
                            v1::ListInspectorsResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_ACTS_H_
