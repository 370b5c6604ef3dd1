#ifndef TUOYU_SERVICES_FILING_FILING_CASE_H_
#define TUOYU_SERVICES_FILING_FILING_CASE_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "services/filing/filing_repository.h"
#include "services/filing/filing_states.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The steps every write to a filing begins and ends with.
namespace tuoyu::filing {

// Locks the filing `name` for a change. INVALID_ARGUMENT `NAME_INVALID`; NOT_FOUND `FILING_NOT_FOUND`; ABORTED
// `ETAG_MISMATCH` when `etag` is not empty and not the filing's.
absl::StatusOr<v1::Filing> OpenCase(rpc::WriteContext& context, const FilingDeps& deps,
                                    absl::string_view name, absl::string_view etag,
                                    const FilingScope& scope);

// ABORTED `ETAG_MISMATCH` when `etag` is not empty and not the filing's.
absl::Status CheckEtag(const v1::Filing& filing, absl::string_view etag);

// The state after `verb`. FAILED_PRECONDITION `WRONG_STATE`.
absl::StatusOr<v1::FilingState> StateAfter(const v1::Filing& filing, FilingVerb verb,
                                           const FilingDeps& deps);

// Stores the changed filing with a new etag and update time, adds the journal entry `action` that holds from
// `effective`, and answers with the filing, if `reply` is given. Errors: StoreFiling.
absl::Status CloseCase(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                       absl::string_view action, absl::CivilDay effective, v1::Filing* reply);

// The same without a journal entry of its own: what changed has one (materials).
absl::Status ChangeFiling(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                          v1::Filing* reply);

// The row of a filing as it now is.
FilingRow RowOf(v1::Filing filing, const FilingDeps& deps);

// Computes anew by when open filings are due whose day was computed by another calendar or other rules, at most `limit`;
// true when there may be more. No journal entry: nothing of the filings changes. Errors: those of db::RunTransaction.
absl::StatusOr<bool> RenewDueDays(const FilingDeps& deps, absl::Time deadline, int limit);

// Adds the journal entry of a filing.
void JournalFiling(rpc::WriteContext& context, absl::string_view action, absl::CivilDay effective,
                   const v1::Filing& filing);

// Adds the journal entry of a material of `filing`, which holds from today.
void JournalMaterial(rpc::WriteContext& context, absl::string_view action, const v1::Filing& filing,
                     const v1::Material& material);

// The filing as the caller sees it: deadlines as of today, personal data when it is the caller's own.
void Answer(rpc::Call& call, const FilingDeps& deps, const v1::Filing& filing, v1::Filing* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_CASE_H_
