#include "services/filing/quality/assessment_scheme.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"
#include "services/filing/testing/edited_file.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::AllOf;
using testing::EditedFile;
using ::testing::HasSubstr;
using tuoyu::testing::StatusIs;
using v1::AssessmentScheme;

constexpr char kFile[] = TUOYU_DATA_DIR "/assessment/wst-821-2023.yaml";

TEST(AssessmentSchemeTest, TheRecommendedStandardIsNoDutyAndItsCutOffsAreOurDefault) {
  const auto scheme = LoadAssessmentScheme(kFile);
  ASSERT_OK(scheme);
  EXPECT_EQ(scheme->level(), common::v1::RULE_LEVEL_RECOMMENDED);
  EXPECT_EQ(scheme->grades_level(), common::v1::RULE_LEVEL_SYSTEM);
  EXPECT_EQ(scheme->total_points(), 1000);
  EXPECT_EQ(scheme->dimensions_size(), 7);
  EXPECT_EQ(scheme->basic_items_size(), 16);
  std::string grades;
  for (const auto& grade : scheme->grades()) grades += grade.code();
  EXPECT_EQ(grades, "ABCD");
}

TEST(AssessmentSchemeTest, WhatMakesASchemeMeaninglessIsRefusedWithItsLine) {
  const struct {
    const char* from;
    const char* to;
    const char* path;
  } cases[] = {
      {"points: 70}", "points: 71}", "total_points: "},
      {"code: D7", "code: D6", "dimensions[6].code: "},
      {"code: J16", "code: J01", "basic_items[15].code: "},
      {"min_permille: 800", "min_permille: 900", "grades[1].min_permille: "},
      {"min_permille: 900", "min_permille: 1001", "grades[0].min_permille: "},
      {"validity_months: 36", "validity_months: 0", "grades[0].validity_months: "},
      {"veto_grade: \"\"", "veto_grade: E", "veto_grade: "},
      {"level: RECOMMENDED", "level: ", "level: "},
      {"grades_level: SYSTEM", "grades_level: ", "grades_level: "},
      {"effective_from: 2024-04-01", "effective_from: ", "effective_from: "},
      {"version: 2023+default-1", "version: ", "version: "},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseAssessmentScheme(EditedFile(kFile, c.from, c.to), "edited.yaml").status(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("edited.yaml:"), HasSubstr(c.path))))
        << c.from;
  }
}

TEST(AssessmentSchemeTest, TheVersionInForceOnTheDayApplies) {
  AssessmentScheme first = LoadAssessmentScheme(kFile).value();
  AssessmentScheme second = first;
  second.set_version("2027");
  second.mutable_effective_from()->set_year(2027);
  AssessmentScheme other = first;
  other.set_id("cq");
  const auto schemes = AssessmentSchemes::Make({second, other, first});
  ASSERT_OK(schemes);
  EXPECT_EQ(schemes->InForce("wst-821", CivilDay(2024, 3, 31)), nullptr);
  EXPECT_EQ(schemes->InForce("wst-821", CivilDay(2024, 4, 1))->version(), first.version());
  EXPECT_EQ(schemes->InForce("wst-821", CivilDay(2027, 4, 1))->version(), "2027");
  EXPECT_EQ(schemes->InForce("none", CivilDay(2027, 4, 1)), nullptr);
  EXPECT_EQ(schemes->Find("wst-821", "2027")->effective_from().year(), 2027);
  EXPECT_EQ(schemes->all()[0].id(), "cq");
  second.set_version(first.version());
  EXPECT_THAT(AssessmentSchemes::Make({first, second}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("two schemes of version")));
}

}  // namespace
}  // namespace tuoyu::filing
