#ifndef TUOYU_CLIENTS_CLI_FILING_FLOW_H_
#define TUOYU_CLIENTS_CLI_FILING_FLOW_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/material_sync.h"
#include "clients/cli/session.h"
#include "tuoyu/client/v1/filing_file.pb.h"
#include "tuoyu/filing/v1/filing_service.pb.h"

namespace tuoyu::cli {

// The error with every violation of `form`, where the wire had no room for all of them; else `status` as it is. `form` as
// CheckFiling takes it.
absl::Status WithAllViolations(Session& session, const absl::Status& status,
                               const filing::v1::Filing& form, bool syntax_only);

// How far a filing file is taken.
enum class FlowGoal { kDraft, kCheck, kSubmit };

// "RECEIVED" or "FILING_STATE_RECEIVED", in any case. INVALID_ARGUMENT names the states there are.
absl::StatusOr<filing::v1::FilingState> FilingStateNamed(absl::string_view name);

// A filing by name or id.
absl::StatusOr<filing::v1::Filing> GetFiling(Session& session, absl::string_view name);

// Writes the file into a draft and returns it with its materials: the draft named, else the caller's own open draft (or
// returned filing) of the same kind for the same facility or USCC, else a new one. For a change the content of the file
// is put over the version in force.
absl::StatusOr<filing::v1::Filing> SaveDraft(Session& session, const client::v1::FilingFile& file,
                                             absl::string_view draft);

// Checks a draft, and submits it when nothing blocks and `submit` says so.
absl::StatusOr<filing::v1::SubmitFilingResponse> CheckThenSubmit(Session& session,
                                                                 const std::string& name,
                                                                 bool submit);

// Prints all pages of a list; returns the exit code.
int ListFilings(Session& session, filing::v1::ListFilingsRequest request);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_FILING_FLOW_H_
