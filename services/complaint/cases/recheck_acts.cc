#include "services/complaint/cases/recheck_acts.h"

#include <string>
#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/text_field.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/recheck_rules.h"
#include "services/complaint/intake/followed_case.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/intake/statement_entry.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

constexpr size_t kLongestReason = 500;
constexpr size_t kLongestBody = 60;
constexpr size_t kLongestAnswer = 1000;

absl::Status CheckAnswer(const v1::AnswerRecheckRequest& request) {
  Form form("");
  form.CheckText("body", request.body(), /*required=*/true, kLongestBody);
  if (request.result() == v1::RECHECK_RESULT_UNSPECIFIED ||
      !v1::RecheckResult_IsValid(request.result())) {
    form.Add("result", "FIELD_MISSING", "请选择维持、变更或撤销", "upheld, changed or revoked");
  }
  form.CheckText("answer", request.answer(), /*required=*/true, kLongestAnswer);
  return rpc::FormError(form.Take());
}

}  // namespace

absl::Status AskRecheck(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::AskRecheckRequest& request, v1::CaseProgress* reply) {
  RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), kLongestReason));
  ASSIGN_OR_RETURN(Followed followed,
                   LockFollowed(context, deps, request.query_code(), request.case_number()));
  Case& of_case = followed.of_case;
  if (followed.link.withdrawn || of_case.state() == v1::CASE_STATE_RECHECK) {
    return WrongState(of_case);
  }
  if (!MayAskRecheck(of_case, context.call.today)) return rpc::Error("RECHECK_OVER");
  const v1::ComplaintRules& rules = deps.rules.OfVersion(of_case.rules_version());
  RETURN_IF_ERROR(EnterStatement(context, deps, followed.link.case_id, followed.complainant.id,
                                 request.reason()));
  const v1::ClockStep step = BeginRecheck(rules, context.call.now, &of_case);
  AddStep(context.call,
          step == v1::CLOCK_STEP_RECHECK ? v1::CASE_STEP_KIND_RECHECK_ASKED
                                         : v1::CASE_STEP_KIND_FINAL_RECHECK_ASKED,
          &of_case);
  RETURN_IF_ERROR(EnterCase(context, deps, "case.recheck_asked", &of_case));
  *reply = ProgressOf(of_case, followed.link.satisfaction, rules, deps.units);
  return absl::OkStatus();
}

absl::Status AnswerRecheck(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::AnswerRecheckRequest& request, Case* reply) {
  RETURN_IF_ERROR(CheckAnswer(request));
  ASSIGN_OR_RETURN(Case of_case, LockOwnCase(context, deps, request.name(), request.etag()));
  v1::Recheck* recheck = OpenRecheckOf(&of_case);
  if (recheck == nullptr) return WrongState(of_case);
  recheck->set_body(request.body());
  recheck->set_result(request.result());
  recheck->set_answer(request.answer());
  *recheck->mutable_answered_on() = ToProto(context.call.today);
  EndClock(&of_case, recheck->step(), context.call.now);
  of_case.set_state(v1::CASE_STATE_CLOSED);
  OpenRecheck(deps.rules.OfVersion(of_case.rules_version()), deps.calendar, context.call.today,
              &of_case);
  AddStep(context.call, v1::CASE_STEP_KIND_RECHECK_ANSWERED, &of_case);
  return EnterAndAnswer(context, deps, "case.recheck_answered", std::move(of_case), reply);
}

}  // namespace tuoyu::complaint
