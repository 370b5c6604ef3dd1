#include "services/complaint/review/review_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/ids/made_up.h"
#include "common/testing/matchers.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/review/made_up_scores.h"
#include "services/complaint/review/personal_data.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

class ReviewRulesTest : public ::testing::Test {
 protected:
  static std::vector<std::string> Lines(const std::vector<common::v1::Violation>& found) {
    std::vector<std::string> lines;
    lines.reserve(found.size());
    for (const auto& each : found) lines.push_back(absl::StrCat(each.field(), " ", each.reason()));
    return lines;
  }
  v1::Review Cleared(CivilDay day) const {
    v1::Review review;
    *review.mutable_scores() = MadeUpScores(4);
    review.set_text("老师很耐心。");
    *review.mutable_written_on() = ToProto(day);
    ClearReview(day, rules_, &review);
    return review;
  }

  const CivilDay today_{2026, 3, 2};
  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const data::Divisions divisions_ = *data::LoadDivisions(DataFile("divisions/dazu-500111.csv"));
  const ComplaintRuleBook book_ = *ComplaintRuleBook::Load(DataFile("complaint"), units_);
  const v1::ReviewRules& rules_ = book_.On(today_).reviews();
};

TEST_F(ReviewRulesTest, EachDimensionIsOneToFiveAndTheTextHasALimit) {
  EXPECT_THAT(CheckReview(MadeUpScores(1), ""), IsEmpty());
  EXPECT_THAT(CheckReview(MadeUpScores(5), "饭菜很好，老师耐心。"), IsEmpty());
  v1::ReviewScores scores = MadeUpScores(3);
  scores.set_meals(6);
  scores.clear_fees();
  EXPECT_THAT(
      Lines(CheckReview(scores, "好")),
      ElementsAre("scores.meals NUMBER_RANGE", "scores.fees NUMBER_RANGE", "text TEXT_TOO_SHORT"));
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "好";
  EXPECT_THAT(CheckReview(MadeUpScores(3), text), IsEmpty());
  EXPECT_THAT(Lines(CheckReview(MadeUpScores(3), text + "好")), ElementsAre("text TEXT_TOO_LONG"));
}

TEST_F(ReviewRulesTest, PersonalDataIsFoundHoweverItIsWritten) {
  const std::string id = ids::MadeUpResidentId(CivilDay(2024, 6, 1), 0);
  struct Case {
    std::string text;
    std::vector<v1::ReviewDoubt> found;
  };
  const Case cases[] = {
      {"饭菜新鲜，2026年3月收费1280元，每天100元。", {}},
      {"联系我 199 0000 0001", {v1::REVIEW_DOUBT_PHONE}},
      {"联系我199-0000-0001。", {v1::REVIEW_DOUBT_PHONE}},
      {"联系我１９９００００００００１", {v1::REVIEW_DOUBT_PHONE}},
      {"电话一九九零零零零零零零一", {v1::REVIEW_DOUBT_PHONE}},
      {"座机023-20000000", {v1::REVIEW_DOUBT_PHONE}},
      {absl::StrCat("证件", id, "号"), {v1::REVIEW_DOUBT_DOCUMENT}},
      {absl::StrCat("证件", id.substr(0, 6), " ", id.substr(6)), {v1::REVIEW_DOUBT_DOCUMENT}},
      {"出生证X500012345", {v1::REVIEW_DOUBT_DOCUMENT}},
      {"订单123456789", {}},
      {"张老师很好", {v1::REVIEW_DOUBT_PERSON_NAME}},
      {"托大班的张小花老师", {v1::REVIEW_DOUBT_PERSON_NAME}},
      {"欧阳园长不理人", {v1::REVIEW_DOUBT_PERSON_NAME}},
      {"张 老师很好", {v1::REVIEW_DOUBT_PERSON_NAME}},
      {"老师很好，园长也很负责", {}},
      {"班里的老师很好", {}},
      {"王小朋友的妈妈电话19900000001，证件" + id,
       {v1::REVIEW_DOUBT_PHONE, v1::REVIEW_DOUBT_DOCUMENT, v1::REVIEW_DOUBT_PERSON_NAME}}};
  for (const Case& each : cases) {
    EXPECT_EQ(FindPersonalData(each.text, rules_, today_), each.found) << each.text;
  }
}

TEST_F(ReviewRulesTest, AClaimOfAbuseIsNoReviewAndItsOppositeWaitsForAPerson) {
  for (const char* text : {"老师打孩子。", "老师 打 孩 子", "把孩子关小黑屋",
                           "从不打孩子？上周就扇耳光。", "别的班不体罚，我们班体罚。"}) {
    EXPECT_TRUE(ClaimsAbuse(text, rules_)) << text;
  }
  for (const char* text : {"老师从不体罚孩子。", "没有打孩子，很放心。"}) {
    EXPECT_FALSE(ClaimsAbuse(text, rules_)) << text;
    EXPECT_THAT(DoubtsOf(text, rules_, today_), ElementsAre(v1::REVIEW_DOUBT_WORDS)) << text;
  }
  for (const char* text : {"打疫苗也陪着，孩子爱去。", "捂着嘴笑。", "捆绑收费，不透明。", ""}) {
    EXPECT_FALSE(ClaimsAbuse(text, rules_)) << text;
    EXPECT_THAT(DoubtsOf(text, rules_, today_), IsEmpty()) << text;
  }
}

TEST_F(ReviewRulesTest, TheReportIsAnAnonymousEmergencyWithoutFault) {
  const v1::Filing filing =
      ReportOf("facilities/01900000-0000-7000-8000-000000000001", "老师打孩子。", rules_);
  EXPECT_THAT(CheckFiling(filing, book_.On(today_), divisions_, today_), IsEmpty());
  const v1::Case made = NewCase(filing, filing.matters(0), v1::CASE_CHANNEL_WEB,
                                {"向日葵托育园", "500111001"}, book_.On(today_), StartOf(today_));
  EXPECT_TRUE(made.emergency());
  EXPECT_EQ(filing.mode(), v1::REPORTER_MODE_ANONYMOUS);
  EXPECT_EQ(filing.reporter().relation(), "OTHER") << "the token says PARENT";
}

TEST_F(ReviewRulesTest, AReviewIsKeptBackAndTheFacilityHasSeventyTwoHoursAndTheReviewTwoYears) {
  // 72 hours from the end of the 2nd, at whatever hour it was written; 72 more.
  const v1::Review review = Cleared(today_);
  EXPECT_EQ(review.state(), v1::REVIEW_STATE_CLEARED);
  EXPECT_EQ(*FromProto(review.told_on()), CivilDay(2026, 3, 6));
  EXPECT_EQ(*FromProto(review.publish_on()), CivilDay(2026, 3, 9));
  EXPECT_EQ(*FromProto(review.expire_on()), CivilDay(2028, 3, 9));
  EXPECT_FALSE(IsTold(review, CivilDay(2026, 3, 5)));
  EXPECT_TRUE(IsTold(review, CivilDay(2026, 3, 6)));
}

TEST_F(ReviewRulesTest, WhatIsClearedLateIsToldTheDayAfter) {
  v1::ReviewRules rules = rules_;
  EXPECT_EQ(HoldEnds(today_, today_, rules), today_ + 4);
  EXPECT_EQ(HoldEnds(today_, today_ + 3, rules), today_ + 4);
  EXPECT_EQ(HoldEnds(today_, today_ + 9, rules), today_ + 10);
  rules.set_hold_hours(25);
  EXPECT_EQ(HoldEnds(today_, today_, rules), today_ + 3) << "days begun are whole ones";
  rules.set_hold_hours(0);
  EXPECT_EQ(HoldEnds(today_, today_, rules), today_ + 1);
}

TEST_F(ReviewRulesTest, AnEditKeepsWhatWasWithTheReplyToIt) {
  v1::Review review = Cleared(today_);
  review.set_facility_reply("谢谢。");
  const CivilDay edited = today_ + 30;
  ReviseReview(MadeUpScores(2), "后来换了老师。", edited, &review);
  ASSERT_EQ(review.versions_size(), 1);
  EXPECT_EQ(review.versions(0).text(), "老师很耐心。");
  EXPECT_EQ(review.versions(0).scores().care(), 4);
  EXPECT_EQ(review.versions(0).facility_reply(), "谢谢。");
  EXPECT_THAT(review.facility_reply(), IsEmpty());
  JudgeReview(edited, rules_, /*moderated_before=*/false, &review);
  EXPECT_EQ(*FromProto(review.told_on()), edited + 4);
  EXPECT_EQ(*FromProto(review.publish_on()), edited + 7);
  // What a moderator acted on goes to a moderator.
  JudgeReview(edited, rules_, /*moderated_before=*/true, &review);
  EXPECT_EQ(review.state(), v1::REVIEW_STATE_HELD);
  EXPECT_THAT(review.doubts(), ElementsAre(v1::REVIEW_DOUBT_MODERATED_BEFORE));
  EXPECT_FALSE(review.has_publish_on());
  EXPECT_FALSE(review.has_told_on());
}

TEST_F(ReviewRulesTest, WhatWasShownStandsUntilTheDayOfTheChange) {
  v1::Review review = Cleared(today_);
  const CivilDay edited = today_ + 30;
  ReviseReview(MadeUpScores(2), "后来换了老师。", edited, &review);
  JudgeReview(edited, rules_, /*moderated_before=*/false, &review);
  const ReviewDays days = ReviewDaysOf(review);
  EXPECT_EQ(days.told_from, today_ + 4);
  EXPECT_EQ(days.public_from, today_ + 7);
  EXPECT_EQ(days.until, *FromProto(review.expire_on()));
  EXPECT_EQ(PublicReviewOf(review, edited).text(), "老师很耐心。");
  EXPECT_FALSE(PublicReviewOf(review, edited).edited());
  EXPECT_EQ(PublicReviewOf(review, edited + 6).text(), "老师很耐心。");
  EXPECT_EQ(PublicReviewOf(review, edited + 7).text(), "后来换了老师。");
  EXPECT_TRUE(PublicReviewOf(review, edited + 7).edited());
  EXPECT_EQ(FacilityReviewOf(review, edited + 3)->text(), "老师很耐心。");
  EXPECT_EQ(FacilityReviewOf(review, edited + 4)->text(), "后来换了老师。");
  // Changed once more before that, the first words stand on.
  ReviseReview(MadeUpScores(3), "老师又换了。", edited + 1, &review);
  JudgeReview(edited + 1, rules_, /*moderated_before=*/false, &review);
  EXPECT_EQ(FacilityReviewOf(review, edited + 4)->text(), "老师很耐心。");
  EXPECT_EQ(FacilityReviewOf(review, edited + 5)->text(), "老师又换了。");
  EXPECT_TRUE(PublicReviewOf(review, edited + 8).edited());
}

TEST_F(ReviewRulesTest, WhatWasNeverShownLeavesNothing) {
  v1::Review review = Cleared(today_);
  ReviseReview(MadeUpScores(2), "后来换了老师。", today_ + 3, &review);
  JudgeReview(today_ + 3, rules_, /*moderated_before=*/false, &review);
  EXPECT_EQ(review.standing(), 0);
  EXPECT_FALSE(FacilityReviewOf(review, today_ + 6));
  EXPECT_FALSE(PublicReviewOf(review, today_ + 30).edited());
  EmptyReview(&review);
  EXPECT_THAT(review.versions(), IsEmpty());
  EXPECT_FALSE(ReviewDaysOf(review).told_from);
  EXPECT_FALSE(ReviewDaysOf(review).public_from);
}

TEST_F(ReviewRulesTest, AHiddenReviewIsListedWithItsReasonAndNoWord) {
  v1::Review review = Cleared(today_);
  review.set_facility_reply("谢谢。");
  HideReview(today_ + 10, v1::REVIEW_HIDE_REASON_INSULT, rules_, &review);
  EXPECT_EQ(*FromProto(review.expire_on()), CivilDay(2028, 3, 9)) << "as it would have expired";
  const v1::PublicReview shown = PublicReviewOf(review, today_ + 10);
  EXPECT_TRUE(shown.hidden());
  EXPECT_EQ(shown.hide_reason(), v1::REVIEW_HIDE_REASON_INSULT);
  EXPECT_EQ(*FromProto(shown.published_on()), today_ + 10);
  EXPECT_EQ(shown.text() + shown.facility_reply(), "");
  EXPECT_FALSE(FacilityReviewOf(review, today_ + 10));
}

TEST_F(ReviewRulesTest, MeansAreToldWhileEnoughAndHalfOfTheirReviewsAreLeft) {
  EXPECT_TRUE(AreMeansTold(5, 5, rules_));
  EXPECT_FALSE(AreMeansTold(5, 4, rules_));
  EXPECT_TRUE(AreMeansTold(20, 10, rules_));
  EXPECT_FALSE(AreMeansTold(20, 9, rules_));
}

TEST_F(ReviewRulesTest, ModeratorsDecideWithAReasonFromTheListOrANote) {
  v1::ModerateReviewRequest request;
  EXPECT_THAT(Lines(CheckModeration(request)), ElementsAre("decision FIELD_MISSING"));
  request.set_decision(v1::REVIEW_DECISION_HIDE);
  EXPECT_THAT(Lines(CheckModeration(request)), ElementsAre("hide_reason FIELD_MISSING"));
  request.set_hide_reason(v1::REVIEW_HIDE_REASON_INSULT);
  EXPECT_THAT(CheckModeration(request), IsEmpty());
  request.set_decision(v1::REVIEW_DECISION_ASK_CHANGE);
  EXPECT_THAT(Lines(CheckModeration(request)),
              ElementsAre("hide_reason FIELD_NOT_OF_KIND", "note FIELD_MISSING"));
}

TEST_F(ReviewRulesTest, WhatMayBecomeOfAReview) {
  using State = v1::ReviewState;
  const auto may = [](v1::ReviewDecision decision) {
    std::string states;
    for (int state = v1::REVIEW_STATE_HELD; state <= v1::REVIEW_STATE_REPORTED; ++state) {
      states += MayBecome(static_cast<State>(state), decision) ? '1' : '0';
    }
    return states;  // HELD CHANGE_ASKED CLEARED HIDDEN REPORTED
  };
  EXPECT_EQ(may(v1::REVIEW_DECISION_PUBLISH), "10010");
  EXPECT_EQ(may(v1::REVIEW_DECISION_ASK_CHANGE), "10100");
  EXPECT_EQ(may(v1::REVIEW_DECISION_HIDE), "11100");
  EXPECT_EQ(may(v1::REVIEW_DECISION_REPORT), "11110");
  EXPECT_EQ(may(v1::REVIEW_DECISION_UNSPECIFIED), "00000");
}

TEST_F(ReviewRulesTest, MeansHaveOneDecimal) {
  EXPECT_EQ(MeanInTenths(0, 0), 0);
  EXPECT_EQ(MeanInTenths(25, 5), 50);
  EXPECT_EQ(MeanInTenths(21, 5), 42);
  EXPECT_EQ(MeanInTenths(26, 6), 43);   // 4.33
  EXPECT_EQ(MeanInTenths(28, 6), 47);   // 4.67
  EXPECT_EQ(MeanInTenths(89, 20), 45);  // 4.45
}

TEST_F(ReviewRulesTest, AReplyNamesNobody) {
  EXPECT_THAT(CheckReviewReply("感谢反馈，已加强沟通。", rules_, today_), IsEmpty());
  for (const char* text : {"王妈妈，您误会了。", "请拨19900000001。"}) {
    EXPECT_THAT(Lines(CheckReviewReply(text, rules_, today_)),
                ElementsAre("text REPLY_NAMES_PERSON"))
        << text;
  }
  EXPECT_THAT(Lines(CheckReviewReply("", rules_, today_)), ElementsAre("text FIELD_MISSING"));
}

}  // namespace
}  // namespace tuoyu::complaint
