#include "services/inspection/penalty/penalty_clocks.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/calendar/deadline.h"
#include "common/form/form.h"
#include "services/inspection/penalty/decision_pause.h"
#include "services/inspection/penalty/penalty_rules.h"

namespace tuoyu::inspection {
namespace {

using calendar::MakeCalendarDeadline;
using calendar::MakeDeadline;
using v1::PenaltyCase;

constexpr size_t kLongestPlace = 200;
constexpr size_t kLongestAccount = 128;

// The day of a date that is set.
std::optional<absl::CivilDay> DayIf(bool is_set, const google::type::Date& date) {
  const auto day = FromProto(date);
  return is_set && day.ok() ? std::optional<absl::CivilDay>(*day) : std::nullopt;
}

int64_t Paid(const PenaltyCase& penalty_case, v1::PaymentKind kind) {
  int64_t paid = 0;
  for (const v1::PenaltyPayment& payment : penalty_case.payments()) {
    if (payment.kind() == kind) paid += payment.amount_fen();
  }
  return paid;
}

// What was paid of a kind and not given back.
int64_t Kept(const PenaltyCase& penalty_case, v1::PaymentKind kind) {
  int64_t kept = Paid(penalty_case, kind);
  for (const v1::PenaltyRefund& refund : penalty_case.refunds()) {
    if (refund.kind() == kind) kept -= refund.amount_fen();
  }
  return kept;
}

// What is to be given back, where `due` is what the decision asks for of a kind.
int64_t TooMuch(const PenaltyCase& penalty_case, v1::PaymentKind kind, int64_t due) {
  return std::max<int64_t>(0, Kept(penalty_case, kind) - due);
}

// Whether no late fee is counted on a day.
bool IsStayed(const PenaltyCase& penalty_case, absl::CivilDay day) {
  return absl::c_any_of(penalty_case.stays(), [&](const v1::PaymentStay& stay) {
    const auto from = FromProto(stay.from());
    return from.ok() && *from <= day && day <= FromProto(stay.until()).value_or(day);
  });
}

// Days to pay, from the delivery: those of the law, or more where it was deferred.
int PayDays(const PenaltyCase& penalty_case, absl::CivilDay delivered) {
  int64_t days = kPayDays;
  for (const v1::PaymentStay& stay : penalty_case.stays()) {
    if (stay.kind() != v1::PAYMENT_STAY_KIND_DEFERRED) continue;
    days = std::max<int64_t>(days, FromProto(stay.until()).value_or(delivered) - delivered);
  }
  return static_cast<int>(days);
}

// Counts the late fee from payment to payment.
class LateFee {
 public:
  LateFee(const PenaltyCase& penalty_case, absl::CivilDay pay_by)
      : case_(penalty_case),
        unpaid_(penalty_case.decision().sanction().fine_fen()),
        counted_to_(pay_by) {}

  void Pay(absl::CivilDay day, int64_t amount) {
    CountTo(day);
    unpaid_ = std::max<int64_t>(0, unpaid_ - amount);
  }
  void CountTo(absl::CivilDay day) {
    if (day <= counted_to_ || unpaid_ == 0) return;
    int64_t days = 0;
    for (absl::CivilDay late = counted_to_ + 1; late <= day; ++late) {
      if (!IsStayed(case_, late)) ++days;
    }
    late_days_ += days;
    hundredths_ += unpaid_ * kLatePercentADay * days;
    counted_to_ = day;
  }
  int64_t fen() const { return hundredths_ / 100; }
  int64_t late_days() const { return late_days_; }

 private:
  const PenaltyCase& case_;
  int64_t unpaid_;
  absl::CivilDay counted_to_;
  int64_t hundredths_ = 0;  // of a fen
  int64_t late_days_ = 0;
};

bool IsHeard(const v1::PenaltyHearing& hearing) {
  return hearing.result() == v1::HEARING_RESULT_HELD ||
         hearing.result() == v1::HEARING_RESULT_ABSENT;
}

// Whether the party may still speak; nothing where the holiday table does not tell.
std::optional<bool> MayStillSpeak(const PenaltyCase& penalty_case, const v1::PenaltyRules& rules,
                                  absl::CivilDay today, const calendar::WorkingDays& calendar) {
  if (penalty_case.has_hearing() && IsHeard(penalty_case.hearing())) return false;
  if (absl::c_any_of(penalty_case.statements(),
                     [](const v1::PenaltyStatement& each) { return each.waives(); })) {
    return false;
  }
  const int days = std::max(rules.statement_working_days(),
                            penalty_case.notice().hearing_right() ? kAskHearingWorkingDays : 0);
  const auto told = FromProto(penalty_case.notice().notified_on());
  const auto last = told.ok() ? calendar.AddWorkingDays(*told, days)
                              : absl::StatusOr<absl::CivilDay>(told.status());
  if (!last.ok()) return std::nullopt;
  return today <= *last;
}

void SetDecisionClocks(absl::CivilDay today, const calendar::WorkingDays& calendar,
                       PenaltyCase* penalty_case) {
  const auto decided = DayIf(Stands(*penalty_case), penalty_case->decision().decided_on());
  if (!decided) {  // of one that was annulled, what is to be given back
    if (penalty_case->has_decision()) {
      *penalty_case->mutable_owed() = OwedOn(*penalty_case, absl::nullopt, today);
    }
    return;
  }
  const auto delivered =
      DayIf(penalty_case->has_delivery(), penalty_case->delivery().delivered_on());
  *penalty_case->mutable_delivery_deadline() =
      MakeDeadline(*decided, kDeliverWorkingDays, delivered, today, calendar);
  *penalty_case->mutable_publish_deadline() = MakeDeadline(
      *decided, kPublishPenaltyWorkingDays,
      DayIf(IsPublished(*penalty_case), penalty_case->published_on()), today, calendar);
  const auto pay_by = PayBy(*penalty_case, calendar);
  const auto closed = DayIf(penalty_case->has_closing(), penalty_case->closing().closed_on());
  *penalty_case->mutable_owed() = OwedOn(*penalty_case, pay_by, closed.value_or(today));
  const v1::PenaltySanction& sanction = penalty_case->decision().sanction();
  if (!delivered || sanction.fine_fen() + sanction.gains_fen() == 0) return;
  const v1::PenaltyOwed& owed = penalty_case->owed();
  std::optional<absl::CivilDay> paid;
  if (owed.fine_fen() + owed.gains_fen() == 0) {
    paid = *delivered;  // where nothing was left to be paid at the delivery
    for (const v1::PenaltyPayment& payment : penalty_case->payments()) {
      if (payment.kind() == v1::PAYMENT_KIND_LATE_FEE) continue;
      paid = std::max(*paid, FromProto(payment.paid_on()).value_or(*paid));
    }
  }
  *penalty_case->mutable_payment_deadline() =
      MakeCalendarDeadline(*delivered, PayDays(*penalty_case, *delivered), paid, today, calendar);
}

// From the annulment, or from the word of it, to the withdrawal.
void SetWithdrawClock(absl::CivilDay today, const calendar::WorkingDays& calendar,
                      PenaltyCase* penalty_case) {
  if (const auto withdrawn =
          DayIf(penalty_case->has_withdrawn_on(), penalty_case->withdrawn_on())) {
    const auto annulled =
        DayIf(penalty_case->has_annulment(), penalty_case->annulment().annulled_on());
    *penalty_case->mutable_withdraw_deadline() = MakeDeadline(
        annulled.value_or(*withdrawn), kWithdrawWorkingDays, withdrawn, today, calendar);
  } else if (const auto annulled = DayIf(penalty_case->has_annulment_notice(),
                                         penalty_case->annulment_notice().annulled_on());
             annulled && IsPublished(*penalty_case)) {
    *penalty_case->mutable_withdraw_deadline() =
        MakeDeadline(*annulled, kWithdrawWorkingDays, std::nullopt, today, calendar);
  }
}

}  // namespace

absl::string_view WhyUndecidable(const PenaltyCase& penalty_case, const v1::PenaltyRules& rules,
                                 absl::CivilDay today, const calendar::WorkingDays& calendar) {
  if (penalty_case.has_hearing() &&
      penalty_case.hearing().result() == v1::HEARING_RESULT_UNSPECIFIED) {
    return "PARTY_NOT_HEARD";
  }
  const std::optional<bool> speaks = MayStillSpeak(penalty_case, rules, today, calendar);
  if (!speaks) return "CALENDAR_UNCOVERED";
  if (*speaks) return "PARTY_NOT_HEARD";
  if (penalty_case.notice().legal_review_needed() && !penalty_case.legal_review().agreed()) {
    return "LEGAL_REVIEW_MISSING";
  }
  return "";
}

absl::string_view WhyNoHearing(const PenaltyCase& penalty_case, absl::CivilDay today,
                               const calendar::WorkingDays& calendar) {
  if (!penalty_case.notice().hearing_right()) return "NO_HEARING_RIGHT";
  const auto told = FromProto(penalty_case.notice().notified_on());
  if (!told.ok()) return "NO_HEARING_RIGHT";
  const auto last = calendar.AddWorkingDays(*told, kAskHearingWorkingDays);
  return last.ok() && today > *last ? "HEARING_TOO_LATE" : "";
}

absl::StatusOr<Violations> CheckCall(const v1::CallHearingRequest& request,
                                     const PenaltyCase& penalty_case,
                                     const std::vector<std::string>& investigators,
                                     absl::CivilDay today, const calendar::WorkingDays& calendar) {
  ASSIGN_OR_RETURN(const absl::CivilDay earliest,
                   calendar.AddWorkingDays(today, kCallHearingWorkingDays));
  Form form("");
  const auto day =
      form.CheckDay("hearing_on", request.hearing_on(), today + 1, today + kMostHearingDays);
  if (day && *day < earliest) {
    form.Add("hearing_on", "HEARING_TOO_SOON",
             absl::StrCat("应在听证七个工作日前通知，最早 ", FormatDay(earliest)),
             absl::StrCat("the party is told 7 working days before: ", FormatDay(earliest),
                          " at the earliest"));
  }
  form.CheckText("place", request.place(), /*required=*/true, kLongestPlace);
  form.CheckText("chair", request.chair(), /*required=*/true, kLongestAccount);
  if (request.chair() == penalty_case.opened_by() ||
      request.chair() == penalty_case.notice().notified_by() ||
      absl::c_linear_search(investigators, request.chair())) {
    form.Add("chair", "CHAIR_INVESTIGATED", "听证由非本案调查人员主持（行政处罚法第六十四条）",
             "who investigated the case does not preside (行政处罚法 art. 64)");
  }
  return form.Take();
}

absl::optional<absl::CivilDay> PayBy(const PenaltyCase& penalty_case,
                                     const calendar::WorkingDays& calendar) {
  const auto delivered = FromProto(penalty_case.delivery().delivered_on());
  if (!penalty_case.has_delivery() || !delivered.ok()) return absl::nullopt;
  const auto due = calendar.WorkingDayFrom(*delivered + kPayDays);
  return due.ok() ? absl::optional<absl::CivilDay>(*due) : absl::nullopt;
}

v1::PenaltyOwed OwedOn(const PenaltyCase& penalty_case, absl::optional<absl::CivilDay> pay_by,
                       absl::CivilDay day) {
  v1::PenaltyOwed owed;
  if (!Stands(penalty_case)) {
    owed.set_refund_fine_fen(TooMuch(penalty_case, v1::PAYMENT_KIND_FINE, 0));
    owed.set_refund_gains_fen(TooMuch(penalty_case, v1::PAYMENT_KIND_GAINS, 0));
    owed.set_refund_late_fee_fen(TooMuch(penalty_case, v1::PAYMENT_KIND_LATE_FEE, 0));
    return owed;
  }
  const v1::PenaltySanction& sanction = penalty_case.decision().sanction();
  const auto rest = [&](int64_t sum, v1::PaymentKind kind) {
    return std::max<int64_t>(0, sum - Kept(penalty_case, kind));
  };
  owed.set_fine_fen(rest(sanction.fine_fen(), v1::PAYMENT_KIND_FINE));
  owed.set_gains_fen(rest(sanction.gains_fen(), v1::PAYMENT_KIND_GAINS));
  owed.set_refund_fine_fen(TooMuch(penalty_case, v1::PAYMENT_KIND_FINE, sanction.fine_fen()));
  owed.set_refund_gains_fen(TooMuch(penalty_case, v1::PAYMENT_KIND_GAINS, sanction.gains_fen()));
  owed.set_uncovered(!pay_by && penalty_case.has_delivery() && sanction.fine_fen() > 0);
  if (!pay_by) return owed;
  LateFee late(penalty_case, *pay_by);
  for (const v1::PenaltyPayment& payment : penalty_case.payments()) {
    if (payment.kind() != v1::PAYMENT_KIND_FINE) continue;
    late.Pay(FromProto(payment.paid_on()).value_or(day), payment.amount_fen());
  }
  late.CountTo(day);
  owed.set_late_fee_fen(std::min(late.fen(), sanction.fine_fen()));
  owed.set_late_fee_owed_fen(rest(owed.late_fee_fen(), v1::PAYMENT_KIND_LATE_FEE));
  owed.set_late_days(static_cast<int32_t>(late.late_days()));
  owed.set_refund_late_fee_fen(
      TooMuch(penalty_case, v1::PAYMENT_KIND_LATE_FEE, owed.late_fee_fen()));
  return owed;
}

absl::optional<absl::CivilDay> WithdrawBy(const PenaltyCase& penalty_case,
                                          const calendar::WorkingDays& calendar) {
  const auto annulled = FromProto(penalty_case.annulment_notice().annulled_on());
  if (!penalty_case.has_annulment_notice() || !IsPublished(penalty_case) || !annulled.ok()) {
    return absl::nullopt;
  }
  return calendar.AddWorkingDays(*annulled, kWithdrawWorkingDays)
      .value_or(*annulled + kWithdrawWorkingDays);
}

void RollStays(const calendar::WorkingDays& calendar, PenaltyCase* penalty_case) {
  for (v1::PaymentStay& stay : *penalty_case->mutable_stays()) {
    const auto until = FromProto(stay.until());
    if (stay.kind() != v1::PAYMENT_STAY_KIND_DEFERRED || !until.ok()) continue;
    *stay.mutable_until() = ToProto(calendar.WorkingDayFrom(*until).value_or(*until));
  }
}

void SetClocks(absl::CivilDay today, const calendar::WorkingDays& calendar,
               PenaltyCase* penalty_case) {
  RollStays(calendar, penalty_case);
  const auto opened = DayIf(penalty_case->has_opened_on(), penalty_case->opened_on());
  auto ended = DayIf(penalty_case->has_decision(), penalty_case->decision().decided_on());
  if (penalty_case->has_annulment()) {
    ended = DayIf(true, penalty_case->annulment().first_decided_on());
  }
  if (penalty_case->has_drop()) ended = DayIf(true, penalty_case->drop().dropped_on());
  if (opened) {
    *penalty_case->mutable_decide_deadline() = MakeCalendarDeadline(
        *opened, kDecideDays + PausedDays(*penalty_case, *opened, ended.value_or(today)), ended,
        today, calendar);
  }
  const auto told = DayIf(penalty_case->has_notice(), penalty_case->notice().notified_on());
  if (told && penalty_case->notice().hearing_right()) {
    *penalty_case->mutable_hearing_deadline() = MakeDeadline(
        *told, kAskHearingWorkingDays,
        DayIf(penalty_case->has_hearing(), penalty_case->hearing().asked_on()), today, calendar);
  }
  SetDecisionClocks(today, calendar, penalty_case);
  SetWithdrawClock(today, calendar, penalty_case);
}

}  // namespace tuoyu::inspection
