// What the facility, moderators and officers do with reviews.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/complaint/review/review_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kKind[] = "饭菜新鲜，老师耐心。";
constexpr char kNaming[] = "张老师很好，电话19900000001。";

class ModerationTest : public ReviewFixture {
 protected:
  // The name of the review that waits for a moderator.
  std::string Held() const {
    const auto held = InState(v1::REVIEW_STATE_UNSPECIFIED, Officer("DHC"));
    EXPECT_EQ(held.reviews_size(), 1);
    return held.reviews_size() == 1 ? held.reviews(0).name() : "";
  }
  // The name of the only review, whoever sees it.
  std::string OnlyName() {
    return absl::StrCat("reviews/", database_.Value("SELECT id FROM review"));
  }
  // The name of the review the facility is told of.
  std::string ToldName() const {
    const auto told = Told(facility_);
    EXPECT_EQ(told.reviews_size(), 1);
    return told.reviews_size() == 1 ? told.reviews(0).name() : "";
  }
  absl::StatusOr<v1::ListReviewCluesResponse> Clues(const std::string& token,
                                                    const std::string& facility = "") const {
    v1::ListReviewCluesRequest request;
    request.set_facility(facility);
    return Review(&Reviews::ListReviewClues, token, request);
  }
};

TEST_F(ModerationTest, TheFacilityIsToldAndRepliesOnce) {
  Submitted(1, 2, "沟通不够及时。");
  // Not on the day it was written, by whose children it would be told, but on the one after 72 hours.
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  const std::string unseen = OnlyName();
  EXPECT_EQ(ReasonOf(Answer(unseen, "已增加每日反馈。", Principal(facility_)).status()),
            "REVIEW_NOT_FOUND");
  GoTo(CivilDay(2026, 3, 5));
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  GoTo(CivilDay(2026, 3, 6));
  const auto told = Told(facility_);
  ASSERT_EQ(told.reviews_size(), 1);
  EXPECT_EQ(told.reviews(0).text(), "沟通不够及时。");
  EXPECT_EQ(*FromProto(told.reviews(0).publish_on()), CivilDay(2026, 3, 9));
  const std::string name = told.reviews(0).name();
  EXPECT_EQ(ReasonOf(Answer(name, "王妈妈您好，已改进。", Principal(facility_)).status()),
            "FORM_INVALID")
      << "a reply names nobody";
  ASSERT_OK(Answer(name, "已增加每日反馈。", Principal(facility_)));
  EXPECT_EQ(ReasonOf(Answer(name, "再补充一句。", Principal(facility_)).status()),
            "ALREADY_REPLIED");
  GoTo(CivilDay(2026, 3, 9));
  ASSERT_EQ(Listed(facility_).reviews_size(), 1);
  EXPECT_EQ(Listed(facility_).reviews(0).facility_reply(), "已增加每日反馈。");
  EXPECT_THAT(Actions(), ElementsAre("review.submitted", "review.replied"));
}

TEST_F(ModerationTest, AReplyMayComeLaterAndIsOfTheFacilityAlone) {
  const std::string code = Submitted(1, 2, "沟通不够及时。");
  AwaitNotice();
  const std::string name = ToldName();
  const std::string other = Register("演练托育二园");
  EXPECT_EQ(ReasonOf(Answer(name, "不是我们园。", Principal(other)).status()), "REVIEW_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Answer("reviews/01900000-0000-7000-8000-000000000099", "没有这条。",
                            Principal(facility_))
                         .status()),
            "REVIEW_NOT_FOUND");
  ASSERT_OK(Answer(name, "已增加每日反馈。", Principal(facility_)));
  EXPECT_EQ(FollowReview(code)->facility_reply(), "已增加每日反馈。");
  // A changed review is told anew: the reply was to what it said before.
  ASSERT_OK(Edit(code, 3, "反馈多了一些。"));
  EXPECT_THAT(FollowReview(code)->facility_reply(), IsEmpty());
  EXPECT_EQ(ReasonOf(Answer(name, "谢谢，继续改进。", Principal(facility_)).status()),
            "ALREADY_REPLIED")
      << "what is shown is what it replied to";
  AwaitTold();
  EXPECT_OK(Answer(name, "谢谢，继续改进。", Principal(facility_)));
}

TEST_F(ModerationTest, AReplyIsToWhatIsShownUntilAChangeIsDue) {
  const std::string code = Submitted(1, 2, "沟通不够及时。");
  AwaitNotice();
  ASSERT_OK(Edit(code, 3, "反馈多了一些。"));
  ASSERT_OK(Answer(ToldName(), "已增加每日反馈。", Principal(facility_)));
  EXPECT_EQ(Told(facility_).reviews(0).facility_reply(), "已增加每日反馈。");
  ASSERT_EQ(Listed(facility_).reviews_size(), 1);
  EXPECT_EQ(Listed(facility_).reviews(0).text(), "沟通不够及时。");
  EXPECT_EQ(Listed(facility_).reviews(0).facility_reply(), "已增加每日反馈。");
  AwaitNotice();
  EXPECT_EQ(Listed(facility_).reviews(0).text(), "反馈多了一些。");
  EXPECT_THAT(Listed(facility_).reviews(0).facility_reply(), IsEmpty());
  EXPECT_TRUE(Listed(facility_).reviews(0).edited());
}

TEST_F(ModerationTest, PersonalDataWaitsForAModeratorAndNobodyElseSeesIt) {
  const std::string code = Submitted(1, 5, kNaming);
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_HELD);
  EXPECT_THAT(FollowReview(code)->doubts(),
              ElementsAre(v1::REVIEW_DOUBT_PHONE, v1::REVIEW_DOUBT_PERSON_NAME));
  AwaitNotice();
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  EXPECT_EQ(Summary(facility_).count(), 0);
  EXPECT_EQ(InState(v1::REVIEW_STATE_HELD, Officer("DHC")).reviews(0).text(), kNaming);
  // Of other divisions neither seen nor touched.
  const std::string elsewhere =
      TokenOf(common::v1::ROLE_DHC_COMPLAINT_HANDLER, "accounts/elsewhere", {"500112"});
  EXPECT_THAT(InState(v1::REVIEW_STATE_HELD, elsewhere).reviews(), IsEmpty());
  v1::ModerateReviewRequest request;
  request.set_name(Held());
  request.set_decision(v1::REVIEW_DECISION_PUBLISH);
  EXPECT_EQ(ReasonOf(Review(&Reviews::ModerateReview, elsewhere, request).status()),
            "REVIEW_NOT_FOUND");
}

TEST_F(ModerationTest, AModeratorPublishesWithTheFacilitysHoursFromThen) {
  const std::string code = Submitted(1, 5, "没有打孩子，很放心。");
  EXPECT_THAT(FollowReview(code)->doubts(), ElementsAre(v1::REVIEW_DOUBT_WORDS));
  GoTo(CivilDay(2026, 3, 9));
  const auto published = Moderate(Held(), v1::REVIEW_DECISION_PUBLISH);
  ASSERT_OK(published);
  EXPECT_EQ(published->state(), v1::REVIEW_STATE_CLEARED);
  EXPECT_EQ(published->moderator(), "accounts/DHC/1");
  EXPECT_EQ(*FromProto(published->record_time()), StartOf(CivilDay(2026, 3, 9))) << "no moment";
  EXPECT_EQ(*FromProto(published->publish_on()), CivilDay(2026, 3, 13));
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty()) << "not at the moment it is cleared";
  GoTo(CivilDay(2026, 3, 10));
  EXPECT_EQ(Told(facility_).reviews_size(), 1);
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  GoTo(CivilDay(2026, 3, 13));
  EXPECT_EQ(Listed(facility_).reviews_size(), 1);
}

TEST_F(ModerationTest, WhoIsAskedForAChangeGoesByAModeratorAgain) {
  const std::string code = Submitted(1, 5, kNaming);
  const std::string name = Held();
  EXPECT_EQ(ReasonOf(Moderate(name, v1::REVIEW_DECISION_ASK_CHANGE).status()), "FORM_INVALID");
  ASSERT_OK(Moderate(name, v1::REVIEW_DECISION_ASK_CHANGE, {}, "请删去姓名和电话。"));
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_CHANGE_ASKED);
  EXPECT_EQ(FollowReview(code)->note(), "请删去姓名和电话。");
  EXPECT_EQ(ReasonOf(Moderate(name, v1::REVIEW_DECISION_PUBLISH).status()), "WRONG_STATE");
  ASSERT_OK(Edit(code, 5, kKind));
  EXPECT_THAT(FollowReview(code)->doubts(), ElementsAre(v1::REVIEW_DOUBT_MODERATED_BEFORE));
  ASSERT_OK(Moderate(Held(), v1::REVIEW_DECISION_PUBLISH));
  AwaitNotice();
  EXPECT_EQ(Listed(facility_).reviews(0).text(), kKind);
  EXPECT_THAT(Actions(), ElementsAre("review.submitted", "review.change_asked", "review.edited",
                                     "review.published"));
}

TEST_F(ModerationTest, AHiddenReviewIsListedWithItsReasonAndWithoutAWord) {
  const std::string code = Submitted(1, 1, "一群骗子，滚出去。");
  for (int child = 2; child <= 5; ++child) Submitted(child, 5, "");
  AwaitNotice();
  EXPECT_EQ(Renew(), 1);
  EXPECT_EQ(Summary(facility_).means().care(), 42);
  std::string name;
  const auto told = Told(facility_);
  for (const auto& review : told.reviews()) {
    if (!review.text().empty()) name = review.name();
  }
  EXPECT_EQ(ReasonOf(Moderate(name, v1::REVIEW_DECISION_HIDE).status()), "FORM_INVALID");
  ASSERT_OK(Moderate(name, v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_INSULT));
  const auto listed = Listed(facility_);
  EXPECT_EQ(listed.reviews_size(), 5);
  for (const auto& review : listed.reviews()) {
    if (review.name() != name) continue;
    EXPECT_TRUE(review.hidden());
    EXPECT_EQ(review.hide_reason(), v1::REVIEW_HIDE_REASON_INSULT);
    EXPECT_THAT(review.text(), IsEmpty());
  }
  EXPECT_THAT(listed.DebugString(), Not(HasSubstr("骗子")));
  const v1::ReviewSummary summary = Summary(facility_);
  EXPECT_EQ(summary.count(), 4);
  EXPECT_EQ(summary.hidden(), 1);
  EXPECT_TRUE(summary.withheld());
  // Its author is told why, and a moderator may show it again.
  EXPECT_EQ(FollowReview(code)->hide_reason(), v1::REVIEW_HIDE_REASON_INSULT);
  ASSERT_OK(Moderate(name, v1::REVIEW_DECISION_PUBLISH));
  AwaitNotice();
  EXPECT_EQ(Summary(facility_).hidden(), 0);
  EXPECT_EQ(Summary(facility_).count(), 5);
  EXPECT_EQ(Summary(facility_).means().care(), 42) << "as they were made";
}

TEST_F(ModerationTest, WhatAModeratorFindsToBeAbuseBecomesAReport) {
  const std::string code = Submitted(1, 1, "张老师把孩子锁在厕所里。");
  const std::string name = Held();
  const auto reported = Moderate(name, v1::REVIEW_DECISION_REPORT);
  ASSERT_OK(reported);
  EXPECT_THAT(reported->text(), IsEmpty());
  const std::string number = database_.Value("SELECT case_number FROM complaint_case");
  const auto of_case = Get(number, Officer("DHC"));
  ASSERT_OK(of_case);
  EXPECT_TRUE(of_case->emergency());
  EXPECT_EQ(of_case->text(), "张老师把孩子锁在厕所里。");
  EXPECT_THAT(of_case->DebugString(), Not(HasSubstr(name)));
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_REPORTED);
  EXPECT_EQ(ReasonOf(Edit(code, 3, kKind).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Moderate(name, v1::REVIEW_DECISION_PUBLISH).status()), "WRONG_STATE");
  AwaitNotice();
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  // There is nothing to report where nothing was said.
  Submitted(2, 1, "");
  AwaitTold();
  EXPECT_EQ(ReasonOf(Moderate(ToldName(), v1::REVIEW_DECISION_REPORT).status()), "FORM_INVALID");
}

TEST_F(ModerationTest, AReviewTheFacilityHasSeenStaysWhereItIsWhenItIsReported) {
  const std::string code = Submitted(1, 1, "午睡时门从外面锁上。");
  AwaitTold();
  const std::string name = ToldName();
  ASSERT_OK(Moderate(name, v1::REVIEW_DECISION_REPORT));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "1");
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_CLEARED);
  EXPECT_EQ(Told(facility_).reviews_size(), 1);
  AwaitNotice();
  EXPECT_EQ(Listed(facility_).reviews_size(), 1);
}

TEST_F(ModerationTest, WhatTheFacilityHasNotSeenIsGoneWhenItIsReported) {
  const std::string code = Submitted(1, 1, "午睡时门从外面锁上。");
  ASSERT_OK(Moderate(OnlyName(), v1::REVIEW_DECISION_REPORT));
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_REPORTED);
  AwaitNotice();
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
}

TEST_F(ModerationTest, AChangeThatIsReportedLeavesWhatWasShown) {
  const std::string code = Submitted(1, 4, kKind);
  AwaitNotice();
  ASSERT_OK(Edit(code, 1, "张老师把孩子锁在厕所里。"));
  const std::string before = Listed(facility_).SerializeAsString();
  ASSERT_OK(Moderate(Held(), v1::REVIEW_DECISION_REPORT));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "1");
  EXPECT_EQ(FollowReview(code)->state(), v1::REVIEW_STATE_REPORTED);
  EXPECT_EQ(Listed(facility_).SerializeAsString(), before);
  EXPECT_EQ(Told(facility_).reviews(0).text(), kKind);
}

TEST_F(ModerationTest, AModeratorTakesOffWhatIsShownAndNotWhatStandsUntilAChange) {
  const std::string code = Submitted(1, 4, kKind);
  AwaitNotice();
  ASSERT_OK(Edit(code, 1, kNaming));
  ASSERT_OK(Moderate(Held(), v1::REVIEW_DECISION_ASK_CHANGE, {}, "请删去姓名和电话。"));
  EXPECT_EQ(Listed(facility_).reviews(0).text(), kKind);
  ASSERT_OK(Edit(code, 1, "沟通不够及时。"));
  ASSERT_OK(Moderate(Held(), v1::REVIEW_DECISION_PUBLISH));
  AwaitNotice();
  EXPECT_EQ(Listed(facility_).reviews(0).text(), "沟通不够及时。");
  ASSERT_OK(Moderate(ToldName(), v1::REVIEW_DECISION_ASK_CHANGE, {}, "请写明时间。"));
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
}

TEST_F(ModerationTest, TwoModeratorsDoNotDecideOverEachOther) {
  Submitted(1, 5, kNaming);
  const std::string name = Held();
  v1::ModerateReviewRequest request;
  request.set_name(name);
  request.set_etag("1");
  request.set_decision(v1::REVIEW_DECISION_PUBLISH);
  ASSERT_OK(Review(&Reviews::ModerateReview, Officer("DHC"), request));
  request.set_decision(v1::REVIEW_DECISION_HIDE);
  request.set_hide_reason(v1::REVIEW_HIDE_REASON_PERSONAL_DATA);
  EXPECT_EQ(ReasonOf(Review(&Reviews::ModerateReview, Officer("DHC", 2), request).status()),
            "ETAG_MISMATCH");
}

TEST_F(ModerationTest, LowScoresAreCluesForOfficersAndNothingElseOfThemIsAnywhere) {
  Submitted(1, 2, "沟通不够及时。");
  Submitted(2, 4, kKind);
  Submitted(3, 1, kNaming);  // waits for a moderator
  const std::string inspector =
      TokenOf(common::v1::ROLE_DHC_INSPECTOR, "accounts/inspector", {"500111"});
  for (const std::string& token : {Officer("DHC"), inspector, Head("DHC")}) {
    const auto clues = Clues(token);
    ASSERT_OK(clues);
    ASSERT_EQ(clues->clues_size(), 1);
    EXPECT_EQ(clues->clues(0).facility(), facility_);
    EXPECT_EQ(clues->clues(0).scores().communication(), 2);
    EXPECT_EQ(clues->clues(0).text(), "沟通不够及时。");
  }
  EXPECT_EQ(Clues(Officer("DHC"), facility_)->clues_size(), 1);
  EXPECT_EQ(Clues(Officer("DHC"), Register("演练托育二园"))->clues_size(), 0);
  EXPECT_EQ(Clues(TokenOf(common::v1::ROLE_DHC_INSPECTOR, "accounts/elsewhere", {"500112"}))
                ->clues_size(),
            0);
  EXPECT_EQ(ReasonOf(Clues(Principal(facility_)).status()), "ROLE_NOT_ALLOWED");
  // No case, and no result that others count, comes of it.
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE payload_type <> "
                            "'tuoyu.complaint.v1.Review'"),
            "0");
}

}  // namespace
}  // namespace tuoyu::complaint
