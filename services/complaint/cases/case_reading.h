#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_READING_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// The reading methods of CaseService; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status GetCase(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                     const v1::GetCaseRequest& request, v1::Case* reply);
absl::Status GetCaseChain(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                          const v1::GetCaseChainRequest& request, v1::CaseChain* reply);
absl::Status ListCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                       const v1::ListCasesRequest& request, v1::ListCasesResponse* reply);
absl::Status ListDisclosedCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                const v1::ListDisclosedCasesRequest& request,
                                v1::ListDisclosedCasesResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_READING_H_
