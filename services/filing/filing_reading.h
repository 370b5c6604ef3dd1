#ifndef TUOYU_SERVICES_FILING_FILING_READING_H_
#define TUOYU_SERVICES_FILING_FILING_READING_H_

#include "absl/status/status.h"
#include "common/rpc/handle.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

// Reading of filings, with their deadlines as of today.
namespace tuoyu::filing {

// GetFiling: INVALID_ARGUMENT `NAME_INVALID`; NOT_FOUND `FILING_NOT_FOUND`.
absl::Status ReadFiling(rpc::Call& call, const FilingDeps& deps,
                        const v1::GetFilingRequest& request, v1::Filing* reply);

// ListFilings: INVALID_ARGUMENT `PAGE_SIZE_INVALID`, `PAGE_TOKEN_INVALID`, `NAME_INVALID`, `FIELD_INVALID`,
// `IMPOSSIBLE_DATE`; PERMISSION_DENIED `OUT_OF_SCOPE` for a division outside the officer's.
absl::Status ReadFilings(rpc::Call& call, const FilingDeps& deps,
                         const v1::ListFilingsRequest& request, v1::ListFilingsResponse* reply);

// GetRules: NOT_FOUND `RULES_NOT_FOUND`; INVALID_ARGUMENT `IMPOSSIBLE_DATE`.
absl::Status ReadRules(rpc::Call& call, const FilingDeps& deps, const v1::GetRulesRequest& request,
                       v1::RuleSet* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_READING_H_
