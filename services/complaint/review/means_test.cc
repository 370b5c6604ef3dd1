// The means of a facility's reviews, and what can be learnt from several of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/complaint/review/review_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// What an answer is made of: each review with the words it had.
using Made = std::set<std::string>;

class MeansTest : public ReviewFixture {
 protected:
  // Enters reviews of the next `many` children and goes to the day they are public.
  std::vector<std::string> Public(int many, int scores) {
    std::vector<std::string> codes;
    codes.reserve(static_cast<size_t>(many));
    for (int i = 0; i < many; ++i) codes.push_back(Submitted(++child_, scores, ""));
    AwaitNotice();
    return codes;
  }
  // The name of any review that is public.
  std::string AnyName() {
    const auto listed = Listed(facility_);
    for (const auto& review : listed.reviews()) {
      if (!review.hidden()) return review.name();
    }
    return "";
  }
  // What an onlooker learns on a day: the means, if they are told, and what they are made of.
  void Look() {
    Renew();
    const v1::ReviewSummary summary = Summary(facility_);
    if (summary.withheld()) return;
    const std::string made = database_.Value(
        "SELECT GROUP_CONCAT(CONCAT(id, '/', safety) ORDER BY id) FROM review WHERE counted = "
        "(SELECT MAX(counted) FROM review)");
    const std::string number = database_.Value("SELECT MAX(counted) FROM review");
    if (number == last_number_) {
      EXPECT_EQ(summary.means().SerializeAsString(), last_means_) << "told twice, and differently";
      return;
    }
    last_number_ = number;
    last_means_ = summary.means().SerializeAsString();
    answers_.push_back(absl::StrSplit(made, ','));
    EXPECT_EQ(answers_.back().size(), static_cast<size_t>(summary.counted()));
  }
  // The reviews of a set, whatever their scores.
  static std::set<std::string> ReviewsOf(const Made& made) {
    std::set<std::string> names;
    for (const std::string& each : made) names.insert(each.substr(0, each.find('/')));
    return names;
  }

  int child_ = 0;
  std::string last_number_;
  std::string last_means_;
  std::vector<Made> answers_;
};

TEST_F(MeansTest, ScoresAreToldFromFiveReviewsOnAndOfNoneAlone) {
  for (int child = 1; child <= 4; ++child) Submitted(child, child, "");
  AwaitNotice();
  EXPECT_EQ(Renew(), 0);
  v1::ReviewSummary summary = Summary(facility_);
  EXPECT_EQ(summary.count(), 4);
  EXPECT_TRUE(summary.withheld());
  EXPECT_FALSE(summary.has_means());
  EXPECT_EQ(summary.counted(), 0);
  EXPECT_EQ(summary.suppress_below(), 5);
  Submitted(5, 4, "");
  EXPECT_EQ(Renew(), 0);
  EXPECT_TRUE(Summary(facility_).withheld()) << "the fifth one is not public yet";
  AwaitNotice();
  EXPECT_EQ(Renew(), 1);
  summary = Summary(facility_);
  EXPECT_EQ(summary.count(), 5);
  EXPECT_FALSE(summary.withheld());
  EXPECT_EQ(summary.counted(), 5);
  EXPECT_EQ(*FromProto(summary.counted_on()), today());
  EXPECT_EQ(summary.means().safety(), 28);  // (1 + 2 + 3 + 4 + 4) / 5
  EXPECT_EQ(summary.means().fees(), 28);
  EXPECT_EQ(Listed(facility_).reviews_size(), 5);
  EXPECT_THAT(Actions(), Contains("review.counted").Times(1));
}

TEST_F(MeansTest, TheSixthReviewIsNotFoundByComparingTwoAnswers) {
  Public(5, 3);
  Renew();
  const v1::ReviewSummary before = Summary(facility_);
  Public(1, 1);
  EXPECT_EQ(Renew(), 0);
  v1::ReviewSummary after = Summary(facility_);
  EXPECT_EQ(after.count(), 6) << "how many there are anyone counts in the list";
  EXPECT_EQ(after.counted(), 5);
  EXPECT_EQ(after.means().SerializeAsString(), before.means().SerializeAsString());
  EXPECT_EQ(*FromProto(after.counted_on()), *FromProto(before.counted_on()));
  // With the tenth they are made anew, of all.
  Public(3, 5);
  EXPECT_EQ(Renew(), 0);
  Public(1, 5);
  EXPECT_EQ(Renew(), 1);
  after = Summary(facility_);
  EXPECT_EQ(after.counted(), 10);
  EXPECT_EQ(after.means().safety(), 36);  // (15 + 1 + 20) / 10
}

TEST_F(MeansTest, AnEditOrAHiddenOneIsNotFoundByComparingTwoAnswers) {
  const std::vector<std::string> codes = Public(6, 3);
  Renew();
  const v1::ReviewSummary before = Summary(facility_);
  ASSERT_OK(Edit(codes[0], 1, ""));
  AwaitNotice();
  EXPECT_EQ(Renew(), 0);
  EXPECT_EQ(Summary(facility_).means().SerializeAsString(), before.means().SerializeAsString());
  ASSERT_OK(Moderate(AnyName(), v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_OFF_TOPIC));
  EXPECT_EQ(Renew(), 0);
  const v1::ReviewSummary after = Summary(facility_);
  EXPECT_EQ(after.count(), 5);
  EXPECT_EQ(after.hidden(), 1);
  EXPECT_EQ(after.counted(), 6);
  EXPECT_EQ(after.means().SerializeAsString(), before.means().SerializeAsString());
  // Five that were never counted bring all of it with them.
  Public(5, 3);
  EXPECT_EQ(Renew(), 1);
  EXPECT_EQ(Summary(facility_).counted(), 10);
}

TEST_F(MeansTest, FiveEditsOfTheSameReviewsAreNoNewOnes) {
  const std::vector<std::string> codes = Public(5, 3);
  Renew();
  for (const std::string& code : codes) ASSERT_OK(Edit(code, 3, ""));
  ASSERT_OK(Edit(codes[0], 1, ""));
  AwaitNotice();
  EXPECT_EQ(Renew(), 0) << "four who did not change their scores would tell the fifth's";
  EXPECT_EQ(Summary(facility_).means().safety(), 30);
}

TEST_F(MeansTest, NoMeansAreToldOfReviewsThatAreMostlyGone) {
  Public(12, 3);
  Renew();
  EXPECT_FALSE(Summary(facility_).withheld());
  for (int i = 0; i < 6; ++i) {
    ASSERT_OK(Moderate(AnyName(), v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_NOT_A_FAMILY));
  }
  EXPECT_FALSE(Summary(facility_).withheld());
  ASSERT_OK(Moderate(AnyName(), v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_NOT_A_FAMILY));
  const v1::ReviewSummary summary = Summary(facility_);
  EXPECT_TRUE(summary.withheld());
  EXPECT_EQ(summary.count(), 5);
  EXPECT_FALSE(summary.has_means());
}

// Whoever looks every day, and arranges for reviews to come, change, be hidden and expire as it likes, gets sums of sets of reviews. The
// scores of one are safe whatever is added and subtracted of them when each set holds five reviews or more that none before it held: of
// the sets that are used, the last one's five stay in what comes out.
TEST_F(MeansTest, EveryAnswerHoldsFiveReviewsThatNoneBeforeItHeld) {
  std::vector<std::string> codes;
  for (int round = 0; round < 24; ++round) {
    for (const std::string& code : Public(1 + round % 3, 1 + round % 5)) codes.push_back(code);
    Look();
    if (round % 2 == 1) {
      EXPECT_OK(Edit(codes[static_cast<size_t>(round) % codes.size()], 1 + round % 4, ""));
      Look();
    }
    if (round % 5 == 4) {
      EXPECT_OK(Moderate(AnyName(), v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_INSULT));
      Look();
    }
    if (round % 12 == 11) {  // the first ones expire
      GoTo(today() + 640);
      Look();
    }
  }
  ASSERT_GE(answers_.size(), 5U);
  std::set<std::string> seen;
  for (const Made& made : answers_) {
    const std::set<std::string> reviews = ReviewsOf(made);
    std::vector<std::string> fresh;
    std::set_difference(reviews.begin(), reviews.end(), seen.begin(), seen.end(),
                        std::back_inserter(fresh));
    EXPECT_GE(fresh.size(), 5U);
    seen.insert(reviews.begin(), reviews.end());
  }
  for (size_t i = 0; i < answers_.size(); ++i) {
    for (size_t j = i + 1; j < answers_.size(); ++j) {
      std::vector<std::string> between;
      std::set_symmetric_difference(answers_[i].begin(), answers_[i].end(), answers_[j].begin(),
                                    answers_[j].end(), std::back_inserter(between));
      EXPECT_GE(between.size(), 5U) << i << " and " << j;
    }
  }
}

TEST_F(MeansTest, ServersThatCountAtOnceWhileReviewsChangeMakeThemOnce) {
  const std::vector<std::string> codes = Public(5, 3);
  constexpr int kThreads = 8;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      if (i % 2 == 0) {
        Renew();
      } else {
        EXPECT_OK(Edit(codes[static_cast<size_t>(i) % codes.size()], 5, ""));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  Renew();
  EXPECT_THAT(Actions(), Contains("review.counted").Times(1));
  const v1::ReviewSummary summary = Summary(facility_);
  EXPECT_EQ(summary.counted(), 5);
  // Each was counted as it was before its change or after it.
  EXPECT_GE(summary.means().safety(), 30);
  EXPECT_LE(summary.means().safety(), 46);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review WHERE counted = 1"), "5");
}

TEST_F(MeansTest, ThatOneIsHiddenWhileTheyAreCountedLeavesFourUncounted) {
  Public(5, 3);
  // What the watch found a moment ago holds no more when it gets there.
  ASSERT_OK(Moderate(AnyName(), v1::REVIEW_DECISION_HIDE, v1::REVIEW_HIDE_REASON_INSULT));
  EXPECT_EQ(Renew(), 0);
  EXPECT_TRUE(Summary(facility_).withheld());
  EXPECT_THAT(Actions(), Not(Contains("review.counted")));
}

TEST_F(MeansTest, TheJournalHoldsTheMeansAndNoScoreOfOne) {
  Public(5, 4);
  Renew();
  EXPECT_THAT(Summary(Register("演练托育二园")).means().DebugString(), IsEmpty());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE payload_type = "
                            "'tuoyu.complaint.v1.ReviewCount' AND actor = 'system/review_watch'"),
            "1");
  EXPECT_THAT(Summary(facility_).DebugString(), HasSubstr("safety: 40"));
}

}  // namespace
}  // namespace tuoyu::complaint
