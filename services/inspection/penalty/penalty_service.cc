#include "services/inspection/penalty/penalty_service.h"

#include "common/rpc/handle_write.h"
#include "services/inspection/penalty/execution_acts.h"
#include "services/inspection/penalty/hearing_acts.h"
#include "services/inspection/penalty/penalty_acts.h"
#include "services/inspection/penalty/penalty_reading.h"

namespace tuoyu::inspection {

grpc::Status PenaltyService::OpenPenaltyCase(grpc::ServerContext* context,
                                             const v1::OpenPenaltyCaseRequest* request,
                                             v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::OpenPenaltyCase);
}

grpc::Status PenaltyService::DecideOnTheSpot(grpc::ServerContext* context,
                                             const v1::DecideOnTheSpotRequest* request,
                                             v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DecideOnTheSpot);
}

grpc::Status PenaltyService::DecidePenaltyOpening(grpc::ServerContext* context,
                                                  const v1::DecidePenaltyOpeningRequest* request,
                                                  v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DecidePenaltyOpening);
}

grpc::Status PenaltyService::NotifyPenalty(grpc::ServerContext* context,
                                           const v1::NotifyPenaltyRequest* request,
                                           v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::NotifyPenalty);
}

grpc::Status PenaltyService::RecordStatement(grpc::ServerContext* context,
                                             const v1::RecordStatementRequest* request,
                                             v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordStatement);
}

grpc::Status PenaltyService::AskHearing(grpc::ServerContext* context,
                                        const v1::AskHearingRequest* request,
                                        v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::AskHearing);
}

grpc::Status PenaltyService::CallHearing(grpc::ServerContext* context,
                                         const v1::CallHearingRequest* request,
                                         v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::CallHearing);
}

grpc::Status PenaltyService::RecordHearing(grpc::ServerContext* context,
                                           const v1::RecordHearingRequest* request,
                                           v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordHearing);
}

grpc::Status PenaltyService::RecordLegalReview(grpc::ServerContext* context,
                                               const v1::RecordLegalReviewRequest* request,
                                               v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordLegalReview);
}

grpc::Status PenaltyService::DecidePenalty(grpc::ServerContext* context,
                                           const v1::DecidePenaltyRequest* request,
                                           v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DecidePenalty);
}

grpc::Status PenaltyService::DropPenaltyCase(grpc::ServerContext* context,
                                             const v1::DropPenaltyCaseRequest* request,
                                             v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DropPenaltyCase);
}

grpc::Status PenaltyService::RecordDelivery(grpc::ServerContext* context,
                                            const v1::RecordDeliveryRequest* request,
                                            v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordDelivery);
}

grpc::Status PenaltyService::RecordPayment(grpc::ServerContext* context,
                                           const v1::RecordPaymentRequest* request,
                                           v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordPayment);
}

grpc::Status PenaltyService::RecordPaymentStay(grpc::ServerContext* context,
                                               const v1::RecordPaymentStayRequest* request,
                                               v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordPaymentStay);
}

grpc::Status PenaltyService::ClosePenaltyCase(grpc::ServerContext* context,
                                              const v1::ClosePenaltyCaseRequest* request,
                                              v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::ClosePenaltyCase);
}

grpc::Status PenaltyService::PublishPenalty(grpc::ServerContext* context,
                                            const v1::PublishPenaltyRequest* request,
                                            v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::PublishPenalty);
}

grpc::Status PenaltyService::RecordDecisionPause(grpc::ServerContext* context,
                                                 const v1::RecordDecisionPauseRequest* request,
                                                 v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordDecisionPause);
}

grpc::Status PenaltyService::NoteAnnulment(grpc::ServerContext* context,
                                           const v1::NoteAnnulmentRequest* request,
                                           v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::NoteAnnulment);
}

grpc::Status PenaltyService::RecordRefund(grpc::ServerContext* context,
                                          const v1::RecordRefundRequest* request,
                                          v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecordRefund);
}

grpc::Status PenaltyService::AnnulPenalty(grpc::ServerContext* context,
                                          const v1::AnnulPenaltyRequest* request,
                                          v1::PenaltyCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::AnnulPenalty);
}

grpc::Status PenaltyService::GetPenaltyCase(grpc::ServerContext* context,
                                            const v1::GetPenaltyCaseRequest* request,
                                            v1::PenaltyCase* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::GetPenaltyCase(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status PenaltyService::ListPenaltyCases(grpc::ServerContext* context,
                                              const v1::ListPenaltyCasesRequest* request,
                                              v1::ListPenaltyCasesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListPenaltyCases(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
