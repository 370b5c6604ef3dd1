#ifndef TUOYU_SERVICES_INSPECTION_VISIT_FINDING_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_FINDING_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// The writing methods of VisitService about findings, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status ReportCorrection(rpc::WriteContext& context, const InspectionDeps& deps,
                              const v1::ReportCorrectionRequest& request, v1::Visit* reply);
absl::Status AskExtension(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::AskExtensionRequest& request, v1::Visit* reply);
absl::Status DecideExtension(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DecideExtensionRequest& request, v1::Visit* reply);
absl::Status RecheckFinding(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::RecheckFindingRequest& request, v1::Visit* reply);
absl::Status WithdrawFinding(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::WithdrawFindingRequest& request, v1::Visit* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_FINDING_ACTS_H_
