#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty_service.grpc.pb.h"

namespace tuoyu::inspection {

// PenaltyService: each method goes through the door to a function of penalty_acts.h, hearing_acts.h, execution_acts.h or penalty_reading.h. Thread-safe.
class PenaltyService final : public v1::PenaltyService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  PenaltyService(rpc::Door& door, const rpc::WriteDeps& writes, const InspectionDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status OpenPenaltyCase(grpc::ServerContext* context,
                               const v1::OpenPenaltyCaseRequest* request,
                               v1::PenaltyCase* reply) override;
  grpc::Status DecideOnTheSpot(grpc::ServerContext* context,
                               const v1::DecideOnTheSpotRequest* request,
                               v1::PenaltyCase* reply) override;
  grpc::Status DecidePenaltyOpening(grpc::ServerContext* context,
                                    const v1::DecidePenaltyOpeningRequest* request,
                                    v1::PenaltyCase* reply) override;
  grpc::Status NotifyPenalty(grpc::ServerContext* context, const v1::NotifyPenaltyRequest* request,
                             v1::PenaltyCase* reply) override;
  grpc::Status RecordStatement(grpc::ServerContext* context,
                               const v1::RecordStatementRequest* request,
                               v1::PenaltyCase* reply) override;
  grpc::Status AskHearing(grpc::ServerContext* context, const v1::AskHearingRequest* request,
                          v1::PenaltyCase* reply) override;
  grpc::Status CallHearing(grpc::ServerContext* context, const v1::CallHearingRequest* request,
                           v1::PenaltyCase* reply) override;
  grpc::Status RecordHearing(grpc::ServerContext* context, const v1::RecordHearingRequest* request,
                             v1::PenaltyCase* reply) override;
  grpc::Status RecordLegalReview(grpc::ServerContext* context,
                                 const v1::RecordLegalReviewRequest* request,
                                 v1::PenaltyCase* reply) override;
  grpc::Status DecidePenalty(grpc::ServerContext* context, const v1::DecidePenaltyRequest* request,
                             v1::PenaltyCase* reply) override;
  grpc::Status DropPenaltyCase(grpc::ServerContext* context,
                               const v1::DropPenaltyCaseRequest* request,
                               v1::PenaltyCase* reply) override;
  grpc::Status RecordDelivery(grpc::ServerContext* context,
                              const v1::RecordDeliveryRequest* request,
                              v1::PenaltyCase* reply) override;
  grpc::Status RecordPayment(grpc::ServerContext* context, const v1::RecordPaymentRequest* request,
                             v1::PenaltyCase* reply) override;
  grpc::Status RecordPaymentStay(grpc::ServerContext* context,
                                 const v1::RecordPaymentStayRequest* request,
                                 v1::PenaltyCase* reply) override;
  grpc::Status ClosePenaltyCase(grpc::ServerContext* context,
                                const v1::ClosePenaltyCaseRequest* request,
                                v1::PenaltyCase* reply) override;
  grpc::Status PublishPenalty(grpc::ServerContext* context,
                              const v1::PublishPenaltyRequest* request,
                              v1::PenaltyCase* reply) override;
  grpc::Status RecordDecisionPause(grpc::ServerContext* context,
                                   const v1::RecordDecisionPauseRequest* request,
                                   v1::PenaltyCase* reply) override;
  grpc::Status NoteAnnulment(grpc::ServerContext* context, const v1::NoteAnnulmentRequest* request,
                             v1::PenaltyCase* reply) override;
  grpc::Status RecordRefund(grpc::ServerContext* context, const v1::RecordRefundRequest* request,
                            v1::PenaltyCase* reply) override;
  grpc::Status AnnulPenalty(grpc::ServerContext* context, const v1::AnnulPenaltyRequest* request,
                            v1::PenaltyCase* reply) override;
  grpc::Status GetPenaltyCase(grpc::ServerContext* context,
                              const v1::GetPenaltyCaseRequest* request,
                              v1::PenaltyCase* reply) override;
  grpc::Status ListPenaltyCases(grpc::ServerContext* context,
                                const v1::ListPenaltyCasesRequest* request,
                                v1::ListPenaltyCasesResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_SERVICE_H_
