#include "services/aggregator/suppression.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;

// A share of persons with one variant, as it was computed.
Indicator Share(int above, int below, int variant_above, int variant_below,
                const std::string& persons = "staff") {
  Indicator indicator;
  auto* definition = indicator.mutable_definition();
  definition->add_numerator()->set_measure(persons + ".some");
  definition->add_denominator()->set_measure(persons + ".all");
  auto* variant = definition->add_variants();
  variant->add_numerator()->set_measure(persons + ".more");
  variant->add_denominator()->set_measure(persons + ".all_more");
  indicator.set_numerator(std::to_string(above));
  indicator.set_denominator(std::to_string(below));
  indicator.set_value("shown");
  indicator.set_attainment(indicator::v1::ATTAINMENT_ATTAINED);
  indicator.add_inputs()->set_value(std::to_string(above));
  auto* value = indicator.add_variants();
  value->set_key("all_staff");
  value->set_numerator(std::to_string(variant_above));
  value->set_denominator(std::to_string(variant_below));
  value->set_value("shown");
  WithholdFew(kSuppressBelow, &indicator);
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

TEST(SuppressionTest, WhatIsNotOfPersonsIsTold) {
  Indicator indicator;
  indicator.mutable_definition()->add_numerator()->set_measure("demonstration.passed");
  indicator.set_numerator("1");
  WithholdFew(kSuppressBelow, &indicator);
  EXPECT_FALSE(indicator.suppressed());
  EXPECT_EQ(indicator.numerator(), "1");
  EXPECT_FALSE(CountsPersons(indicator.definition()));
}

}  // namespace
}  // namespace tuoyu::aggregator
