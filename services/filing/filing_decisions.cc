#include "services/filing/filing_decisions.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/change_rules.h"
#include "services/filing/decision_rules.h"
#include "services/filing/filing_access.h"
#include "services/filing/filing_case.h"
#include "services/filing/filing_rules.h"
#include "services/filing/notice_publication.h"
#include "services/filing/receipt_issue.h"

namespace tuoyu::filing {
namespace {

// A filing in the divisions of the officer, locked.
absl::StatusOr<v1::Filing> OpenOfficerCase(rpc::WriteContext& context, const FilingDeps& deps,
                                           absl::string_view name, absl::string_view etag) {
  ASSIGN_OR_RETURN(const FilingScope scope, OfficerScope(context.call.caller));
  return OpenCase(context, deps, name, etag, scope);
}

// Who received a filing, made it, or gave its last notice neither accepts nor completes it.
absl::Status CheckFourEyes(const v1::Filing& filing, const FilingDeps& deps,
                           const rpc::Caller& caller) {
  if (!deps.rules.four_eyes()) return absl::OkStatus();
  const std::pair<absl::string_view, const char*> earlier[] = {
      {filing.received_by(), "receive/accept"},
      {filing.owner(), "file/accept"},
      {filing.nonconformity().noticed_by(), "notice/complete"}};
  for (const auto& [who, step] : earlier) {
    if (who == caller.subject) return rpc::Error("FOUR_EYES", {{"step", step}});
  }
  return absl::OkStatus();
}

// Brings a change up to date with what was filed since its form was filled in; both must go together.
absl::Status BringUpToDate(rpc::WriteContext& context, const FilingDeps& deps,
                           absl::CivilDay effective, v1::Filing* filing) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(v1::FilingContent content,
                   ContentOfChange(context, deps.registry(), *filing, effective));
  if (Differences(filing->content(), content).empty()) return absl::OkStatus();
  *filing->mutable_content() = std::move(content);
  ASSIGN_OR_RETURN(const v1::Facility facility,
                   LoadFacility(context.transaction, deps.registry(), filing->facility(), today));
  return rpc::FormError(CheckSubmission(*filing, &facility, deps.RulesOn(today)));
}

// Enters an accepted filing in the registry; returns the day from which it holds.
absl::StatusOr<absl::CivilDay> Register(rpc::WriteContext& context, const FilingDeps& deps,
                                        v1::Filing* filing) {
  const absl::CivilDay today = context.call.today;
  switch (filing->kind()) {
    case v1::FILING_KIND_CHANGE: {
      absl::CivilDay effective = today;
      if (filing->has_effective_date()) {
        ASSIGN_OR_RETURN(effective, FromProto(filing->effective_date()));
      }
      *filing->mutable_effective_date() = ToProto(effective);
      RETURN_IF_ERROR(BringUpToDate(context, deps, effective, filing));
      RETURN_IF_ERROR(
          ChangeFacility(context, deps.registry(), filing->facility(), *filing, effective)
              .status());
      return effective;
    }
    case v1::FILING_KIND_CANCELLATION: {
      ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(filing->cancellation().last_day()));
      RETURN_IF_ERROR(
          CancelFacility(context, deps.registry(), filing->facility(), *filing, last + 1).status());
      return last + 1;
    }
    default: {
      ASSIGN_OR_RETURN(const v1::Facility facility,
                       RegisterFacility(context, deps.registry(), *filing, today));
      filing->set_facility(facility.name());
      return today;
    }
  }
}

// Moves a filing to `next`, FILED or COMPLETED, with its receipt and its entry in the registry.
absl::Status FileIt(rpc::WriteContext& context, const FilingDeps& deps, v1::Filing filing,
                    v1::FilingState next, absl::string_view action,
                    v1::AcceptFilingResponse* reply) {
  const absl::CivilDay today = context.call.today;
  filing.set_state(next);
  *filing.mutable_filed_on() = ToProto(today);
  if (next == v1::FILING_STATE_COMPLETED) *filing.mutable_closed_on() = ToProto(today);
  ASSIGN_OR_RETURN(*filing.mutable_receipt_number(), TakeReceiptNumber(context, deps));
  ASSIGN_OR_RETURN(const absl::CivilDay effective, Register(context, deps, &filing));
  RETURN_IF_ERROR(IssueReceipt(context, deps, filing, reply->mutable_signed_receipt()));
  return CloseCase(context, deps, std::move(filing), action, effective, reply->mutable_filing());
}

}  // namespace

absl::Status ReturnIncomplete(rpc::WriteContext& context, const FilingDeps& deps,
                              const v1::ReturnFilingRequest& request, v1::Filing* reply) {
  RETURN_IF_ERROR(rpc::FormError(CheckReturnItems(request.items())));
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kReturn, deps));
  filing.set_state(next);
  *filing.mutable_return_items() = request.items();
  return CloseCase(context, deps, std::move(filing), "filing.returned", context.call.today, reply);
}

absl::Status Receive(rpc::WriteContext& context, const FilingDeps& deps,
                     const v1::ReceiveFilingRequest& request, v1::Filing* reply) {
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kReceive, deps));
  filing.set_state(next);
  *filing.mutable_receive_time() = ToProto(context.call.now);
  filing.set_received_by(context.call.caller.subject);
  return CloseCase(context, deps, std::move(filing), "filing.received", context.call.today, reply);
}

absl::Status Accept(rpc::WriteContext& context, const FilingDeps& deps,
                    const v1::AcceptFilingRequest& request, v1::AcceptFilingResponse* reply) {
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kAccept, deps));
  RETURN_IF_ERROR(CheckFourEyes(filing, deps, context.call.caller));
  return FileIt(context, deps, std::move(filing), next, "filing.accepted", reply);
}

absl::Status PublishNonconformity(rpc::WriteContext& context, const FilingDeps& deps,
                                  const v1::NoticeNonconformityRequest& request,
                                  v1::Filing* reply) {
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(
      rpc::FormError(CheckNotice(request.items(), request.rectify_by(), deps.RulesOn(today))));
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next,
                   StateAfter(filing, FilingVerb::kNoticeNonconformity, deps));
  RETURN_IF_ERROR(CloseNotices(context, deps, filing));
  filing.set_state(next);
  filing.clear_nonconformity();
  v1::NonconformityNotice& notice = *filing.mutable_nonconformity();
  *notice.mutable_noticed_on() = ToProto(today);
  *notice.mutable_items() = request.items();
  *notice.mutable_rectify_by() = request.rectify_by();
  notice.set_noticed_by(context.call.caller.subject);
  RETURN_IF_ERROR(PublishNotices(context, deps, filing));
  return CloseCase(context, deps, std::move(filing), "filing.nonconformity_noticed", today, reply);
}

absl::Status Complete(rpc::WriteContext& context, const FilingDeps& deps,
                      const v1::CompleteFilingRequest& request, v1::AcceptFilingResponse* reply) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kComplete, deps));
  RETURN_IF_ERROR(CheckFourEyes(filing, deps, context.call.caller));
  RETURN_IF_ERROR(CloseNotices(context, deps, filing));
  if (IssuesReceipt(filing, next)) {
    return FileIt(context, deps, std::move(filing), next, "filing.completed", reply);
  }
  RETURN_IF_ERROR(MendFacility(
      context, deps.registry(), filing, [&](const auto& content, const auto& differences) {
        return rpc::FormError(CheckMerged(content, differences, deps.RulesOn(today)));
      }));
  filing.clear_rectified_from();
  filing.set_state(next);
  *filing.mutable_closed_on() = ToProto(today);
  ASSIGN_OR_RETURN(*reply->mutable_signed_receipt(),
                   ReceiptOf(context.transaction, deps, filing.name()));
  return CloseCase(context, deps, std::move(filing), "filing.completed", today,
                   reply->mutable_filing());
}

absl::Status Terminate(rpc::WriteContext& context, const FilingDeps& deps,
                       const v1::TerminateFilingRequest& request, v1::Filing* reply) {
  const absl::CivilDay today = context.call.today;
  RETURN_IF_ERROR(rpc::FormError(CheckFreeText("reason", request.reason(), 1, 500)));
  ASSIGN_OR_RETURN(v1::Filing filing,
                   OpenOfficerCase(context, deps, request.name(), request.etag()));
  ASSIGN_OR_RETURN(const v1::FilingState next, StateAfter(filing, FilingVerb::kTerminate, deps));
  if (!filing.facility().empty()) {
    ASSIGN_OR_RETURN(const v1::Facility facility,
                     LoadFacility(context.transaction, deps.registry(), filing.facility(), today));
    if (!filing.receipt_number().empty() && !IsFinal(facility.state())) {
      return rpc::Error("RECEIPT_ISSUED");
    }
  }
  filing.set_state(next);
  filing.set_terminated_by(context.call.caller.subject);
  filing.set_terminate_reason(request.reason());
  *filing.mutable_closed_on() = ToProto(today);
  RETURN_IF_ERROR(CloseNotices(context, deps, filing));
  if (filing.kind() == v1::FILING_KIND_CHANGE && filing.receipt_number().empty()) {
    RETURN_IF_ERROR(SetChangePending(context, deps.registry(), filing.facility(), false));
  }
  return CloseCase(context, deps, std::move(filing), "filing.terminated", today, reply);
}

}  // namespace tuoyu::filing
