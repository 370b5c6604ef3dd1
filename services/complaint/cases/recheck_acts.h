#ifndef TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"

// Review and re-review of petitions, between door and tables; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status AskRecheck(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AskRecheckRequest& request, v1::CaseProgress* reply);
absl::Status AnswerRecheck(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::AnswerRecheckRequest& request, v1::Case* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_RECHECK_ACTS_H_
