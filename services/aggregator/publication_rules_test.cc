#include "services/aggregator/publication_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

namespace tuoyu::aggregator {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kBelow = 5;

// Days of one count from the numbers of parts 1, 2, …; the whole is their sum.
std::vector<CountedDay> Days(const std::vector<std::vector<int64_t>>& numbers) {
  std::vector<CountedDay> days;
  for (const std::vector<int64_t>& parts : numbers) {
    CountedDay& day = days.emplace_back();
    day.whole = {0};
    for (size_t part = 0; part < parts.size(); ++part) {
      day.parts[static_cast<int64_t>(part) + 1] = {parts[part]};
      day.whole[0] += parts[part];
    }
  }
  return days;
}

TEST(PublicationRulesTest, WhereNobodyIsFewAllIsTold) {
  EXPECT_THAT(WithheldParts(Days({{5, 40, 0}, {10, 40, 0}}), kBelow),
              ElementsAre(IsEmpty(), IsEmpty()));
  EXPECT_THAT(WithheldParts({}, kBelow), IsEmpty());
}

TEST(PublicationRulesTest, AFewPersonsAreHiddenAmongTheLeastOther) {
  EXPECT_THAT(WithheldParts(Days({{40, 3, 7, 0, 20}}), kBelow), ElementsAre(Parts({2, 3})));
}

TEST(PublicationRulesTest, TwoThatAreFewTogetherTakeAThird) {
  EXPECT_THAT(WithheldParts(Days({{40, 1, 2, 0, 20}}), kBelow), ElementsAre(Parts({2, 3, 5})));
  EXPECT_THAT(WithheldParts(Days({{40, 3, 4, 0, 20}}), kBelow), ElementsAre(Parts({2, 3})));
}

TEST(PublicationRulesTest, OneWithoutOthersIsWithheldWithAllEmptyOnes) {
  EXPECT_THAT(WithheldParts(Days({{0, 3, 0}}), kBelow), ElementsAre(Parts({1, 2, 3})));
}

TEST(PublicationRulesTest, AMonthThatDiffersByFewFromAnyEarlierOneIsWithheld) {
  // Part 1 gains 2 children in the second month, and has gained 5 in the third; part 2 hides it.
  EXPECT_THAT(WithheldParts(Days({{40, 30, 90}, {42, 40, 90}, {45, 50, 90}, {41, 60, 90}}), kBelow),
              ElementsAre(IsEmpty(), Parts({1, 2}), IsEmpty(), Parts({1, 2})));
}

TEST(PublicationRulesTest, ASumThatIsHiddenTwiceDoesNotTellAMove) {
  // Parts 1 and 2 are hidden in both months; together they gain 2, so a third hides that.
  EXPECT_THAT(WithheldParts(Days({{3, 20, 90, 60}, {3, 22, 90, 70}}), kBelow),
              ElementsAre(Parts({1, 2}), Parts({1, 2, 4})));
  // The same sum told in one month by its parts and hidden in the other.
  EXPECT_THAT(WithheldParts(Days({{6, 20, 90, 60}, {4, 23, 90, 70}}), kBelow),
              ElementsAre(IsEmpty(), Parts({1, 2, 4})));
}

TEST(PublicationRulesTest, AnyOfSeveralCountsCanBeTheOneThatIsFew) {
  std::vector<CountedDay> days = Days({{40, 30, 20}});
  days[0].whole.push_back(33);
  for (auto& [part, counts] : days[0].parts) counts.push_back(part == 1 ? 3 : 15);
  EXPECT_THAT(WithheldParts(days, kBelow), ElementsAre(Parts({1, 3})));
}

// Who reads all that is told, of every day and every whole, and looks for few persons.
class Reader {
 public:
  Reader(const std::vector<CountedDay>& days, const std::vector<Parts>& withheld)
      : days_(days), withheld_(withheld) {}

  // How many numbers of few persons are found.
  int Find() const {
    int found = 0;
    for (size_t day = 0; day < days_.size(); ++day) {
      found += OnOneDay(day);
      for (size_t earlier = 0; earlier < day; ++earlier) found += Between(earlier, day);
    }
    return found;
  }

 private:
  static bool IsFew(int64_t number) { return number != 0 && std::abs(number) < kBelow; }
  bool Told(size_t day, int64_t part) const { return !withheld_[day].contains(part); }
  // Told, or the whole less all others that are told.
  int64_t Sum(size_t day, const Parts& parts, size_t count) const {
    int64_t sum = days_[day].whole[count];
    for (const auto& [part, counts] : days_[day].parts) {
      if (!parts.contains(part)) sum -= counts[count];
    }
    return sum;
  }
  int OnOneDay(size_t day) const {
    int found = 0;
    const Parts& hidden = withheld_[day];
    if (hidden.size() == 1) ++found;
    const bool all = hidden.size() == days_[day].parts.size();
    for (size_t count = 0; count < days_[day].whole.size(); ++count) {
      for (const auto& [part, counts] : days_[day].parts) {
        if (Told(day, part) && IsFew(counts[count])) ++found;
      }
      if (!hidden.empty() && !all && IsFew(Sum(day, hidden, count))) ++found;
    }
    return found;
  }
  int Between(size_t earlier, size_t day) const {
    int found = 0;
    Parts hidden = withheld_[earlier];
    hidden.insert(withheld_[day].begin(), withheld_[day].end());
    const bool all = hidden.size() == days_[day].parts.size();
    for (size_t count = 0; count < days_[day].whole.size(); ++count) {
      for (const auto& [part, counts] : days_[day].parts) {
        if (hidden.contains(part)) continue;
        if (IsFew(counts[count] - days_[earlier].parts.at(part)[count])) ++found;
      }
      if (!hidden.empty() && !all && IsFew(Sum(day, hidden, count) - Sum(earlier, hidden, count))) {
        ++found;
      }
    }
    return found;
  }

  const std::vector<CountedDay>& days_;
  const std::vector<Parts>& withheld_;
};

// A district whose parts change by some persons from month to month; the second count is a part of the first.
std::vector<CountedDay> MadeUpDays(std::mt19937& random) {
  const auto draw = [&](int to) { return std::uniform_int_distribution<int64_t>(0, to)(random); };
  std::vector<int64_t> persons;
  for (int part = 0; part < 9; ++part) persons.push_back(draw(2) == 0 ? draw(8) : draw(80));
  std::vector<CountedDay> days;
  for (int month = 0; month < 14; ++month) {
    CountedDay& day = days.emplace_back();
    day.whole = {0, 0};
    for (size_t part = 0; part < persons.size(); ++part) {
      if (draw(2) != 0) persons[part] = std::max<int64_t>(0, persons[part] + draw(20) - 10);
      const Counts counts = {persons[part], persons[part] / 2};
      day.parts[static_cast<int64_t>(part)] = counts;
      for (size_t i = 0; i < counts.size(); ++i) day.whole[i] += counts[i];
    }
  }
  return days;
}

TEST(PublicationRulesTest, NobodyFindsFewPersonsInWhatIsTold) {
  std::mt19937 random(20261126);
  int found_without_others = 0;
  int64_t told = 0;
  int64_t numbers = 0;
  for (int round = 0; round < 200; ++round) {
    const std::vector<CountedDay> days = MadeUpDays(random);
    const std::vector<Parts> withheld = WithheldParts(days, kBelow);
    EXPECT_EQ(Reader(days, withheld).Find(), 0) << round;
    std::vector<Parts> few_only(days.size());
    for (size_t day = 0; day < days.size(); ++day) {
      numbers += static_cast<int64_t>(days[day].parts.size());
      told += static_cast<int64_t>(days[day].parts.size() - withheld[day].size());
      for (const auto& [part, counts] : days[day].parts) {
        for (const int64_t count : counts) {
          if (count > 0 && count < kBelow) few_only[day].insert(part);
        }
      }
    }
    found_without_others += Reader(days, few_only).Find();
  }
  EXPECT_GT(found_without_others, 1000)
      << "this reader finds what withholding the few alone leaves";
  EXPECT_GT(told * 10, numbers) << "not everything is withheld: " << told << " of " << numbers;
}

TEST(PublicationRulesTest, MonthsAddedLaterChangeNoEarlierDecision) {
  std::mt19937 random(7);
  const std::vector<CountedDay> days = MadeUpDays(random);
  const std::vector<Parts> whole = WithheldParts(days, kBelow);
  const std::vector<Parts> first = WithheldParts({days.begin(), days.begin() + 6}, kBelow);
  EXPECT_TRUE(std::equal(first.begin(), first.end(), whole.begin()));
}

}  // namespace
}  // namespace tuoyu::aggregator
