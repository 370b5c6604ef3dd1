#include "services/complaint/cases/case_entry.h"

#include <algorithm>
#include <utility>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/complaint/alert/alert_repository.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/intake/query_index.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

CaseColumns ColumnsOf(const ComplaintDeps& deps, const Case& of_case) {
  CaseColumns columns;
  columns.due_at = DueOf(of_case);
  columns.wake_at = WakeTime(deps.rules.OfVersion(of_case.rules_version()), deps.calendar, of_case);
  return columns;
}

Case Sealed(const ComplaintDeps& deps, const Case& of_case) {
  Case sealed = of_case;
  deps.sealer.SealFields(&sealed);
  return sealed;
}

void Journal(rpc::WriteContext& context, absl::string_view action, const Case& sealed) {
  rpc::AddEntry(context, action, sealed.name(), sealed.division_code(), context.call.today, sealed);
  context.call.subject = sealed.name();
}

}  // namespace

absl::Status EnterNewCase(rpc::WriteContext& context, const ComplaintDeps& deps, bool joinable,
                          Case* of_case) {
  rpc::Touch(context.call, of_case);
  RefreshClocks(deps.calendar, context.call.now, of_case);
  CaseColumns columns = ColumnsOf(deps, *of_case);
  columns.joinable = joinable;
  const std::string same = SameTextKey(*of_case);
  if (!same.empty()) columns.same_text = SameTextIndex(deps.sealer, same);
  const Case sealed = Sealed(deps, *of_case);
  RETURN_IF_ERROR(InsertCase(context.transaction, sealed, columns));
  RETURN_IF_ERROR(StoreAlerts(context.transaction, sealed));
  Journal(context, of_case->emergency() ? "case.emergency" : "case.registered", sealed);
  return absl::OkStatus();
}

absl::Status EnterCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       absl::string_view action, Case* of_case) {
  rpc::Touch(context.call, of_case);
  RefreshClocks(deps.calendar, context.call.now, of_case);
  const Case sealed = Sealed(deps, *of_case);
  RETURN_IF_ERROR(UpdateCase(context.transaction, sealed, ColumnsOf(deps, *of_case)));
  RETURN_IF_ERROR(StoreAlerts(context.transaction, sealed));
  Journal(context, action, sealed);
  return absl::OkStatus();
}

absl::Status EnterAndAnswer(rpc::WriteContext& context, const ComplaintDeps& deps,
                            absl::string_view action, Case of_case, Case* reply) {
  RETURN_IF_ERROR(EnterCase(context, deps, action, &of_case));
  ShowAll(&context.call);
  *reply = std::move(of_case);
  return absl::OkStatus();
}

absl::StatusOr<Case> LockCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<Case> found,
                   ReadCase(context.transaction, CaseId(name), /*lock=*/true));
  if (!found) return rpc::Error("CASE_NOT_FOUND");
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  RefreshClocks(deps.calendar, context.call.now, &*found);
  return *std::move(found);
}

absl::StatusOr<Case> LockOwnCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                                 const std::string& name, absl::string_view etag) {
  ASSIGN_OR_RETURN(Case found, LockCase(context, deps, name));
  const CaseScope scope(context.call.caller, deps.units);
  if (!scope.Sees(found)) return rpc::Error("CASE_NOT_FOUND");
  if (!scope.IsOnCase(found) || !scope.ActsFor(found.unit())) {
    return rpc::Error("CASE_OF_OTHER_UNIT", {{"unit", found.unit()}});
  }
  RETURN_IF_ERROR(RequireNotArchived(found));
  RETURN_IF_ERROR(rpc::RequireEtag(etag, found));
  return found;
}

absl::StatusOr<Case> LockCaseOfUnits(rpc::WriteContext& context, const ComplaintDeps& deps,
                                     const std::string& name) {
  ASSIGN_OR_RETURN(Case found, LockCase(context, deps, name));
  const CaseScope scope(context.call.caller, deps.units);
  if (scope.IsOnCase(found)) {
    RETURN_IF_ERROR(RequireNotArchived(found));
    return found;
  }
  if (!scope.Sees(found)) return rpc::Error("CASE_NOT_FOUND");
  return rpc::Error("CASE_OF_OTHER_UNIT", {{"unit", found.unit()}});
}

absl::Status RequireNewTicket(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const std::string& external_number) {
  if (external_number.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<Case> known,
                   ReadCaseByExternalNumber(context.transaction, external_number));
  if (!known) return absl::OkStatus();
  const bool sees = CaseScope(context.call.caller, deps.units).Sees(*known);
  return rpc::Error("EXTERNAL_NUMBER_KNOWN",
                    {{"number", sees ? known->case_number() : external_number}});
}

absl::Status WrongState(const Case& of_case) {
  return rpc::Error("WRONG_STATE", {{"state", v1::CaseState_Name(of_case.state())}});
}

absl::Status RequireNotArchived(const Case& of_case) {
  return of_case.state() == v1::CASE_STATE_ARCHIVED ? rpc::Error("CASE_ARCHIVED")
                                                    : absl::OkStatus();
}

v1::CaseStep& AddStep(const rpc::Call& call, v1::CaseStepKind kind, Case* of_case) {
  v1::CaseStep& step = *of_case->add_steps();
  step.set_kind(kind);
  step.set_unit(of_case->unit());
  step.set_actor(call.caller.subject);
  *step.mutable_step_time() = ToProto(call.now);
  return step;
}

void JournalResult(rpc::WriteContext& context, const Case& of_case) {
  rpc::AddEntry(context, "case.result", of_case.name(), of_case.division_code(), context.call.today,
                ResultOf(of_case));
}

void ShowAll(rpc::Call* call) {
  call->clearance =
      call->clearance.With(common::v1::DATA_CLASS_PERSONAL).With(common::v1::DATA_CLASS_REPORTER);
}

}  // namespace tuoyu::complaint
