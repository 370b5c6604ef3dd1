#include "services/inspection/penalty/penalty_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/number_counter.h"
#include "common/form/form.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_entry.h"
#include "services/inspection/penalty/penalty_repository.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_entry.h"
#include "services/inspection/visit/visit_repository.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;
using v1::PenaltyConduct;
using v1::PenaltyMatter;
using v1::PenaltyRules;
using v1::Visit;

constexpr absl::string_view kNumberKind = "CF";
constexpr size_t kLongestNotice = 2000;
constexpr size_t kLongestText = 1000;

// What a new case is made of.
struct NewMatter {
  Visit visit;
  std::string unit;
  const PenaltyRules* rules = nullptr;
  const PenaltyConduct* conduct = nullptr;
};

absl::Status OpensNoCase(const Visit& visit) {
  return rpc::Error("VISIT_OPENS_NO_CASE", {{"outcome", v1::VisitOutcome_Name(visit.outcome())}});
}

// The form of a matter without fault, with its rules.
absl::Status RequireMatter(const InspectionDeps& deps, const PenaltyMatter& matter,
                           NewMatter* made) {
  const auto conducted_on = FromProto(matter.conducted_on());
  made->rules = conducted_on.ok() ? deps.penalties.On(*conducted_on) : nullptr;
  RETURN_IF_ERROR(rpc::FormError(CheckMatter(matter, made->visit, made->rules, made->unit)));
  made->conduct = FindConduct(*made->rules, matter.conduct());
  return absl::OkStatus();
}

absl::StatusOr<PenaltyCase> NewCase(rpc::WriteContext& context, const InspectionDeps& deps,
                                    const PenaltyMatter& matter, const NewMatter& made) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(const int64_t number,
                   db::numbers::Take(context.transaction, kNumberKind, call.today.year()));
  PenaltyCase penalty_case;
  penalty_case.set_name(PenaltyCaseName(NewUuidV7(call.now)));
  penalty_case.set_case_number(absl::StrFormat(
      "%s-%s-%d-%04d", kNumberKind, deps.divisions.district_code(), call.today.year(), number));
  penalty_case.set_unit(made.unit);
  penalty_case.set_visit(made.visit.name());
  penalty_case.set_facility(made.visit.facility());
  penalty_case.set_facility_name(made.visit.facility_name());
  penalty_case.set_division_code(made.visit.division_code());
  penalty_case.set_party(matter.party());
  penalty_case.set_person_name(matter.person_name());
  penalty_case.set_conduct(matter.conduct());
  penalty_case.set_conduct_title(made.conduct->title_zh());
  penalty_case.set_law(made.conduct->law());
  penalty_case.set_rules_version(made.rules->version());
  *penalty_case.mutable_items() = matter.items();
  *penalty_case.mutable_conducted_on() = matter.conducted_on();
  penalty_case.set_harm(matter.harm());
  penalty_case.set_facts(matter.facts());
  penalty_case.set_opened_by(call.caller.subject);
  *penalty_case.mutable_create_time() = ToProto(call.now);
  return penalty_case;
}

// FOUR_EYES when the caller is one of these accounts.
absl::Status RequireOtherThan(const rpc::Caller& caller, const std::vector<std::string>& accounts,
                              const std::string& step) {
  return absl::c_linear_search(accounts, caller.subject) ? rpc::Error("FOUR_EYES", {{"step", step}})
                                                         : absl::OkStatus();
}

void SetDecision(const v1::PenaltySanction& sanction, const std::string& text,
                 const rpc::Call& call, PenaltyCase* penalty_case) {
  v1::PenaltyDecision& decision = *penalty_case->mutable_decision();
  *decision.mutable_sanction() = sanction;
  decision.set_text(text);
  *decision.mutable_decided_on() = ToProto(call.today);
  decision.set_decided_by(call.caller.subject);
}

// Whether the facility, or one it continues, was punished before.
absl::StatusOr<bool> PunishedBefore(rpc::WriteContext& context, const PenaltyCase& penalty_case) {
  ASSIGN_OR_RETURN(const std::vector<std::string> line,
                   registry::LineOf(context.transaction, FacilityId(penalty_case.facility())));
  return WasPunished(context.transaction, line, PenaltyCaseId(penalty_case.name()));
}

Violations Join(Violations violations, Violations more) {
  for (auto& each : more) violations.push_back(std::move(each));
  return violations;
}

}  // namespace

absl::Status OpenPenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::OpenPenaltyCaseRequest& request, PenaltyCase* reply) {
  NewMatter made;
  ASSIGN_OR_RETURN(made.visit, LockVisitAsOfficer(context, request.matter().visit()));
  RETURN_IF_ERROR(RequireUnitOnVisit(context.call.caller, deps, made.visit));
  ASSIGN_OR_RETURN(made.unit, UnitOf(context.call.caller, deps.units));
  if (!OpensCase(made.visit)) return OpensNoCase(made.visit);
  RETURN_IF_ERROR(RequireMatter(deps, request.matter(), &made));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, NewCase(context, deps, request.matter(), made));
  penalty_case.set_procedure(v1::PENALTY_PROCEDURE_ORDINARY);
  penalty_case.set_state(v1::PENALTY_STATE_PROPOSED);
  return EnterCase(context, deps, "penalty.proposed", std::move(penalty_case), reply);
}

absl::Status DecideOnTheSpot(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DecideOnTheSpotRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  NewMatter made;
  ASSIGN_OR_RETURN(made.visit, LockVisitAsOfficer(context, request.matter().visit()));
  RETURN_IF_ERROR(RequireOnVisit(context, deps, made.visit));
  ASSIGN_OR_RETURN(made.unit, UnitOf(call.caller, deps.units));
  if (!BearsDecisionOnTheSpot(made.visit, call.today)) return OpensNoCase(made.visit);
  RETURN_IF_ERROR(RequireMatter(deps, request.matter(), &made));
  Form form("");
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  form.CheckText("statement", request.statement(), /*required=*/true, kLongestNotice);
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, NewCase(context, deps, request.matter(), made));
  ASSIGN_OR_RETURN(const CaseRules law,
                   RulesToApply(deps, penalty_case, request.sanction().tier(), call.today));
  RETURN_IF_ERROR(rpc::FormError(
      Join(Join(form.Take(), CheckSanction("sanction.", request.sanction(), *law.conduct)),
           CheckOnTheSpot("sanction.", request.sanction(), request.matter().party()))));
  Apply(law, &penalty_case);
  penalty_case.set_procedure(v1::PENALTY_PROCEDURE_ON_THE_SPOT);
  penalty_case.set_state(v1::PENALTY_STATE_DELIVERED);
  *penalty_case.mutable_opened_on() = ToProto(call.today);
  v1::PenaltyStatement& statement = *penalty_case.add_statements();
  statement.set_text(request.statement());
  statement.set_stated_by(call.caller.subject);
  *statement.mutable_state_time() = ToProto(call.now);
  SetDecision(request.sanction(), request.text(), call, &penalty_case);
  v1::PenaltyDelivery& delivery = *penalty_case.mutable_delivery();
  delivery.set_method(v1::DELIVERY_METHOD_DIRECT);
  *delivery.mutable_delivered_on() = ToProto(call.today);
  delivery.set_recorded_by(call.caller.subject);
  return EnterCase(context, deps, "penalty.decided_on_the_spot", std::move(penalty_case), reply);
}

absl::Status DecidePenaltyOpening(rpc::WriteContext& context, const InspectionDeps& deps,
                                  const v1::DecidePenaltyOpeningRequest& request,
                                  PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  if (request.etag().empty()) return rpc::Error("ETAG_MISSING");
  if (!request.approve()) {
    RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  }
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), penalty_case));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_PROPOSED));
  RETURN_IF_ERROR(RequireOtherThan(call.caller, {penalty_case.opened_by()},
                                   "提出立案、批准立案 / propose, open"));
  penalty_case.set_opening_decided_by(call.caller.subject);
  if (request.approve()) {
    penalty_case.set_state(v1::PENALTY_STATE_OPEN);
    *penalty_case.mutable_opened_on() = ToProto(call.today);
  } else {
    penalty_case.set_state(v1::PENALTY_STATE_REFUSED);
    penalty_case.set_refuse_reason(request.reason());
  }
  return EnterCase(context, deps, request.approve() ? "penalty.opened" : "penalty.refused",
                   std::move(penalty_case), reply);
}

absl::Status NotifyPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::NotifyPenaltyRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  if (penalty_case.state() != v1::PENALTY_STATE_NOTIFIED) {
    RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_OPEN));
  }
  ASSIGN_OR_RETURN(const CaseRules of_case,
                   RulesToApply(deps, penalty_case, request.sanction().tier(), call.today));
  Form form("");
  form.CheckText("text", request.text(), /*required=*/true, kLongestNotice);
  RETURN_IF_ERROR(rpc::FormError(
      Join(form.Take(), CheckSanction("sanction.", request.sanction(), *of_case.conduct))));
  Apply(of_case, &penalty_case);
  // What the party said stays; what it gave up was of the former notice. A hearing it asked for is still to be held.
  for (v1::PenaltyStatement& statement : *penalty_case.mutable_statements()) {
    statement.set_waives(false);
  }
  if (penalty_case.hearing().result() != v1::HEARING_RESULT_UNSPECIFIED) {
    penalty_case.clear_hearing();
  }
  penalty_case.clear_legal_review();
  v1::PenaltyNotice& notice = *penalty_case.mutable_notice();
  notice.Clear();
  *notice.mutable_sanction() = request.sanction();
  notice.set_text(request.text());
  *notice.mutable_notified_on() = ToProto(call.today);
  notice.set_notified_by(call.caller.subject);
  const bool heard =
      HasHearingRight(request.sanction(), *of_case.conduct, *of_case.rules, penalty_case.party());
  notice.set_hearing_right(heard);
  notice.set_legal_review_needed(heard);
  penalty_case.set_state(v1::PENALTY_STATE_NOTIFIED);
  return EnterCase(context, deps, "penalty.notified", std::move(penalty_case), reply);
}

absl::Status DecidePenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::DecidePenaltyRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  if (request.etag().empty()) return rpc::Error("ETAG_MISSING");
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), penalty_case));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_NOTIFIED));
  RETURN_IF_ERROR(RequireOtherThan(call.caller,
                                   {penalty_case.opened_by(), penalty_case.notice().notified_by(),
                                    penalty_case.legal_review().reviewed_by()},
                                   "调查、审核、决定 / investigate, review, decide"));
  ASSIGN_OR_RETURN(const CaseRules of_case,
                   RulesToApply(deps, penalty_case, request.sanction().tier(), call.today));
  if (of_case.rules->version() != penalty_case.rules_version()) {
    return rpc::Error("LAW_CHANGED", {{"version", of_case.rules->version()}});
  }
  const absl::string_view why =
      WhyUndecidable(penalty_case, *of_case.rules, call.today, deps.calendar);
  if (!why.empty()) return rpc::Error(why);
  Form form("");
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  RETURN_IF_ERROR(rpc::FormError(
      Join(Join(form.Take(), CheckSanction("sanction.", request.sanction(), *of_case.conduct)),
           CheckNotHeavier("sanction.", request.sanction(), penalty_case.notice().sanction()))));
  SetDecision(request.sanction(), request.text(), call, &penalty_case);
  penalty_case.set_state(v1::PENALTY_STATE_DECIDED);
  return EnterCase(context, deps, "penalty.decided", std::move(penalty_case), reply);
}

absl::Status DropPenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::DropPenaltyCaseRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  if (penalty_case.state() != v1::PENALTY_STATE_NOTIFIED) {
    RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_OPEN));
  }
  RETURN_IF_ERROR(RequireOtherThan(call.caller,
                                   {penalty_case.opened_by(), penalty_case.notice().notified_by()},
                                   "调查、决定 / investigate, decide"));
  ASSIGN_OR_RETURN(const absl::optional<Visit> visit,
                   ReadVisit(context.transaction, VisitId(penalty_case.visit()), /*lock=*/false));
  if (!visit) return rpc::Error("VISIT_NOT_FOUND");
  ASSIGN_OR_RETURN(const bool punished, PunishedBefore(context, penalty_case));
  const v1::PenaltyRules* today = deps.penalties.On(call.today);
  const bool repealed = today != nullptr && FindConduct(*today, penalty_case.conduct()) == nullptr;
  RETURN_IF_ERROR(rpc::FormError(CheckDrop(request, penalty_case, *visit, punished, repealed)));
  v1::PenaltyDrop& drop = *penalty_case.mutable_drop();
  drop.set_reason(request.reason());
  drop.set_text(request.text());
  *drop.mutable_dropped_on() = ToProto(call.today);
  drop.set_dropped_by(call.caller.subject);
  penalty_case.set_state(v1::PENALTY_STATE_DROPPED);
  return EnterCase(context, deps, "penalty.dropped", std::move(penalty_case), reply);
}

}  // namespace tuoyu::inspection
