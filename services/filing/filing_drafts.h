#ifndef TUOYU_SERVICES_FILING_FILING_DRAFTS_H_
#define TUOYU_SERVICES_FILING_FILING_DRAFTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// What facilities do with drafts. Errors are those filing_service.proto documents for the method of the same purpose.
namespace tuoyu::filing {

absl::Status CreateDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::CreateFilingRequest& request, v1::Filing* reply);

// ETAG_MISSING without an etag: what is replaced must have been read.
absl::Status UpdateDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::UpdateFilingRequest& request, v1::Filing* reply);

// CheckFiling: reads, and answers what a write of this form would be told.
absl::Status CheckForm(rpc::Call& call, const FilingDeps& deps,
                       const v1::CheckFilingRequest& request, v1::CheckFilingResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_DRAFTS_H_
