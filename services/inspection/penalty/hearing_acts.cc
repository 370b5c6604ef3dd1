#include "services/inspection/penalty/hearing_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/inspection/inspector/inspector_repository.h"
#include "services/inspection/penalty/decision_pause.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_entry.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_repository.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;

constexpr int kMostPauses = 50;
constexpr size_t kLongestStatement = 2000;
constexpr size_t kLongestMinutes = 4000;
constexpr size_t kLongestOpinion = 1000;
constexpr int kMostStatements = 50;

// Accounts of the inspectors on the visit.
absl::StatusOr<std::vector<std::string>> InvestigatorsOf(rpc::WriteContext& context,
                                                         const PenaltyCase& penalty_case) {
  ASSIGN_OR_RETURN(const absl::optional<v1::Visit> visit,
                   ReadVisit(context.transaction, VisitId(penalty_case.visit()), /*lock=*/false));
  std::vector<std::string> ids;
  if (visit) {
    for (const std::string& name : visit->inspectors()) ids.push_back(InspectorId(name));
  }
  std::vector<std::string> accounts;
  if (ids.empty()) return accounts;
  ASSIGN_OR_RETURN(const std::vector<v1::Inspector> inspectors,
                   ReadInspectors(context.transaction, ids));
  for (const v1::Inspector& inspector : inspectors) accounts.push_back(inspector.account());
  return accounts;
}

// A hearing was asked for and is not over.
absl::Status RequireOpenHearing(const PenaltyCase& penalty_case) {
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_NOTIFIED));
  const bool open = penalty_case.has_hearing() &&
                    penalty_case.hearing().result() == v1::HEARING_RESULT_UNSPECIFIED;
  return open ? absl::OkStatus() : WrongState(penalty_case);
}

absl::Status NoHearing(absl::string_view why, const PenaltyCase& penalty_case,
                       const InspectionDeps& deps) {
  const auto told = FromProto(penalty_case.notice().notified_on());
  const auto last = told.ok() ? deps.calendar.AddWorkingDays(*told, kAskHearingWorkingDays)
                              : absl::StatusOr<absl::CivilDay>(told.status());
  return rpc::Error(why, {{"day", last.ok() ? FormatDay(*last) : ""}});
}

}  // namespace

absl::Status RecordStatement(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::RecordStatementRequest& request, PenaltyCase* reply) {
  RETURN_IF_ERROR(rpc::RequireText("text", request.text(), kLongestStatement));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockCaseOfPartyOrUnit(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_NOTIFIED));
  if (penalty_case.statements_size() >= kMostStatements) return WrongState(penalty_case);
  // The right to be heard is the party's: nobody else gives it up.
  const bool for_party = request.waives() && IsOfficer(context.call.caller);
  if (for_party) RETURN_IF_ERROR(rpc::RequireText("proof", request.proof(), kLongestProof));
  v1::PenaltyStatement& statement = *penalty_case.add_statements();
  if (for_party) statement.set_proof(request.proof());
  statement.set_text(request.text());
  statement.set_waives(request.waives());
  statement.set_stated_by(context.call.caller.subject);
  *statement.mutable_state_time() = ToProto(context.call.now);
  return EnterCase(context, deps, "penalty.stated", std::move(penalty_case), reply);
}

absl::Status AskHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                        const v1::AskHearingRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockCaseOfPartyOrUnit(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_NOTIFIED));
  if (penalty_case.has_hearing()) return WrongState(penalty_case);
  const absl::string_view why = WhyNoHearing(penalty_case, call.today, deps.calendar);
  if (!why.empty()) return NoHearing(why, penalty_case, deps);
  v1::PenaltyHearing& hearing = *penalty_case.mutable_hearing();
  *hearing.mutable_asked_on() = ToProto(call.today);
  hearing.set_asked_by(call.caller.subject);
  // What was reviewed before is reviewed again after the hearing.
  penalty_case.clear_legal_review();
  return EnterCase(context, deps, "penalty.hearing_asked", std::move(penalty_case), reply);
}

absl::Status CallHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::CallHearingRequest& request, PenaltyCase* reply) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireOpenHearing(penalty_case));
  ASSIGN_OR_RETURN(const std::vector<std::string> investigators,
                   InvestigatorsOf(context, penalty_case));
  const absl::StatusOr<Violations> violations =
      CheckCall(request, penalty_case, investigators, today, deps.calendar);
  if (calendar::IsCalendarUncovered(violations.status())) return rpc::Error("CALENDAR_UNCOVERED");
  RETURN_IF_ERROR(violations.status());
  RETURN_IF_ERROR(rpc::FormError(*violations));
  v1::PenaltyHearing& hearing = *penalty_case.mutable_hearing();
  *hearing.mutable_called_on() = ToProto(today);
  *hearing.mutable_hearing_on() = request.hearing_on();
  hearing.set_place(request.place());
  hearing.set_chair(request.chair());
  return EnterCase(context, deps, "penalty.hearing_called", std::move(penalty_case), reply);
}

absl::Status RecordHearing(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::RecordHearingRequest& request, PenaltyCase* reply) {
  const absl::CivilDay today = context.call.today;
  Form form("");
  if (request.result() == v1::HEARING_RESULT_UNSPECIFIED ||
      !v1::HearingResult_IsValid(request.result())) {
    form.Add("result", "FIELD_MISSING", "请选择听证结果", "the result is missing");
  }
  form.CheckText("minutes", request.minutes(), /*required=*/true, kLongestMinutes);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireOpenHearing(penalty_case));
  v1::PenaltyHearing& hearing = *penalty_case.mutable_hearing();
  const auto held_on = FromProto(hearing.hearing_on());
  const bool may_be_over = hearing.has_hearing_on() && held_on.ok() && *held_on <= today;
  if (request.result() != v1::HEARING_RESULT_WITHDRAWN && !may_be_over) {
    return WrongState(penalty_case);
  }
  hearing.set_result(request.result());
  hearing.set_minutes(request.minutes());
  *hearing.mutable_recorded_on() = ToProto(today);
  return EnterCase(context, deps, "penalty.hearing_recorded", std::move(penalty_case), reply);
}

absl::Status RecordDecisionPause(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const v1::RecordDecisionPauseRequest& request,
                                 PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  if (penalty_case.state() != v1::PENALTY_STATE_NOTIFIED) {
    RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_OPEN));
  }
  // How a case is handled is said by the rules of the day, not by those of the conduct.
  const v1::PenaltyRules* rules = deps.penalties.On(call.today);
  const v1::PenaltyRules none;
  if (rules == nullptr) rules = &none;
  RETURN_IF_ERROR(rpc::FormError(CheckPause(request.pause(), penalty_case, *rules, call.today)));
  v1::DecisionPause pause = request.pause();
  pause.set_law(FindPause(*rules, pause.kind(), penalty_case.unit())->law());
  pause.set_recorded_by(call.caller.subject);
  SetPause(pause, &penalty_case);
  if (penalty_case.pauses_size() > kMostPauses) return WrongState(penalty_case);
  return EnterCase(context, deps, "penalty.decision_paused", std::move(penalty_case), reply);
}

absl::Status RecordLegalReview(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::RecordLegalReviewRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  if (request.etag().empty()) return rpc::Error("ETAG_MISSING");
  RETURN_IF_ERROR(rpc::RequireText("opinion", request.opinion(), kLongestOpinion));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), penalty_case));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_NOTIFIED));
  if (penalty_case.has_hearing() &&
      penalty_case.hearing().result() == v1::HEARING_RESULT_UNSPECIFIED) {
    return WrongState(penalty_case);
  }
  if (call.caller.subject == penalty_case.opened_by() ||
      call.caller.subject == penalty_case.notice().notified_by()) {
    return rpc::Error("FOUR_EYES", {{"step", "调查、法制审核 / investigate, review"}});
  }
  v1::PenaltyLegalReview& review = *penalty_case.mutable_legal_review();
  review.set_agreed(request.agreed());
  review.set_opinion(request.opinion());
  review.set_reviewed_by(call.caller.subject);
  *review.mutable_reviewed_on() = ToProto(call.today);
  return EnterCase(context, deps, "penalty.reviewed", std::move(penalty_case), reply);
}

}  // namespace tuoyu::inspection
