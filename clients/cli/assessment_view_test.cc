#include "clients/cli/assessment_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"

namespace tuoyu::cli {
namespace {

namespace pb = filing::v1;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

pb::Assessment Appealed() {
  pb::Assessment assessment;
  assessment.set_name("facilities/f/assessments/a");
  assessment.set_scheme("wst-821");
  assessment.set_highest_tenths(10000);
  assessment.mutable_result()->set_total_tenths(9005);
  assessment.mutable_result()->set_grade("A");
  pb::DimensionScore& score = *assessment.mutable_result()->add_scores();
  score.set_dimension("D2");
  score.set_score_tenths(1205);
  assessment.add_earlier_results()->set_total_tenths(5000);
  pb::AssessmentAppeal& appeal = *assessment.add_appeals();
  appeal.set_number(1);
  appeal.set_ground("漏记监控");
  return assessment;
}

TEST(AssessmentViewTest, AnAssessmentIsShownWithWhatWasBeforeAndWhatIsObjectedTo) {
  EXPECT_THAT(RenderAssessment(Appealed(), Language::kChinese, 0),
              AllOf(HasSubstr("900.5 / 1000.0"), HasSubstr("D2 120.5"),
                    HasSubstr("未获等级  500.0 / 1000.0"), HasSubstr("漏记监控"),
                    HasSubstr("待处理"), Not(HasSubstr("评定人数"))));
}

TEST(AssessmentViewTest, AGradeIsNamedOrTheReasonThereIsNone) {
  pb::GradeOnDay grade;
  *grade.mutable_day() = ToProto(absl::CivilDay(2026, 3, 12));
  grade.set_standing(pb::GRADE_STANDING_NOT_ACTIVE);
  EXPECT_EQ(GradeText(grade, Language::kChinese), "2026-03-12 等级：停业或已终止，不持有等级\n");
  grade.set_standing(pb::GRADE_STANDING_HELD);
  grade.set_grade("B");
  EXPECT_EQ(GradeText(grade, Language::kEnglish), "2026-03-12 grade: B\n");
}

TEST(AssessmentViewTest, ARecommendedSchemeIsCalledThat) {
  pb::AssessmentScheme scheme;
  scheme.set_level(common::v1::RULE_LEVEL_RECOMMENDED);
  scheme.set_grades_level(common::v1::RULE_LEVEL_SYSTEM);
  pb::GradeRule& grade = *scheme.add_grades();
  grade.set_code("A");
  grade.set_min_permille(905);
  EXPECT_THAT(RenderScheme(scheme, Language::kChinese, 0),
              AllOf(HasSubstr("推荐性标准"), HasSubstr("A ≥ 90.5%"), HasSubstr("系统要求")));
}

}  // namespace
}  // namespace tuoyu::cli
