#include "common/data/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/data/source_error.h"

namespace tuoyu::data {
namespace {

using indicator::v1::Plan;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr absl::string_view kFile = TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml";

Plan Dazu() {
  const auto plan = LoadPlan(std::string(kFile));
  EXPECT_TRUE(plan.ok()) << plan.status();
  return plan.ok() ? *plan : Plan();
}

TEST(PlanTest, DazuHasTenIndicatorsAndSixteenTasks) {
  const Plan plan = Dazu();
  EXPECT_EQ(plan.document_number(), "大足府办发〔2024〕16号");
  EXPECT_EQ(plan.district_code(), "500111");
  ASSERT_EQ(plan.indicators_size(), 10);
  ASSERT_EQ(plan.tasks_size(), 16);
  EXPECT_EQ(plan.indicators(0).name_zh(), "每千人口拥有3岁以下婴幼儿托位数");
  EXPECT_EQ(plan.indicators(0).targets(0).value(), "4.5");
  EXPECT_EQ(plan.indicators(0).numerator_size(), 4);
  EXPECT_EQ(plan.tasks(0).title(), "大力发展托幼一体化");
  EXPECT_EQ(plan.tasks(0).lead_units_size(), 2);
  EXPECT_EQ(plan.tasks(15).lead_units_size(), 5);
  EXPECT_EQ(plan.tasks(5).indicators_size(), 2);
  EXPECT_EQ(plan.units_size(), 18) << "16 departments, all towns and streets, all streets";
}

TEST(PlanTest, TargetsAreTheNotices) {
  const Plan plan = Dazu();
  const char* final_targets[] = {"4.5", "60", "", "90", "40", "90", "1", "100", "90", "1"};
  const char* baselines[] = {"2", "", "30", "50", "20", "", "", "", "50", "1"};
  for (int i = 0; i < 10; ++i) {
    const auto& indicator = plan.indicators(i);
    const int last = indicator.targets_size() - 1;
    EXPECT_EQ(last < 0 ? "" : indicator.targets(last).value(), final_targets[i]) << i + 1;
    EXPECT_EQ(indicator.baseline(), baselines[i]) << i + 1;
    const bool strict = i == 3 || i == 5 || i == 8;
    EXPECT_EQ(indicator.operator_(), strict ? indicator::v1::TARGET_OPERATOR_MORE_THAN
                                            : indicator::v1::TARGET_OPERATOR_AT_LEAST);
  }
  EXPECT_EQ(plan.indicators(2).benchmark(), "stat.city_place_usage_rate");
  ASSERT_EQ(plan.indicators(4).targets_size(), 3);
  EXPECT_EQ(plan.indicators(4).targets(0).year(), 2023);
  EXPECT_EQ(plan.indicators(4).targets(0).value(), "30");
  EXPECT_EQ(plan.indicators(4).targets(1).value(), "35");
}

TEST(PlanTest, WhatIsNotInTheRegistrySaysWhy) {
  const Plan plan = Dazu();
  for (const auto& indicator : plan.indicators()) {
    EXPECT_EQ(indicator.unavailable_reason_zh(), "") << indicator.number();
    EXPECT_FALSE(indicator.numerator().empty()) << indicator.number();
  }
  const std::string text = *ReadFile(std::string(kFile));
  const std::string terms =
      "    numerator:\n      - {measure: children.managed, counted: true}\n"
      "    denominator:\n      - {measure: children.all, counted: true}\n";
  const std::string why =
      "    unavailable_reason_zh: 缺少名册\n    unavailable_reason_en: no roster\n";
  const auto other = ParsePlan(absl::StrReplaceAll(text, {{terms, why}}), "p.yaml");
  ASSERT_TRUE(other.ok()) << other.status();
  EXPECT_EQ(other->indicators(7).unavailable_reason_en(), "no roster");
  EXPECT_THAT(std::string(ParsePlan(absl::StrReplaceAll(text, {{terms, terms + why}}), "p.yaml")
                              .status()
                              .message()),
              HasSubstr("indicators[7].numerator: "));
}

TEST(PlanTest, UseOfPlacesHasAVariantThatCountsHalfDaysAsHalf) {
  const Plan plan = Dazu();
  ASSERT_EQ(plan.indicators(2).variants_size(), 1);
  const auto& variant = plan.indicators(2).variants(0);
  EXPECT_EQ(variant.key(), "full_time_equivalent");
  ASSERT_EQ(variant.numerator_size(), 2);
  EXPECT_EQ(variant.numerator(0).factor(), "");
  EXPECT_EQ(variant.numerator(1).measure(), "children.part_day");
  EXPECT_EQ(variant.numerator(1).factor(), "0.5");
}

TEST(PlanTest, FactorsAreAboveZeroAndAtMostOneAndExact) {
  const std::string text = *ReadFile(std::string(kFile));
  const auto with = [&](const std::string& measure, const std::string& factor) {
    return ParsePlan(absl::StrReplaceAll(
                         text, {{"measure: children.part_day, counted: true, factor: \"0.5\"",
                                 absl::StrCat("measure: ", measure, ", counted: true, factor: \"",
                                              factor, "\"")}}),
                     "p.yaml")
        .status();
  };
  for (const char* good : {"0.5", "0.000001", "0.999999", "1", "1.0", "0.50"}) {
    EXPECT_TRUE(with("children.part_day", good).ok()) << with("children.part_day", good);
  }
  for (const char* bad : {"0", "0.0", "1.000001", "1.1", "2", "-0.5", ".5", "0.", "00.5", "01",
                          "0.0000001", "1.0000000", "half", "１"}) {
    EXPECT_THAT(std::string(with("children.part_day", bad).message()),
                HasSubstr("indicators[2].variants[0].numerator[1].factor: "))
        << bad;
  }
  EXPECT_TRUE(with("stat.births", "0.333333").ok());
  EXPECT_TRUE(with("stat.city_place_usage_rate", "1").ok());
  EXPECT_FALSE(with("stat.city_place_usage_rate", "0.5").ok()) << "7 decimals";
}

TEST(PlanTest, CertifiedStaffHasAVariantForAllStaff) {
  const Plan plan = Dazu();
  const auto& indicator = plan.indicators(8);
  ASSERT_EQ(indicator.variants_size(), 1);
  EXPECT_EQ(indicator.variants(0).key(), "all_staff");
  EXPECT_EQ(indicator.variants(0).numerator(0).measure(), "staff.certified");
  EXPECT_EQ(indicator.variants(0).denominator(0).measure(), "staff.all");
}

TEST(PlanTest, KeysOfVariantsAreGivenOnce) {
  std::string text = *ReadFile(std::string(kFile));
  const size_t begin = text.find("      - key: all_staff\n");
  const size_t end = text.find("    scale:", begin);
  text.insert(end, text.substr(begin, end - begin));
  EXPECT_THAT(std::string(ParsePlan(text, "p.yaml").status().message()),
              HasSubstr("indicators[8].variants[1].key: "));
}

TEST(PlanTest, FaultsAreNamedWithLineAndPath) {
  const std::string text = *ReadFile(std::string(kFile));
  struct Case {
    const char* good;
    const char* bad;
    const char* path;
  };
  for (const Case& c : std::vector<Case>{
           {"version: dazu", "revision: dazu", "revision: 未知字段"},
           {"district_code: \"500111\"", "district_code: \"50011\"", "district_code: "},
           {"effective_to: 2025-12-31", "effective_to: 2022-12-31", "effective_to: "},
           {"effective_from: 2023-01-01", "effective_from: 2023-02-29", "effective_from: "},
           {"- number: 3\n    name", "- number: 4\n    name", "indicators[2].number: "},
           {"- number: 5\n    section", "- number: 6\n    section", "tasks[4].number: "},
           {"measure: places.EMPLOYER", "measure: places.EMPLOYEE",
            "indicators[0].numerator[2].measure: "},
           {"measure: stat.kindergartens", "measure: stat.Kindergartens",
            "indicators[4].denominator[0].measure: "},
           {"{measure: stat.kindergartens, counted: true}",
            "{measure: stat.kindergartens, counted: false}", "indicators[4].denominator: "},
           {"scale: 1000", "scale: 10", "indicators[0].scale: "},
           {"    denominator:\n      - {measure: stat.kindergartens, counted: true}\n", "",
            "indicators[4].denominator: "},
           {"decimals: 2", "decimals: 7", "indicators[0].decimals: "},
           {"baseline: \"2\"", "baseline: —", "indicators[0].baseline: "},
           {"{year: 2024, value: \"35\"", "{year: 2023, value: \"35\"",
            "indicators[4].targets[1].year: "},
           {"value: \"4.5\"", "value: 4.", "indicators[0].targets[0].value: "},
           {"series: stat.births", "series: stat.kindergartens", "series[4].series: "},
           {"unit: 所, max", "unit: , max", "series[4].unit: "},
           {"- {series: stat.kindergartens,", "- {series: stat.kindergarten,",
            "indicators[4].denominator[0].measure: "},
           {"most: \"100\"", "most: all", "series[2].most: "},
           {"measure: stat.parenting_survey.valid", "measure: stat.kindergartens.valid",
            "indicators[5].denominator[0].measure: "},
           {"kind: SURVEY, max", "kind: SURVEY, decimals: 1, max", "series[5].decimals: "},
           {"measure: stat.guidance_centres", "measure: stat.city_place_usage_rate",
            "indicators[6].numerator[0].measure: "},
           {"measure: places.HOME_BASED", "measure: stat.births",
            "indicators[0].numerator[3].measure: "},
           {"{measure: stat.parenting_survey, counted",
            "{measure: stat.parenting_survey.valid, counted",
            "indicators[5].numerator[0].measure: "},
           {"kind: SURVEY, max", "kind: POLL, max", "series[5].kind: "},
           {"benchmark: stat.city_place_usage_rate", "benchmark: stat.parenting_survey.valid",
            "indicators[2].benchmark: "},
           {"benchmark: stat.", "benchmark: ", "indicators[2].benchmark: "},
           {"key: all_staff", "key: all staff", "indicators[8].variants[0].key: "},
           {"name_en: all staff", "name_en: \"\"", "indicators[8].variants[0].name_zh: "},
           {"measure: staff.certified", "measure: staff.Certified",
            "indicators[8].variants[0].numerator[0].measure: "},
           {"measure: staff.all", "measure: staff.total",
            "indicators[8].variants[0].denominator[0].measure: "},
           {"        denominator:\n          - {measure: staff.all, counted: true}\n", "",
            "indicators[8].variants[0].denominator: "},
           {"{measure: children.all, counted: true}\n    denominator",
            "{measure: children.all, counted: true, factor: \"0.5\"}\n    denominator",
            "indicators[2].numerator[0].factor: "},
           {"{measure: children.all, counted: true}\n    scale",
            "{measure: children.all, counted: true, factor: \"1\"}\n    scale",
            "indicators[7].denominator[0].factor: "},
           {"measure: children.managed", "measure: children.linked",
            "indicators[7].numerator[0].measure: "},
           {"measure: demonstration.passed", "measure: demonstrations.passed",
            "indicators[9].numerator[0].measure: "},
           {"{code: EDU, name: 区教委}", "{code: T_EDU, name: 区教委}", "units[1].code: "},
           {"{code: EDU, name: 区教委}", "{code: DHC, name: 区教委}", "units[1].code: "},
           {"{code: EDU, name: 区教委}", "{code: EDU, name: 区卫生健康委}", "units[1].name: "},
           {"lead_units: [区教委, 区卫生健康委]", "lead_units: [区教委, 区卫健委]",
            "tasks[0].lead_units[1]: "},
           {"responsible_units: [区税务局]", "responsible_units: [税务局]",
            "tasks[12].responsible_units[0]: "},
           {"indicators: [7, 8]", "indicators: [7, 11]", "tasks[5].indicators[1]: "},
           {"operator: MORE_THAN", "operator: GREATER", "indicators[3].operator: "}}) {
    const std::string broken = absl::StrReplaceAll(text, {{c.good, c.bad}});
    ASSERT_NE(broken, text) << c.good;
    const absl::Status status = ParsePlan(broken, "p.yaml").status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << c.bad;
    EXPECT_THAT(std::string(status.message()), AllOf(HasSubstr("p.yaml:"), HasSubstr(c.path)));
  }
}

TEST(PlanTest, ALaterDefinitionHasItsOwnVersionAndALaterDay) {
  const std::string text = *ReadFile(std::string(kFile));
  const size_t begin = text.find("  - number: 7\n");
  const size_t end = text.find("  - number: 8\n");
  const std::string again = text.substr(begin, end - begin);
  const auto with = [&](const std::string& version, const std::string& from) {
    std::string second = absl::StrReplaceAll(
        again, {{"formula_version: \"1\"", "formula_version: \"" + version + "\"\n" + from}});
    return ParsePlan(text.substr(0, end) + second + text.substr(end), "p.yaml").status();
  };
  EXPECT_TRUE(with("2", "    effective_from: 2025-01-01").ok())
      << with("2", "    effective_from: 2025-01-01");
  EXPECT_THAT(std::string(with("2", "").message()), HasSubstr("indicators[7].effective_from"));
  EXPECT_THAT(std::string(with("1", "    effective_from: 2025-01-01").message()),
              HasSubstr("indicators[7].formula_version"));
}

TEST(PlanTest, LineOfAFaultIsItsOwn) {
  std::string text = *ReadFile(std::string(kFile));
  const size_t place = text.find("scale: 1000");
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<long>(place), '\n');
  text = absl::StrReplaceAll(text, {{"scale: 1000", "scale: 10"}});
  EXPECT_THAT(std::string(ParsePlan(text, "p.yaml").status().message()),
              HasSubstr(absl::StrCat("p.yaml:", line, ": indicators[0].scale: ")));
}

TEST(PlanTest, MeasureNames) {
  for (const char* name :
       {"places.ORDINARY", "places.total", "facilities.HOME_BASED", "streets",
        "streets_with_inclusive", "inclusive_places", "kindergartens_with_care", "staff.carers",
        "staff.other", "demonstration.units", "children.all", "children.part_day_unmanaged"}) {
    EXPECT_TRUE(IsRegistryMeasure(name)) << name;
  }
  for (const char* name :
       {"", "places.", "places", "facilities.total", "stat.kindergartens", "ORDINARY", "staff.",
        "staff.cooks", "demonstration.total", "children", "children.total"}) {
    EXPECT_FALSE(IsRegistryMeasure(name)) << name;
  }
  EXPECT_TRUE(IsStatistic("stat.resident_population"));
  EXPECT_FALSE(IsStatistic("stat."));
  EXPECT_FALSE(IsStatistic("stat.x y"));
  EXPECT_FALSE(IsStatistic("streets"));
  EXPECT_FALSE(IsStatistic("stat.parenting_survey.valid"));
}

TEST(PlanTest, TermsOfStatistics) {
  EXPECT_EQ(ReadStatisticTerm("stat.kindergartens").series, "stat.kindergartens");
  EXPECT_FALSE(ReadStatisticTerm("stat.kindergartens").valid_answers);
  EXPECT_EQ(ReadStatisticTerm("stat.parenting_survey.valid").series, "stat.parenting_survey");
  EXPECT_TRUE(ReadStatisticTerm("stat.parenting_survey.valid").valid_answers);
  for (const char* other :
       {"", "streets", "places.total", "stat.", "stat..valid", "places.valid"}) {
    EXPECT_EQ(ReadStatisticTerm(other).series, "") << other;
    EXPECT_FALSE(ReadStatisticTerm(other).valid_answers) << other;
  }
}

}  // namespace
}  // namespace tuoyu::data
