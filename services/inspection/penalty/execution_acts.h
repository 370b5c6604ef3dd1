#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_EXECUTION_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_EXECUTION_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty_service.pb.h"

// The writing methods of PenaltyService after the decision, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status RecordDelivery(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::RecordDeliveryRequest& request, v1::PenaltyCase* reply);
absl::Status RecordPayment(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::RecordPaymentRequest& request, v1::PenaltyCase* reply);
absl::Status RecordPaymentStay(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::RecordPaymentStayRequest& request, v1::PenaltyCase* reply);
absl::Status ClosePenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                              const v1::ClosePenaltyCaseRequest& request, v1::PenaltyCase* reply);
absl::Status PublishPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::PublishPenaltyRequest& request, v1::PenaltyCase* reply);
absl::Status NoteAnnulment(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::NoteAnnulmentRequest& request, v1::PenaltyCase* reply);
absl::Status RecordRefund(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::RecordRefundRequest& request, v1::PenaltyCase* reply);
absl::Status AnnulPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::AnnulPenaltyRequest& request, v1::PenaltyCase* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_EXECUTION_ACTS_H_
