#include "services/filing/inclusive/criteria.h"

#include <string>

#include "common/testing/matchers.h"
#include "services/filing/testing/edited_file.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::AllOf;
using testing::EditedFile;
using ::testing::HasSubstr;
using tuoyu::testing::StatusIs;
using v1::RecognitionCriteria;

constexpr char kFile[] = TUOYU_DATA_DIR "/recognition/default-1.yaml";

TEST(CriteriaTest, WhatIsShippedCallsItselfADefaultAndInventsNoPrice) {
  const auto criteria = LoadCriteria(kFile);
  ASSERT_OK(criteria);
  EXPECT_EQ(criteria->level(), common::v1::RULE_LEVEL_SYSTEM);
  EXPECT_EQ(criteria->price_caps_size(), 0);
  EXPECT_EQ(criteria->declarations_size(), 2);
}

TEST(CriteriaTest, WhatMakesCriteriaMeaninglessIsRefusedWithItsLine) {
  const struct {
    const char* from;
    const char* to;
    const char* path;
  } cases[] = {
      {"version: default-1", "version: ", "version: "},
      {"level: SYSTEM", "level: ", "level: "},
      {"effective_from: 2019-12-19", "effective_from: ", "effective_from: "},
      {"min_places_permille: 500", "min_places_permille: 1001", "min_places_permille: "},
      {"objection_working_days: 5", "objection_working_days: 0", "objection_working_days: "},
      {"term_months: 36", "term_months: 121", "term_months: "},
      {"renewal_opens_days: 90", "renewal_opens_days: 0", "renewal_opens_days: "},
      {"code: N2", "code: N1", "declarations[1].code: "},
      {"price_caps: []",
       "price_caps: [{class_kind: TODDLER, service_mode: HOURLY, fen_per_month: 1}]",
       "price_caps[0].service_mode: "},
      {"price_caps: []",
       "price_caps: [{class_kind: TODDLER, service_mode: FULL_DAY, fen_per_month: 0}]",
       "price_caps[0].fen_per_month: "},
      {"price_caps: []",
       "price_caps: [{class_kind: TODDLER, service_mode: FULL_DAY, fen_per_month: 1}, "
       "{class_kind: TODDLER, service_mode: FULL_DAY, fen_per_month: 2}]",
       "price_caps[1].class_kind: "},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(ParseCriteria(EditedFile(kFile, c.from, c.to), "edited.yaml").status(),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         AllOf(HasSubstr("edited.yaml:"), HasSubstr(c.path))))
        << c.to;
  }
}

TEST(CriteriaTest, ThoseOfTheDayApply) {
  RecognitionCriteria first = LoadCriteria(kFile).value();
  RecognitionCriteria second = first;
  second.set_version("2027");
  second.mutable_effective_from()->set_year(2027);
  const auto book = CriteriaBook::Make({second, first});
  ASSERT_OK(book);
  EXPECT_EQ(book->InForce(CivilDay(2019, 12, 18)), nullptr);
  EXPECT_EQ(book->InForce(CivilDay(2027, 12, 18))->version(), "default-1");
  EXPECT_EQ(book->InForce(CivilDay(2027, 12, 19))->version(), "2027");
  EXPECT_EQ(book->Find("default-1")->version(), "default-1");
  EXPECT_EQ(book->Find("2019"), nullptr);
  second.set_version(first.version());
  EXPECT_THAT(CriteriaBook::Make({first, second}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("of version default-1")));
}

}  // namespace
}  // namespace tuoyu::filing
