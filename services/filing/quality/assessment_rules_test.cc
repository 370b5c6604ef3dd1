#include "services/filing/quality/assessment_rules.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/rules_testing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using testing::ExpectWellSaid;
using ::testing::IsEmpty;
using testing::kToday;
using testing::Lines;
using testing::On;
using v1::Assessment;

const v1::AssessmentScheme& Scheme() {
  static const auto& scheme = *new v1::AssessmentScheme(
      LoadAssessmentScheme(TUOYU_DATA_DIR "/assessment/wst-821-2023.yaml").value());
  return scheme;
}

// Scores of this share of each dimension's points, in thousandths.
v1::AssessmentResult Scores(int permille) {
  v1::AssessmentResult result;
  for (const v1::AssessmentDimension& dimension : Scheme().dimensions()) {
    v1::DimensionScore& score = *result.add_scores();
    score.set_dimension(dimension.code());
    score.set_score_tenths(dimension.points() * permille / 100);
  }
  return result;
}

Assessment Valid() {
  Assessment assessment;
  assessment.set_scheme("wst-821");
  *assessment.mutable_assessed_on() = ToProto(CivilDay(2025, 12, 1));
  assessment.set_organisation("重庆市托育服务评估中心（演练）");
  assessment.set_assessors(5);
  assessment.set_document_number("演练评〔2025〕3号");
  *assessment.mutable_result() = Scores(850);
  return assessment;
}

std::vector<std::string> Found(const Assessment& assessment,
                               const v1::AssessmentScheme* scheme = &Scheme()) {
  const auto violations = CheckAssessment(assessment, "assessment.", scheme, On());
  ExpectWellSaid(violations);
  return Lines(violations);
}

TEST(AssessmentRulesTest, EachDimensionIsScoredOnceWithinItsPoints) {
  EXPECT_THAT(Found(Valid()), IsEmpty());
  Assessment wrong = Valid();
  wrong.mutable_result()->mutable_scores(0)->set_score_tenths(1001);
  wrong.mutable_result()->mutable_scores(1)->set_dimension("D1");
  wrong.mutable_result()->mutable_scores(2)->set_dimension("D9");
  wrong.mutable_result()->add_veto_hits("J17");
  EXPECT_THAT(Found(wrong),
              ElementsAre("assessment.result.scores[0].score_tenths NUMBER_RANGE blocks",
                          "assessment.result.scores[1].dimension SCORE_DIMENSION blocks",
                          "assessment.result.scores[2].dimension SCORE_DIMENSION blocks",
                          "assessment.result.scores SCORE_DIMENSION blocks",
                          "assessment.result.veto_hits[0] BASIC_ITEM_UNKNOWN blocks"));
}

TEST(AssessmentRulesTest, ItemsAddUpToTheirDimension) {
  Assessment assessment = Valid();
  v1::DimensionScore& score = *assessment.mutable_result()->mutable_scores(0);
  for (const int tenths : {305, 400}) {
    v1::ItemScore& item = *score.add_items();
    item.set_item(absl::StrCat("1.", tenths));
    item.set_score_tenths(tenths);
  }
  EXPECT_THAT(Found(assessment),
              ElementsAre("assessment.result.scores[0].score_tenths SCORE_ITEMS blocks"));
  score.set_score_tenths(0);
  EXPECT_THAT(Found(assessment), IsEmpty());
  EXPECT_EQ(ResultOf(Scheme(), CivilDay(2025, 12, 1), assessment.result()).scores(0).score_tenths(),
            705);
  score.mutable_items(1)->set_item("1.305");
  score.mutable_items(1)->set_score_tenths(900);
  EXPECT_THAT(Found(assessment),
              ElementsAre("assessment.result.scores[0].items[1].item SCORE_ITEMS blocks",
                          "assessment.result.scores[0].score_tenths NUMBER_RANGE blocks"));
}

TEST(AssessmentRulesTest, ASchemeMustBeInForceOnTheDay) {
  EXPECT_THAT(Found(Valid(), nullptr), ElementsAre("assessment.scheme SCHEME_NOT_IN_FORCE blocks"));
  EXPECT_THAT(Found({}, nullptr), ElementsAre("assessment.scheme FIELD_REQUIRED blocks",
                                              "assessment.assessed_on FIELD_REQUIRED blocks",
                                              "assessment.organisation FIELD_REQUIRED blocks",
                                              "assessment.assessors NUMBER_RANGE blocks",
                                              "assessment.document_number FIELD_REQUIRED blocks"));
}

TEST(AssessmentRulesTest, TheGradeFollowsFromTheExactShare) {
  const struct {
    int tenths_off;  // taken from full marks
    const char* grade;
  } cases[] = {{0, "A"},    {1000, "A"}, {1001, "B"}, {2000, "B"}, {2001, "C"},
               {3000, "C"}, {3001, "D"}, {4000, "D"}, {4001, ""},  {10000, ""}};
  for (const auto& c : cases) {
    v1::AssessmentResult given = Scores(1000);
    int off = c.tenths_off;
    for (v1::DimensionScore& score : *given.mutable_scores()) {
      const int taken = std::min(off, score.score_tenths());
      score.set_score_tenths(score.score_tenths() - taken);
      off -= taken;
    }
    const v1::AssessmentResult result = ResultOf(Scheme(), CivilDay(2025, 12, 1), given);
    EXPECT_EQ(result.total_tenths(), 10000 - c.tenths_off);
    EXPECT_EQ(result.grade(), c.grade) << c.tenths_off;
    EXPECT_EQ(result.has_valid_to(), *c.grade != 0);
  }
}

TEST(AssessmentRulesTest, AVetoTakesTheGradeOrHoldsItDown) {
  v1::AssessmentResult given = Scores(1000);
  given.add_veto_hits("J03");
  EXPECT_EQ(ResultOf(Scheme(), kToday, given).grade(), "");
  v1::AssessmentScheme scheme = Scheme();
  scheme.set_veto_grade("C");
  EXPECT_EQ(ResultOf(scheme, kToday, given).grade(), "C");
  given.mutable_scores(5)->set_score_tenths(0);
  given.mutable_scores(3)->set_score_tenths(0);
  EXPECT_EQ(ResultOf(scheme, kToday, given).grade(), "");
}

// A facility that serves since 2025 but for May 2026.
Timeline Served() {
  Timeline timeline;
  for (const auto& [from, state] : {std::pair{CivilDay(2025, 1, 1), v1::FACILITY_STATE_ACTIVE},
                                    std::pair{CivilDay(2026, 5, 1), v1::FACILITY_STATE_SUSPENDED},
                                    std::pair{CivilDay(2026, 6, 1), v1::FACILITY_STATE_ACTIVE}}) {
    if (!timeline.slices.empty()) *timeline.slices.back().mutable_valid_to() = ToProto(from);
    v1::FacilityVersion& slice = timeline.slices.emplace_back();
    *slice.mutable_valid_from() = ToProto(from);
    slice.set_state(state);
  }
  return timeline;
}

Assessment Published(const std::string& name, CivilDay day, int permille) {
  Assessment assessment;
  assessment.set_name(name);
  *assessment.mutable_assessed_on() = ToProto(day);
  *assessment.mutable_result() = ResultOf(Scheme(), day, Scores(permille));
  *assessment.mutable_published_on() = ToProto(day + 10);
  return assessment;
}

// "HELD A first".
std::string Grade(const std::vector<Assessment>& assessments, CivilDay day) {
  const v1::GradeOnDay grade = GradeOn(assessments, Served(), day);
  return absl::StrCat(v1::GradeStanding_Name(grade.standing()).substr(15), " ", grade.grade(), " ",
                      grade.assessment());
}

TEST(AssessmentRulesTest, TheNewestPublishedAssessmentHoldsFromItsDay) {
  std::vector<Assessment> all = {Published("first", CivilDay(2025, 3, 1), 950)};
  EXPECT_EQ(Grade(all, CivilDay(2025, 2, 28)), "NOT_ASSESSED  ");
  EXPECT_EQ(Grade(all, CivilDay(2025, 3, 1)), "HELD A first");
  EXPECT_EQ(Grade(all, CivilDay(2028, 2, 29)), "HELD A first");
  EXPECT_EQ(Grade(all, CivilDay(2028, 3, 1)), "EXPIRED  first");
  all.push_back(Published("second", CivilDay(2026, 2, 1), 700));
  EXPECT_EQ(Grade(all, CivilDay(2026, 1, 31)), "HELD A first");
  EXPECT_EQ(Grade(all, CivilDay(2026, 2, 1)), "HELD C second");
  all[1].clear_published_on();
  EXPECT_EQ(Grade(all, CivilDay(2026, 2, 1)), "HELD A first");
}

TEST(AssessmentRulesTest, AnOlderGradeDoesNotComeBack) {
  std::vector<Assessment> all = {Published("first", CivilDay(2025, 3, 1), 950),
                                 Published("second", CivilDay(2026, 2, 1), 400)};
  EXPECT_EQ(Grade(all, CivilDay(2026, 3, 1)), "NOT_GRADED  second");
  all[1] = Published("second", CivilDay(2026, 2, 1), 800);
  *all[1].mutable_revoked_on() = ToProto(CivilDay(2026, 3, 1));
  EXPECT_EQ(Grade(all, CivilDay(2026, 2, 28)), "HELD B second");
  EXPECT_EQ(Grade(all, CivilDay(2026, 3, 1)), "REVOKED  second");
}

TEST(AssessmentRulesTest, WhoDoesNotServeHoldsNoGrade) {
  const std::vector<Assessment> all = {Published("first", CivilDay(2025, 3, 1), 950)};
  EXPECT_EQ(Grade(all, CivilDay(2026, 5, 1)), "NOT_ACTIVE  first");
  EXPECT_EQ(Grade(all, CivilDay(2026, 6, 1)), "HELD A first");
}

TEST(AssessmentRulesTest, DaysOfWhatFollowsAreInOrder) {
  const Assessment assessment = Valid();
  v1::PublishAssessmentRequest publication;
  *publication.mutable_published_on() = ToProto(CivilDay(2025, 11, 30));
  EXPECT_THAT(Lines(CheckPublication(assessment, publication, On())),
              ElementsAre("published_on ASSESSMENT_ORDER blocks"));
  *publication.mutable_published_on() = ToProto(kToday + 1);
  EXPECT_THAT(Lines(CheckPublication(assessment, publication, On())),
              ElementsAre("published_on DATE_IN_FUTURE blocks"));
  v1::RevokeAssessmentRequest revocation;
  *revocation.mutable_revoked_on() = ToProto(CivilDay(2025, 11, 30));
  EXPECT_THAT(Lines(CheckAssessmentRevocation(assessment, revocation, On())),
              ElementsAre("revoked_on ASSESSMENT_ORDER blocks", "reason FIELD_REQUIRED blocks"));
  v1::AssessmentAppeal appeal;
  *appeal.mutable_filed_on() = ToProto(CivilDay(2025, 12, 5));
  EXPECT_THAT(Lines(CheckAppeal(assessment, appeal, On())),
              ElementsAre("appeal.ground FIELD_REQUIRED blocks"));
  v1::DecideAppealRequest decision;
  *decision.mutable_decided_on() = ToProto(CivilDay(2025, 12, 4));
  decision.set_outcome(v1::APPEAL_OUTCOME_REJECTED);
  *decision.mutable_result() = Scores(900);
  EXPECT_THAT(Lines(CheckAppealDecision(appeal, decision, Scheme(), On())),
              ElementsAre("decided_on ASSESSMENT_ORDER blocks", "decision FIELD_REQUIRED blocks",
                          "result RESULT_UNUSED blocks"));
}

}  // namespace
}  // namespace tuoyu::filing
