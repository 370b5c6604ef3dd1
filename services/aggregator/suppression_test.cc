#include "services/aggregator/suppression.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;

void AddTerm(const std::string& measure, const std::string& factor,
             google::protobuf::RepeatedPtrField<indicator::v1::Term>* terms) {
  auto* term = terms->Add();
  term->set_measure(measure);
  term->set_counted(true);
  term->set_factor(factor);
}

// As it was computed, with what is not withheld yet.
void Compute(const std::string& numerator, const std::string& denominator, Indicator* indicator) {
  indicator->set_numerator(numerator);
  indicator->set_denominator(denominator);
  indicator->set_value("shown");
  indicator->set_attainment(indicator::v1::ATTAINMENT_ATTAINED);
  indicator->add_inputs()->set_value(numerator);
  auto* value = indicator->add_variants();
  value->set_key("all_staff");
  value->set_numerator(numerator);
  value->set_denominator(denominator);
  value->set_value("shown");
}

// A share of persons with one variant.
Indicator Share(int above, int below, int variant_above, int variant_below,
                const std::string& persons = "staff") {
  Indicator indicator;
  auto* definition = indicator.mutable_definition();
  AddTerm(persons + ".some", "", definition->mutable_numerator());
  AddTerm(persons + ".all", "", definition->mutable_denominator());
  auto* variant = definition->add_variants();
  AddTerm(persons + ".more", "", variant->mutable_numerator());
  AddTerm(persons + ".all_more", "", variant->mutable_denominator());
  Compute(std::to_string(above), std::to_string(below), &indicator);
  WithholdFew(kSuppressBelow,
              {{persons + ".some", above},
               {persons + ".all", below},
               {persons + ".more", variant_above},
               {persons + ".all_more", variant_below}},
              &indicator);
  return indicator;
}

// Children by places, with a variant that counts those of a part of the day as half.
Indicator Use(int full_day, int part_day, int places = 3) {
  Indicator indicator;
  auto* definition = indicator.mutable_definition();
  AddTerm("children.all", "", definition->mutable_numerator());
  AddTerm("places.total", "", definition->mutable_denominator());
  auto* variant = definition->add_variants();
  AddTerm("children.full_day", "", variant->mutable_numerator());
  AddTerm("children.part_day", "0.5", variant->mutable_numerator());
  AddTerm("places.total", "", variant->mutable_denominator());
  Compute("shown", "shown", &indicator);
  WithholdFew(kSuppressBelow,
              {{"children.all", full_day + part_day},
               {"children.full_day", full_day},
               {"children.part_day", part_day},
               {"places.total", places}},
              &indicator);
  return indicator;
}

TEST(SuppressionTest, ManyPersonsAreTold) {
  const Indicator indicator = Share(20, 30, 25, 50);
  EXPECT_FALSE(indicator.suppressed());
  EXPECT_EQ(indicator.value(), "shown");
  EXPECT_FALSE(indicator.variants(0).suppressed());
  EXPECT_EQ(indicator.variants(0).value(), "shown");
}

TEST(SuppressionTest, OfStaffFewWithoutACertificateAreTold) {
  const Indicator indicator = Share(27, 30, 37, 60);
  EXPECT_FALSE(indicator.suppressed());
  EXPECT_FALSE(indicator.variants(0).suppressed());
}

TEST(SuppressionTest, FewChildrenWithSomethingOrWithoutOrInAllAreWithheld) {
  EXPECT_TRUE(Share(4, 30, 14, 60).suppressed());
  EXPECT_TRUE(Share(0, 4, 10, 34).suppressed());
  for (const auto& [above, below] : {std::pair(4, 30), std::pair(27, 30), std::pair(0, 4)}) {
    const Indicator indicator = Share(above, below, above + 10, below + 30, "children");
    EXPECT_TRUE(indicator.suppressed()) << above;
    EXPECT_EQ(indicator.value() + indicator.numerator() + indicator.denominator(), "") << above;
    EXPECT_EQ(indicator.inputs(0).value(), "") << above;
    EXPECT_EQ(indicator.attainment(), indicator::v1::ATTAINMENT_UNDETERMINED) << above;
    const auto& variant = indicator.variants(0);
    EXPECT_TRUE(variant.suppressed()) << above;
    EXPECT_EQ(variant.value() + variant.numerator() + variant.denominator(), "") << above;
    EXPECT_EQ(variant.key(), "all_staff");
  }
}

TEST(SuppressionTest, NobodyAndEverybodyAreTold) {
  EXPECT_FALSE(Share(0, 30, 0, 60).suppressed());
  EXPECT_FALSE(Share(30, 30, 30, 60).suppressed());
  EXPECT_FALSE(Share(0, 0, 0, 0).suppressed());
}

TEST(SuppressionTest, AVariantThatDiffersByFewIsWithheldAlone) {
  // 3 others, 2 of the others with it, 1 of 6 others without.
  for (const auto& [above, below] : {std::pair(20, 33), std::pair(22, 60), std::pair(25, 36)}) {
    const Indicator indicator = Share(20, 30, above, below, "children");
    EXPECT_FALSE(indicator.suppressed()) << above;
    EXPECT_EQ(indicator.numerator(), "20") << above;
    EXPECT_TRUE(indicator.variants(0).suppressed()) << above;
    EXPECT_EQ(indicator.variants(0).denominator(), "") << above;
  }
}

// The two values together tell how many are there for a part of the day, and how many all day.
TEST(SuppressionTest, AVariantWithFactorsIsWithheldWhenOneOfItsTermsIsOfFew) {
  for (const auto& [full_day, part_day] : {std::pair(30, 4), std::pair(4, 30), std::pair(1, 6)}) {
    const Indicator indicator = Use(full_day, part_day);
    EXPECT_FALSE(indicator.suppressed()) << full_day;
    EXPECT_EQ(indicator.value(), "shown") << full_day;
    EXPECT_TRUE(indicator.variants(0).suppressed()) << full_day;
    EXPECT_EQ(indicator.variants(0).value() + indicator.variants(0).numerator(), "") << full_day;
  }
  // 8 children of half a day are not few, though they count as 4.
  for (const auto& [full_day, part_day] :
       {std::pair(0, 8), std::pair(30, 5), std::pair(30, 0), std::pair(0, 0)}) {
    EXPECT_FALSE(Use(full_day, part_day).suppressed()) << full_day;
    EXPECT_FALSE(Use(full_day, part_day).variants(0).suppressed()) << full_day;
  }
  EXPECT_TRUE(Use(2, 2).suppressed());
  EXPECT_TRUE(Use(2, 2).variants(0).suppressed());
}

TEST(SuppressionTest, PlacesAreNoChildren) {
  EXPECT_FALSE(Use(10, 10, 2).suppressed()) << "2 places";
  EXPECT_FALSE(Use(10, 10, 22).suppressed()) << "2 places left";
  EXPECT_FALSE(Use(10, 10, 22).variants(0).suppressed());
}

TEST(SuppressionTest, ATermOfFewIsWithheldThoughTheSumIsOfMany) {
  Indicator indicator;
  AddTerm("children.full_day", "", indicator.mutable_definition()->mutable_numerator());
  AddTerm("children.part_day", "", indicator.mutable_definition()->mutable_numerator());
  indicator.mutable_definition()->mutable_numerator(1)->set_counted(false);
  indicator.set_numerator("30");
  WithholdFew(kSuppressBelow, {{"children.full_day", 30}, {"children.part_day", 2}}, &indicator);
  EXPECT_TRUE(indicator.suppressed()) << "the inputs tell of each";
}

TEST(SuppressionTest, ChildrenAreRoundedAndOnlyThey) {
  EXPECT_EQ(RoundChildren({{"children.managed", 21},
                           {"children.all", 33},
                           {"children.part_day", 4},
                           {"staff.all", 41},
                           {"places.total", 42}}),
            (MeasuresByName{{"children.managed", 20},
                            {"children.all", 35},
                            {"children.part_day", 4},
                            {"staff.all", 41},
                            {"places.total", 42}}));
  indicator::v1::IndicatorDefinition definition;
  AddTerm("places.total", "", definition.mutable_denominator());
  EXPECT_FALSE(CountsChildren(definition));
  AddTerm("children.all", "", definition.add_variants()->mutable_numerator());
  EXPECT_TRUE(CountsChildren(definition));
}

TEST(SuppressionTest, WhatIsNotOfPersonsIsTold) {
  Indicator indicator;
  indicator.mutable_definition()->add_numerator()->set_measure("demonstration.passed");
  indicator.set_numerator("1");
  WithholdFew(kSuppressBelow, {{"demonstration.passed", 1}}, &indicator);
  EXPECT_FALSE(indicator.suppressed());
  EXPECT_EQ(indicator.numerator(), "1");
}

}  // namespace
}  // namespace tuoyu::aggregator
