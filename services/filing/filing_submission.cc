#include "services/filing/filing_submission.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/decision_rules.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_form.h"
#include "services/filing/filing_rules.h"
#include "services/filing/material_repository.h"
#include "services/filing/notice_publication.h"
#include "services/filing/registry.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using Violations = std::vector<Violation>;

// What was committed to stays readable when the rule set's text changes.
void CompleteCommitment(const v1::RuleSet& rules, v1::Commitment* commitment) {
  if (commitment->points().empty() &&
      commitment->text_version() == rules.commitment().text_version()) {
    *commitment->mutable_points() = rules.commitment().points();
  }
}

}  // namespace

absl::Status SubmitDraft(rpc::WriteContext& context, const FilingDeps& deps,
                         const v1::SubmitFilingRequest& request, v1::SubmitFilingResponse* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(v1::Filing filing, OpenCase(context, deps, request.name(), request.etag(),
                                               FacilityScope(call.caller)));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kSubmit, deps));
  ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, call.today));
  BringUpToDate(in_force, &filing);
  ASSIGN_OR_RETURN(Violations violations,
                   CheckWhole(context.transaction, deps, filing, in_force, call.today));
  RETURN_IF_ERROR(RefusalOf(violations));

  filing.set_state(next);
  filing.set_package_version(filing.package_version() + 1);
  filing.set_rules_version(deps.rules.version());
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
    ASSIGN_OR_RETURN(Violations violations,
                     CheckWhole(transaction, deps, filing, in_force, call.today));
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
  if (request.has_content()) {
    if (!filing.receipt_number().empty() && !filing.has_rectified_from()) {
      *filing.mutable_rectified_from() = filing.content();
    }
    TakeOverContent(request.content(), deps, today, &filing);
  }
  if (request.has_commitment()) {
    *filing.mutable_commitment() = request.commitment();
    CompleteCommitment(deps.rules, filing.mutable_commitment());
  }
  RETURN_IF_ERROR(CheckSize(filing));
  ASSIGN_OR_RETURN(const auto in_force, InForce(context.transaction, deps, filing, today));
  BringUpToDate(in_force, &filing);
  ASSIGN_OR_RETURN(const Violations violations,
                   CheckWhole(context.transaction, deps, filing, in_force, today));
  RETURN_IF_ERROR(RefusalOf(violations));
  filing.set_rules_version(deps.rules.version());
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
  if (!filing.receipt_number().empty() && !IsFinal(filing.state())) {
    return rpc::Error("RECEIPT_ISSUED");
  }
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kWithdraw, deps));
  const bool was_submitted = filing.package_version() > 0;
  filing.set_state(next);
  filing.set_withdraw_reason(request.reason());
  *filing.mutable_closed_on() = ToProto(today);
  RETURN_IF_ERROR(CloseNotices(context, deps, filing));
  if (!was_submitted) {
    filing.clear_materials();
    RETURN_IF_ERROR(DiscardUploads(context.transaction, FilingId(filing.name())));
  } else if (filing.kind() == v1::FILING_KIND_CHANGE) {
    RETURN_IF_ERROR(SetChangePending(context, deps.registry(), filing.facility(), false));
  }
  return CloseCase(context, deps, std::move(filing), "filing.withdrawn", today, reply);
}

}  // namespace tuoyu::filing
