#ifndef TUOYU_SERVICES_FILING_FILING_SUBMISSION_H_
#define TUOYU_SERVICES_FILING_FILING_SUBMISSION_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// How facilities hand filings in, mend them, and take them back. Errors are those filing_service.proto documents for the
// method of the same purpose.
namespace tuoyu::filing {

absl::Status SubmitDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::SubmitFilingRequest& request, v1::SubmitFilingResponse* reply);

// SubmitFiling with validate_only: reads, and answers what a submission would.
absl::Status PrecheckDraft(rpc::Call& call, const FilingDeps& deps,
                           const v1::SubmitFilingRequest& request, v1::SubmitFilingResponse* reply);

absl::Status ReportMended(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::ReportRectificationRequest& request, v1::Filing* reply);

// The files of a filing that was never submitted are left to be purged: nobody else has seen them.
absl::Status Withdraw(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::WithdrawFilingRequest& request, v1::Filing* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_SUBMISSION_H_
