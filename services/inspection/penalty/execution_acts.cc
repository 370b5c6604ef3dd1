#include "services/inspection/penalty/execution_acts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_entry.h"
#include "services/inspection/penalty/penalty_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;

constexpr size_t kLongestText = 1000;
constexpr int kMostPayments = 100;
constexpr int kMostStays = 20;

// The case has a decision that stands.
absl::Status RequireDecision(const PenaltyCase& penalty_case) {
  return Stands(penalty_case) ? absl::OkStatus() : WrongState(penalty_case);
}

// All is paid, as the kind of closing asks.
absl::Status RequirePaid(const PenaltyCase& penalty_case, v1::PenaltyClosingKind kind,
                         const InspectionDeps& deps, absl::CivilDay today) {
  if (kind == v1::PENALTY_CLOSING_KIND_ENDED_BY_COURT) return absl::OkStatus();
  const auto pay_by = PayBy(penalty_case, deps.calendar);
  const v1::PenaltyOwed owed = OwedOn(penalty_case, pay_by, today);
  const int64_t late = kind == v1::PENALTY_CLOSING_KIND_EXECUTED ? owed.late_fee_owed_fen() : 0;
  if (owed.fine_fen() + owed.gains_fen() + late > 0) {
    return rpc::Error("PENALTY_UNPAID", {{"fine_fen", absl::StrCat(owed.fine_fen())},
                                         {"gains_fen", absl::StrCat(owed.gains_fen())},
                                         {"late_fen", absl::StrCat(late)}});
  }
  const int64_t refund =
      owed.refund_fine_fen() + owed.refund_gains_fen() + owed.refund_late_fee_fen();
  if (refund > 0) return rpc::Error("REFUND_OWED", {{"fen", absl::StrCat(refund)}});
  const bool fined = penalty_case.decision().sanction().fine_fen() > 0;
  if (fined && !pay_by && kind == v1::PENALTY_CLOSING_KIND_EXECUTED) {
    return rpc::Error("CALENDAR_UNCOVERED");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status RecordDelivery(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::RecordDeliveryRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_DECIDED));
  Form form("");
  if (request.method() == v1::DELIVERY_METHOD_UNSPECIFIED ||
      !v1::DeliveryMethod_IsValid(request.method())) {
    form.Add("method", "FIELD_MISSING", "请选择送达方式", "the method is missing");
  }
  form.CheckDay("delivered_on", request.delivered_on(),
                FromProto(penalty_case.decision().decided_on()).value_or(call.today), call.today);
  form.CheckText("proof", request.proof(), /*required=*/true, kLongestProof);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  v1::PenaltyDelivery& delivery = *penalty_case.mutable_delivery();
  delivery.set_method(request.method());
  *delivery.mutable_delivered_on() = request.delivered_on();
  delivery.set_proof(request.proof());
  delivery.set_recorded_by(call.caller.subject);
  penalty_case.set_state(v1::PENALTY_STATE_DELIVERED);
  return EnterCase(context, deps, "penalty.delivered", std::move(penalty_case), reply);
}

absl::Status RecordPayment(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::RecordPaymentRequest& request, PenaltyCase* reply) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_DELIVERED));
  if (penalty_case.payments_size() >= kMostPayments) return WrongState(penalty_case);
  RollStays(deps.calendar, &penalty_case);
  const absl::CivilDay paid_on = FromProto(request.payment().paid_on()).value_or(today);
  const v1::PenaltyOwed owed = OwedOn(penalty_case, PayBy(penalty_case, deps.calendar), paid_on);
  RETURN_IF_ERROR(rpc::FormError(CheckPayment(request.payment(), penalty_case, owed, today)));
  v1::PenaltyPayment& payment = *penalty_case.add_payments();
  payment = request.payment();
  payment.set_recorded_by(context.call.caller.subject);
  return EnterCase(context, deps, "penalty.paid", std::move(penalty_case), reply);
}

absl::Status RecordPaymentStay(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::RecordPaymentStayRequest& request, PenaltyCase* reply) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_DELIVERED));
  RETURN_IF_ERROR(rpc::FormError(CheckStay(request.stay(), penalty_case, today)));
  v1::PaymentStay stay = request.stay();
  stay.set_recorded_by(context.call.caller.subject);
  SetStay(stay, &penalty_case);
  if (penalty_case.stays_size() > kMostStays) return WrongState(penalty_case);
  return EnterCase(context, deps, "penalty.payment_stayed", std::move(penalty_case), reply);
}

absl::Status ClosePenaltyCase(rpc::WriteContext& context, const InspectionDeps& deps,
                              const v1::ClosePenaltyCaseRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  Form form("");
  if (request.kind() == v1::PENALTY_CLOSING_KIND_UNSPECIFIED ||
      !v1::PenaltyClosingKind_IsValid(request.kind())) {
    form.Add("kind", "FIELD_MISSING", "请选择结案方式", "the kind is missing");
  }
  form.CheckText("text", request.text(), /*required=*/true, kLongestText);
  RETURN_IF_ERROR(rpc::FormError(form.Take()));
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireState(penalty_case, v1::PENALTY_STATE_DELIVERED));
  RollStays(deps.calendar, &penalty_case);
  RETURN_IF_ERROR(RequirePaid(penalty_case, request.kind(), deps, call.today));
  v1::PenaltyClosing& closing = *penalty_case.mutable_closing();
  closing.set_kind(request.kind());
  closing.set_text(request.text());
  *closing.mutable_closed_on() = ToProto(call.today);
  closing.set_closed_by(call.caller.subject);
  penalty_case.set_state(v1::PENALTY_STATE_CLOSED);
  return EnterCase(context, deps, "penalty.closed", std::move(penalty_case), reply);
}

absl::Status PublishPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::PublishPenaltyRequest& request, PenaltyCase* reply) {
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireDecision(penalty_case));
  if (IsPublished(penalty_case)) return WrongState(penalty_case);
  // The party does not learn of it from the public.
  if (!penalty_case.has_delivery()) return rpc::Error("PENALTY_NOT_DELIVERED");
  penalty_case.clear_withdrawn_on();
  penalty_case.clear_withdraw_reason();
  *penalty_case.mutable_published_on() = ToProto(context.call.today);
  return EnterCase(context, deps, "penalty.published", std::move(penalty_case), reply);
}

absl::Status NoteAnnulment(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::NoteAnnulmentRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireDecision(penalty_case));
  RETURN_IF_ERROR(rpc::FormError(CheckAnnulmentNotice(request.notice(), penalty_case, call.today)));
  v1::AnnulmentNotice& notice = *penalty_case.mutable_annulment_notice();
  notice = request.notice();
  notice.set_noted_by(call.caller.subject);
  *notice.mutable_noted_on() = ToProto(call.today);
  penalty_case.clear_withdrawal_overdue_on();
  return EnterCase(context, deps, "penalty.annulment_noted", std::move(penalty_case), reply);
}

absl::Status RecordRefund(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::RecordRefundRequest& request, PenaltyCase* reply) {
  const absl::CivilDay today = context.call.today;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  if (!penalty_case.has_annulment() || penalty_case.refunds_size() >= kMostPayments) {
    return WrongState(penalty_case);
  }
  RollStays(deps.calendar, &penalty_case);
  const v1::PenaltyOwed owed = OwedOn(penalty_case, PayBy(penalty_case, deps.calendar), today);
  RETURN_IF_ERROR(rpc::FormError(CheckRefund(request.refund(), penalty_case, owed, today)));
  v1::PenaltyRefund& refund = *penalty_case.add_refunds();
  refund = request.refund();
  refund.set_recorded_by(context.call.caller.subject);
  return EnterCase(context, deps, "penalty.refunded", std::move(penalty_case), reply);
}

absl::Status AnnulPenalty(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::AnnulPenaltyRequest& request, PenaltyCase* reply) {
  const rpc::Call& call = context.call;
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockOwnCase(context, deps, request.name()));
  RETURN_IF_ERROR(RequireDecision(penalty_case));
  ASSIGN_OR_RETURN(const CaseRules of_case, RulesOf(deps, penalty_case));
  RETURN_IF_ERROR(
      rpc::FormError(CheckAnnulment(request, penalty_case, *of_case.conduct, call.today)));
  const bool was_public = IsPublished(penalty_case);
  Annul(request, call.caller.subject, call.today, &penalty_case);
  // One that comes late shows that it does, also where no word of it came before.
  const auto annulled_on = FromProto(request.annulled_on());
  const auto by = annulled_on.ok()
                      ? deps.calendar.AddWorkingDays(*annulled_on, kWithdrawWorkingDays)
                      : absl::StatusOr<absl::CivilDay>(annulled_on.status());
  if (was_public && by.ok() && call.today > *by && !penalty_case.has_withdrawal_overdue_on()) {
    *penalty_case.mutable_withdrawal_overdue_on() = ToProto(call.today);
  }
  return EnterCase(
      context, deps,
      penalty_case.state() == v1::PENALTY_STATE_ANNULLED ? "penalty.annulled" : "penalty.changed",
      std::move(penalty_case), reply);
}

}  // namespace tuoyu::inspection
