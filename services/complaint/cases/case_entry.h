#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_ENTRY_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_ENTRY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case.pb.h"

// How cases come into being and are changed.
namespace tuoyu::complaint {

// Stores and journals a new case, personal fields sealed. `joinable`: whether others may join it. ALREADY_EXISTS of constraint
// case_same_text when an open case says the same, of case_external_once when the ticket is known.
absl::Status EnterNewCase(rpc::WriteContext& context, const ComplaintDeps& deps, bool joinable,
                          v1::Case* of_case);
// Stores and journals a case as it is now. The case stays open and refreshed.
absl::Status EnterCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       absl::string_view action, v1::Case* of_case);

// The same, and answers with the case, all of it: its caller is on it.
absl::Status EnterAndAnswer(rpc::WriteContext& context, const ComplaintDeps& deps,
                            absl::string_view action, v1::Case of_case, v1::Case* reply);

// The case, locked, with its fields opened. NOT_FOUND CASE_NOT_FOUND.
absl::StatusOr<v1::Case> LockCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                                  const std::string& name);
// The same for an officer whose unit handles it and who names its etag, or none. NOT_FOUND CASE_NOT_FOUND for who does not see it;
// PERMISSION_DENIED CASE_OF_OTHER_UNIT; FAILED_PRECONDITION CASE_ARCHIVED; ABORTED ETAG_MISMATCH.
absl::StatusOr<v1::Case> LockOwnCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                                     const std::string& name, absl::string_view etag);
// The same for an officer whose unit handles the case, acts on it or helps.
absl::StatusOr<v1::Case> LockCaseOfUnits(rpc::WriteContext& context, const ComplaintDeps& deps,
                                         const std::string& name);
// ALREADY_EXISTS EXTERNAL_NUMBER_KNOWN when a case has this ticket of the hotline; with its number for who sees that case.
absl::Status RequireNewTicket(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const std::string& external_number);
// FAILED_PRECONDITION WRONG_STATE.
absl::Status WrongState(const v1::Case& of_case);
// FAILED_PRECONDITION CASE_ARCHIVED of one that changes no more.
absl::Status RequireNotArchived(const v1::Case& of_case);

// Adds a step of the caller, now.
v1::CaseStep& AddStep(const rpc::Call& call, v1::CaseStepKind kind, v1::Case* of_case);

// Enters what came of a case in the journal, for others who count it; called before the case is entered.
void JournalResult(rpc::WriteContext& context, const v1::Case& of_case);

// Shows all of a case to its caller, who is on it.
void ShowAll(rpc::Call* call);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_ENTRY_H_
