#include "services/filing/filing_drafts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_form.h"
#include "services/filing/filing_rules.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;

// A facility that a change or cancellation names.
absl::Status RequireFacilityName(const v1::Filing& wanted) {
  if (wanted.facility().empty()) return rpc::Error("FIELD_MISSING", {{"field", "filing.facility"}});
  if (FacilityId(wanted.facility()).empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "filing.facility"}});
  }
  return absl::OkStatus();
}

// Only a facility itself may change or cancel its filing: its token names it, or the caller's account made the first
// filing and nobody has acted for the facility since.
absl::Status RequireOwnFacility(db::Transaction& transaction, const rpc::Caller& caller,
                                absl::string_view facility) {
  if (caller.ActsFor(facility)) return absl::OkStatus();
  if (!caller.facility.empty()) return rpc::Error("NOT_YOUR_FACILITY");
  ASSIGN_OR_RETURN(const bool own, FiledFirst(transaction, FacilityId(facility), caller.subject));
  return own ? absl::OkStatus() : rpc::Error("NOT_YOUR_FACILITY");
}

absl::Status CheckKind(const v1::Filing& wanted) {
  if (wanted.kind() == v1::FILING_KIND_UNSPECIFIED || !v1::FilingKind_IsValid(wanted.kind())) {
    return rpc::Error("FIELD_MISSING", {{"field", "filing.kind"}});
  }
  return absl::OkStatus();
}

// A draft of what is wanted, not stored.
absl::StatusOr<v1::Filing> NewDraft(db::Transaction& transaction, const rpc::Call& call,
                                    const FilingDeps& deps, const v1::Filing& wanted) {
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
    RETURN_IF_ERROR(RequireFacilityName(wanted));
    RETURN_IF_ERROR(RequireOwnFacility(transaction, call.caller, wanted.facility()));
    RETURN_IF_ERROR(StartFromFacility(transaction, deps, wanted, call.today, &filing));
  }
  return filing;
}

absl::Status CheckQuota(db::Transaction& transaction, const FilingDeps& deps,
                        const rpc::Caller& caller) {
  ASSIGN_OR_RETURN(const int drafts, CountDrafts(transaction, caller.subject));
  const int limit = deps.rules.max_open_drafts();
  if (drafts < limit) return absl::OkStatus();
  return rpc::Error("TOO_MANY_DRAFTS", {{"limit", absl::StrCat(limit)}});
}

// The stored filing with what of `wanted` is set in its place, as an update or the report of a rectification has it.
absl::StatusOr<v1::Filing> Altered(db::Transaction& transaction, const rpc::Call& call,
                                   const FilingDeps& deps, const v1::Filing& wanted) {
  ASSIGN_OR_RETURN(const std::string id, RequireFilingId(wanted.name(), "filing.name"));
  ASSIGN_OR_RETURN(v1::Filing filing,
                   FindFiling(transaction, deps.sealer, id, FacilityScope(call.caller)));
  RETURN_IF_ERROR(CheckEtag(filing, wanted.etag()));
  const bool mending = filing.state() == v1::FILING_STATE_NONCONFORMITY_NOTICED;
  RETURN_IF_ERROR(
      StateAfter(filing, mending ? FilingVerb::kReportRectification : FilingVerb::kUpdate, deps)
          .status());
  v1::Filing whole = wanted;
  if (!whole.has_commitment()) *whole.mutable_commitment() = filing.commitment();
  if (!whole.has_cancellation()) *whole.mutable_cancellation() = filing.cancellation();
  if (!whole.has_effective_date()) *whole.mutable_effective_date() = filing.effective_date();
  TakeOver(whole, deps, call.today, &filing);
  return filing;
}

}  // namespace

absl::Status CreateDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::CreateFilingRequest& request, v1::Filing* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(CheckKind(request.filing()));
  RETURN_IF_ERROR(CheckQuota(context.transaction, deps, call.caller));
  ASSIGN_OR_RETURN(v1::Filing filing, NewDraft(context.transaction, call, deps, request.filing()));
  RETURN_IF_ERROR(CheckSize(filing));
  RETURN_IF_ERROR(rpc::FormError(CheckSyntax(filing, deps.RulesOn(call.today))));
  if (call.caller.ActsFor(filing.facility())) {
    RETURN_IF_ERROR(
        EndOtherOwners(context.transaction, FacilityId(filing.facility()), call.caller.subject));
  }
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
  TakeOver(wanted, deps, today, &filing);
  RETURN_IF_ERROR(CheckSize(filing));
  RETURN_IF_ERROR(rpc::FormError(CheckSyntax(filing, deps.RulesOn(today))));
  if (filing.kind() == v1::FILING_KIND_CHANGE) {
    ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, today));
    BringUpToDate(in_force, &filing);
  }
  return CloseCase(context, deps, std::move(filing), "filing.updated", today, reply);
}

absl::Status CheckForm(rpc::Call& call, const FilingDeps& deps,
                       const v1::CheckFilingRequest& request, v1::CheckFilingResponse* reply) {
  const v1::Filing& wanted = request.filing();
  if (wanted.name().empty()) RETURN_IF_ERROR(CheckKind(wanted));
  return rpc::RunRead(deps.pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    auto filing = wanted.name().empty() ? NewDraft(transaction, call, deps, wanted)
                                        : Altered(transaction, call, deps, wanted);
    RETURN_IF_ERROR(filing.status());
    RETURN_IF_ERROR(CheckSize(*filing));
    std::vector<Violation> violations = CheckSyntax(*filing, deps.RulesOn(call.today));
    if (!request.syntax_only()) {
      ASSIGN_OR_RETURN(const auto in_force, InForce(transaction, deps, *filing, call.today));
      BringUpToDate(in_force, &*filing);
      ASSIGN_OR_RETURN(violations, CheckWhole(transaction, deps, *filing, in_force, call.today));
    }
    reply->set_acceptable(!HasBlocking(violations));
    reply->set_rules_version(deps.rules.version());
    for (Violation& violation : violations) *reply->add_violations() = std::move(violation);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
