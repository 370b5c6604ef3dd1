#include "services/complaint/reporter/unmasking_acts.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "common/rpc/revision.h"
#include "common/rpc/text_field.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/intake/complainant_repository.h"
#include "services/complaint/reporter/unmasking_repository.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Unmasking;

constexpr int kMostReporters = 1000;

// Stores and journals a request, sealed, and answers with it.
absl::Status Enter(rpc::WriteContext& context, const ComplaintDeps& deps, absl::string_view action,
                   Unmasking unmasking, Unmasking* reply) {
  rpc::Touch(context.call, &unmasking);
  Unmasking sealed = unmasking;
  deps.sealer.SealFields(&sealed);
  RETURN_IF_ERROR(StoreUnmasking(context.transaction, sealed));
  rpc::AddEntry(context, action, unmasking.name(), deps.divisions.district_code(),
                context.call.today, sealed);
  context.call.subject = unmasking.name();
  context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  *reply = std::move(unmasking);
  return absl::OkStatus();
}

// A request of a unit the caller acts for, locked and opened.
absl::StatusOr<Unmasking> RequireUnmasking(rpc::WriteContext& context, const ComplaintDeps& deps,
                                           const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<Unmasking> found,
                   LockUnmasking(context.transaction, UnmaskingId(name)));
  if (!found || !CaseScope(context.call.caller, deps.units).ActsFor(found->unit())) {
    return rpc::Error("UNMASKING_NOT_FOUND");
  }
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  return *std::move(found);
}

}  // namespace

absl::Status AskUnmasking(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::AskUnmaskingRequest& request, Unmasking* reply) {
  Form form("");
  if (request.purpose() == v1::UNMASKING_PURPOSE_UNSPECIFIED ||
      !v1::UnmaskingPurpose_IsValid(request.purpose())) {
    form.Add("purpose", "FIELD_MISSING", "请选择用途", "the purpose is missing");
  }
  form.CheckText("reason", request.reason(), /*required=*/true, rpc::kLongestReason);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(const v1::Case of_case, LockCaseOfUnits(context, deps, request.name()));
  ASSIGN_OR_RETURN(const std::vector<v1::Reporter> known,
                   ReportersOf(context.transaction, CaseId(of_case.name()),
                               context.call.now + absl::Microseconds(1), /*limit=*/1));
  if (known.empty()) return rpc::Error("NO_REPORTER");
  Unmasking unmasking;
  unmasking.set_name(UnmaskingName(NewUuidV7(context.call.now)));
  unmasking.set_case_(of_case.name());
  unmasking.set_unit(CaseScope(context.call.caller, deps.units).UnitOn(of_case));
  unmasking.set_purpose(request.purpose());
  unmasking.set_reason(request.reason());
  unmasking.set_asked_by(context.call.caller.subject);
  *unmasking.mutable_ask_time() = ToProto(context.call.now);
  unmasking.set_state(v1::UNMASKING_STATE_ASKED);
  return Enter(context, deps, "reporter.unmasking_asked", std::move(unmasking), reply);
}

absl::Status DecideUnmasking(rpc::WriteContext& context, const ComplaintDeps& deps,
                             const v1::DecideUnmaskingRequest& request, Unmasking* reply) {
  const rpc::Call& call = context.call;
  if (!request.approve()) {
    RETURN_IF_ERROR(rpc::RequireText("reason", request.reason(), rpc::kLongestReason));
  }
  ASSIGN_OR_RETURN(Unmasking unmasking, RequireUnmasking(context, deps, request.name()));
  if (unmasking.state() != v1::UNMASKING_STATE_ASKED) {
    return rpc::Error("WRONG_STATE", {{"state", v1::UnmaskingState_Name(unmasking.state())}});
  }
  if (call.caller.subject == unmasking.asked_by()) {
    return rpc::Error("FOUR_EYES", {{"step", "申请查看举报人、批准 / ask, approve"}});
  }
  unmasking.set_decided_by(call.caller.subject);
  *unmasking.mutable_decide_time() = ToProto(call.now);
  if (request.approve()) {
    unmasking.set_state(v1::UNMASKING_STATE_APPROVED);
    *unmasking.mutable_expire_time() = ToProto(call.now + kUnmaskingLasts);
  } else {
    unmasking.set_state(v1::UNMASKING_STATE_REJECTED);
    unmasking.set_decision_reason(request.reason());
  }
  return Enter(context, deps,
               request.approve() ? "reporter.unmasking_approved" : "reporter.unmasking_rejected",
               std::move(unmasking), reply);
}

absl::Status ReadReporters(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::ReadReportersRequest& request,
                           v1::ReadReportersResponse* reply) {
  reply->Clear();
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(Unmasking unmasking, RequireUnmasking(context, deps, request.name()));
  // Who asked, and nobody else, not even of the same unit.
  if (call.caller.subject != unmasking.asked_by()) return rpc::Error("UNMASKING_NOT_FOUND");
  if (unmasking.state() != v1::UNMASKING_STATE_APPROVED) {
    return rpc::Error("UNMASKING_NOT_APPROVED");
  }
  if (call.now > FromProto(unmasking.expire_time()).value_or(absl::InfinitePast())) {
    return rpc::Error("UNMASKING_OVER");
  }
  // The case may have gone to another unit since, or have taken in another one, whose complainants nobody approved.
  ASSIGN_OR_RETURN(const v1::Case of_case, LockCaseOfUnits(context, deps, unmasking.case_()));
  const absl::Time decided = FromProto(unmasking.decide_time()).value_or(absl::InfinitePast());
  if (absl::c_any_of(of_case.steps(), [&](const v1::CaseStep& step) {
        return step.kind() == v1::CASE_STEP_KIND_MERGED &&
               FromProto(step.step_time()).value_or(absl::InfiniteFuture()) >= decided;
      })) {
    return rpc::Error("UNMASKING_OVER");
  }
  // Who joined after the decision was in nobody's mind when it was made.
  ASSIGN_OR_RETURN(std::vector<v1::Reporter> reporters,
                   ReportersOf(context.transaction, CaseId(unmasking.case_()),
                               decided + absl::Microseconds(1), kMostReporters + 1));
  reply->set_more(rpc::HasMore(kMostReporters, &reporters));
  for (v1::Reporter& reporter : reporters) {
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&reporter));
    *reply->add_reporters() = std::move(reporter);
  }
  unmasking.set_readings(unmasking.readings() + 1);
  Unmasking entered;
  RETURN_IF_ERROR(Enter(context, deps, "reporter.read", std::move(unmasking), &entered));
  ShowAll(&context.call);
  return absl::OkStatus();
}

absl::Status ListUnmaskings(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                            const v1::ListUnmaskingsRequest& request,
                            v1::ListUnmaskingsResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  if (!request.case_().empty() && CaseId(request.case_()).empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "case"}});
  }
  std::vector<std::string> units;
  if (!call.caller.Has(common::v1::ROLE_AUDITOR)) {
    units = CaseScope(call.caller, deps.units).units();
    if (units.empty()) return rpc::Error("NOT_A_UNIT");
  }
  std::vector<Unmasking> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectUnmaskings(transaction, units, CaseId(request.case_()), page.key,
                                             page.size + 1));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  call.clearance = call.clearance.With(common::v1::DATA_CLASS_PERSONAL);
  for (Unmasking& unmasking : found) {
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&unmasking));
    *reply->add_unmaskings() = std::move(unmasking);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
