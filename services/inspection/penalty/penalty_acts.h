#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

// The writing methods of PenaltyService from the proposal to the decision, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status OpenPenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::OpenPenaltyCaseRequest& request, v1::PenaltyCase* reply);
absl::Status DecideOnTheSpot(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DecideOnTheSpotRequest& request, v1::PenaltyCase* reply);
absl::Status DecidePenaltyOpening(rpc::WriteContext& context, const InspectionDeps& deps,
                                  const v1::DecidePenaltyOpeningRequest& request,
                                  v1::PenaltyCase* reply);
absl::Status NotifyPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::NotifyPenaltyRequest& request, v1::PenaltyCase* reply);
absl::Status DecidePenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::DecidePenaltyRequest& request, v1::PenaltyCase* reply);
absl::Status DropPenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DropPenaltyCaseRequest& request, v1::PenaltyCase* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ACTS_H_
