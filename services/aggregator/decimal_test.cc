#include "services/aggregator/decimal.h"

#include <string>

#include "common/testing/matchers.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using ::tuoyu::testing::StatusIs;

TEST(DecimalTest, IsReadAndWrittenExactly) {
  for (const char* text : {"0", "7", "830000", "0.5", "30.25", "999999999999.999999", "0.000001"}) {
    const auto value = Decimal::Parse(text);
    ASSERT_OK(value);
    EXPECT_EQ(value->ToString(), text);
  }
}

TEST(DecimalTest, TrailingZerosAreNotPartOfTheNumber) {
  ASSERT_OK(Decimal::Parse("30.50"));
  EXPECT_EQ(Decimal::Parse("30.50")->ToString(), "30.5");
  EXPECT_EQ(*Decimal::Parse("30.0"), *Decimal::Parse("30"));
  EXPECT_EQ(Decimal::FromInt(1200).ToString(), "1200");
}

TEST(DecimalTest, ProductsAreExact) {
  struct Case {
    const char* a;
    const char* b;
    const char* product;
  };
  for (const Case& each :
       {Case{"7", "0.5", "3.5"}, Case{"0", "0.5", "0"}, Case{"30.25", "1", "30.25"},
        Case{"3", "0.333333", "0.999999"}, Case{"0.125", "0.125", "0.015625"},
        Case{"999999999999", "0.999999", "999998999999.000001"},
        Case{"999999999999", "999999999999", "999999999998000000000001"}}) {
    const Decimal a = *Decimal::Parse(each.a);
    const Decimal b = *Decimal::Parse(each.b);
    EXPECT_EQ((a * b).ToString(), each.product);
    EXPECT_EQ(b * a, a * b);
  }
}

TEST(DecimalTest, AnythingElseIsRefused) {
  for (const char* text : {"", ".", "1.", ".5", "-1", "+1", " 1", "1 ", "1,000", "1e3", "01", "00",
                           "1.2.3", "0.1234567", "1234567890123", "８"}) {
    EXPECT_THAT(Decimal::Parse(text), StatusIs(absl::StatusCode::kInvalidArgument)) << text;
  }
}

struct RoundingCase {
  int64_t numerator;
  int64_t denominator;
  int scale;
  int decimals;
  const char* shown;
};

TEST(RatioTest, IsShownRoundedHalfUp) {
  for (const RoundingCase& each :
       {RoundingCase{9004, 10000, 100, 1, "90.0"}, RoundingCase{8996, 10000, 100, 1, "90.0"},
        RoundingCase{9005, 10000, 100, 1, "90.1"}, RoundingCase{1, 3, 100, 1, "33.3"},
        RoundingCase{2, 3, 100, 1, "66.7"}, RoundingCase{5, 6, 100, 1, "83.3"},
        RoundingCase{6, 6, 100, 1, "100.0"}, RoundingCase{0, 6, 100, 1, "0.0"},
        RoundingCase{3735, 830000, 1000, 2, "4.50"}, RoundingCase{1, 2, 1, 0, "1"},
        RoundingCase{1, 8, 1, 2, "0.13"}, RoundingCase{1, 1000, 1, 2, "0.00"}}) {
    const Ratio ratio{Decimal::FromInt(each.numerator), Decimal::FromInt(each.denominator),
                      each.scale};
    EXPECT_EQ(ratio.Rounded(each.decimals), each.shown)
        << each.numerator << "/" << each.denominator;
  }
}

TEST(RatioTest, IsComparedBeforeRounding) {
  const Decimal ninety = Decimal::FromInt(90);
  const auto percent = [](int64_t numerator) {
    return Ratio{Decimal::FromInt(numerator), Decimal::FromInt(10000), 100};
  };
  EXPECT_GT(percent(9004).Compare(ninety), 0);
  EXPECT_EQ(percent(9000).Compare(ninety), 0);
  EXPECT_LT(percent(8996).Compare(ninety), 0);
}

TEST(RatioTest, HoldsTheLargestNumbersWithoutOverflow) {
  const Decimal largest = *Decimal::Parse("999999999999.999999");
  const Ratio ratio{largest, largest, 1000};
  EXPECT_EQ(ratio.Rounded(6), "1000.000000");
  EXPECT_EQ(ratio.Compare(Decimal::FromInt(1000)), 0);
  EXPECT_LT(ratio.Compare(largest), 0);
}

}  // namespace
}  // namespace tuoyu::aggregator
