#include "clients/cli/decimal.h"

#include "common/testing/matchers.h"

namespace tuoyu::cli {
namespace {

TEST(DecimalTest, WhatPeopleWriteIsReadExactly) {
  EXPECT_EQ(*DecimalOption("--score", "88.5", 1), 885);
  EXPECT_EQ(*DecimalOption("--score", "88", 1), 880);
  EXPECT_EQ(*DecimalOption("--amount", "0.07", 2), 7);
  EXPECT_EQ(*DecimalOption("--amount", "999999999.99", 2), 99999999999);
  for (const char* text : {"", "-1", "8.55", "8.", ".5", "1e3", "8,5", "1234567890", " 8"}) {
    EXPECT_FALSE(DecimalOption("--score", text, 1).ok()) << text;
  }
}

TEST(DecimalTest, AmountsAreWrittenWithTheirDecimals) {
  EXPECT_EQ(DecimalText(885, 1), "88.5");
  EXPECT_EQ(DecimalText(7, 2), "0.07");
  EXPECT_EQ(DecimalText(-120000, 2), "-1200.00");
  EXPECT_EQ(DecimalText(12, 0), "12");
}

}  // namespace
}  // namespace tuoyu::cli
