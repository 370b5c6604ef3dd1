#include "services/inspection/penalty/penalty_clocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "common/data/holidays.h"
#include "common/testing/matchers.h"
#include "services/inspection/penalty/decision_pause.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr CivilDay kPayBy(2026, 3, 20);

v1::PenaltyCase Fined(int64_t fine) {
  v1::PenaltyCase penalty_case;
  penalty_case.set_state(v1::PENALTY_STATE_DELIVERED);
  v1::PenaltyDecision& decision = *penalty_case.mutable_decision();
  decision.mutable_sanction()->add_measures(v1::PENALTY_MEASURE_FINE);
  decision.mutable_sanction()->set_fine_fen(fine);
  *decision.mutable_decided_on() = ToProto(CivilDay(2026, 3, 2));
  *penalty_case.mutable_delivery()->mutable_delivered_on() = ToProto(CivilDay(2026, 3, 5));
  return penalty_case;
}

void Pay(v1::PaymentKind kind, int64_t amount, CivilDay day, v1::PenaltyCase* penalty_case) {
  v1::PenaltyPayment& payment = *penalty_case->add_payments();
  payment.set_kind(kind);
  payment.set_amount_fen(amount);
  *payment.mutable_paid_on() = ToProto(day);
}

std::string DueOf(const common::v1::Deadline& deadline) {
  return FormatDay(*FromProto(deadline.due_date()));
}

class PenaltyClocksTest : public ::testing::Test {
 protected:
  const calendar::WorkingDays calendar_ =
      *data::LoadHolidays(absl::StrCat(TUOYU_DATA_DIR, "/calendar/cn-holidays.csv"));
};

TEST_F(PenaltyClocksTest, ALateFineGrowsByThreePercentADayAndNeverDoubles) {
  struct Case {
    int64_t fine;
    int days_after;
    int64_t late;
  };
  for (const Case& each : std::vector<Case>{{1'000'000, -5, 0},
                                            {1'000'000, 0, 0},
                                            {1'000'000, 1, 30'000},
                                            {1'000'000, 33, 990'000},
                                            {1'000'000, 34, 1'000'000},
                                            {1'000'000, 400, 1'000'000},
                                            // Rounded once, not day by day.
                                            {33, 1, 0},
                                            {33, 2, 1},
                                            {33, 34, 33},
                                            {50'000'000, 33, 49'500'000}}) {
    const v1::PenaltyOwed owed = OwedOn(Fined(each.fine), kPayBy, kPayBy + each.days_after);
    EXPECT_EQ(owed.late_fee_fen(), each.late) << each.fine << " " << each.days_after;
    EXPECT_EQ(owed.late_days(), std::max(0, each.days_after));
    EXPECT_EQ(owed.fine_fen(), each.fine);
  }
}

TEST_F(PenaltyClocksTest, WhatWasPaidGrowsNoMore) {
  v1::PenaltyCase penalty_case = Fined(1'000'000);
  Pay(v1::PAYMENT_KIND_FINE, 400'000, kPayBy, &penalty_case);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 2).late_fee_fen(), 36'000);
  // The day of the payment still counts.
  Pay(v1::PAYMENT_KIND_FINE, 600'000, kPayBy + 2, &penalty_case);
  Pay(v1::PAYMENT_KIND_LATE_FEE, 6'000, kPayBy + 2, &penalty_case);
  const v1::PenaltyOwed owed = OwedOn(penalty_case, kPayBy, kPayBy + 100);
  EXPECT_EQ(owed.fine_fen(), 0);
  EXPECT_EQ(owed.late_fee_fen(), 36'000);
  EXPECT_EQ(owed.late_fee_owed_fen(), 30'000);
  EXPECT_EQ(owed.late_days(), 2);
}

TEST_F(PenaltyClocksTest, NoLateFeeIsCountedWhileThePaymentIsStayed) {
  v1::PenaltyCase penalty_case = Fined(1'000'000);
  v1::PaymentStay& review = *penalty_case.add_stays();
  review.set_kind(v1::PAYMENT_STAY_KIND_REVIEW);
  *review.mutable_from() = ToProto(kPayBy + 3);
  // It lasts.
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 50).late_fee_fen(), 60'000);
  *review.mutable_until() = ToProto(kPayBy + 10);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 10).late_fee_fen(), 60'000);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 11).late_fee_fen(), 90'000);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 11).late_days(), 3);
  // Two at once count once.
  v1::PaymentStay& deferred = *penalty_case.add_stays();
  deferred.set_kind(v1::PAYMENT_STAY_KIND_DEFERRED);
  *deferred.mutable_from() = ToProto(kPayBy + 9);
  *deferred.mutable_until() = ToProto(CivilDay(2026, 4, 3));
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 14).late_fee_fen(), 60'000);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, CivilDay(2026, 4, 4)).late_fee_fen(), 90'000);
  SetClocks(kPayBy + 1, calendar_, &penalty_case);
  EXPECT_EQ(DueOf(penalty_case.payment_deadline()), "2026-04-03");
}

TEST_F(PenaltyClocksTest, WithoutADayOfPaymentNothingIsLate) {
  v1::PenaltyCase penalty_case = Fined(1'000'000);
  EXPECT_EQ(OwedOn(penalty_case, absl::nullopt, CivilDay(2027, 3, 1)).late_fee_fen(), 0);
  *penalty_case.mutable_delivery()->mutable_delivered_on() = ToProto(CivilDay(2026, 12, 25));
  EXPECT_FALSE(PayBy(penalty_case, calendar_));
  SetClocks(CivilDay(2027, 3, 1), calendar_, &penalty_case);
  EXPECT_TRUE(penalty_case.payment_deadline().uncovered());
  penalty_case.set_state(v1::PENALTY_STATE_ANNULLED);
  EXPECT_EQ(OwedOn(penalty_case, kPayBy, kPayBy + 9).fine_fen(), 0);
}

// The arrangement of the year after is not out yet: nothing is guessed, and all is told once it is there.
TEST_F(PenaltyClocksTest, WhatTheHolidayTableDoesNotReachIsToldOnceItDoes) {
  v1::PenaltyCase penalty_case = Fined(1'000'000);
  const CivilDay end(2026, 12, 30);
  *penalty_case.mutable_opened_on() = ToProto(CivilDay(2026, 11, 2));
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(end);
  penalty_case.mutable_notice()->set_hearing_right(true);
  *penalty_case.mutable_decision()->mutable_decided_on() = ToProto(end);
  *penalty_case.mutable_delivery()->mutable_delivered_on() = ToProto(end);
  *penalty_case.mutable_published_on() = ToProto(end);
  *penalty_case.mutable_annulment_notice()->mutable_annulled_on() = ToProto(end);
  v1::PaymentStay& stay = *penalty_case.add_stays();
  stay.set_kind(v1::PAYMENT_STAY_KIND_DEFERRED);
  *stay.mutable_from() = ToProto(end);
  *stay.mutable_until() = ToProto(CivilDay(2027, 2, 6));  // a Saturday
  const CivilDay today(2027, 3, 1);
  v1::PenaltyCase told = penalty_case;
  SetClocks(today, calendar_, &told);
  for (const common::v1::Deadline* each :
       {&told.hearing_deadline(), &told.delivery_deadline(), &told.payment_deadline(),
        &told.publish_deadline(), &told.withdraw_deadline()}) {
    EXPECT_TRUE(each->uncovered()) << each->ShortDebugString();
    EXPECT_FALSE(each->has_due_date());
    EXPECT_FALSE(each->overdue());
  }
  EXPECT_TRUE(told.owed().uncovered());
  EXPECT_EQ(told.owed().late_fee_fen(), 0);
  EXPECT_EQ(*WithdrawBy(penalty_case, calendar_), end + 3) << "watched from the earliest day";
  // A year of the test's own: a Friday off, and no more.
  const auto longer = calendar::WorkingDays::Create(CivilDay(2026, 1, 1), CivilDay(2027, 12, 31),
                                                    {{CivilDay(2027, 1, 1), false}});
  ASSERT_OK(longer);
  told = penalty_case;
  SetClocks(today, *longer, &told);
  EXPECT_EQ(DueOf(told.hearing_deadline()), "2027-01-07");
  EXPECT_EQ(DueOf(told.delivery_deadline()), "2027-01-11");
  EXPECT_EQ(DueOf(told.publish_deadline()), "2027-01-11");
  EXPECT_EQ(DueOf(told.withdraw_deadline()), "2027-01-05");
  EXPECT_TRUE(told.withdraw_deadline().overdue());
  EXPECT_EQ(DueOf(told.payment_deadline()), "2027-02-08");
  EXPECT_FALSE(told.owed().uncovered());
  // From the Tuesday after the deferred Monday to 1 March: 21 days.
  EXPECT_EQ(told.owed().late_days(), 21);
}

TEST_F(PenaltyClocksTest, DaysThatDontCountMoveTheDecisionAndTwoAtOnceCountOnce) {
  v1::PenaltyCase penalty_case;
  const CivilDay opened(2026, 3, 2);
  *penalty_case.mutable_opened_on() = ToProto(opened);
  const auto due = [&](CivilDay today) {
    SetClocks(today, calendar_, &penalty_case);
    return DueOf(penalty_case.decide_deadline());
  };
  EXPECT_EQ(due(opened + 30), "2026-06-01");  // 31 May is a Sunday
  const auto pause = [&](v1::DecisionPauseKind kind, CivilDay from,
                         absl::optional<CivilDay> until) {
    v1::DecisionPause added;
    added.set_kind(kind);
    *added.mutable_from() = ToProto(from);
    if (until) *added.mutable_until() = ToProto(*until);
    SetPause(added, &penalty_case);
  };
  pause(v1::DECISION_PAUSE_KIND_TESTING, opened + 10, absl::nullopt);
  EXPECT_EQ(due(opened + 9), "2026-06-01");
  EXPECT_EQ(PausedDays(penalty_case, opened, opened + 12), 3) << "it goes on";
  pause(v1::DECISION_PAUSE_KIND_TESTING, opened + 10, opened + 19);
  EXPECT_EQ(penalty_case.pauses_size(), 1);
  pause(v1::DECISION_PAUSE_KIND_HEARING, opened + 15, opened + 24);
  EXPECT_EQ(PausedDays(penalty_case, opened, opened + 60), 15);
  EXPECT_EQ(due(opened + 60), "2026-06-15");  // 105 days after 2 March
}

TEST_F(PenaltyClocksTest, DaysOffMoveTheDeadlinesOfBothKinds) {
  v1::PenaltyCase penalty_case = Fined(1'000'000);
  const CivilDay friday(2026, 2, 13);  // the eve of the spring festival; Saturday 14 is worked
  *penalty_case.mutable_opened_on() = ToProto(CivilDay(2026, 1, 31));
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(friday);
  penalty_case.mutable_notice()->set_hearing_right(true);
  *penalty_case.mutable_decision()->mutable_decided_on() = ToProto(friday);
  *penalty_case.mutable_delivery()->mutable_delivered_on() = ToProto(CivilDay(2026, 2, 5));
  SetClocks(friday, calendar_, &penalty_case);
  EXPECT_EQ(DueOf(penalty_case.hearing_deadline()), "2026-02-27");
  EXPECT_EQ(DueOf(penalty_case.delivery_deadline()), "2026-03-02");
  EXPECT_EQ(DueOf(penalty_case.publish_deadline()), "2026-03-02");
  EXPECT_EQ(penalty_case.publish_deadline().days_left(), 7);
  // 90 days after 31 January is 1 May, 15 days after 5 February is in the spring festival.
  EXPECT_EQ(DueOf(penalty_case.decide_deadline()), "2026-05-06");
  EXPECT_EQ(DueOf(penalty_case.payment_deadline()), "2026-02-24");
  EXPECT_EQ(FormatDay(*PayBy(penalty_case, calendar_)), "2026-02-24");
  *penalty_case.mutable_published_on() = ToProto(friday);
  *penalty_case.mutable_withdrawn_on() = ToProto(CivilDay(2026, 2, 26));
  *penalty_case.mutable_annulment()->mutable_annulled_on() = ToProto(friday);
  *penalty_case.mutable_annulment()->mutable_first_decided_on() = ToProto(friday);
  SetClocks(CivilDay(2026, 2, 26), calendar_, &penalty_case);
  EXPECT_EQ(DueOf(penalty_case.withdraw_deadline()), "2026-02-25");
}

TEST_F(PenaltyClocksTest, TheDecisionWaitsUntilThePartyHadItsDays) {
  v1::PenaltyRules rules;
  rules.set_statement_working_days(3);
  v1::PenaltyCase penalty_case;
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(CivilDay(2026, 3, 2));
  const auto why = [&](CivilDay day) {
    return std::string(WhyUndecidable(penalty_case, rules, day, calendar_));
  };
  EXPECT_EQ(why(CivilDay(2026, 3, 5)), "PARTY_NOT_HEARD");
  EXPECT_EQ(why(CivilDay(2026, 3, 6)), "");
  penalty_case.mutable_notice()->set_hearing_right(true);
  penalty_case.mutable_notice()->set_legal_review_needed(true);
  EXPECT_EQ(why(CivilDay(2026, 3, 9)), "PARTY_NOT_HEARD");
  EXPECT_EQ(why(CivilDay(2026, 3, 10)), "LEGAL_REVIEW_MISSING");
  penalty_case.mutable_legal_review()->set_agreed(false);
  EXPECT_EQ(why(CivilDay(2026, 3, 10)), "LEGAL_REVIEW_MISSING");
  penalty_case.mutable_legal_review()->set_agreed(true);
  EXPECT_EQ(why(CivilDay(2026, 3, 10)), "");
  penalty_case.mutable_hearing()->set_asked_by("accounts/principal");
  EXPECT_EQ(why(CivilDay(2026, 6, 10)), "PARTY_NOT_HEARD");
  penalty_case.mutable_hearing()->set_result(v1::HEARING_RESULT_HELD);
  EXPECT_EQ(why(CivilDay(2026, 3, 4)), "");
  // Taking the request back does not shorten the days to speak.
  penalty_case.mutable_hearing()->set_result(v1::HEARING_RESULT_WITHDRAWN);
  EXPECT_EQ(why(CivilDay(2026, 3, 4)), "PARTY_NOT_HEARD");
  penalty_case.add_statements()->set_waives(true);
  EXPECT_EQ(why(CivilDay(2026, 3, 4)), "");
  penalty_case.clear_statements();
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(CivilDay(2026, 12, 30));
  EXPECT_EQ(why(CivilDay(2027, 3, 4)), "CALENDAR_UNCOVERED");
}

TEST_F(PenaltyClocksTest, AHearingIsAskedForWithinFiveWorkingDays) {
  v1::PenaltyCase penalty_case;
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(CivilDay(2026, 2, 13));
  const auto why = [&](CivilDay day) {
    return std::string(WhyNoHearing(penalty_case, day, calendar_));
  };
  EXPECT_EQ(why(CivilDay(2026, 2, 13)), "NO_HEARING_RIGHT");
  penalty_case.mutable_notice()->set_hearing_right(true);
  EXPECT_EQ(why(CivilDay(2026, 2, 27)), "");
  EXPECT_EQ(why(CivilDay(2026, 2, 28)), "HEARING_TOO_LATE");
  // Where the table ends, nobody is denied one.
  *penalty_case.mutable_notice()->mutable_notified_on() = ToProto(CivilDay(2026, 12, 30));
  EXPECT_EQ(why(CivilDay(2027, 2, 1)), "");
}

TEST_F(PenaltyClocksTest, TheCallComesSevenWorkingDaysBeforeAndFromWhoDidNotInvestigate) {
  v1::PenaltyCase penalty_case;
  penalty_case.set_opened_by("accounts/DHC/1");
  v1::CallHearingRequest request;
  request.set_place("区政务中心");
  request.set_chair("accounts/DHC/9");
  const auto faults = [&](CivilDay today) {
    const auto violations = CheckCall(request, penalty_case, {"accounts/DHC/2"}, today, calendar_);
    EXPECT_OK(violations);
    std::vector<std::string> reasons;
    for (const auto& each : *violations) reasons.push_back(each.reason());
    return reasons;
  };
  const CivilDay today(2026, 2, 13);
  *request.mutable_hearing_on() = ToProto(CivilDay(2026, 3, 1));
  EXPECT_THAT(faults(today), ElementsAre("HEARING_TOO_SOON"));
  *request.mutable_hearing_on() = ToProto(CivilDay(2026, 3, 2));
  EXPECT_THAT(faults(today), IsEmpty());
  for (const char* chair : {"accounts/DHC/1", "accounts/DHC/2"}) {
    request.set_chair(chair);
    EXPECT_THAT(faults(today), ElementsAre("CHAIR_INVESTIGATED"));
  }
  EXPECT_TRUE(calendar::IsCalendarUncovered(
      CheckCall(request, penalty_case, {}, CivilDay(2026, 12, 30), calendar_).status()));
}

}  // namespace
}  // namespace tuoyu::inspection
