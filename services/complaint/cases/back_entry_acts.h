#ifndef TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

namespace tuoyu::complaint {

// The method of CaseService that enters cases from their papers, within its transaction; errors are those of the proto.
absl::Status BackEnterCases(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::BackEnterCasesRequest& request,
                            v1::BackEnterCasesResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_ACTS_H_
