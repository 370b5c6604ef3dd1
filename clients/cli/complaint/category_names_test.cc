#include "clients/cli/complaint/category_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "clients/cli/complaint/complaint_view.h"

namespace tuoyu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

complaint::v1::ComplaintRules Rules() {
  complaint::v1::ComplaintRules rules;
  auto& category = *rules.add_categories();
  category.set_code("STAFFING");
  category.set_name_zh("超员、配比、无证人员");
  category.set_name_en("class size and staff");
  return rules;
}

CategoryNamer NamesOf(Language language) {
  return [=](const std::string& code) { return CategoryName(Rules(), code, language); };
}

TEST(CategoryNamesTest, ACodeIsToldByItsName) {
  EXPECT_EQ(CategoryName(Rules(), "STAFFING", Language::kChinese), "超员、配比、无证人员");
  EXPECT_EQ(CategoryName(Rules(), "STAFFING", Language::kEnglish), "class size and staff");
  EXPECT_EQ(CategoryName(Rules(), "OF_OLD", Language::kChinese), "OF_OLD");
}

TEST(CategoryNamesTest, ComplainantsOfficersAndFacilitiesReadNames) {
  complaint::v1::CaseProgress progress;
  progress.set_category("STAFFING");
  progress.set_category_zh("超员、配比、无证人员");
  progress.set_category_en("class size and staff");
  EXPECT_THAT(RenderProgress(progress, Language::kChinese, 0), HasSubstr("超员、配比、无证人员"));
  EXPECT_THAT(RenderProgress(progress, Language::kChinese, 0), Not(HasSubstr("STAFFING")));
  EXPECT_THAT(RenderProgress(progress, Language::kEnglish, 0), HasSubstr("class size and staff"));
  complaint::v1::Case of_case;
  of_case.set_category("STAFFING");
  EXPECT_THAT(RenderCase(of_case, NamesOf(Language::kChinese), Language::kChinese, 0),
              HasSubstr("超员、配比、无证人员"));
  EXPECT_THAT(RenderCases({of_case}, NamesOf(Language::kEnglish), Language::kEnglish, 0),
              HasSubstr("class size and staff"));
  complaint::v1::DisclosedCase shown;
  shown.set_category("STAFFING");
  EXPECT_THAT(RenderDisclosed(shown, NamesOf(Language::kChinese), Language::kChinese, 0),
              HasSubstr("超员、配比、无证人员"));
}

TEST(CategoryNamesTest, StatisticsTellNamesOfCategoriesAndLabelsOfOthers) {
  complaint::v1::ComplaintStatistics statistics;
  auto& category = *statistics.add_categories();
  category.set_name("STAFFING");
  category.set_name_zh("超员、配比、无证人员");
  category.set_count(7);
  statistics.add_outcomes()->set_name("CASE_OUTCOME_UPHELD");
  const std::string text = RenderStatistics(statistics, Language::kChinese, 0);
  EXPECT_THAT(text, HasSubstr("超员、配比、无证人员"));
  EXPECT_THAT(text, HasSubstr("属实"));
  EXPECT_THAT(text, Not(HasSubstr("STAFFING")));
}

TEST(CategoryNamesTest, WhoMayBeBarredIsToldSo) {
  complaint::v1::CaseProgress progress;
  EXPECT_THAT(RenderProgress(progress, Language::kChinese, 0), Not(HasSubstr("三年")));
  progress.set_may_be_barred(true);
  EXPECT_THAT(RenderProgress(progress, Language::kChinese, 0), HasSubstr("超过三年"));
}

}  // namespace
}  // namespace tuoyu::cli
