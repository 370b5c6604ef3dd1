#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ENTRY_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ENTRY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/penalty.pb.h"

// How penalty cases are locked, stored and shown.
namespace tuoyu::inspection {

// The case, locked and opened. NOT_FOUND PENALTY_CASE_NOT_FOUND.
absl::StatusOr<v1::PenaltyCase> LockCase(rpc::WriteContext& context, const std::string& name);
// The case of the caller's unit, locked and opened. PERMISSION_DENIED NOT_A_UNIT, PENALTY_OF_OTHER_UNIT; NOT_FOUND PENALTY_CASE_NOT_FOUND.
absl::StatusOr<v1::PenaltyCase> LockOwnCase(rpc::WriteContext& context, const InspectionDeps& deps,
                                            const std::string& name);
// The same for the party, too: a facility that was told of it, or one that continues it. For who is no officer.
absl::StatusOr<v1::PenaltyCase> LockCaseOfPartyOrUnit(rpc::WriteContext& context,
                                                      const InspectionDeps& deps,
                                                      const std::string& name);

// FAILED_PRECONDITION WRONG_STATE.
absl::Status WrongState(const v1::PenaltyCase& penalty_case);
// OK in this state, else WRONG_STATE.
absl::Status RequireState(const v1::PenaltyCase& penalty_case, v1::PenaltyState state);

// The rules of the case, and its conduct in them. DATA_LOSS when no file has them.
struct CaseRules {
  const v1::PenaltyRules* rules;
  const v1::PenaltyConduct* conduct;
};
absl::StatusOr<CaseRules> RulesOf(const InspectionDeps& deps, const v1::PenaltyCase& penalty_case);
// The rules a penalty of this gravity is measured by today: those of the day of the conduct, or lighter ones now in force (applied_law.h).
// FAILED_PRECONDITION CONDUCT_REPEALED when those punish the conduct no more.
absl::StatusOr<CaseRules> RulesToApply(const InspectionDeps& deps,
                                       const v1::PenaltyCase& penalty_case, v1::PenaltyTier tier,
                                       absl::CivilDay today);
// Measures the case by these rules.
void Apply(const CaseRules& rules, v1::PenaltyCase* penalty_case);

// Stores and journals the case, personal fields sealed, and answers with it as the caller sees it, as of today. ALREADY_EXISTS
// PENALTY_CASE_EXISTS.
absl::Status EnterCase(rpc::WriteContext& context, const InspectionDeps& deps,
                       absl::string_view action, v1::PenaltyCase penalty_case,
                       v1::PenaltyCase* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_PENALTY_ENTRY_H_
