#include "services/complaint/cases/case_part_acts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/errors.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/complaint/attachment/attachment_repository.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/inspection/inspection_rules.h"
#include "services/complaint/inspection/link_repository.h"
#include "services/complaint/intake/complainant_repository.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/intake/query_index.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

absl::Status Answer(rpc::WriteContext& context, Case of_case, Case* reply) {
  ShowAll(&context.call);
  *reply = std::move(of_case);
  return absl::OkStatus();
}

absl::Status CheckSplit(const v1::SplitCaseRequest& request, const Case& of_case,
                        const v1::ComplaintRules& rules) {
  Form form("");
  const bool a_pair =
      (of_case.kind() == v1::CASE_KIND_COMPLAINT && request.kind() == v1::CASE_KIND_REPORT) ||
      (of_case.kind() == v1::CASE_KIND_REPORT && request.kind() == v1::CASE_KIND_COMPLAINT);
  if (!a_pair) {
    form.Add("kind", "FIELD_INVALID", "投诉可分出举报，举报可分出投诉",
             "a report beside a complaint, or the reverse");
  }
  const v1::CategoryRule* category = FindCategory(rules, request.category());
  if (category == nullptr || category->emergency() || !MayBeOfKind(*category, request.kind())) {
    form.Add("category", "CATEGORY_UNKNOWN", "没有此事项，或不能按此类别提出；紧急事项请另行登记",
             "no such category of this kind; register an emergency by itself");
  }
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  return rpc::FormError(form.Take());
}

// The filing a case came of, as far as the case holds it.
v1::Filing FilingOf(const Case& of_case) {
  v1::Filing filing;
  filing.set_facility(of_case.facility());
  if (of_case.has_place()) *filing.mutable_place() = of_case.place();
  if (of_case.has_occurred_on()) *filing.mutable_occurred_on() = of_case.occurred_on();
  filing.set_mode(of_case.confidential() ? v1::REPORTER_MODE_CONFIDENTIAL
                                         : v1::REPORTER_MODE_ANONYMOUS);
  filing.set_consents_disclosure(of_case.consents_disclosure());
  filing.set_child_involved(of_case.child_involved());
  filing.set_child_age_months(of_case.child_age_months());
  return filing;
}

// "…-1" -> "…-2" and the reverse.
std::string NumberBeside(const std::string& case_number) {
  const size_t dash = case_number.rfind('-');
  return absl::StrCat(case_number.substr(0, dash), case_number.substr(dash) == "-1" ? "-2" : "-1");
}

// Enters what was split off. An open case that says the same word for word, by which complaints of one matter find each other, is named to
// who sees it, else its unit.
absl::Status EnterBeside(rpc::WriteContext& context, const ComplaintDeps& deps, Case* beside) {
  absl::Status entered = EnterNewCase(context, deps, /*joinable=*/false, beside);
  if (!absl::IsAlreadyExists(entered)) return entered;
  // Anything else is a number that was taken, or that case was closed a moment ago: the call is repeated.
  if (db::ConstraintName(entered) != "case_same_text") return rpc::Error("CONFLICT");
  ASSIGN_OR_RETURN(
      const absl::optional<Case> same,
      LockSameCase(context.transaction, SameTextIndex(deps.sealer, SameTextKey(*beside))));
  if (!same) return rpc::Error("CONFLICT");
  const bool sees = CaseScope(context.call.caller, deps.units).Sees(*same);
  return rpc::Error("SAME_CASE_OPEN",
                    {{"case", sees ? same->case_number() : UnitNameOf(same->unit(), deps.units)}});
}

}  // namespace

absl::Status SplitCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::SplitCaseRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (!IsOpen(of_case) || !of_case.sibling().empty()) return WrongState(of_case);
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  RETURN_IF_ERROR(CheckSplit(request, of_case, rules));
  v1::Matter matter;
  matter.set_kind(request.kind());
  matter.set_category(request.category());
  matter.set_text(request.text());
  // The clocks run from the day it was filed: the split takes no time from the complainant.
  const absl::Time filed = FromProto(of_case.file_time()).value_or(context.call.now);
  Case beside = NewCase(FilingOf(of_case), matter, of_case.channel(),
                        {of_case.facility_name(), of_case.division_code()}, rules, filed);
  beside.set_name(CaseName(NewUuidV7(context.call.now)));
  beside.set_case_number(NumberBeside(of_case.case_number()));
  beside.set_sibling(of_case.name());
  beside.set_complainants(of_case.complainants());
  beside.set_replies_wanted(of_case.replies_wanted());
  AddStep(context.call, v1::CASE_STEP_KIND_SPLIT, &beside);
  RETURN_IF_ERROR(EnterBeside(context, deps, &beside));
  RETURN_IF_ERROR(FollowBoth(context.transaction, CaseId(of_case.name()), CaseId(beside.name())));
  of_case.set_sibling(beside.name());
  AddStep(context.call, v1::CASE_STEP_KIND_SPLIT, &of_case);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.split", &of_case));
  return Answer(context, std::move(beside), reply);
}

absl::Status MergeCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                       const v1::MergeCaseRequest& request, Case* reply) {
  if (CaseId(request.into()).empty() || request.into() == request.name()) {
    return rpc::Error("FIELD_INVALID", {{"field", "into"}});
  }
  // In order of their names, so that two merges wait for each other and don't block each other.
  const bool first = request.name() < request.into();
  if (!first) RETURN_IF_ERROR(LockOwnCase(context, deps, request.into(), "").status());
  ASSIGN_OR_RETURN(Case from, LockOwnCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(Case into, LockOwnCase(context, deps, request.into(), ""));
  if (!IsOpen(from)) return WrongState(from);
  if (!IsOpen(into)) return WrongState(into);
  // A confidential case in one that is not would be found by whoever sees that one.
  if (from.kind() != into.kind() || from.facility() != into.facility() || from.facility().empty() ||
      from.confidential() != into.confidential()) {
    return rpc::Error("CASES_DIFFER");
  }
  if (AwaitsInspection(from)) return rpc::Error("INSPECTION_PENDING");
  const std::string from_id = CaseId(from.name());
  const std::string into_id = CaseId(into.name());
  RETURN_IF_ERROR(FollowBoth(context.transaction, from_id, into_id));
  RETURN_IF_ERROR(MoveStatements(context.transaction, from_id, into_id));
  RETURN_IF_ERROR(MoveAttachments(context.transaction, from_id, into_id));
  ASSIGN_OR_RETURN(const FollowerCount followers, CountFollowers(context.transaction, into_id));
  into.set_complainants(static_cast<int32_t>(followers.all));
  into.set_replies_wanted(static_cast<int32_t>(followers.want_reply));
  // What was found goes on with the case that goes on: corrections are told to its complainants.
  RETURN_IF_ERROR(MoveLinks(context.transaction, from_id, into_id));
  into.mutable_inspections()->MergeFrom(from.inspections());
  from.clear_inspections();
  into.set_consents_disclosure(into.consents_disclosure() && from.consents_disclosure());
  AddStep(context.call, v1::CASE_STEP_KIND_MERGED, &into);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.merged", &into));
  from.set_state(v1::CASE_STATE_MERGED);
  from.set_merged_into(into.name());
  EndClocks(&from, context.call.now);
  AddStep(context.call, v1::CASE_STEP_KIND_MERGED, &from);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.ended_by_merge", &from));
  return Answer(context, std::move(into), reply);
}

absl::Status DiscloseCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::DiscloseCaseRequest& request, Case* reply) {
  RETURN_IF_ERROR(rpc::RequireText("redacted_text", request.redacted_text(), kLongestText));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (!IsOpen(of_case) || of_case.state() == v1::CASE_STATE_SUBMITTED) return WrongState(of_case);
  if (!MayBeDisclosed(of_case)) return rpc::Error("DISCLOSURE_REFUSED");
  of_case.set_redacted_text(request.redacted_text());
  of_case.set_disclosed(true);
  AddStep(context.call, v1::CASE_STEP_KIND_DISCLOSED, &of_case);
  return EnterAndAnswer(context, deps, "case.disclosed", std::move(of_case), reply);
}

absl::Status StartMediation(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::StartMediationRequest& request, Case* reply) {
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  if (of_case.kind() != v1::CASE_KIND_COMPLAINT || of_case.state() != v1::CASE_STATE_ASSIGNED) {
    return WrongState(of_case);
  }
  if (!of_case.disclosed() || !of_case.facility_agrees()) return rpc::Error("NOT_DISCLOSED");
  of_case.set_state(v1::CASE_STATE_MEDIATION);
  AddStep(context.call, v1::CASE_STEP_KIND_MEDIATION, &of_case);
  return EnterAndAnswer(context, deps, "case.mediation_started", std::move(of_case), reply);
}

absl::Status StateFacility(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::StateFacilityRequest& request, v1::DisclosedCase* reply) {
  RETURN_IF_ERROR(rpc::RequireText("statement", request.statement(), kLongestText));
  ASSIGN_OR_RETURN(Case of_case, LockCase(context, deps, request.name()));
  // A case that was not shown is not told of, whatever is wrong with it.
  if (!context.call.caller.ActsFor(of_case.facility()) || !of_case.disclosed() ||
      of_case.confidential()) {
    return rpc::Error("CASE_NOT_FOUND");
  }
  if (!IsOpen(of_case)) return WrongState(of_case);
  of_case.set_facility_statement(request.statement());
  of_case.set_facility_agrees(request.agrees_to_mediation());
  AddStep(context.call, v1::CASE_STEP_KIND_FACILITY_STATEMENT, &of_case);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.facility_stated", &of_case));
  context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  *reply = Disclosed(of_case);
  return absl::OkStatus();
}

v1::DisclosedCase Disclosed(const Case& of_case) {
  v1::DisclosedCase shown;
  shown.set_name(of_case.name());
  shown.set_kind(of_case.kind());
  shown.set_category(of_case.category());
  shown.set_redacted_text(of_case.redacted_text());
  shown.set_unit(of_case.unit());
  shown.set_statement(of_case.facility_statement());
  shown.set_state(of_case.state());
  const bool is_over =
      of_case.state() == v1::CASE_STATE_RESOLVED || of_case.state() == v1::CASE_STATE_REPLIED ||
      of_case.state() == v1::CASE_STATE_CLOSED || of_case.state() == v1::CASE_STATE_ARCHIVED;
  if (is_over) shown.set_outcome(of_case.outcome());
  return shown;
}

}  // namespace tuoyu::complaint
