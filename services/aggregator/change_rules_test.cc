#include "services/aggregator/change_rules.h"

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr int64_t kOpen = std::numeric_limits<int64_t>::max();

// "5:+20", numerators only.
std::vector<std::string> Told(const std::vector<Effect>& effects) {
  std::vector<std::string> told;
  for (const Effect& effect : effects) {
    told.push_back(std::to_string(effect.sequence) + ":" + std::to_string(effect.weight.numerator));
  }
  return told;
}

TEST(ChangeRulesTest, WhatBeganBetweenTheDaysIsMadeByTheEntryThatSaidSo) {
  // Registered by entry 5 from a day between the two.
  EXPECT_THAT(Told(Attribute({{5, kOpen, {0, 0}, {20, 0}}}, 9, 9)), ElementsAre("5:20"));
}

TEST(ChangeRulesTest, WhatHeldOnBothDaysIsNoChange) {
  EXPECT_THAT(Attribute({{5, kOpen, {20, 0}, {20, 0}}}, 9, 9), IsEmpty());
}

TEST(ChangeRulesTest, AChangeOfPlacesIsMadeByItsEntryAndNotByTheRegistration) {
  // Entry 5 registers 20 places, entry 7 makes them 30 from a day between the two.
  EXPECT_THAT(Told(Attribute({{5, 7, {20, 0}, {20, 0}},  //
                              {7, kOpen, {20, 0}, {0, 0}},
                              {7, kOpen, {0, 0}, {30, 0}}},
                             9, 9)),
              ElementsAre("7:10"));
}

TEST(ChangeRulesTest, WhatWasLearntLaterIsMadeByTheLaterEntries) {
  // The same day, as known at entry 6 and at entry 9: 8 corrects what 5 said; 7 changed nothing, 10 is too late.
  EXPECT_THAT(Told(Attribute({{5, 7, {20, 0}, {20, 0}},
                              {7, 8, {20, 0}, {20, 0}},
                              {8, 10, {25, 0}, {25, 0}},
                              {10, kOpen, {99, 0}, {99, 0}}},
                             6, 9)),
              ElementsAre("8:5"));
}

TEST(ChangeRulesTest, CorrectionsThatGoThereAndBackAreBothTold) {
  EXPECT_THAT(Told(Attribute({{3, 5, {0, 0}, {10, 0}},  //
                              {5, 6, {0, 0}, {0, 0}},
                              {6, kOpen, {0, 0}, {10, 0}}},
                             9, 9)),
              ElementsAre("3:10", "5:-10", "6:10"));
}

TEST(ChangeRulesTest, AStreetCountsOnceHoweverManyFacilitiesItHas) {
  const std::vector<KnownWeight> facilities = {{2, kOpen, {0, 0}, {1, 0}},
                                               {4, kOpen, {0, 0}, {1, 0}}};
  EXPECT_THAT(Told(Attribute(facilities, 9, 9, 1)), ElementsAre("2:1"));
  EXPECT_THAT(Told(Attribute({{2, 5, {1, 0}, {1, 0}}, {4, kOpen, {1, 0}, {1, 0}}}, 4, 9, 1)),
              IsEmpty())
      << "one is left";
}

TEST(ChangeRulesTest, NumeratorAndDenominatorAreToldApart) {
  const std::vector<Effect> effects = Attribute({{5, 7, {0, 1}, {0, 1}},  //
                                                 {7, kOpen, {0, 1}, {1, 1}}},
                                                9, 9);
  ASSERT_THAT(effects, SizeIs(1));
  EXPECT_EQ(effects[0].weight.numerator, 1);
  EXPECT_EQ(effects[0].weight.denominator, 0);
}

TEST(ChangeRulesTest, EffectsAddUpToTheDifferenceOfAnyHistory) {
  std::mt19937 random(7);
  const auto below = [&](int limit) { return static_cast<int64_t>(random() % limit); };
  for (int round = 0; round < 2000; ++round) {
    std::vector<KnownWeight> weights;
    for (int64_t i = 1 + below(6); i > 0; --i) {
      const int64_t from = 1 + below(20);
      weights.push_back({from, from + 1 + below(20), {below(3), below(3)}, {below(3), below(3)}});
    }
    const int64_t since = below(25);
    const int64_t at = since + below(10);
    const int64_t most = below(2);
    Weight before;
    Weight after;
    for (const KnownWeight& known : weights) {
      if (known.known_from <= since && since < known.known_to) before += known.before;
      if (known.known_from <= at && at < known.known_to) after += known.after;
    }
    const auto capped = [&](int64_t value) { return most == 0 ? value : std::min(value, most); };
    Weight sum;
    int64_t last = 0;
    for (const Effect& effect : Attribute(weights, since, at, most)) {
      EXPECT_GT(effect.sequence, last);
      EXPECT_LE(effect.sequence, at);
      last = effect.sequence;
      sum += effect.weight;
    }
    EXPECT_THAT(sum.numerator, Eq(capped(after.numerator) - capped(before.numerator)));
    EXPECT_THAT(sum.denominator, Eq(capped(after.denominator) - capped(before.denominator)));
  }
}

indicator::v1::Term Counted(const std::string& measure, bool counted = true) {
  indicator::v1::Term term;
  term.set_measure(measure);
  term.set_counted(counted);
  return term;
}

TEST(ChangeRulesTest, TermsAreToldApartByWhatIsCounted) {
  google::protobuf::RepeatedPtrField<indicator::v1::Term> terms;
  *terms.Add() = Counted("places.total");
  *terms.Add() = Counted("facilities.EMPLOYER", false);
  *terms.Add() = Counted("children.managed");
  *terms.Add() = Counted("kindergartens_with_care");
  *terms.Add() = Counted("streets");
  *terms.Add() = Counted("stat.kindergartens");
  const CountedParts parts = PartsOfTerms(terms);
  EXPECT_THAT(parts.facilities,
              ElementsAre(kPlacesOrdinary, kPlacesKindergarten, kPlacesEmployer, kPlacesHomeBased));
  EXPECT_THAT(parts.members, ElementsAre(kChildrenFullDayManaged, kChildrenPartDayManaged));
  EXPECT_EQ(parts.kindergartens, 1);
  EXPECT_EQ(parts.streets, 1);
  EXPECT_EQ(parts.streets_with_inclusive, 0);
}

TEST(ChangeRulesTest, StatisticsThatWereReplacedRevisedOrNewAreTold) {
  const auto statistic = [](const std::string& name) {
    indicator::v1::Statistic made;
    made.set_name(name);
    return made;
  };
  Evidence before;
  Evidence after;
  before.statistics["stat.a"] = statistic("statistics/1");
  after.statistics["stat.a"] = statistic("statistics/1");
  before.statistics["stat.b"] = statistic("statistics/2");
  after.statistics["stat.b"] = statistic("statistics/3");
  after.statistics["stat.c"] = statistic("statistics/4");
  const auto changes = StatisticChanges(before, after);
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(changes[0].before().name(), "statistics/2");
  EXPECT_EQ(changes[0].after().name(), "statistics/3");
  EXPECT_EQ(changes[1].series(), "stat.c");
  EXPECT_FALSE(changes[1].has_before());
}

}  // namespace
}  // namespace tuoyu::aggregator
