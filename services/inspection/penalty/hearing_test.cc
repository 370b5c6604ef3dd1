#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A case in which a stop of the service was told on Monday, 2 March 2026.
class HearingTest : public PenaltyFixture {
 protected:
  void SetUp() override {
    PenaltyFixture::SetUp();
    const auto at = Notify(OpenCase(facility_), Stop());
    ASSERT_OK(at);
    case_ = *at;
  }
  CaseOr AskFor(const std::string& token) const {
    v1::AskHearingRequest request;
    request.set_name(case_.name());
    return Ask(&Cases::AskHearing, token, request);
  }
  CaseOr CallTo(CivilDay day, const std::string& chair = "accounts/DHC/9") const {
    v1::CallHearingRequest request;
    request.set_name(case_.name());
    *request.mutable_hearing_on() = ToProto(day);
    request.set_place("区政务中心 301");
    request.set_chair(chair);
    return Ask(&Cases::CallHearing, Officer("DHC"), request);
  }
  CaseOr Held(v1::HearingResult result) const {
    v1::RecordHearingRequest request;
    request.set_name(case_.name());
    request.set_result(result);
    request.set_minutes("双方陈述、质证");
    return Ask(&Cases::RecordHearing, Officer("DHC"), request);
  }
  v1::PenaltyCase Now() const { return *GetCase(case_.name(), Officer("DHC")); }

  v1::PenaltyCase case_;
};

TEST_F(HearingTest, TheFacilityIsHeardReviewedAndOnlyThenPunished) {
  EXPECT_TRUE(case_.notice().hearing_right());
  EXPECT_TRUE(case_.notice().legal_review_needed());
  EXPECT_EQ(FormatDay(*FromProto(case_.hearing_deadline().due_date())), "2026-03-09");
  // Reviewed too early: after the hearing it is reviewed again.
  ASSERT_OK(Review(case_, Officer("DHC", 3)));
  GoTo(CivilDay(2026, 3, 9));
  const auto asked = AskFor(Principal(facility_));
  ASSERT_OK(asked);
  EXPECT_FALSE(Now().has_legal_review());
  EXPECT_EQ(ReasonOf(AskFor(Principal(facility_)).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Review(Now(), Officer("DHC", 3)).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Impose(Now(), Stop(), Head("DHC")).status()), "PARTY_NOT_HEARD");
  // Seven working days after the 9th is the 18th.
  EXPECT_THAT(Reasons(CallTo(CivilDay(2026, 3, 17)).status()), ElementsAre("HEARING_TOO_SOON"));
  EXPECT_THAT(Reasons(CallTo(CivilDay(2026, 3, 18), "accounts/DHC/2").status()),
              ElementsAre("CHAIR_INVESTIGATED"));
  ASSERT_OK(CallTo(CivilDay(2026, 3, 18)));
  GoTo(CivilDay(2026, 3, 17));
  EXPECT_EQ(ReasonOf(Held(v1::HEARING_RESULT_HELD).status()), "WRONG_STATE");
  GoTo(CivilDay(2026, 3, 18));
  ASSERT_OK(Held(v1::HEARING_RESULT_HELD));
  EXPECT_EQ(ReasonOf(Impose(Now(), Stop(), Head("DHC")).status()), "LEGAL_REVIEW_MISSING");
  ASSERT_OK(Review(Now(), Officer("DHC", 3), /*agreed=*/false));
  EXPECT_EQ(ReasonOf(Impose(Now(), Stop(), Head("DHC")).status()), "LEGAL_REVIEW_MISSING");
  ASSERT_OK(Review(Now(), Officer("DHC", 3)));
  EXPECT_OK(Impose(Now(), Stop(), Head("DHC")));
  // The party does not read the legal review.
  EXPECT_FALSE(GetCase(case_.name(), Principal(facility_))->has_legal_review());
  EXPECT_THAT(GetCase(case_.name(), Principal(facility_))->opened_by(), IsEmpty());
}

TEST_F(HearingTest, AfterFiveWorkingDaysItIsTooLateToAsk) {
  GoTo(CivilDay(2026, 3, 10));
  const auto late = AskFor(Principal(facility_));
  EXPECT_EQ(ReasonOf(late.status()), "HEARING_TOO_LATE");
  EXPECT_EQ(rpc::MetadataOf(late.status())["day"], "2026-03-09");
  ASSERT_OK(Review(Now(), Officer("DHC", 3)));
  EXPECT_OK(Impose(Now(), Stop(), Head("DHC")));
}

TEST_F(HearingTest, NobodyElseAsksForItAndASmallFineGivesNoRight) {
  EXPECT_EQ(ReasonOf(AskFor(Principal(Register("别园"))).status()), "PENALTY_CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(AskFor(Officer("FIRE")).status()), "PENALTY_OF_OTHER_UNIT");
  EXPECT_EQ(ReasonOf(CallTo(today() + 30).status()), "WRONG_STATE");
  ASSERT_OK(Notify(case_, Fine()));
  EXPECT_EQ(ReasonOf(AskFor(Principal(facility_)).status()), "NO_HEARING_RIGHT");
}

TEST_F(HearingTest, ARequestTakenBackLeavesTheDaysToSpeak) {
  ASSERT_OK(AskFor(Officer("DHC")));
  ASSERT_OK(Held(v1::HEARING_RESULT_WITHDRAWN));
  ASSERT_OK(Review(Now(), Officer("DHC", 3)));
  EXPECT_EQ(ReasonOf(Impose(Now(), Stop(), Head("DHC")).status()), "PARTY_NOT_HEARD");
  GoTo(CivilDay(2026, 3, 10));
  EXPECT_OK(Impose(Now(), Stop(), Head("DHC")));
}

TEST_F(HearingTest, NobodyGivesUpTheRightsOfThePartyWithoutItsPaper) {
  v1::RecordStatementRequest request;
  request.set_name(case_.name());
  request.set_text("当事人放弃");
  request.set_waives(true);
  EXPECT_FALSE(Ask(&v1::PenaltyService::Stub::RecordStatement, Officer("DHC"), request).ok());
  EXPECT_THAT(Now().statements(), IsEmpty());
  request.set_proof("卷一第3页，当事人签名");
  const auto entered = Ask(&v1::PenaltyService::Stub::RecordStatement, Officer("DHC"), request);
  ASSERT_OK(entered);
  EXPECT_EQ(entered->statements(0).proof(), "卷一第3页，当事人签名");
}

TEST_F(HearingTest, ANoticeToldAnewBeginsAnew) {
  ASSERT_OK(State(case_, /*waives=*/true, Principal(facility_)));
  ASSERT_OK(AskFor(Principal(facility_)));
  GoTo(CivilDay(2026, 3, 5));
  v1::PenaltySanction graver = Stop();
  graver.set_fine_fen(9'000'000);
  const auto again = Notify(case_, graver);
  ASSERT_OK(again);
  // What it gave up before is its own again, what it asked for is still to be held.
  ASSERT_EQ(again->statements_size(), 1);
  EXPECT_FALSE(again->statements(0).waives());
  EXPECT_TRUE(again->has_hearing());
  EXPECT_EQ(FormatDay(*FromProto(again->hearing_deadline().due_date())), "2026-03-12");
}

}  // namespace
}  // namespace tuoyu::inspection
