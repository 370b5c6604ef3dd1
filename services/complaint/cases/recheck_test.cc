// Review and re-review of petitions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::SizeIs;
using Cases = v1::CaseService::Stub;

class RecheckTest : public ComplaintFixture {
 protected:
  v1::Filing Petition() const {
    v1::Filing filing = FeesComplaint(facility_);
    filing.mutable_matters(0)->set_kind(v1::CASE_KIND_PETITION);
    filing.mutable_matters(0)->set_category("CONDUCT");
    filing.mutable_matters(0)->set_text("多次反映收费问题，工作人员不予理睬。");
    return filing;
  }
  absl::StatusOr<v1::CaseProgress> Ask() const {
    v1::AskRecheckRequest request;
    request.set_query_code(code_);
    request.set_reason("处理意见没有回应收费问题。");
    return CallOn(*intake_stub_, &v1::IntakeService::Stub::AskRecheck, "", request);
  }
  absl::StatusOr<v1::Case> Answer(const v1::Case& of_case, v1::RecheckResult result) const {
    v1::AnswerRecheckRequest request;
    request.set_name(of_case.name());
    request.set_body("大足区人民政府");
    request.set_result(result);
    request.set_answer("原处理意见事实清楚，予以维持。");
    return Call(&Cases::AnswerRecheck, Officer(of_case.unit()), request);
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(RecheckTest, APetitionerAsksForAReviewAndAReReviewEachAnsweredInThirtyDays) {
  const v1::Case replied = Replied(Petition());
  // Thirty days after 2 March.
  EXPECT_EQ(*FromProto(Follow(code_)->cases(0).recheck_until()), CivilDay(2026, 4, 1));
  EXPECT_EQ(ReasonOf(Answer(replied, v1::RECHECK_RESULT_UPHELD).status()), "WRONG_STATE");
  GoTo(CivilDay(2026, 3, 31));
  ASSERT_EQ(Wake(), 1) << "closed after the days to rate";
  const auto asked = Ask();
  ASSERT_OK(asked);
  EXPECT_EQ(asked->state(), v1::CASE_STATE_RECHECK);
  EXPECT_EQ(asked->result(), "经核查，机构应退还剩余预付费。") << "what was told stays told";
  EXPECT_EQ(ReasonOf(Ask().status()), "WRONG_STATE") << "one at a time";
  v1::Case now = *Get(replied.name(), Officer(replied.unit()));
  EXPECT_EQ(DueOn(ClockOf(now, v1::CLOCK_STEP_RECHECK)), CivilDay(2026, 4, 30));
  EXPECT_THAT(now.statements(), SizeIs(1));
  GoTo(CivilDay(2026, 5, 8));
  EXPECT_EQ(Wake(), 1);
  now = *Get(replied.name(), Officer(replied.unit()));
  EXPECT_TRUE(ClockOf(now, v1::CLOCK_STEP_RECHECK).late());
  EXPECT_THAT(StepsOf(now), Contains(v1::CASE_STEP_KIND_ESCALATED));
  const auto answered = Answer(now, v1::RECHECK_RESULT_UPHELD);
  ASSERT_OK(answered);
  EXPECT_EQ(answered->state(), v1::CASE_STATE_CLOSED);
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).rechecks(0).result(), v1::RECHECK_RESULT_UPHELD);
  EXPECT_EQ(seen->cases(0).rechecks(0).body(), "大足区人民政府");
  const auto again = Ask();
  ASSERT_OK(again);
  EXPECT_EQ(again->rechecks(1).step(), v1::CLOCK_STEP_FINAL_RECHECK);
  const auto last = Answer(now, v1::RECHECK_RESULT_CHANGED);
  ASSERT_OK(last);
  EXPECT_FALSE(last->has_recheck_until());
  EXPECT_EQ(ReasonOf(Ask().status()), "RECHECK_OVER") << "nothing comes after the re-review";
}

TEST_F(RecheckTest, TheThirtyDaysEndAndOtherCasesHaveNoReview) {
  const v1::Case replied = Replied(Petition());
  GoTo(CivilDay(2026, 4, 2));
  Wake();
  EXPECT_EQ(ReasonOf(Ask().status()), "RECHECK_OVER");
  EXPECT_EQ(Get(replied.name(), Officer(replied.unit()))->state(), v1::CASE_STATE_CLOSED);
  Replied(FeesComplaint(facility_));
  EXPECT_FALSE(Follow(code_)->cases(0).has_recheck_until());
  EXPECT_EQ(ReasonOf(Ask().status()), "RECHECK_OVER");
}

TEST_F(RecheckTest, APetitionIsNotArchivedWhileAReviewIsUnderWayOrMayBeAskedFor) {
  const v1::Case replied = Replied(Petition());
  GoTo(CivilDay(2026, 3, 30));
  Wake();
  ASSERT_OK(Ask());
  GoTo(CivilDay(2026, 4, 28));
  Wake();
  const auto answered = Answer(replied, v1::RECHECK_RESULT_UPHELD);
  ASSERT_OK(answered);
  // The days of the answer count anew.
  GoTo(CivilDay(2026, 5, 28));
  Wake();
  EXPECT_EQ(Get(replied.name(), Officer(replied.unit()))->state(), v1::CASE_STATE_CLOSED);
  GoTo(CivilDay(2026, 6, 1));
  Wake();
  EXPECT_EQ(Get(replied.name(), Officer(replied.unit()))->state(), v1::CASE_STATE_ARCHIVED);
  EXPECT_EQ(Ask().status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace tuoyu::complaint
