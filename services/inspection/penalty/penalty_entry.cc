#include "services/inspection/penalty/penalty_entry.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/inspection/penalty/applied_law.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_repository.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/penalty/penalty_scope.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;

// Where the holiday table ends before the period does: 7 working days are 9 days at least.
constexpr int kFewestPublishDays = 9;

// Last day by which the decision has to be public, while it has to be made so.
absl::optional<absl::CivilDay> PublishBy(const PenaltyCase& penalty_case,
                                         const calendar::WorkingDays& calendar) {
  const auto decided = FromProto(penalty_case.decision().decided_on());
  if (!Stands(penalty_case) || IsPublished(penalty_case) || !decided.ok()) return absl::nullopt;
  return calendar.AddWorkingDays(*decided, kPublishPenaltyWorkingDays)
      .value_or(*decided + kFewestPublishDays);
}

}  // namespace

absl::StatusOr<PenaltyCase> LockCase(rpc::WriteContext& context, const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<PenaltyCase> penalty_case,
                   ReadPenaltyCase(context.transaction, PenaltyCaseId(name), /*lock=*/true));
  if (!penalty_case) return rpc::Error("PENALTY_CASE_NOT_FOUND");
  RETURN_IF_ERROR(context.sealer.UnsealFields(&*penalty_case));
  return *std::move(penalty_case);
}

absl::StatusOr<PenaltyCase> LockOwnCase(rpc::WriteContext& context, const InspectionDeps& deps,
                                        const std::string& name) {
  ASSIGN_OR_RETURN(const std::string unit, UnitOf(context.call.caller, deps.units));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockCase(context, name));
  if (!context.call.caller.Covers(penalty_case.division_code())) {
    return rpc::Error("PENALTY_CASE_NOT_FOUND");
  }
  if (penalty_case.unit() != unit) {
    return rpc::Error("PENALTY_OF_OTHER_UNIT", {{"unit", penalty_case.unit()}});
  }
  return penalty_case;
}

absl::StatusOr<PenaltyCase> LockCaseOfPartyOrUnit(rpc::WriteContext& context,
                                                  const InspectionDeps& deps,
                                                  const std::string& name) {
  if (IsOfficer(context.call.caller)) return LockOwnCase(context, deps, name);
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockCase(context, name));
  ASSIGN_OR_RETURN(
      const PenaltyScope scope,
      PenaltyScope::Of(context.transaction, context.call.caller, penalty_case.facility()));
  if (!scope.SeesMoreOf(penalty_case)) return rpc::Error("PENALTY_CASE_NOT_FOUND");
  return penalty_case;
}

absl::Status WrongState(const PenaltyCase& penalty_case) {
  return rpc::Error("WRONG_STATE", {{"state", v1::PenaltyState_Name(penalty_case.state())}});
}

absl::Status RequireState(const PenaltyCase& penalty_case, v1::PenaltyState state) {
  return penalty_case.state() == state ? absl::OkStatus() : WrongState(penalty_case);
}

absl::StatusOr<CaseRules> RulesOf(const InspectionDeps& deps, const PenaltyCase& penalty_case) {
  const v1::PenaltyRules* rules = deps.penalties.Find(penalty_case.rules_version());
  const v1::PenaltyConduct* conduct =
      rules != nullptr ? FindConduct(*rules, penalty_case.conduct()) : nullptr;
  if (conduct == nullptr) {
    return absl::DataLossError(absl::StrCat("no file has conduct ", penalty_case.conduct(), " of ",
                                            penalty_case.rules_version()));
  }
  return CaseRules{rules, conduct};
}

absl::StatusOr<CaseRules> RulesToApply(const InspectionDeps& deps, const PenaltyCase& penalty_case,
                                       v1::PenaltyTier tier, absl::CivilDay today) {
  const std::string& of_conduct = penalty_case.conduct_rules_version().empty()
                                      ? penalty_case.rules_version()
                                      : penalty_case.conduct_rules_version();
  const v1::PenaltyRules* then = deps.penalties.Find(of_conduct);
  if (then == nullptr) {
    return absl::DataLossError(absl::StrCat("no file has penalty rules ", of_conduct));
  }
  const AppliedLaw law =
      LawOf(penalty_case.conduct(), tier, *then, deps.penalties.On(today), today);
  if (law.conduct == nullptr) {
    return rpc::Error("CONDUCT_REPEALED", {{"version", law.rules->version()}});
  }
  return CaseRules{law.rules, law.conduct};
}

void Apply(const CaseRules& rules, PenaltyCase* penalty_case) {
  const std::string of_conduct = penalty_case->conduct_rules_version().empty()
                                     ? penalty_case->rules_version()
                                     : penalty_case->conduct_rules_version();
  penalty_case->set_rules_version(rules.rules->version());
  penalty_case->set_conduct_rules_version(of_conduct == rules.rules->version() ? "" : of_conduct);
  penalty_case->set_conduct_title(rules.conduct->title_zh());
  penalty_case->set_law(rules.conduct->law());
}

absl::Status EnterCase(rpc::WriteContext& context, const InspectionDeps& deps,
                       absl::string_view action, PenaltyCase penalty_case, PenaltyCase* reply) {
  rpc::Touch(context.call, &penalty_case);
  PenaltyCase sealed = penalty_case;
  context.sealer.SealFields(&sealed);
  const absl::Status stored =
      StorePenaltyCase(context.transaction, sealed,
                       {PublishBy(sealed, deps.calendar), WithdrawBy(sealed, deps.calendar)});
  if (absl::IsAlreadyExists(stored)) return rpc::Error("PENALTY_CASE_EXISTS");
  RETURN_IF_ERROR(stored);
  rpc::AddEntry(context, action, penalty_case.name(), penalty_case.division_code(),
                context.call.today, sealed);
  context.call.subject = penalty_case.name();
  if (IsOfficer(context.call.caller)) {
    context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  } else {
    HideInternals(&penalty_case);
  }
  SetClocks(context.call.today, deps.calendar, &penalty_case);
  *reply = std::move(penalty_case);
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
