#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.grpc.pb.h"

namespace tuoyu::complaint {

// CaseService: each method goes through the door to a function of case_acts.h, case_part_acts.h, clock_acts.h, recheck_acts.h, inspection/inspection_acts.h or case_reading.h. Thread-safe.
class CaseService final : public v1::CaseService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  CaseService(rpc::Door& door, const rpc::WriteDeps& writes, const ComplaintDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status AcceptCase(grpc::ServerContext* context, const v1::AcceptCaseRequest* request,
                          v1::Case* reply) override;
  grpc::Status RefuseCase(grpc::ServerContext* context, const v1::RefuseCaseRequest* request,
                          v1::Case* reply) override;
  grpc::Status TransferCase(grpc::ServerContext* context, const v1::TransferCaseRequest* request,
                            v1::Case* reply) override;
  grpc::Status ReturnCase(grpc::ServerContext* context, const v1::ReturnCaseRequest* request,
                          v1::Case* reply) override;
  grpc::Status SettleCompetence(grpc::ServerContext* context,
                                const v1::SettleCompetenceRequest* request,
                                v1::Case* reply) override;
  grpc::Status DecideCase(grpc::ServerContext* context, const v1::DecideCaseRequest* request,
                          v1::Case* reply) override;
  grpc::Status TellDecision(grpc::ServerContext* context, const v1::TellDecisionRequest* request,
                            v1::Case* reply) override;
  grpc::Status AssignCase(grpc::ServerContext* context, const v1::AssignCaseRequest* request,
                          v1::Case* reply) override;
  grpc::Status SplitCase(grpc::ServerContext* context, const v1::SplitCaseRequest* request,
                         v1::Case* reply) override;
  grpc::Status MergeCase(grpc::ServerContext* context, const v1::MergeCaseRequest* request,
                         v1::Case* reply) override;
  grpc::Status DiscloseCase(grpc::ServerContext* context, const v1::DiscloseCaseRequest* request,
                            v1::Case* reply) override;
  grpc::Status StartMediation(grpc::ServerContext* context,
                              const v1::StartMediationRequest* request, v1::Case* reply) override;
  grpc::Status PauseClock(grpc::ServerContext* context, const v1::PauseClockRequest* request,
                          v1::Case* reply) override;
  grpc::Status ResumeClock(grpc::ServerContext* context, const v1::ResumeClockRequest* request,
                           v1::Case* reply) override;
  grpc::Status ExtendClock(grpc::ServerContext* context, const v1::ExtendClockRequest* request,
                           v1::Case* reply) override;
  grpc::Status RecordEmergencyAction(grpc::ServerContext* context,
                                     const v1::RecordEmergencyActionRequest* request,
                                     v1::Case* reply) override;
  grpc::Status RecordMandatoryReport(grpc::ServerContext* context,
                                     const v1::RecordMandatoryReportRequest* request,
                                     v1::Case* reply) override;
  grpc::Status ResolveCase(grpc::ServerContext* context, const v1::ResolveCaseRequest* request,
                           v1::Case* reply) override;
  grpc::Status ReplyCase(grpc::ServerContext* context, const v1::ReplyCaseRequest* request,
                         v1::Case* reply) override;
  grpc::Status AnswerRecheck(grpc::ServerContext* context, const v1::AnswerRecheckRequest* request,
                             v1::Case* reply) override;
  grpc::Status BackEnterCases(grpc::ServerContext* context,
                              const v1::BackEnterCasesRequest* request,
                              v1::BackEnterCasesResponse* reply) override;
  grpc::Status AskInspection(grpc::ServerContext* context, const v1::AskInspectionRequest* request,
                             v1::Case* reply) override;
  grpc::Status GetCaseChain(grpc::ServerContext* context, const v1::GetCaseChainRequest* request,
                            v1::CaseChain* reply) override;
  grpc::Status GetCase(grpc::ServerContext* context, const v1::GetCaseRequest* request,
                       v1::Case* reply) override;
  grpc::Status ListCases(grpc::ServerContext* context, const v1::ListCasesRequest* request,
                         v1::ListCasesResponse* reply) override;
  grpc::Status ListDisclosedCases(grpc::ServerContext* context,
                                  const v1::ListDisclosedCasesRequest* request,
                                  v1::ListDisclosedCasesResponse* reply) override;
  grpc::Status StateFacility(grpc::ServerContext* context, const v1::StateFacilityRequest* request,
                             v1::DisclosedCase* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_SERVICE_H_
