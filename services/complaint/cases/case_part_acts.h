#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_PART_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_PART_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// Cases that are split or become one, and the facility's part in them; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status SplitCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::SplitCaseRequest& request, v1::Case* reply);
absl::Status MergeCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::MergeCaseRequest& request, v1::Case* reply);
absl::Status DiscloseCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::DiscloseCaseRequest& request, v1::Case* reply);
absl::Status StartMediation(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::StartMediationRequest& request, v1::Case* reply);
absl::Status StateFacility(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::StateFacilityRequest& request, v1::DisclosedCase* reply);

// A case as the facility is shown it.
v1::DisclosedCase Disclosed(const v1::Case& of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_PART_ACTS_H_
