#include "services/complaint/intake/follow_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "common/rpc/text_field.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/intake/complainant_repository.h"
#include "services/complaint/intake/followed_case.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/intake/statement_entry.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;
using v1::CaseProgress;

constexpr int kMostSimilar = 5;
constexpr int64_t kMostStatements = 20;
constexpr size_t kLongestReason = 500;

CaseProgress Progress(const ComplaintDeps& deps, const Case& of_case, v1::Satisfaction said) {
  return ProgressOf(of_case, said, deps.rules.OfVersion(of_case.rules_version()), deps.units);
}

// Opens the case once more: it goes back to its unit, and its clocks begin anew.
void Reopen(rpc::WriteContext& context, const ComplaintDeps& deps, Case* of_case) {
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case->rules_version());
  of_case->set_reopened(true);
  of_case->set_state(v1::CASE_STATE_ACCEPTED);
  of_case->clear_handler();
  of_case->clear_outcome();
  of_case->clear_result();
  of_case->clear_resolved_on();
  of_case->clear_filing_decision();
  of_case->clear_recheck_until();
  AddStep(context.call, v1::CASE_STEP_KIND_REOPENED, of_case).set_to_unit(of_case->unit());
  StartClock(
      rules,
      of_case->kind() == v1::CASE_KIND_REPORT ? v1::CLOCK_STEP_DECIDE : v1::CLOCK_STEP_RESOLVE,
      context.call.now, of_case);
}

absl::Status CheckRating(const v1::RateHandlingRequest& request) {
  Form form("");
  if (request.satisfaction() == v1::SATISFACTION_UNSPECIFIED ||
      !v1::Satisfaction_IsValid(request.satisfaction())) {
    form.Add("satisfaction", "FIELD_MISSING", "请选择满意度", "say how content you are");
  }
  if (request.reopen() && request.satisfaction() < v1::SATISFACTION_NOT_CONTENT) {
    form.Add("reopen", "FIELD_NOT_OF_KIND", "不满意的才可要求重新办理",
             "who is content has no case opened once more");
  }
  form.CheckText("reason", request.reason(), request.reopen(), kLongestReason);
  return rpc::FormError(form.Take());
}

}  // namespace

absl::Status FollowCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                         const v1::FollowCaseRequest& request, v1::FollowCaseResponse* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const Complainant complainant,
                     WhoHolds(transaction, deps, request.query_code()));
    ASSIGN_OR_RETURN(const std::vector<FollowedCase> links,
                     CasesFollowed(transaction, complainant.id));
    reply->set_receipt_number(complainant.receipt_number);
    for (const FollowedCase& link : links) {
      ASSIGN_OR_RETURN(absl::optional<Case> of_case,
                       ReadCase(transaction, link.case_id, /*lock=*/false));
      if (!of_case || of_case->state() == v1::CASE_STATE_MERGED) continue;
      RETURN_IF_ERROR(deps.sealer.UnsealFields(&*of_case));
      RefreshClocks(deps.calendar, call.now, &*of_case);
      CaseProgress progress = Progress(deps, *of_case, link.satisfaction);
      if (link.withdrawn) progress.set_state(v1::CASE_STATE_WITHDRAWN);
      *reply->add_cases() = std::move(progress);
    }
    return absl::OkStatus();
  });
}

absl::Status ListSimilarCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps&,
                              const v1::ListSimilarCasesRequest& request,
                              v1::ListSimilarCasesResponse* reply) {
  const std::string facility = FacilityId(request.facility());
  if (facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  if (request.category().empty()) return rpc::Error("FIELD_INVALID", {{"field", "category"}});
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const std::vector<Case> found,
                     SelectJoinable(transaction, facility, request.category(), kMostSimilar));
    for (const Case& of_case : found) {
      v1::SimilarCase& similar = *reply->add_cases();
      similar.set_name(of_case.name());
      similar.set_kind(of_case.kind());
      const absl::CivilDay day =
          DayOf(FromProto(of_case.file_time()).value_or(absl::InfinitePast()));
      *similar.mutable_week() = ToProto(absl::PrevWeekday(day + 1, absl::Weekday::monday));
      if (of_case.disclosed()) similar.set_redacted_text(of_case.redacted_text());
    }
    return absl::OkStatus();
  });
}

absl::Status AddStatement(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::AddStatementRequest& request, CaseProgress* reply) {
  RETURN_IF_ERROR(rpc::RequireText("text", request.text(), kLongestText));
  ASSIGN_OR_RETURN(Followed followed,
                   LockFollowed(context, deps, request.query_code(), request.case_number()));
  Case& of_case = followed.of_case;
  if (!IsOpen(of_case) || followed.link.withdrawn) return WrongState(of_case);
  ASSIGN_OR_RETURN(
      const int64_t before,
      CountStatements(context.transaction, followed.complainant.id, followed.link.case_id));
  if (before >= kMostStatements) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "statements"}, {"most", absl::StrCat(kMostStatements)}});
  }
  RETURN_IF_ERROR(EnterStatement(context, deps, followed.link.case_id, followed.complainant.id,
                                 request.text()));
  AddStatementStep(context.call, &of_case);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.statement_added", &of_case));
  *reply = Progress(deps, of_case, followed.link.satisfaction);
  return absl::OkStatus();
}

absl::Status RateHandling(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::RateHandlingRequest& request, CaseProgress* reply) {
  RETURN_IF_ERROR(CheckRating(request));
  ASSIGN_OR_RETURN(Followed followed,
                   LockFollowed(context, deps, request.query_code(), request.case_number()));
  Case& of_case = followed.of_case;
  if (followed.link.satisfaction != v1::SATISFACTION_UNSPECIFIED) {
    return rpc::Error("ALREADY_RATED");
  }
  if (of_case.state() == v1::CASE_STATE_CLOSED) return rpc::Error("SATISFACTION_OVER");
  if (of_case.state() != v1::CASE_STATE_REPLIED || followed.link.withdrawn) {
    return WrongState(of_case);
  }
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  if (context.call.today > RateUntil(rules, of_case)) return rpc::Error("SATISFACTION_OVER");
  if (request.reopen() && of_case.reopened()) return rpc::Error("ALREADY_REOPENED");
  // Who has it opened once more says again how content it is with what comes of that.
  if (!request.reopen()) followed.link.satisfaction = request.satisfaction();
  RETURN_IF_ERROR(StoreFollowed(context.transaction, followed.complainant.id, followed.link));
  if (request.satisfaction() > of_case.satisfaction()) {
    of_case.set_satisfaction(request.satisfaction());
  }
  AddStep(context.call, v1::CASE_STEP_KIND_RATED, &of_case);
  if (request.reopen()) {
    RETURN_IF_ERROR(EnterStatement(context, deps, followed.link.case_id, followed.complainant.id,
                                   request.reason()));
    Reopen(context, deps, &of_case);
    JournalResult(context, of_case);
  }
  RETURN_IF_ERROR(
      EnterCase(context, deps, request.reopen() ? "case.reopened" : "case.rated", &of_case));
  *reply = Progress(deps, of_case, followed.link.satisfaction);
  return absl::OkStatus();
}

absl::Status WithdrawComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                               const v1::WithdrawComplaintRequest& request, CaseProgress* reply) {
  ASSIGN_OR_RETURN(Followed followed,
                   LockFollowed(context, deps, request.query_code(), request.case_number()));
  Case& of_case = followed.of_case;
  if (!IsOpen(of_case) || followed.link.withdrawn) return WrongState(of_case);
  followed.link.withdrawn = true;
  RETURN_IF_ERROR(StoreFollowed(context.transaction, followed.complainant.id, followed.link));
  ASSIGN_OR_RETURN(const FollowerCount left,
                   CountFollowers(context.transaction, followed.link.case_id));
  of_case.set_complainants(static_cast<int32_t>(left.all));
  of_case.set_replies_wanted(static_cast<int32_t>(left.want_reply));
  AddStep(context.call, v1::CASE_STEP_KIND_WITHDRAWN, &of_case);
  // What is in the public interest goes on.
  const bool ends = left.all == 0 && !of_case.emergency() && of_case.kind() != v1::CASE_KIND_REPORT;
  if (ends) {
    of_case.set_state(v1::CASE_STATE_WITHDRAWN);
    StopClocks(&of_case, context.call.now);
  }
  RETURN_IF_ERROR(EnterCase(context, deps, "case.withdrawn", &of_case));
  *reply = Progress(deps, of_case, followed.link.satisfaction);
  reply->set_state(v1::CASE_STATE_WITHDRAWN);
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
