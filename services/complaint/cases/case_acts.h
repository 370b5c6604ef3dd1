#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// The way of a case from acceptance to reply, between door and tables; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status AcceptCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AcceptCaseRequest& request, v1::Case* reply);
absl::Status RefuseCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::RefuseCaseRequest& request, v1::Case* reply);
absl::Status TransferCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::TransferCaseRequest& request, v1::Case* reply);
absl::Status ReturnCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::ReturnCaseRequest& request, v1::Case* reply);
absl::Status SettleCompetence(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const v1::SettleCompetenceRequest& request, v1::Case* reply);
absl::Status DecideCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::DecideCaseRequest& request, v1::Case* reply);
absl::Status TellDecision(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::TellDecisionRequest& request, v1::Case* reply);
absl::Status AssignCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AssignCaseRequest& request, v1::Case* reply);
absl::Status ResolveCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ResolveCaseRequest& request, v1::Case* reply);
absl::Status ReplyCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::ReplyCaseRequest& request, v1::Case* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_ACTS_H_
