// Where the course of a case is bound by time: which unit's it is, claims of long ago, the hotline, the decision on a report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/complaint/cases/case_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::Not;

class CaseCourseTest : public CaseFixture {
 protected:
  absl::StatusOr<v1::Case> Settle(const v1::Case& of_case, const std::string& to,
                                  const std::string& token) const {
    v1::SettleCompetenceRequest request;
    request.set_name(of_case.name());
    request.set_to_unit(to);
    request.set_reason("属价格监管");
    return Call(&Cases::SettleCompetence, token, request);
  }
  absl::StatusOr<v1::Case> Decide(const v1::Case& of_case, v1::FilingDecision decision) const {
    v1::DecideCaseRequest request;
    request.set_name(of_case.name());
    request.set_decision(decision);
    request.set_reason("经核查认定");
    return Call(&Cases::DecideCase, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> TellOfDecision(const v1::Case& of_case) const {
    v1::TellDecisionRequest request;
    request.set_name(of_case.name());
    request.set_note("电话告知");
    return Call(&Cases::TellDecision, Officer(of_case.unit()), request);
  }
};

TEST_F(CaseCourseTest, ACaseSentBackIsSettledInSevenWorkingDaysAndAfterTheSecondTimeByTheLead) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const auto sent = Transfer(filed, "DRC", Officer("SAMR"));
  ASSERT_OK(sent);
  EXPECT_FALSE(ClockOf(*sent, v1::CLOCK_STEP_COMPETENCE).has_deadline()) << "nobody disagrees yet";
  EXPECT_EQ(ReasonOf(Settle(filed, "DRC", Head("DHC")).status()), "WRONG_STATE");
  const auto back = Return(*sent);
  ASSERT_OK(back);
  EXPECT_EQ(DueOn(ClockOf(*back, v1::CLOCK_STEP_COMPETENCE)), CivilDay(2026, 3, 11));
  GoTo(CivilDay(2026, 3, 4));
  // Sent once more by the ordinary way it is the second time, and the clock is that of the first.
  const auto again = Transfer(*back, "DRC", Officer("SAMR"));
  ASSERT_OK(again);
  EXPECT_EQ(DueOn(ClockOf(*again, v1::CLOCK_STEP_COMPETENCE)), CivilDay(2026, 3, 11));
  EXPECT_EQ(ReasonOf(Return(*again).status()), "COMPETENCE_DISPUTED");
  EXPECT_EQ(ReasonOf(Transfer(*again, "SAMR", Officer("DRC")).status()), "COMPETENCE_DISPUTED");
  // It escalates when nobody says whose it is.
  GoTo(CivilDay(2026, 3, 12));
  EXPECT_EQ(Wake(), 1);
  const auto late = Get(filed.name(), Officer("DRC"));
  ASSERT_OK(late);
  EXPECT_TRUE(ClockOf(*late, v1::CLOCK_STEP_COMPETENCE).late());
  EXPECT_THAT(StepsOf(*late), Contains(v1::CASE_STEP_KIND_ESCALATED));
  EXPECT_EQ(ReasonOf(Settle(filed, "SAMR", Head("DRC")).status()), "CASE_OF_OTHER_UNIT");
  EXPECT_EQ(Settle(filed, "SAMR", Officer("DHC")).status().code(),
            absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(Settle(filed, "NOBODY", Head("DHC")).status()), "FIELD_INVALID");
  const auto settled = Settle(filed, "SAMR", Head("DHC"));
  ASSERT_OK(settled);
  EXPECT_EQ(settled->unit(), "SAMR");
  EXPECT_TRUE(ClockOf(*settled, v1::CLOCK_STEP_COMPETENCE).has_done_time());
  EXPECT_EQ(ReasonOf(Transfer(*settled, "DRC", Officer("SAMR")).status()), "COMPETENCE_DISPUTED");
  EXPECT_EQ(ReasonOf(Settle(filed, "DRC", Head("DHC")).status()), "WRONG_STATE") << "once";
  ASSERT_OK(Accept(*settled));
}

TEST_F(CaseCourseTest, AnAcceptanceEndsTheDisputeAndAConfidentialOneIsSettledByTheLeadToo) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  const v1::Case filed = Filed(filing);
  // Not on it from the start: the lead comes on the case with the second time.
  const auto sent = Transfer(filed, "FIRE", Officer("SAMR"));
  ASSERT_OK(sent);
  const auto back = Return(*sent);
  ASSERT_OK(back);
  const auto accepted = Accept(*back);
  ASSERT_OK(accepted);
  EXPECT_TRUE(ClockOf(*accepted, v1::CLOCK_STEP_COMPETENCE).has_done_time());
  v1::Filing other = AnonymousReport(facility_, "FIRE_RISK", "安全出口上锁，杂物堆放。");
  const v1::Case second = Filed(other);
  const auto there = Transfer(second, "HURC", Officer("FIRE"));
  ASSERT_OK(there);
  EXPECT_THAT(there->assists(), Not(Contains("DHC")));
  const auto here = Return(*there);
  ASSERT_OK(here);
  const auto once_more = Return(*here);
  ASSERT_OK(once_more);
  EXPECT_THAT(once_more->assists(), Contains("DHC"));
  EXPECT_OK(Settle(second, "HURC", Head("DHC")));
}

TEST_F(CaseCourseTest, AComplaintOfLongAgoMayBeRefusedAndItsComplainantIsToldSo) {
  v1::Filing filing = FeesComplaint(facility_);
  // Three years to the day are not more than three years.
  *filing.mutable_occurred_on() = ToProto(CivilDay(2023, 3, 2));
  const v1::Case in_time = Filed(filing);
  EXPECT_FALSE(in_time.may_be_barred());
  EXPECT_FALSE(Follow(code_)->cases(0).may_be_barred());
  EXPECT_EQ(ReasonOf(Refuse(in_time, v1::REFUSAL_REASON_BARRED).status()), "CASE_NOT_BARRED");
  *filing.mutable_occurred_on() = ToProto(CivilDay(2023, 3, 1));
  filing.mutable_matters(0)->set_text("三年前退园，预付费一直没有退。");
  const auto told = File(filing);
  ASSERT_OK(told);
  EXPECT_TRUE(told->cases(0).may_be_barred()) << "told at once";
  const auto old = Get(told->cases(0).case_number(), Officer("SAMR"));
  ASSERT_OK(old);
  EXPECT_EQ(old->state(), v1::CASE_STATE_SUBMITTED) << "the unit decides";
  const auto refused = Refuse(*old, v1::REFUSAL_REASON_BARRED);
  ASSERT_OK(refused);
  const auto seen = Follow(told->query_code());
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).refusal(), v1::REFUSAL_REASON_BARRED);
  // Who came to know of it later is accepted.
  filing.mutable_matters(0)->set_text("三年前的预付费，上月才知道没有入账。");
  const v1::Case known_later = Filed(filing);
  ASSERT_OK(Accept(known_later));
  EXPECT_FALSE(Follow(code_)->cases(0).may_be_barred());
  // A report is of a breach of the law: no such years bar it.
  v1::Filing report = AnonymousReport(facility_, "FEES", "三年前起就不公示收费。");
  *report.mutable_occurred_on() = ToProto(CivilDay(2020, 3, 2));
  EXPECT_EQ(ReasonOf(Refuse(Filed(report), v1::REFUSAL_REASON_BARRED).status()), "CASE_NOT_BARRED");
}

TEST_F(CaseCourseTest, ACaseOfTheHotlineIsResolvedInFiveWorkingDaysUnlessItsHeadExtendsIt) {
  v1::RegisterComplaintRequest request;
  *request.mutable_filing() = FeesComplaint(facility_);
  request.set_channel(v1::CASE_CHANNEL_HOTLINE);
  request.set_external_number("CQ12345-0001");
  const auto filed =
      CallOn(*intake_stub_, &v1::IntakeService::Stub::RegisterComplaint, Officer("DHC"), request);
  ASSERT_OK(filed);
  const auto of_case = Get(filed->cases(0).case_number(), Officer("SAMR"));
  ASSERT_OK(of_case);
  const auto accepted = Accept(*of_case);
  ASSERT_OK(accepted);
  EXPECT_EQ(DueOn(ClockOf(*accepted, v1::CLOCK_STEP_RESOLVE)), CivilDay(2026, 3, 9));
  const auto extended = Extend(*accepted, v1::CLOCK_STEP_RESOLVE);
  ASSERT_OK(extended);
  EXPECT_EQ(DueOn(ClockOf(*extended, v1::CLOCK_STEP_RESOLVE)), CivilDay(2026, 5, 8));
}

TEST_F(CaseCourseTest, TheDecisionOnAReportEndsItsClockAndWhoWantsAReplyIsToldInFiveWorkingDays) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  const v1::Case filed = Filed(filing);
  EXPECT_EQ(ReasonOf(Decide(filed, v1::FILING_DECISION_NOT_FILED).status()), "WRONG_STATE");
  const auto accepted = Accept(filed);
  ASSERT_OK(accepted);
  const auto assigned = Assign(*accepted);
  ASSERT_OK(assigned);
  EXPECT_EQ(ReasonOf(Decide(*assigned, v1::FILING_DECISION_UNSPECIFIED).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(TellOfDecision(*assigned).status()), "WRONG_STATE");
  const auto decided = Decide(*assigned, v1::FILING_DECISION_NOT_FILED);
  ASSERT_OK(decided);
  EXPECT_EQ(decided->filing_decision(), v1::FILING_DECISION_NOT_FILED);
  EXPECT_TRUE(ClockOf(*decided, v1::CLOCK_STEP_DECIDE).has_done_time());
  EXPECT_EQ(DueOn(ClockOf(*decided, v1::CLOCK_STEP_TELL)), CivilDay(2026, 3, 9));
  EXPECT_EQ(Follow(code_)->cases(0).filing_decision(), v1::FILING_DECISION_NOT_FILED);
  EXPECT_EQ(ReasonOf(Decide(*decided, v1::FILING_DECISION_FILED).status()), "WRONG_STATE");
  const auto told = TellOfDecision(*decided);
  ASSERT_OK(told);
  EXPECT_TRUE(ClockOf(*told, v1::CLOCK_STEP_TELL).has_done_time());
  // The result has a clock of its own.
  const auto resolved = Resolve(*told, v1::CASE_OUTCOME_NOT_UPHELD);
  ASSERT_OK(resolved);
  EXPECT_FALSE(ClockOf(*resolved, v1::CLOCK_STEP_TELL).has_done_time());
}

TEST_F(CaseCourseTest, ADecisionThatWasNotToldIsToldWithTheResultAndItsClockRunsUntilThen) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  const auto decided = Decide(Assigned(filing), v1::FILING_DECISION_FILED);
  ASSERT_OK(decided);
  const auto resolved = Resolve(*decided, v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  int open = 0;
  for (const v1::CaseClock& clock : resolved->clocks()) open += clock.has_done_time() ? 0 : 1;
  EXPECT_EQ(open, 2) << "of the decision and of the result";
  EXPECT_EQ(ReasonOf(TellOfDecision(*resolved).status()), "WRONG_STATE");
  const auto replied = Reply(*resolved);
  ASSERT_OK(replied);
  for (const v1::CaseClock& clock : replied->clocks()) EXPECT_TRUE(clock.has_done_time());
  // Nobody is to be told of an anonymous one.
  const auto anonymous = Decide(Assigned(AnonymousReport(facility_, "FEES", "收费没有公示价目。")),
                                v1::FILING_DECISION_NOT_FILED);
  ASSERT_OK(anonymous);
  EXPECT_FALSE(ClockOf(*anonymous, v1::CLOCK_STEP_TELL).has_deadline());
}

}  // namespace
}  // namespace tuoyu::complaint
