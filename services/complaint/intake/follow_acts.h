#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOW_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOW_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"

// What complainants do with their query code, and what people look at before they file; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status FollowCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                         const v1::FollowCaseRequest& request, v1::FollowCaseResponse* reply);
absl::Status ListSimilarCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                              const v1::ListSimilarCasesRequest& request,
                              v1::ListSimilarCasesResponse* reply);
absl::Status AddStatement(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::AddStatementRequest& request, v1::CaseProgress* reply);
absl::Status RateHandling(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::RateHandlingRequest& request, v1::CaseProgress* reply);
absl::Status WithdrawComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                               const v1::WithdrawComplaintRequest& request,
                               v1::CaseProgress* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_FOLLOW_ACTS_H_
