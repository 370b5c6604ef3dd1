#include "services/filing/filing_drafts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/change_rules.h"
#include "services/filing/content_merge.h"
#include "services/filing/decision_rules.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_rules.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using Violations = std::vector<Violation>;

// A draft with its form is kept whole in one row and one journal entry.
constexpr size_t kMaxFilingBytes = 256 << 10;

absl::Status CheckSize(const v1::Filing& filing) {
  if (filing.ByteSizeLong() <= kMaxFilingBytes) return absl::OkStatus();
  return rpc::Error("TOO_LARGE", {{"field", "filing"}, {"limit", std::to_string(kMaxFilingBytes)}});
}

// The facility a change or cancellation is about, as it is today; nothing for a first filing.
absl::StatusOr<absl::optional<v1::Facility>> InForce(db::Transaction& transaction,
                                                     const FilingDeps& deps,
                                                     const v1::Filing& filing,
                                                     absl::CivilDay today) {
  if (filing.kind() == v1::FILING_KIND_INITIAL) return absl::optional<v1::Facility>();
  ASSIGN_OR_RETURN(v1::Facility facility,
                   LoadFacility(transaction, deps.registry(), filing.facility(), today));
  return absl::optional<v1::Facility>(std::move(facility));
}

void SetDifferences(const absl::optional<v1::Facility>& in_force, v1::Filing* filing) {
  filing->clear_differences();
  if (filing->kind() != v1::FILING_KIND_CHANGE || !in_force.has_value()) return;
  for (v1::ContentDifference& difference : Differences(in_force->content(), filing->content())) {
    *filing->add_differences() = std::move(difference);
  }
}

// Brings a change up to date: the form in force, with the fields the change is about (its differences so far). What was
// filed since the form was filled in stays.
void BringUpToDate(const absl::optional<v1::Facility>& in_force, v1::Filing* filing) {
  if (filing->kind() != v1::FILING_KIND_CHANGE || !in_force.has_value()) return;
  v1::FilingContent content = in_force->content();
  const auto& differences = filing->differences();
  ApplyDifferences({differences.begin(), differences.end()}, filing->content(), &content);
  *filing->mutable_content() = std::move(content);
  SetDifferences(in_force, filing);
}

// Only a facility itself may change or cancel its filing: its token names it, or its account made the first filing.
absl::Status RequireOwnFacility(rpc::WriteContext& context, absl::string_view facility) {
  const rpc::Caller& caller = context.call.caller;
  if (caller.ActsFor(facility)) return absl::OkStatus();
  ASSIGN_OR_RETURN(const bool own,
                   FiledFirst(context.transaction, FacilityId(facility), caller.subject));
  return own ? absl::OkStatus() : rpc::Error("NOT_YOUR_FACILITY");
}

// Starts a change or cancellation from the version in force.
absl::Status StartFromFacility(rpc::WriteContext& context, const FilingDeps& deps,
                               const v1::Filing& wanted, v1::Filing* filing) {
  if (wanted.facility().empty()) return rpc::Error("FIELD_MISSING", {{"field", "filing.facility"}});
  if (FacilityId(wanted.facility()).empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "filing.facility"}});
  }
  RETURN_IF_ERROR(RequireOwnFacility(context, wanted.facility()));
  filing->set_facility(wanted.facility());
  ASSIGN_OR_RETURN(const auto in_force,
                   InForce(context.transaction, deps, *filing, context.call.today));
  if (in_force->state() != v1::FACILITY_STATE_ACTIVE &&
      in_force->state() != v1::FACILITY_STATE_SUSPENDED) {
    return rpc::Error("WRONG_STATE", {{"state", v1::FacilityState_Name(in_force->state())},
                                      {"facility", wanted.facility()}});
  }
  if (filing->kind() == v1::FILING_KIND_CANCELLATION) {
    *filing->mutable_content() = in_force->content();
    return absl::OkStatus();
  }
  *filing->mutable_content() = Overlay(in_force->content(), filing->content());
  SetDifferences(in_force, filing);
  return absl::OkStatus();
}

// Takes over what the facility may set, in normal form.
void TakeOver(const v1::Filing& wanted, const FilingDeps& deps, absl::CivilDay today,
              v1::Filing* filing) {
  if (wanted.has_content() && filing->kind() != v1::FILING_KIND_CANCELLATION) {
    v1::FilingContent content = wanted.content();
    KeepUnseen(filing->content(), &content);
    NormaliseContent(&content, deps.rules, today);
    *filing->mutable_content() = std::move(content);
  }
  filing->clear_commitment();
  if (wanted.has_commitment()) *filing->mutable_commitment() = wanted.commitment();
  filing->clear_cancellation();
  filing->clear_effective_date();
  if (wanted.has_cancellation() && filing->kind() == v1::FILING_KIND_CANCELLATION) {
    *filing->mutable_cancellation() = wanted.cancellation();
  }
  if (wanted.has_effective_date() && filing->kind() == v1::FILING_KIND_CHANGE) {
    *filing->mutable_effective_date() = wanted.effective_date();
  }
}

// A first filing is refused while its USCC is filed already.
absl::StatusOr<bool> IsFiledAlready(db::Transaction& transaction, const v1::Filing& filing,
                                    absl::CivilDay today) {
  if (filing.kind() != v1::FILING_KIND_INITIAL || filing.content().uscc().empty()) return false;
  return UsccFiled(transaction, filing.content().uscc(), today);
}

// What was committed to stays readable when the rule set's text changes.
void CompleteCommitment(const v1::RuleSet& rules, v1::Commitment* commitment) {
  if (commitment->points().empty() &&
      commitment->text_version() == rules.commitment().text_version()) {
    *commitment->mutable_points() = rules.commitment().points();
  }
}

}  // namespace

absl::Status CreateDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::CreateFilingRequest& request, v1::Filing* reply) {
  const rpc::Call& call = context.call;
  const v1::Filing& wanted = request.filing();
  if (wanted.kind() == v1::FILING_KIND_UNSPECIFIED || !v1::FilingKind_IsValid(wanted.kind())) {
    return rpc::Error("FIELD_MISSING", {{"field", "filing.kind"}});
  }
  v1::Filing filing;
  filing.set_name(FilingName(NewUuidV7(call.now)));
  filing.set_etag("1");
  filing.set_kind(wanted.kind());
  filing.set_state(v1::FILING_STATE_DRAFT);
  filing.set_district_code(deps.divisions.district_code());
  filing.set_owner(call.caller.subject);
  *filing.mutable_create_time() = ToProto(call.now);
  *filing.mutable_update_time() = filing.create_time();
  TakeOver(wanted, deps, call.today, &filing);
  if (filing.kind() != v1::FILING_KIND_INITIAL) {
    RETURN_IF_ERROR(StartFromFacility(context, deps, wanted, &filing));
  }
  RETURN_IF_ERROR(CheckSize(filing));
  RETURN_IF_ERROR(rpc::FormError(CheckSyntax(filing, deps.RulesOn(call.today))));
  const FilingRow row = RowOf(std::move(filing), deps);
  RETURN_IF_ERROR(InsertFilings(context.transaction, deps.sealer, {row}));
  JournalFiling(context, "filing.created", call.today, row.filing);
  Answer(context.call, deps, row.filing, reply);
  return absl::OkStatus();
}

absl::Status UpdateDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::UpdateFilingRequest& request, v1::Filing* reply) {
  const absl::CivilDay today = context.call.today;
  const v1::Filing& wanted = request.filing();
  if (wanted.etag().empty()) return rpc::Error("ETAG_MISSING");
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, wanted.name(), wanted.etag(),
                                               FacilityScope(context.call.caller)));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kUpdate, deps));
  filing.set_state(next);
  const v1::FilingContent before = filing.content();
  TakeOver(wanted, deps, today, &filing);
  RETURN_IF_ERROR(CheckSize(filing));
  RETURN_IF_ERROR(rpc::FormError(CheckSyntax(filing, deps.RulesOn(today))));
  if (filing.kind() == v1::FILING_KIND_CHANGE) {
    ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, today));
    for (v1::ContentDifference& difference : Differences(before, filing.content())) {
      *filing.add_differences() = std::move(difference);
    }
    BringUpToDate(in_force, &filing);
  }
  return CloseCase(context, deps, std::move(filing), "filing.updated", today, reply);
}

absl::Status SubmitDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::SubmitFilingRequest& request, v1::SubmitFilingResponse* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, request.name(), request.etag(),
                                               FacilityScope(call.caller)));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kSubmit, deps));
  ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, call.today));
  BringUpToDate(in_force, &filing);
  const v1::Facility* facility = in_force.has_value() ? &*in_force : nullptr;
  Violations violations = CheckSubmission(filing, facility, deps.RulesOn(call.today));
  RETURN_IF_ERROR(rpc::FormError(violations));
  ASSIGN_OR_RETURN(const bool filed, IsFiledAlready(context.transaction, filing, call.today));
  if (filed) return rpc::Error("ALREADY_FILED");

  filing.set_state(next);
  filing.set_package_version(filing.package_version() + 1);
  *filing.mutable_submit_time() = ToProto(call.now);
  if (filing.has_commitment()) CompleteCommitment(deps.rules, filing.mutable_commitment());
  if (filing.kind() == v1::FILING_KIND_CHANGE) {
    RETURN_IF_ERROR(SetChangePending(context, deps.registry(), filing.facility(), true));
  }
  RETURN_IF_ERROR(CloseCase(context, deps, std::move(filing), "filing.submitted", call.today,
                            reply->mutable_filing()));
  for (Violation& violation : violations) *reply->add_violations() = std::move(violation);
  reply->set_submittable(true);
  return absl::OkStatus();
}

absl::Status PrecheckDraft(rpc::Call& call, const FilingDeps& deps,
                           const v1::SubmitFilingRequest& request,
                           v1::SubmitFilingResponse* reply) {
  ASSIGN_OR_RETURN(const std::string id, RequireFilingId(request.name()));
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(v1::Filing filing,
                     FindFiling(transaction, deps.sealer, id, FacilityScope(call.caller)));
    RETURN_IF_ERROR(CheckEtag(filing, request.etag()));
    RETURN_IF_ERROR(StateAfter(filing, FilingVerb::kSubmit, deps).status());
    ASSIGN_OR_RETURN(const auto in_force, InForce(transaction, deps, filing, call.today));
    BringUpToDate(in_force, &filing);
    const v1::Facility* facility = in_force.has_value() ? &*in_force : nullptr;
    Violations violations = CheckSubmission(filing, facility, deps.RulesOn(call.today));
    ASSIGN_OR_RETURN(const bool filed, IsFiledAlready(transaction, filing, call.today));
    if (filed) {
      const rpc::CatalogueEntry* entry = rpc::FindReason("ALREADY_FILED");
      violations.insert(violations.begin(), rpc::FieldViolation("content.uscc", entry->reason,
                                                                entry->text_zh, entry->text_en));
    }
    reply->set_submittable(!HasBlocking(violations));
    for (Violation& violation : violations) *reply->add_violations() = std::move(violation);
    Answer(call, deps, filing, reply->mutable_filing());
    return absl::OkStatus();
  });
}

absl::Status ReportMended(rpc::WriteContext& context, const FilingDeps& deps,
                          const v1::ReportRectificationRequest& request, v1::Filing* reply) {
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(rpc::FormError(CheckFreeText("report", request.report(), 1, 4000)));
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, request.name(), request.etag(),
                                               FacilityScope(context.call.caller)));
  ASSIGN_OR_RETURN(const v1::FilingState next,
                   StateAfter(filing, FilingVerb::kReportRectification, deps));
  if (request.has_content() && filing.kind() != v1::FILING_KIND_CANCELLATION) {
    v1::FilingContent content = request.content();
    KeepUnseen(filing.content(), &content);
    NormaliseContent(&content, deps.rules, today);
    *filing.mutable_content() = std::move(content);
    RETURN_IF_ERROR(CheckSize(filing));
    ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, today));
    const v1::Facility* facility = in_force.has_value() ? &*in_force : nullptr;
    RETURN_IF_ERROR(rpc::FormError(CheckSubmission(filing, facility, deps.RulesOn(today))));
    SetDifferences(in_force, &filing);
  }
  filing.set_state(next);
  filing.mutable_nonconformity()->set_rectification_report(request.report());
  *filing.mutable_nonconformity()->mutable_rectified_on() = ToProto(today);
  return CloseCase(context, deps, std::move(filing), "filing.rectified", today, reply);
}

absl::Status Withdraw(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::WithdrawFilingRequest& request, v1::Filing* reply) {
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(rpc::FormError(CheckFreeText("reason", request.reason(), 0, 500)));
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, request.name(), request.etag(),
                                               FacilityScope(context.call.caller)));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kWithdraw, deps));
  const bool registered = !filing.receipt_number().empty();
  const bool was_submitted = filing.package_version() > 0;
  filing.set_state(next);
  filing.set_withdraw_reason(request.reason());
  *filing.mutable_closed_on() = ToProto(today);
  if (filing.has_nonconformity() && !filing.facility().empty()) {
    RETURN_IF_ERROR(
        CloseNotice(context, deps.registry(), filing.facility(), filing.nonconformity()));
  }
  if (registered && filing.kind() == v1::FILING_KIND_INITIAL) {
    RETURN_IF_ERROR(
        CancelFacility(context, deps.registry(), filing.facility(), filing, today + 1).status());
  } else if (was_submitted && filing.kind() == v1::FILING_KIND_CHANGE) {
    RETURN_IF_ERROR(SetChangePending(context, deps.registry(), filing.facility(), false));
  }
  return CloseCase(context, deps, std::move(filing), "filing.withdrawn", today, reply);
}

}  // namespace tuoyu::filing
