#include "services/complaint/statistic/statistic_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tuoyu::complaint {
namespace {

using ::testing::ElementsAre;

std::vector<int> Told(std::vector<int> counts, bool sum_is_told = true) {
  std::vector<v1::CaseCount> all;
  for (const int count : counts) all.emplace_back().set_count(count);
  Withhold(5, sum_is_told, &all);
  std::vector<int> told;
  for (const v1::CaseCount& each : all) told.push_back(each.withheld() ? -1 : each.count());
  return told;
}

TEST(StatisticRulesTest, ASmallNumberIsWithheldWithTheNextOneWhereTheSumWouldTellIt) {
  EXPECT_THAT(Told({12, 5, 0}), ElementsAre(12, 5, 0));
  EXPECT_THAT(Told({12, 4, 7}), ElementsAre(12, -1, -1));
  EXPECT_THAT(Told({12, 4, 1}), ElementsAre(12, -1, -1));
  EXPECT_THAT(Told({12, 4, 7}, /*sum_is_told=*/false), ElementsAre(12, -1, 7));
  EXPECT_THAT(Told({4}), ElementsAre(-1));
  EXPECT_THAT(Told({}), ElementsAre());
}

TEST(StatisticRulesTest, AShareIsWithheldWhereEitherPartOfItIsSmall) {
  const auto told = [](int part_count, int whole_count) {
    v1::CaseCount part, whole;
    part.set_count(part_count);
    whole.set_count(whole_count);
    WithholdShare(5, &part, &whole);
    EXPECT_EQ(part.withheld(), whole.withheld());
    return !part.withheld();
  };
  EXPECT_TRUE(told(10, 10));
  EXPECT_TRUE(told(0, 10));
  EXPECT_TRUE(told(5, 10));
  EXPECT_FALSE(told(4, 10));
  EXPECT_FALSE(told(6, 10));
}

}  // namespace
}  // namespace tuoyu::complaint
