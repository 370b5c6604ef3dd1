// Reviews as families write them, and what is public of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/complaint/review/review_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kKind[] = "饭菜新鲜，老师耐心。";

using ReviewTest = ReviewFixture;

TEST_F(ReviewTest, AProofOfAttendanceIsAllAFamilyNeeds) {
  const auto receipt = Submit(ProofOf(1), 4, kKind);
  ASSERT_OK(receipt);
  EXPECT_EQ(receipt->query_code().size(), 24U);
  EXPECT_FALSE(receipt->has_report());
  EXPECT_EQ(receipt->review().state(), v1::REVIEW_STATE_CLEARED);
  EXPECT_EQ(receipt->review().facility_name(), "演练托育园");
  EXPECT_EQ(receipt->review().term().season(), filing::v1::TERM_SEASON_SPRING);
  EXPECT_EQ(receipt->review().scores().meals(), 4);
  EXPECT_EQ(*FromProto(receipt->review().told_on()), CivilDay(2026, 3, 6));
  EXPECT_EQ(*FromProto(receipt->review().publish_on()), CivilDay(2026, 3, 9));
  EXPECT_EQ(*FromProto(receipt->review().expire_on()), CivilDay(2028, 3, 9));
  // Not before the facility has had its hours.
  GoTo(CivilDay(2026, 3, 8));
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  GoTo(CivilDay(2026, 3, 9));
  const auto listed = Listed(facility_);
  ASSERT_EQ(listed.reviews_size(), 1);
  EXPECT_EQ(listed.reviews(0).text(), kKind);
  EXPECT_EQ(*FromProto(listed.reviews(0).published_on()), CivilDay(2026, 3, 9));
  EXPECT_THAT(Listed(Register("演练托育二园")).reviews(), IsEmpty());
}

TEST_F(ReviewTest, NothingOfTheProofOrTheTextIsStoredInTheClear) {
  const std::string proof = ProofOf(1);
  const auto receipt = Submit(proof, 4, kKind);
  ASSERT_OK(receipt);
  const std::string pseudonym = AttendanceOf(1).pseudonym();
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review"), "1");
  for (const char* column :
       {"review WHERE message", "request_log WHERE reply", "journal_entry WHERE payload"}) {
    for (const std::string& secret :
         {std::string("老师耐心"), receipt->query_code(), proof.substr(10, 40)}) {
      EXPECT_EQ(
          database_.Value(absl::StrCat("SELECT COUNT(*) FROM ", column, " LIKE '%", secret, "%'")),
          "0")
          << column << secret;
    }
  }
  EXPECT_EQ(database_.Value(absl::StrCat("SELECT COUNT(*) FROM review WHERE LOCATE(UNHEX('",
                                         privacy::HexEncode(pseudonym),
                                         "'), CONCAT(message, pseudonym_index, code_index)) > 0")),
            "0");
  EXPECT_THAT(Actions(), ElementsAre("review.submitted"));
}

TEST_F(ReviewTest, AnIdTellsTheDayAndNotTheMoment) {
  Submitted(1, 4, kKind);
  GoTo(today());
  clock_.Advance(absl::Hours(5));
  Submitted(2, 4, kKind);
  EXPECT_EQ(database_.Value("SELECT COUNT(DISTINCT LEFT(id, 13)) FROM review"), "1");
}

TEST_F(ReviewTest, WhatIsNoProofIsRefused) {
  const std::string proof = ProofOf(1);
  std::string altered = proof;
  altered[proof.size() / 2] = altered[proof.size() / 2] == 'A' ? 'B' : 'A';
  const privacy::Signer other = *privacy::Signer::FromPem(
      *privacy::GeneratePrivateKeyPem(privacy::SignatureAlgorithm::kEs256));
  const std::string forged = *registry::SignAttendance(other, AttendanceOf(1));
  for (const std::string& wrong : {std::string(), std::string("凭证"), altered, forged}) {
    EXPECT_EQ(ReasonOf(Submit(wrong, 4, kKind).status()), "ATTENDANCE_TOKEN_INVALID") << wrong;
  }
  filing::v1::Attendance nowhere = AttendanceOf(1);
  nowhere.set_facility("facilities/01900000-0000-7000-8000-000000000099");
  EXPECT_EQ(
      ReasonOf(Submit(*registry::SignAttendance(attendance_signer_, nowhere), 4, kKind).status()),
      "FACILITY_NOT_FOUND");
  GoTo(today() + 14);
  EXPECT_EQ(ReasonOf(Submit(proof, 4, kKind).status()), "ATTENDANCE_TOKEN_EXPIRED");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review"), "0");
}

TEST_F(ReviewTest, AProofIsOfItsFacilityAndNoOther) {
  const std::string other = Register("演练托育二园");
  Submitted(1, 4, kKind);
  AwaitNotice();
  EXPECT_EQ(Summary(facility_).count(), 1);
  EXPECT_EQ(Summary(other).count(), 0);
}

TEST_F(ReviewTest, WhoActsForAFacilityReviewsNone) {
  const std::string other = Register("演练托育二园");
  for (const std::string& token :
       {Principal(facility_), Principal(other),
        TokenOf(common::v1::ROLE_FACILITY_STAFF, "accounts/staff", {}, ""),
        TokenOf(common::v1::ROLE_GUARDIAN, "accounts/both", {}, facility_)}) {
    EXPECT_EQ(ReasonOf(Submit(ProofOf(1), 5, kKind, token).status()), "REVIEW_BY_STAFF");
  }
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review"), "0");
  EXPECT_OK(Submit(ProofOf(1), 5, kKind,
                   TokenOf(common::v1::ROLE_GUARDIAN, "accounts/guardian", {}, "")));
}

TEST_F(ReviewTest, ThereIsOneForEachChildAndTermWhoeverHoldsAProof) {
  Submitted(1, 4, kKind);
  const auto again = Submit(ProofOf(1), 1, "换一种说法再写。");
  EXPECT_EQ(ReasonOf(again.status()), "REVIEW_EXISTS");
  Submitted(2, 4, kKind);
  filing::v1::Attendance autumn = AttendanceOf(3);
  autumn.mutable_term()->set_season(filing::v1::TERM_SEASON_AUTUMN);
  EXPECT_OK(Submit(*registry::SignAttendance(attendance_signer_, autumn), 4, kKind));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review"), "3");
}

TEST_F(ReviewTest, ProofsOfOneChildUsedAtOnceAreOneReview) {
  constexpr int kThreads = 8;
  std::vector<std::string> answers(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto receipt = Submit(ProofOf(1), 4, kKind);
      answers[i] = receipt.ok() ? "taken" : ReasonOf(receipt.status());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, Contains("taken").Times(1));
  EXPECT_THAT(answers, Contains("REVIEW_EXISTS").Times(kThreads - 1));
}

TEST_F(ReviewTest, ARepeatedCallTellsTheSameCode) {
  v1::SubmitReviewRequest request;
  request.set_request_id(NewRequestId());
  request.set_token(ProofOf(1));
  *request.mutable_scores() = MadeUpScores(4);
  const auto first = Review(&Reviews::SubmitReview, "", request);
  const auto again = Review(&Reviews::SubmitReview, "", request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->query_code(), again->query_code());
  EXPECT_EQ(first->review().SerializeAsString(), again->review().SerializeAsString());
}

TEST_F(ReviewTest, AllFaultsAreToldAtOnce) {
  v1::SubmitReviewRequest request;
  request.set_token(ProofOf(1));
  request.mutable_scores()->set_safety(9);
  request.set_text("好");
  const auto refused = Review(&Reviews::SubmitReview, "", request);
  EXPECT_EQ(ReasonOf(refused.status()), "FORM_INVALID");
  EXPECT_EQ(rpc::ViolationsOf(refused.status()).size(), 6U);
}

TEST_F(ReviewTest, AnEditIsToldAgainAndItsHistoryKept) {
  const std::string code = Submitted(1, 2, "饭菜一般，沟通不够。");
  AwaitNotice();
  ASSERT_EQ(Listed(facility_).reviews_size(), 1);
  const auto edited = Edit(code, 5, "换了厨师，饭菜好多了。");
  ASSERT_OK(edited);
  EXPECT_THAT(edited->query_code(), IsEmpty());
  EXPECT_EQ(edited->review().edits(), 1);
  // What it was stays until it is replaced, as if nothing had happened.
  const auto before = Listed(facility_);
  ASSERT_EQ(before.reviews_size(), 1);
  EXPECT_EQ(before.reviews(0).text(), "饭菜一般，沟通不够。");
  EXPECT_FALSE(before.reviews(0).edited());
  AwaitNotice();
  const auto listed = Listed(facility_);
  ASSERT_EQ(listed.reviews_size(), 1);
  EXPECT_TRUE(listed.reviews(0).edited());
  EXPECT_EQ(listed.reviews(0).text(), "换了厨师，饭菜好多了。");
  const auto officer = InState(v1::REVIEW_STATE_CLEARED, Officer("DHC"));
  ASSERT_EQ(officer.reviews_size(), 1);
  EXPECT_EQ(officer.reviews(0).versions(0).text(), "饭菜一般，沟通不够。");
  EXPECT_THAT(Actions(), ElementsAre("review.submitted", "review.edited"));
  for (int i = 1; i < 10; ++i) ASSERT_OK(Edit(code, 5, absl::StrCat("第", i, "次修改评价。")));
  EXPECT_EQ(ReasonOf(Edit(code, 5, "再修改一次评价。").status()), "LIST_TOO_LONG");
}

TEST_F(ReviewTest, WhatTheFacilityHasNotSeenIsChangedWithoutATrace) {
  const std::string code = Submitted(1, 2, "饭菜一般，沟通不够。");
  GoTo(CivilDay(2026, 3, 5));
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  ASSERT_OK(Edit(code, 4, kKind));
  // The days are counted from the change.
  GoTo(CivilDay(2026, 3, 8));
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  GoTo(CivilDay(2026, 3, 9));
  ASSERT_EQ(Told(facility_).reviews_size(), 1);
  EXPECT_EQ(Told(facility_).reviews(0).text(), kKind);
  GoTo(CivilDay(2026, 3, 12));
  const auto listed = Listed(facility_);
  ASSERT_EQ(listed.reviews_size(), 1);
  EXPECT_EQ(listed.reviews(0).text(), kKind);
  EXPECT_FALSE(listed.reviews(0).edited());
}

TEST_F(ReviewTest, TheFacilitySeesNeitherTheDayOfAChangeNorWhatWasNeverPublic) {
  const std::string code = Submitted(1, 2, "饭菜一般，沟通不够。");
  AwaitTold();
  const std::string before = Told(facility_).SerializeAsString();
  EXPECT_THAT(before, HasSubstr("饭菜一般"));
  ASSERT_OK(Edit(code, 5, "张老师很好，电话19900000001。"));  // waits for a moderator
  EXPECT_EQ(Told(facility_).SerializeAsString(), before);
  // What was not public when it was changed does not become so.
  GoTo(CivilDay(2026, 3, 9));
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  EXPECT_EQ(Summary(facility_).count(), 0);
  EXPECT_EQ(Told(facility_).SerializeAsString(), before);
  ASSERT_OK(Edit(code, 5, kKind));
  EXPECT_EQ(Told(facility_).SerializeAsString(), before);
  AwaitTold();
  ASSERT_EQ(Told(facility_).reviews_size(), 1);
  EXPECT_EQ(Told(facility_).reviews(0).text(), kKind);
  GoTo(today() + 3);
  ASSERT_EQ(Listed(facility_).reviews_size(), 1);
  EXPECT_EQ(Listed(facility_).reviews(0).text(), kKind);
}

TEST_F(ReviewTest, OnlyTheCodeOpensAReview) {
  const std::string code = Submitted(1, 4, kKind);
  EXPECT_EQ(FollowReview(code)->text(), kKind);
  for (const char* wrong : {"0000-0000-0000-0000-0000", "", "查询码"}) {
    EXPECT_EQ(ReasonOf(FollowReview(wrong).status()), "QUERY_CODE_UNKNOWN");
    EXPECT_EQ(ReasonOf(Edit(wrong, 4, kKind).status()), "QUERY_CODE_UNKNOWN");
  }
  // The code of a complaint opens no review, nor the reverse.
  Filed(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(FollowReview(code_).status()), "QUERY_CODE_UNKNOWN");
  EXPECT_EQ(ReasonOf(Follow(code).status()), "QUERY_CODE_UNKNOWN");
}

TEST_F(ReviewTest, AReviewIsPublicForTwoYears) {
  const std::string code = Submitted(1, 1, kKind);
  GoTo(CivilDay(2028, 3, 8));
  EXPECT_EQ(Listed(facility_).reviews_size(), 1);
  EXPECT_EQ(Summary(facility_).count(), 1);
  GoTo(CivilDay(2028, 3, 9));
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  EXPECT_EQ(Summary(facility_).count(), 0);
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  EXPECT_OK(FollowReview(code));
  EXPECT_EQ(ReasonOf(Edit(code, 4, kKind).status()), "REVIEW_EXPIRED");
}

TEST_F(ReviewTest, AClaimOfAbuseBecomesAReportAndNoReview) {
  const auto receipt = Submit(ProofOf(1), 1, "午睡时老师打孩子。");
  ASSERT_OK(receipt);
  EXPECT_THAT(receipt->query_code(), IsEmpty());
  EXPECT_FALSE(receipt->has_review());
  ASSERT_TRUE(receipt->report().emergency());
  EXPECT_EQ(receipt->report().cases(0).category(), "ABUSE");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM review"), "0");
  EXPECT_THAT(Actions(), ElementsAre("case.emergency"));
  const auto of_case = Get(receipt->report().cases(0).case_number(), Officer("DHC"));
  ASSERT_OK(of_case);
  EXPECT_EQ(of_case->text(), "午睡时老师打孩子。");
  EXPECT_EQ(of_case->facility(), facility_);
  EXPECT_EQ(of_case->unit(), "PSB");
  EXPECT_EQ(of_case->state(), v1::CASE_STATE_ACCEPTED);
  // Who said it is nobody, and nothing of the proof is in the case.
  EXPECT_EQ(database_.Value("SELECT mode FROM complainant"),
            absl::StrCat(v1::REPORTER_MODE_ANONYMOUS));
  EXPECT_EQ(database_.Value(absl::StrCat("SELECT COUNT(*) FROM complaint_case WHERE LOCATE(UNHEX('",
                                         privacy::HexEncode(AttendanceOf(1).pseudonym()),
                                         "'), message) > 0")),
            "0");
  // It is followed with the code of its own, and the review of this term is still open.
  EXPECT_OK(Follow(receipt->report().query_code()));
  AwaitNotice();
  EXPECT_THAT(Listed(facility_).reviews(), IsEmpty());
  EXPECT_THAT(Told(facility_).reviews(), IsEmpty());
  EXPECT_EQ(Summary(facility_).count(), 0);
  EXPECT_OK(Submit(ProofOf(1), 1, "沟通不够及时。"));
}

TEST_F(ReviewTest, AReportFailsOrStandsWithItsReview) {
  // What names no facility of the registry leaves neither a review nor a case.
  filing::v1::Attendance nowhere = AttendanceOf(1);
  nowhere.set_facility("facilities/01900000-0000-7000-8000-000000000099");
  EXPECT_EQ(ReasonOf(Submit(*registry::SignAttendance(attendance_signer_, nowhere), 1,
                            "午睡时老师打孩子。")
                         .status()),
            "FACILITY_NOT_FOUND");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "0");
  // Repeated it is one case, with the same code.
  v1::SubmitReviewRequest request;
  request.set_request_id(NewRequestId());
  request.set_token(ProofOf(1));
  *request.mutable_scores() = MadeUpScores(1);
  request.set_text("午睡时老师打孩子。");
  const auto first = Review(&Reviews::SubmitReview, "", request);
  const auto again = Review(&Reviews::SubmitReview, "", request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->report().query_code(), again->report().query_code());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant"), "1");
}

TEST_F(ReviewTest, AnEditThatClaimsAbuseLeavesTheReviewAsItWas) {
  const std::string code = Submitted(1, 4, kKind);
  const auto edited = Edit(code, 1, "后来发现老师体罚。");
  ASSERT_OK(edited);
  EXPECT_TRUE(edited->report().emergency());
  EXPECT_EQ(edited->review().text(), kKind);
  AwaitNotice();
  ASSERT_EQ(Listed(facility_).reviews_size(), 1);
  EXPECT_EQ(Listed(facility_).reviews(0).text(), kKind);
  EXPECT_FALSE(Listed(facility_).reviews(0).edited());
  EXPECT_THAT(Told(facility_).DebugString(), Not(HasSubstr("体罚")));
}

TEST_F(ReviewTest, ListsGoOnWhereTheyEnded) {
  for (int child = 1; child <= 5; ++child) Submitted(child, 4, "");
  AwaitNotice();
  v1::ListReviewsRequest request;
  request.set_facility(facility_);
  request.set_page_size(2);
  std::set<std::string> names;
  int pages = 0;
  do {
    const auto page = Review(&Reviews::ListReviews, "", request);
    ASSERT_OK(page);
    for (const auto& review : page->reviews()) names.insert(review.name());
    request.set_page_token(page->next_page_token());
    ++pages;
  } while (!request.page_token().empty());
  EXPECT_EQ(names.size(), 5U);
  EXPECT_EQ(pages, 3);
  request.set_facility("facilities/x");
  EXPECT_EQ(ReasonOf(Review(&Reviews::ListReviews, "", request).status()), "NAME_INVALID");
}

}  // namespace
}  // namespace tuoyu::complaint
