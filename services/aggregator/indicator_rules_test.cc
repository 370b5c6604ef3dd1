#include "services/aggregator/indicator_rules.h"

#include <string>
#include <utility>

#include "common/base/civil.h"
#include "common/data/plan.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;
using indicator::v1::Plan;
using indicator::v1::Statistic;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Dazu's plan as shipped, and a question on the district.
class IndicatorRulesTest : public ::testing::Test {
 protected:
  IndicatorRulesTest() {
    auto plan = data::LoadPlan(TUOYU_DATA_DIR "/plan/dazu-2023-2025.yaml");
    EXPECT_OK(plan);
    if (plan.ok()) plan_ = *std::move(plan);
    evidence_.has_records = true;
    evidence_.has_children = true;
    evidence_.has_managed = true;
    for (const auto& definition : plan_.indicators()) {
      for (const std::string& name : NamesNeeded(definition)) {
        if (name.rfind("stat.", 0) != 0) evidence_.measures[name] = 0;
      }
    }
  }

  const IndicatorDefinition& Definition(int number) const { return plan_.indicators(number - 1); }
  Indicator Ask(int number, absl::CivilDay as_of = absl::CivilDay(2025, 12, 31)) const {
    return Evaluate(Definition(number), plan_.series(), {"500111", "大足区", as_of}, evidence_);
  }
  void Report(const std::string& series, const std::string& value,
              absl::CivilDay day = absl::CivilDay(2025, 12, 31)) {
    Statistic statistic;
    statistic.set_series(series);
    statistic.set_value(value);
    statistic.set_publisher("大足区统计局");
    statistic.set_document_number("演练〔2025〕1号");
    *statistic.mutable_reference_date() = ToProto(day);
    evidence_.statistics[series] = statistic;
  }

  Plan plan_;
  Evidence evidence_;
};

TEST_F(IndicatorRulesTest, PlacesPerThousandOfFourTypesReachTheTargetExactly) {
  evidence_.measures["places.ORDINARY"] = 2000;
  evidence_.measures["places.KINDERGARTEN"] = 1700;
  evidence_.measures["places.EMPLOYER"] = 30;
  evidence_.measures["places.HOME_BASED"] = 5;
  Report("stat.resident_population", "830000");
  const Indicator indicator = Ask(1);
  EXPECT_EQ(indicator.numerator(), "3735");
  EXPECT_EQ(indicator.denominator(), "830000");
  EXPECT_EQ(indicator.value(), "4.50");
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(indicator.target().value(), "4.5");
}

TEST_F(IndicatorRulesTest, OnePlaceLessThanTheTargetIsNotAttainedThoughItLooksSo) {
  evidence_.measures["places.ORDINARY"] = 3734;
  Report("stat.resident_population", "830000");
  EXPECT_EQ(Ask(1).value(), "4.50");
  EXPECT_EQ(Ask(1).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
}

TEST_F(IndicatorRulesTest, TermNotCountedIsShownButNotAdded) {
  auto* term = plan_.mutable_indicators(0)->mutable_numerator(1);
  ASSERT_EQ(term->measure(), "places.KINDERGARTEN");
  term->set_counted(false);
  evidence_.measures["places.ORDINARY"] = 100;
  evidence_.measures["places.KINDERGARTEN"] = 40;
  Report("stat.resident_population", "100000");
  const Indicator indicator = Ask(1);
  EXPECT_EQ(indicator.numerator(), "100");
  ASSERT_EQ(indicator.inputs_size(), 5);
  EXPECT_EQ(indicator.inputs(1).value(), "40");
  EXPECT_FALSE(indicator.inputs(1).counted());
  EXPECT_EQ(indicator.inputs(1).source(), "registry");
  EXPECT_FALSE(indicator.inputs(4).in_numerator());
  EXPECT_EQ(indicator.inputs(4).source(), "大足区统计局");
  EXPECT_EQ(indicator.inputs(4).statistic().document_number(), "演练〔2025〕1号");
}

TEST_F(IndicatorRulesTest, MoreThanNinetyIsStrictAndJudgedUnrounded) {
  // 4.3 rule 1: 90.04 % passes > 90 though shown 90.0; 90.00 % fails > 90 and passes ≥ 90;
  // 89.96 % shown 90.0 fails both.
  IndicatorDefinition strict = Definition(4);
  IndicatorDefinition inclusive = strict;
  inclusive.set_operator_(indicator::v1::TARGET_OPERATOR_AT_LEAST);
  evidence_.measures["streets"] = 10000;
  const auto judge = [&](const IndicatorDefinition& definition, int64_t covered) {
    evidence_.measures["streets_with_inclusive"] = covered;
    return Evaluate(definition, plan_.series(), {"500111", "大足区", absl::CivilDay(2025, 12, 31)},
                    evidence_);
  };
  EXPECT_EQ(judge(strict, 9004).value(), "90.0");
  EXPECT_EQ(judge(strict, 9004).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(judge(strict, 9000).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  EXPECT_EQ(judge(inclusive, 9000).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(judge(strict, 8996).value(), "90.0");
  EXPECT_EQ(judge(strict, 8996).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  EXPECT_EQ(judge(inclusive, 8996).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
}

TEST_F(IndicatorRulesTest, FiveOfSixStreetsMissTheTargetAndSixReachIt) {
  evidence_.measures["streets"] = 6;
  evidence_.measures["streets_with_inclusive"] = 5;
  EXPECT_EQ(Ask(4).value(), "83.3");
  EXPECT_EQ(Ask(4).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  evidence_.measures["streets_with_inclusive"] = 6;
  EXPECT_EQ(Ask(4).value(), "100.0");
  EXPECT_EQ(Ask(4).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
}

TEST_F(IndicatorRulesTest, TownWithoutStreetsHasNoCoverage) {
  evidence_.measures["streets"] = 0;
  const Indicator indicator = Ask(4);
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_NOT_COMPUTABLE);
  EXPECT_EQ(indicator.not_computable_reason(), kDenominatorZero);
  EXPECT_THAT(indicator.value(), IsEmpty());
}

TEST_F(IndicatorRulesTest, NoPlacesMakeNoShareOfInclusivePlaces) {
  EXPECT_EQ(Ask(2).not_computable_reason(), kDenominatorZero);
  evidence_.measures["places.total"] = 5;
  evidence_.measures["inclusive_places"] = 3;
  EXPECT_EQ(Ask(2).value(), "60.0");
  EXPECT_EQ(Ask(2).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
}

TEST_F(IndicatorRulesTest, YearlyMilestoneIsTheTargetOfItsYearElseTheFinalOne) {
  evidence_.measures["kindergartens_with_care"] = 32;
  const struct {
    int year;
    int target_year;
    const char* target;
    indicator::v1::Attainment attainment;
  } cases[] = {
      {2022, 2025, "40", indicator::v1::ATTAINMENT_NOT_ATTAINED},
      {2023, 2023, "30", indicator::v1::ATTAINMENT_ATTAINED},
      {2024, 2024, "35", indicator::v1::ATTAINMENT_NOT_ATTAINED},
      {2025, 2025, "40", indicator::v1::ATTAINMENT_NOT_ATTAINED},
      {2030, 2025, "40", indicator::v1::ATTAINMENT_NOT_ATTAINED},
  };
  for (const auto& each : cases) {
    Report("stat.kindergartens", "100", absl::CivilDay(each.year, 9, 1));
    const Indicator indicator = Ask(5, absl::CivilDay(each.year, 12, 31));
    EXPECT_EQ(indicator.target().year(), each.target_year) << each.year;
    EXPECT_EQ(indicator.target().value(), each.target) << each.year;
    EXPECT_EQ(indicator.attainment(), each.attainment) << each.year;
    EXPECT_EQ(indicator.value(), "32.0") << each.year;
  }
}

TEST_F(IndicatorRulesTest, MissingDenominatorIsNamedAndNeverTakenForZero) {
  evidence_.measures["places.ORDINARY"] = 100;
  const Indicator indicator = Ask(1);
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_NOT_COMPUTABLE);
  EXPECT_EQ(indicator.not_computable_reason(), kDenominatorMissing);
  EXPECT_THAT(indicator.reason_zh(), HasSubstr("常住人口"));
  EXPECT_THAT(indicator.reason_en(), HasSubstr("stat.resident_population"));
  EXPECT_EQ(indicator.numerator(), "100");
  EXPECT_THAT(indicator.denominator(), IsEmpty());
  EXPECT_THAT(indicator.value(), IsEmpty());
}

TEST_F(IndicatorRulesTest, MissingStatisticOfTheNumeratorIsNamed) {
  IndicatorDefinition definition = Definition(5);
  definition.mutable_numerator(0)->set_measure("stat.births");
  Report("stat.kindergartens", "100");
  const Indicator indicator = Evaluate(
      definition, plan_.series(), {"500111", "大足区", absl::CivilDay(2025, 12, 31)}, evidence_);
  EXPECT_EQ(indicator.not_computable_reason(), kNumeratorMissing);
  EXPECT_THAT(indicator.reason_zh(), HasSubstr("出生人口数"));
}

TEST_F(IndicatorRulesTest, BeforeTheFirstRecordNothingIsZero) {
  evidence_.has_records = false;
  evidence_.measures["streets"] = 6;
  Report("stat.resident_population", "830000", absl::CivilDay(2010, 12, 31));
  Report("stat.kindergartens", "100", absl::CivilDay(2010, 12, 31));
  for (const int number : {1, 2, 4, 5}) {
    const Indicator indicator = Ask(number, absl::CivilDay(2010, 12, 31));
    EXPECT_EQ(indicator.not_computable_reason(), kBeforeFirstRecord) << number;
    EXPECT_THAT(indicator.reason_zh(), HasSubstr("2010-12-31")) << number;
    EXPECT_THAT(indicator.value(), IsEmpty()) << number;
    EXPECT_THAT(indicator.inputs(0).value(), IsEmpty()) << number;
  }
}

TEST_F(IndicatorRulesTest, WhatTheRegistryDoesNotKeepIsRefusedInThePlansWords) {
  IndicatorDefinition* definition = plan_.mutable_indicators(7);
  definition->clear_numerator();
  definition->clear_denominator();
  definition->set_unavailable_reason_zh("缺少收托名册");
  definition->set_unavailable_reason_en("no roster of children");
  const Indicator indicator = Ask(8);
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_NOT_COMPUTABLE);
  EXPECT_EQ(indicator.not_computable_reason(), kNotInRegistry);
  EXPECT_EQ(indicator.reason_zh(), "缺少收托名册");
  EXPECT_EQ(indicator.reason_en(), "no roster of children");
  EXPECT_THAT(indicator.value(), IsEmpty());
  EXPECT_EQ(indicator.target().value(), "100");
}

// Example of the domain description: 365 of 400 are 91.25 %, interval 88.1 to 93.6.
TEST_F(IndicatorRulesTest, ASurveyIsJudgedByItsShareAndShowsItsInterval) {
  struct Case {
    const char* passed;
    int64_t valid;
    const char* value;
    const char* lower;
    const char* upper;
    indicator::v1::Attainment attainment;
  } const cases[] = {
      {"365", 400, "91.3", "88.1", "93.6", indicator::v1::ATTAINMENT_ATTAINED},
      {"360", 400, "90.0", "86.7", "92.6", indicator::v1::ATTAINMENT_NOT_ATTAINED},  // not above
      {"9004", 10000, "90.0", "89.4", "90.6", indicator::v1::ATTAINMENT_ATTAINED},
      {"0", 20, "0.0", "0.0", "16.1", indicator::v1::ATTAINMENT_NOT_ATTAINED},
      {"20", 20, "100.0", "83.9", "100.0", indicator::v1::ATTAINMENT_ATTAINED},
      {"1", 1, "100.0", "20.7", "100.0", indicator::v1::ATTAINMENT_ATTAINED},
  };
  for (const Case& each : cases) {
    Report("stat.parenting_survey", each.passed);
    evidence_.statistics["stat.parenting_survey"].mutable_survey()->set_valid(each.valid);
    const Indicator indicator = Ask(6);
    EXPECT_EQ(indicator.numerator(), each.passed);
    EXPECT_EQ(indicator.denominator(), std::to_string(each.valid));
    EXPECT_EQ(indicator.value(), each.value) << each.passed;
    EXPECT_EQ(indicator.attainment(), each.attainment) << each.passed;
    EXPECT_EQ(indicator.interval().lower(), each.lower) << each.passed;
    EXPECT_EQ(indicator.interval().upper(), each.upper) << each.passed;
    EXPECT_EQ(indicator.interval().confidence(), 95);
    EXPECT_EQ(indicator.interval().method(), "Wilson");
    ASSERT_EQ(indicator.inputs_size(), 2);
    EXPECT_EQ(indicator.inputs(1).measure(), "stat.parenting_survey.valid");
    EXPECT_EQ(indicator.inputs(1).statistic().survey().valid(), each.valid);
  }
}

TEST_F(IndicatorRulesTest, WithoutASurveyOrWithAnOldOneThereIsNoShare) {
  EXPECT_EQ(Ask(6).not_computable_reason(), kNumeratorMissing);
  EXPECT_THAT(Ask(6).reason_zh(), HasSubstr("科学育儿知识问卷"));
  EXPECT_FALSE(Ask(6).has_interval());
  Report("stat.parenting_survey", "365", absl::CivilDay(2024, 6, 29));
  evidence_.statistics["stat.parenting_survey"].mutable_survey()->set_valid(400);
  EXPECT_EQ(Ask(6).not_computable_reason(), kStatisticTooOld);
  EXPECT_FALSE(Ask(6).has_interval());
  EXPECT_FALSE(Ask(5).has_interval()) << "no survey";
}

// No denominator: the number itself is compared. Planned is 0 and not attained, unreported is unknown.
TEST_F(IndicatorRulesTest, ACentreCountsOnceItIsReportedCompleted) {
  EXPECT_EQ(Ask(7).not_computable_reason(), kNumeratorMissing);
  Report("stat.guidance_centres", "0", absl::CivilDay(2023, 9, 20));
  EXPECT_EQ(Ask(7).value(), "0");
  EXPECT_EQ(Ask(7).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  Report("stat.guidance_centres", "1", absl::CivilDay(2023, 9, 20));
  const Indicator indicator = Ask(7, absl::CivilDay(2031, 1, 1));
  EXPECT_EQ(indicator.value(), "1") << "a centre does not grow too old";
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(indicator.numerator(), "1");
  EXPECT_EQ(indicator.denominator(), "");
  EXPECT_FALSE(indicator.has_interval());
  EXPECT_EQ(indicator.inputs_size(), 1);
}

// The notice says 从业人员; the default counts carers, the variant all staff beside it.
TEST_F(IndicatorRulesTest, CertifiedStaffIsJudgedByTheCarersAndShownForAll) {
  evidence_.measures = {{"staff.carers_certified", 91},
                        {"staff.carers", 100},
                        {"staff.certified", 100},
                        {"staff.all", 160}};
  Indicator indicator = Ask(9);
  EXPECT_EQ(indicator.numerator(), "91");
  EXPECT_EQ(indicator.denominator(), "100");
  EXPECT_EQ(indicator.value(), "91.0");
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_EQ(indicator.inputs_size(), 2);
  ASSERT_EQ(indicator.variants_size(), 1);
  EXPECT_EQ(indicator.variants(0).key(), "all_staff");
  EXPECT_EQ(indicator.variants(0).numerator(), "100");
  EXPECT_EQ(indicator.variants(0).denominator(), "160");
  EXPECT_EQ(indicator.variants(0).value(), "62.5");
  EXPECT_EQ(indicator.variants(0).not_computable_reason(), "");

  evidence_.measures["staff.carers_certified"] = 90;
  EXPECT_EQ(Ask(9).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED) << "not more than 90";
  evidence_.measures["staff.carers_certified"] = 97;
  EXPECT_FALSE(Ask(9).suppressed()) << "that 3 lack one is told";
  evidence_.measures["staff.carers_certified"] = 3;
  EXPECT_TRUE(Ask(9).suppressed());
  EXPECT_TRUE(Ask(9).variants(0).suppressed());
}

TEST_F(IndicatorRulesTest, VariantsSayWhyTheyHaveNoValue) {
  Indicator indicator = Ask(9);
  EXPECT_EQ(indicator.not_computable_reason(), kDenominatorZero);
  EXPECT_EQ(indicator.variants(0).not_computable_reason(), kDenominatorZero);
  EXPECT_EQ(indicator.variants(0).numerator(), "0");
  evidence_.has_records = false;
  indicator = Ask(9);
  EXPECT_EQ(indicator.not_computable_reason(), kBeforeFirstRecord);
  EXPECT_EQ(indicator.variants(0).not_computable_reason(), kBeforeFirstRecord);
  EXPECT_EQ(indicator.variants(0).numerator(), "");
}

TEST_F(IndicatorRulesTest, DemonstrationUnitsAreACountThatMayBeZero) {
  EXPECT_EQ(Ask(10).value(), "0");
  EXPECT_EQ(Ask(10).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  evidence_.measures["demonstration.passed"] = 1;
  EXPECT_EQ(Ask(10).value(), "1");
  EXPECT_EQ(Ask(10).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  EXPECT_FALSE(Ask(10).suppressed());
  evidence_.has_records = false;
  EXPECT_EQ(Ask(10).not_computable_reason(), kBeforeFirstRecord);
}

TEST_F(IndicatorRulesTest, WithoutBenchmarkOfTheSameYearAttainmentIsUndetermined) {
  evidence_.measures["places.total"] = 1000;
  evidence_.measures["children.all"] = 600;
  EXPECT_EQ(Ask(3).attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  EXPECT_EQ(Ask(3).value(), "60.0");
  Report("stat.city_place_usage_rate", "55", absl::CivilDay(2024, 12, 31));
  EXPECT_EQ(Ask(3).attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  Report("stat.city_place_usage_rate", "60");
  EXPECT_EQ(Ask(3).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  Report("stat.city_place_usage_rate", "60.01");
  EXPECT_EQ(Ask(3).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  EXPECT_FALSE(Ask(3).rehearsal());
  evidence_.statistics["stat.city_place_usage_rate"].set_rehearsal(true);
  EXPECT_TRUE(Ask(3).rehearsal()) << "judged by rehearsal data";
}

TEST_F(IndicatorRulesTest, TermsOfAVariantCountAsMuchAsTheirFactors) {
  evidence_.measures = {{"places.total", 80},
                        {"children.all", 81},
                        {"children.full_day", 60},
                        {"children.part_day", 21}};
  Indicator indicator = Ask(3);
  EXPECT_EQ(indicator.numerator(), "81");
  EXPECT_EQ(indicator.value(), "101.3");
  EXPECT_EQ(indicator.inputs_size(), 2);
  ASSERT_EQ(indicator.variants_size(), 1);
  EXPECT_EQ(indicator.variants(0).numerator(), "70.5");
  EXPECT_EQ(indicator.variants(0).value(), "88.1");

  auto* variant = plan_.mutable_indicators(2)->mutable_variants(0);
  variant->mutable_numerator(1)->set_factor("0.333333");
  variant->mutable_denominator(0)->set_factor("0.25");
  EXPECT_EQ(Ask(3).variants(0).numerator(), "66.999993");
  EXPECT_EQ(Ask(3).variants(0).denominator(), "20");
  variant->mutable_numerator(1)->set_counted(false);
  EXPECT_EQ(Ask(3).variants(0).numerator(), "60");
  evidence_.has_records = false;
  EXPECT_EQ(Ask(3).variants(0).not_computable_reason(), kBeforeFirstRecord);
}

TEST_F(IndicatorRulesTest, ManagedRecordsReachTheirTargetWithTheLastChild) {
  evidence_.measures = {{"children.all", 3000}, {"children.managed", 2995}};
  EXPECT_EQ(Ask(8).value(), "99.8");
  EXPECT_EQ(Ask(8).attainment(), indicator::v1::ATTAINMENT_NOT_ATTAINED);
  evidence_.measures["children.managed"] = 2996;
  EXPECT_TRUE(Ask(8).suppressed()) << "4 are left";
  evidence_.measures["children.managed"] = 3000;
  EXPECT_EQ(Ask(8).value(), "100.0");
  EXPECT_EQ(Ask(8).attainment(), indicator::v1::ATTAINMENT_ATTAINED);
  evidence_.measures = {{"children.all", 0}, {"children.managed", 0}};
  EXPECT_EQ(Ask(8).not_computable_reason(), kDenominatorZero);
}

TEST_F(IndicatorRulesTest, RehearsalFiguresMarkTheValue) {
  evidence_.measures["places.ORDINARY"] = 100;
  Report("stat.resident_population", "830000");
  EXPECT_FALSE(Ask(1).rehearsal());
  evidence_.statistics["stat.resident_population"].set_rehearsal(true);
  EXPECT_TRUE(Ask(1).rehearsal());
}

TEST_F(IndicatorRulesTest, FewPersonsAreWithheldOutsideTheCommission) {
  IndicatorDefinition definition = Definition(2);
  definition.mutable_numerator(0)->set_measure("children.with_record");
  evidence_.measures["places.total"] = 100;
  const auto ask = [&](int64_t children, bool suppress) {
    evidence_.measures["children.with_record"] = children;
    Question question{"500111001", "龙岗街道", absl::CivilDay(2025, 12, 31)};
    question.suppress_small = suppress;
    return Evaluate(definition, plan_.series(), question, evidence_);
  };
  EXPECT_TRUE(ask(4, true).suppressed());
  EXPECT_THAT(ask(4, true).value(), IsEmpty());
  EXPECT_THAT(ask(4, true).numerator(), IsEmpty());
  EXPECT_THAT(ask(4, true).inputs(0).value(), IsEmpty());
  EXPECT_FALSE(ask(4, false).suppressed());
  EXPECT_EQ(ask(4, false).value(), "4.0");
  EXPECT_FALSE(ask(5, true).suppressed());
  EXPECT_FALSE(ask(0, true).suppressed());
}

TEST_F(IndicatorRulesTest, FewChildrenAreWithheldWhereTheirShareCantBeComputedToo) {
  evidence_.measures["children.all"] = 3;
  const Indicator indicator = Ask(3);
  EXPECT_TRUE(indicator.suppressed());
  EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_NOT_COMPUTABLE) << "no places";
  EXPECT_EQ(indicator.not_computable_reason(), kDenominatorZero);
  EXPECT_EQ(indicator.numerator() + indicator.inputs(0).value(), "");
  EXPECT_EQ(indicator.variants(0).not_computable_reason(), kDenominatorZero);
  EXPECT_EQ(indicator.variants(0).numerator(), "");
}

TEST_F(IndicatorRulesTest, PlacesAndFacilitiesArePublicAndNeverWithheld) {
  for (const int number : {1, 2, 4, 5, 10}) EXPECT_FALSE(CountsChildren(Definition(number)));
  for (const int number : {3, 8}) EXPECT_TRUE(CountsChildren(Definition(number)));
  EXPECT_FALSE(CountsChildren(Definition(9)));
}

TEST_F(IndicatorRulesTest, ValuesOfRoundedNumbersAreNotJudged) {
  evidence_.has_records = true;
  evidence_.has_children = true;
  evidence_.has_managed = true;
  const Question question{"500111001", "龙岗街道", absl::CivilDay(2025, 12, 31)};
  const auto ask = [&](int managed, int children) {
    evidence_.measures["children.managed"] = managed;
    evidence_.measures["children.all"] = children;
    return EvaluateRounded(Definition(8), plan_.series(), question, evidence_);
  };
  const Indicator all = ask(97, 97);
  EXPECT_EQ(all.persons_rounded_to(), kSuppressBelow);
  EXPECT_EQ(all.numerator() + "/" + all.denominator() + " " + all.value(), "95/95 100.0");
  EXPECT_EQ(all.attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  const Indicator some = ask(41, 97);
  EXPECT_EQ(some.numerator() + "/" + some.denominator(), "40/95");
  EXPECT_EQ(some.inputs(0).value(), "40");
  EXPECT_EQ(some.attainment(), indicator::v1::ATTAINMENT_UNDETERMINED);
  EXPECT_TRUE(ask(4, 97).suppressed());
  EXPECT_TRUE(ask(95, 97).suppressed()) << "2 are not managed";
  EXPECT_EQ(ask(0, 97).numerator(), "0") << "nobody is told";
  evidence_.measures["places.ORDINARY"] = 33;
  evidence_.measures["staff.carers"] = 33;
  evidence_.measures["staff.carers_certified"] = 28;
  for (const int number : {1, 9}) {
    const Indicator exact =
        EvaluateRounded(Definition(number), plan_.series(), question, evidence_);
    EXPECT_EQ(exact.persons_rounded_to(), 0);
    EXPECT_EQ(exact.numerator(), number == 1 ? "33" : "28") << "no children";
  }
}

TEST_F(IndicatorRulesTest, NamesNeededAreThoseOfTermsAndBenchmark) {
  EXPECT_THAT(NamesNeeded(Definition(4)), ElementsAre("streets", "streets_with_inclusive"));
  EXPECT_THAT(NamesNeeded(Definition(3)),
              ElementsAre("children.all", "children.full_day", "children.part_day", "places.total",
                          "stat.city_place_usage_rate"));
  EXPECT_THAT(NamesNeeded(Definition(9)), ElementsAre("staff.all", "staff.carers",
                                                      "staff.carers_certified", "staff.certified"));
}

TEST_F(IndicatorRulesTest, AStatisticOfLongAgoIsShownButNotComputedWith) {
  evidence_.measures["places.ORDINARY"] = 100;
  Report("stat.resident_population", "100000", absl::CivilDay(2022, 12, 31));
  EXPECT_EQ(Ask(1, absl::CivilDay(2024, 6, 30)).value(), "1.00") << "18 months are taken";
  const Indicator old = Ask(1, absl::CivilDay(2024, 7, 1));
  EXPECT_EQ(old.attainment(), indicator::v1::ATTAINMENT_NOT_COMPUTABLE);
  EXPECT_EQ(old.not_computable_reason(), kStatisticTooOld);
  EXPECT_THAT(old.reason_zh(), ::testing::HasSubstr("2022-12-31"));
  EXPECT_THAT(old.reason_en(), ::testing::HasSubstr("18 months"));
  EXPECT_EQ(old.value(), "");
  EXPECT_EQ(old.inputs(old.inputs_size() - 1).value(), "100000") << "what there is is shown";
}

TEST_F(IndicatorRulesTest, EachDayHasTheDefinitionInForceThen) {
  indicator::v1::Plan plan = plan_;
  IndicatorDefinition later = plan.indicators(0);
  later.set_formula_version("2");
  later.mutable_numerator(3)->set_counted(false);
  *later.mutable_effective_from() = ToProto(absl::CivilDay(2025, 1, 1));
  plan.clear_indicators();
  *plan.add_indicators() = plan_.indicators(0);
  *plan.add_indicators() = later;
  *plan.add_indicators() = plan_.indicators(1);
  const auto before = DefinitionsOn(plan, absl::CivilDay(2024, 12, 31));
  const auto after = DefinitionsOn(plan, absl::CivilDay(2025, 1, 1));
  ASSERT_EQ(before.size(), 2u);
  ASSERT_EQ(after.size(), 2u);
  EXPECT_EQ(before[0]->formula_version(), "1");
  EXPECT_EQ(after[0]->formula_version(), "2");
  EXPECT_EQ(after[1]->number(), 2);
}

}  // namespace
}  // namespace tuoyu::aggregator
