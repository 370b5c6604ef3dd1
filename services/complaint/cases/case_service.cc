#include "services/complaint/cases/case_service.h"

#include "common/rpc/handle_write.h"
#include "services/complaint/cases/back_entry_acts.h"
#include "services/complaint/cases/case_acts.h"
#include "services/complaint/cases/case_part_acts.h"
#include "services/complaint/cases/case_reading.h"
#include "services/complaint/cases/clock_acts.h"
#include "services/complaint/cases/recheck_acts.h"
#include "services/complaint/inspection/inspection_acts.h"

namespace tuoyu::complaint {

grpc::Status CaseService::AcceptCase(grpc::ServerContext* context,
                                     const v1::AcceptCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::AcceptCase);
}

grpc::Status CaseService::RefuseCase(grpc::ServerContext* context,
                                     const v1::RefuseCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::RefuseCase);
}

grpc::Status CaseService::TransferCase(grpc::ServerContext* context,
                                       const v1::TransferCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::TransferCase);
}

grpc::Status CaseService::ReturnCase(grpc::ServerContext* context,
                                     const v1::ReturnCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ReturnCase);
}

grpc::Status CaseService::SettleCompetence(grpc::ServerContext* context,
                                           const v1::SettleCompetenceRequest* request,
                                           v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::SettleCompetence);
}

grpc::Status CaseService::DecideCase(grpc::ServerContext* context,
                                     const v1::DecideCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::DecideCase);
}

grpc::Status CaseService::TellDecision(grpc::ServerContext* context,
                                       const v1::TellDecisionRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::TellDecision);
}

grpc::Status CaseService::AssignCase(grpc::ServerContext* context,
                                     const v1::AssignCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::AssignCase);
}

grpc::Status CaseService::SplitCase(grpc::ServerContext* context,
                                    const v1::SplitCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::SplitCase);
}

grpc::Status CaseService::MergeCase(grpc::ServerContext* context,
                                    const v1::MergeCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::MergeCase);
}

grpc::Status CaseService::DiscloseCase(grpc::ServerContext* context,
                                       const v1::DiscloseCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::DiscloseCase);
}

grpc::Status CaseService::StartMediation(grpc::ServerContext* context,
                                         const v1::StartMediationRequest* request,
                                         v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::StartMediation);
}

grpc::Status CaseService::PauseClock(grpc::ServerContext* context,
                                     const v1::PauseClockRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::PauseClock);
}

grpc::Status CaseService::ResumeClock(grpc::ServerContext* context,
                                      const v1::ResumeClockRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ResumeClock);
}

grpc::Status CaseService::ExtendClock(grpc::ServerContext* context,
                                      const v1::ExtendClockRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ExtendClock);
}

grpc::Status CaseService::RecordEmergencyAction(grpc::ServerContext* context,
                                                const v1::RecordEmergencyActionRequest* request,
                                                v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::RecordEmergencyAction);
}

grpc::Status CaseService::RecordMandatoryReport(grpc::ServerContext* context,
                                                const v1::RecordMandatoryReportRequest* request,
                                                v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::RecordMandatoryReport);
}

grpc::Status CaseService::ResolveCase(grpc::ServerContext* context,
                                      const v1::ResolveCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ResolveCase);
}

grpc::Status CaseService::ReplyCase(grpc::ServerContext* context,
                                    const v1::ReplyCaseRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ReplyCase);
}

grpc::Status CaseService::AnswerRecheck(grpc::ServerContext* context,
                                        const v1::AnswerRecheckRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::AnswerRecheck);
}

grpc::Status CaseService::BackEnterCases(grpc::ServerContext* context,
                                         const v1::BackEnterCasesRequest* request,
                                         v1::BackEnterCasesResponse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::BackEnterCases);
}

grpc::Status CaseService::AskInspection(grpc::ServerContext* context,
                                        const v1::AskInspectionRequest* request, v1::Case* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::AskInspection);
}

grpc::Status CaseService::GetCaseChain(grpc::ServerContext* context,
                                       const v1::GetCaseChainRequest* request,
                                       v1::CaseChain* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::GetCaseChain(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status CaseService::GetCase(grpc::ServerContext* context, const v1::GetCaseRequest* request,
                                  v1::Case* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::GetCase(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status CaseService::ListCases(grpc::ServerContext* context,
                                    const v1::ListCasesRequest* request,
                                    v1::ListCasesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListCases(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status CaseService::ListDisclosedCases(grpc::ServerContext* context,
                                             const v1::ListDisclosedCasesRequest* request,
                                             v1::ListDisclosedCasesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListDisclosedCases(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status CaseService::StateFacility(grpc::ServerContext* context,
                                        const v1::StateFacilityRequest* request,
                                        v1::DisclosedCase* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::StateFacility);
}

}  // namespace tuoyu::complaint
