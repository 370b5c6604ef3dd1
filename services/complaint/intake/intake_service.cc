#include "services/complaint/intake/intake_service.h"

#include "common/base/status.h"
#include "common/rpc/handle_write.h"
#include "common/rpc/list_request.h"
#include "services/complaint/cases/recheck_acts.h"
#include "services/complaint/intake/follow_acts.h"
#include "services/complaint/intake/intake_acts.h"

namespace tuoyu::complaint {

grpc::Status IntakeService::FileComplaint(grpc::ServerContext* context,
                                          const v1::FileComplaintRequest* request,
                                          v1::FileComplaintResponse* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::FileComplaint);
}

grpc::Status IntakeService::RegisterComplaint(grpc::ServerContext* context,
                                              const v1::RegisterComplaintRequest* request,
                                              v1::FileComplaintResponse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::RegisterComplaint);
}

grpc::Status IntakeService::ListSimilarCases(grpc::ServerContext* context,
                                             const v1::ListSimilarCasesRequest* request,
                                             v1::ListSimilarCasesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListSimilarCases(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status IntakeService::JoinCase(grpc::ServerContext* context,
                                     const v1::JoinCaseRequest* request,
                                     v1::FileComplaintResponse* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::JoinCase);
}

grpc::Status IntakeService::FollowCase(grpc::ServerContext* context,
                                       const v1::FollowCaseRequest* request,
                                       v1::FollowCaseResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::FollowCases(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status IntakeService::AddStatement(grpc::ServerContext* context,
                                         const v1::AddStatementRequest* request,
                                         v1::CaseProgress* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::AddStatement);
}

grpc::Status IntakeService::RateHandling(grpc::ServerContext* context,
                                         const v1::RateHandlingRequest* request,
                                         v1::CaseProgress* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::RateHandling);
}

grpc::Status IntakeService::WithdrawComplaint(grpc::ServerContext* context,
                                              const v1::WithdrawComplaintRequest* request,
                                              v1::CaseProgress* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::WithdrawComplaint);
}

grpc::Status IntakeService::AskRecheck(grpc::ServerContext* context,
                                       const v1::AskRecheckRequest* request,
                                       v1::CaseProgress* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::AskRecheck);
}

grpc::Status IntakeService::GetComplaintRules(grpc::ServerContext* context,
                                              const v1::GetComplaintRulesRequest* request,
                                              v1::ComplaintRules* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const absl::CivilDay day,
                     rpc::DayAsked(request->has_as_of(), request->as_of(), call));
    *reply = deps_.rules.On(day);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::complaint
