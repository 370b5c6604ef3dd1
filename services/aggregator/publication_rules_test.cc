#include "services/aggregator/publication_rules.h"

#include <algorithm>
#include <random>
#include <vector>

#include "common/privacy/few.h"
#include "gtest/gtest.h"

namespace tuoyu::aggregator {
namespace {

using privacy::IsFew;
using privacy::Rounded;

constexpr int kStep = 5;

TEST(PublicationRulesTest, NumbersAreRoundedToTheNearestMultiple) {
  const std::vector<std::pair<int64_t, int64_t>> rounded = {
      {0, 0}, {1, 1}, {4, 4}, {5, 5}, {7, 5}, {8, 10}, {12, 10}, {13, 15}, {1000002, 1000000}};
  for (const auto& [number, told] : rounded) EXPECT_EQ(Rounded(number, kStep), told) << number;
}

TEST(PublicationRulesTest, TheRangeIsOfAllNumbersToldAlike) {
  for (int64_t number = 0; number < 200; ++number) {
    const Range range = RangeOf(number, kStep);
    for (int64_t other = 0; other < 200; ++other) {
      const bool few = IsFew(number, kStep);
      const bool alike =
          few ? IsFew(other, kStep)
              : Rounded(other, kStep) == Rounded(number, kStep) && !IsFew(other, kStep);
      EXPECT_EQ(alike, range.least <= other && other <= range.most) << number << " " << other;
    }
  }
}

TEST(PublicationRulesTest, TheRestIsWithinWhatTheTwoNumbersLeave) {
  for (int64_t all = 0; all < 60; ++all) {
    for (int64_t some = 0; some <= all; ++some) {
      const Range range = RestOf(all, some, kStep);
      EXPECT_LE(range.least, all - some) << all << " " << some;
      EXPECT_GE(range.most, all - some) << all << " " << some;
      if (all - some < kStep) continue;
      EXPECT_GE(range.least, kStep) << "that it is not few is told";
    }
  }
}

std::vector<Range> RangesOf(const std::vector<int64_t>& parts) {
  std::vector<Range> ranges;
  for (const int64_t part : parts) ranges.push_back(RangeOf(part, kStep));
  return ranges;
}

// The numbers that a part can have, found by trying all that the others can.
std::vector<bool> Possible(int64_t whole, const std::vector<int64_t>& parts, size_t part) {
  std::vector<bool> sums = {true};  // what the other parts can come to
  for (size_t other = 0; other < parts.size(); ++other) {
    if (other == part) continue;
    const Range range = RangeOf(parts[other], kStep);
    std::vector<bool> next(sums.size() + range.most, false);
    for (size_t sum = 0; sum < sums.size(); ++sum) {
      for (int64_t number = range.least; sums[sum] && number <= range.most; ++number) {
        next[sum + number] = true;
      }
    }
    sums = next;
  }
  std::vector<bool> possible;
  const Range range = RangeOf(parts[part], kStep);
  for (int64_t number = range.least; number <= range.most; ++number) {
    const int64_t rest = whole - number;
    possible.push_back(rest >= 0 && rest < static_cast<int64_t>(sums.size()) && sums[rest]);
  }
  return possible;
}

TEST(PublicationRulesTest, FewAreToldExactlyWhereTryingAllNumbersLeavesFewerThanThatTheyAreFew) {
  std::mt19937 random(7);
  int told = 0;
  int untold = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<int64_t> parts(1 + random() % 5);
    int64_t whole = 0;
    bool expected = false;
    for (int64_t& part : parts) whole += part = random() % 3 == 0 ? random() % 6 : random() % 40;
    for (size_t part = 0; part < parts.size(); ++part) {
      if (!IsFew(parts[part], kStep)) continue;
      const std::vector<bool> possible = Possible(whole, parts, part);
      expected = expected || std::count(possible.begin(), possible.end(), true) < kStep - 1;
    }
    EXPECT_EQ(TellsFew(whole, RangesOf(parts), kStep), expected) << testing::PrintToString(parts);
    ++(expected ? told : untold);
  }
  EXPECT_GT(told, 200);
  EXPECT_GT(untold, 200);
}

TEST(PublicationRulesTest, AmongManyPartsFewAreNotTold) {
  std::vector<int64_t> parts = {3, 0, 1};
  int64_t whole = 4;
  EXPECT_TRUE(TellsFew(3, RangesOf({3, 0}), kStep)) << "the whole is the part";
  for (int64_t part = 20; part < 40; ++part) {
    parts.push_back(part);
    whole += part;
  }
  EXPECT_FALSE(TellsFew(whole, RangesOf(parts), kStep));
  EXPECT_FALSE(TellsFew(90, RangesOf({30, 60}), kStep)) << "nobody is few";
}

}  // namespace
}  // namespace tuoyu::aggregator
