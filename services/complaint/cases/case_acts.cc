#include "services/complaint/cases/case_acts.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseStep;

constexpr size_t kLongestNote = 500;
constexpr size_t kLongestResult = 1000;
constexpr size_t kLongestAccount = 120;

// Sends a case to another unit, which helps no longer but handles it.
absl::Status Send(rpc::WriteContext& context, const std::string& to_unit, v1::CaseStepKind kind,
                  const std::string& reason, Case* of_case) {
  CaseStep& step = AddStep(context.call, kind, of_case);
  step.set_to_unit(to_unit);
  step.set_note(reason);
  RETURN_IF_ERROR(DropUnit(context.transaction, CaseId(of_case->name()), of_case->unit()));
  auto* assists = of_case->mutable_assists();
  assists->erase(std::remove(assists->begin(), assists->end(), to_unit), assists->end());
  of_case->set_unit(to_unit);
  return absl::OkStatus();
}

// The officer did not decide on or inspect the place within the months the rules name.
absl::Status RequireNoConflict(rpc::WriteContext& context, const v1::ComplaintRules& rules,
                               const Case& of_case, const std::string& account) {
  if (of_case.facility().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<absl::CivilDay> last,
                   LastContact(context.transaction, FacilityId(of_case.facility()), account));
  if (!last || AddMonths(*last, rules.recusal_months()) < context.call.today) {
    return absl::OkStatus();
  }
  return rpc::Error("HANDLER_CONFLICT", {{"day", FormatDay(*last)}});
}

// A category for kindergartens is for its unit only where the facility is one. A place that is not filed may be anything.
absl::Status RequireKindergarten(rpc::WriteContext& context, const v1::ComplaintRules& rules,
                                 const Case& of_case) {
  const v1::CategoryRule* category = FindCategory(rules, of_case.category());
  if (category == nullptr || !category->kindergartens_only() || of_case.facility().empty() ||
      category->units(0) != of_case.unit()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const absl::optional<registry::KnownFacility> facility,
                   registry::ReadFacility(context.transaction, FacilityId(of_case.facility()),
                                          context.call.today));
  if (!facility || facility->type == filing::v1::FACILITY_TYPE_KINDERGARTEN) {
    return absl::OkStatus();
  }
  return rpc::Error("NOT_A_KINDERGARTEN", {{"unit", of_case.unit()}});
}

}  // namespace

absl::Status AcceptCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AcceptCaseRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (of_case.state() != v1::CASE_STATE_SUBMITTED) return WrongState(of_case);
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  RETURN_IF_ERROR(RequireKindergarten(context, rules, of_case));
  of_case.set_state(v1::CASE_STATE_ACCEPTED);
  EndClock(&of_case, v1::CLOCK_STEP_ACCEPT, context.call.now);
  StartClock(rules, v1::CLOCK_STEP_RESOLVE, context.call.now, &of_case);
  AddStep(context.call, v1::CASE_STEP_KIND_ACCEPTED, &of_case);
  return EnterAndAnswer(context, deps, "case.accepted", std::move(of_case), reply);
}

absl::Status RefuseCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::RefuseCaseRequest& request, Case* reply) {
  Form form("");
  if (request.reason() == v1::REFUSAL_REASON_UNSPECIFIED ||
      !v1::RefusalReason_IsValid(request.reason())) {
    form.Add("reason", "FIELD_MISSING", "请选择不予受理的理由", "the reason is missing");
  }
  form.CheckText("note", request.note(), /*required=*/true, kLongestNote);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (of_case.state() != v1::CASE_STATE_SUBMITTED) return WrongState(of_case);
  of_case.set_state(v1::CASE_STATE_NOT_ACCEPTED);
  of_case.set_refusal(request.reason());
  of_case.set_result(request.note());
  EndClocks(&of_case, context.call.now);
  AddStep(context.call, v1::CASE_STEP_KIND_REFUSED, &of_case);
  return EnterAndAnswer(context, deps, "case.refused", std::move(of_case), reply);
}

absl::Status TransferCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::TransferCaseRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (of_case.state() != v1::CASE_STATE_SUBMITTED) return WrongState(of_case);
  if (deps.units.Find(request.to_unit()) == nullptr || request.to_unit() == of_case.unit()) {
    return rpc::Error("FIELD_INVALID", {{"field", "to_unit"}});
  }
  RETURN_IF_ERROR(
      Send(context, request.to_unit(), v1::CASE_STEP_KIND_TRANSFERRED, request.reason(), &of_case));
  return EnterAndAnswer(context, deps, "case.transferred", std::move(of_case), reply);
}

absl::Status ReturnCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::ReturnCaseRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  const std::string back = SentBy(of_case);
  if (of_case.state() != v1::CASE_STATE_SUBMITTED || back == of_case.unit()) {
    return WrongState(of_case);
  }
  RETURN_IF_ERROR(Send(context, back, v1::CASE_STEP_KIND_RETURNED, request.reason(), &of_case));
  return EnterAndAnswer(context, deps, "case.returned", std::move(of_case), reply);
}

absl::Status AssignCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AssignCaseRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("handler", request.handler(), kLongestAccount));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (!IsOpen(of_case) || of_case.state() == v1::CASE_STATE_SUBMITTED) return WrongState(of_case);
  RETURN_IF_ERROR(RequireNoConflict(context, deps.rules.OfVersion(of_case.rules_version()), of_case,
                                    request.handler()));
  of_case.set_handler(request.handler());
  if (of_case.state() == v1::CASE_STATE_ACCEPTED) of_case.set_state(v1::CASE_STATE_ASSIGNED);
  AddStep(context.call, v1::CASE_STEP_KIND_ASSIGNED, &of_case);
  return EnterAndAnswer(context, deps, "case.assigned", std::move(of_case), reply);
}

absl::Status ResolveCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ResolveCaseRequest& request, Case* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (!HasHandler(of_case)) return WrongState(of_case);
  if (call.caller.subject != of_case.handler()) return rpc::Error("NOT_THE_HANDLER");
  Form form("");
  if (!MayEndWith(of_case, request.outcome())) {
    form.Add("outcome", "OUTCOME_NOT_OF_CASE", "该案件不能以此结果办结",
             "the case cannot end with this outcome");
  }
  form.CheckText("result", request.result(), /*required=*/true, kLongestResult);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  if (of_case.emergency() && of_case.mandatory_reports().empty()) {
    return rpc::Error("MANDATORY_REPORT_MISSING");
  }
  if (AwaitsInspection(of_case)) return rpc::Error("INSPECTION_PENDING");
  of_case.set_state(v1::CASE_STATE_RESOLVED);
  of_case.set_outcome(request.outcome());
  of_case.set_result(request.result());
  *of_case.mutable_resolved_on() = ToProto(call.today);
  EndClocks(&of_case, call.now);
  StartClock(deps.rules.OfVersion(of_case.rules_version()), v1::CLOCK_STEP_TELL, call.now,
             &of_case);
  AddStep(call, v1::CASE_STEP_KIND_RESOLVED, &of_case);
  JournalResult(context, of_case);
  return EnterAndAnswer(context, deps, "case.resolved", std::move(of_case), reply);
}

absl::Status ReplyCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::ReplyCaseRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (of_case.state() != v1::CASE_STATE_RESOLVED) return WrongState(of_case);
  of_case.set_state(v1::CASE_STATE_REPLIED);
  EndClock(&of_case, v1::CLOCK_STEP_TELL, context.call.now);
  AddStep(context.call, v1::CASE_STEP_KIND_REPLIED, &of_case);
  return EnterAndAnswer(context, deps, "case.replied", std::move(of_case), reply);
}

}  // namespace tuoyu::complaint
