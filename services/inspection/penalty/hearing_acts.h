#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_HEARING_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_HEARING_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

// The writing methods of PenaltyService between the notice and the decision, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status RecordStatement(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::RecordStatementRequest& request, v1::PenaltyCase* reply);
absl::Status AskHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::AskHearingRequest& request, v1::PenaltyCase* reply);
absl::Status CallHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::CallHearingRequest& request, v1::PenaltyCase* reply);
absl::Status RecordHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::RecordHearingRequest& request, v1::PenaltyCase* reply);
absl::Status RecordDecisionPause(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const v1::RecordDecisionPauseRequest& request,
                                 v1::PenaltyCase* reply);
absl::Status RecordLegalReview(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::RecordLegalReviewRequest& request, v1::PenaltyCase* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_HEARING_ACTS_H_
