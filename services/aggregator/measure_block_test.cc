#include "services/aggregator/measure_block.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::tuoyu::testing::StatusIs;

constexpr int64_t kCity = 500000;

// Blocks as the database keeps them.
class Store {
 public:
  void Apply(const BlockChanges& changes) {
    for (const auto& [id, change] : changes.blocks()) ASSERT_OK(Merge(change, &blocks_[id]));
  }
  Amounts ValueOn(int64_t division, absl::CivilDay day) const {
    Amounts amounts{};
    const auto ids = BlocksOf(division, day);
    for (size_t level = 0; level < ids.size(); ++level) {
      const auto found = blocks_.find(ids[level]);
      if (found == blocks_.end()) continue;
      EXPECT_OK(AddSlot(SlotOf(found->second, SlotsOf(day)[level]), &amounts));
    }
    return amounts;
  }
  const absl::flat_hash_map<BlockId, MeasureBlock>& blocks() const { return blocks_; }

 private:
  absl::flat_hash_map<BlockId, MeasureBlock> blocks_;
};

FactSpan RandomSpan(std::mt19937& random) {
  const auto below = [&](int limit) { return static_cast<int32_t>(random() % limit); };
  FactSpan span;
  // Days over 12 years, often the first and last of months and years.
  absl::CivilDay from = absl::CivilDay(2014, 1, 1) + below(12 * 365);
  if (below(3) == 0) from = absl::CivilDay(absl::CivilYear(from));
  if (below(3) == 0) from = absl::CivilDay(absl::CivilMonth(from)) - 1;
  span.set_from_day(DayNumber(from));
  span.set_to_day(below(2) == 0 ? kOpenDay : span.from_day() + 1 + below(900));
  span.set_division(500111001 + below(3));
  span.set_facility_type(static_cast<filing::v1::FacilityType>(1 + below(4)));
  span.set_places(below(5) * 20);
  span.set_inclusive(below(2) == 0);
  if (span.inclusive()) span.set_inclusive_places(span.places() / 2);
  return span;
}

// What the spans add up to in `division` on `day`, counted one by one.
Amounts Count(const std::vector<FactSpan>& spans, int64_t division, absl::CivilDay day) {
  Amounts sum{};
  for (const FactSpan& span : spans) {
    const auto path = DivisionPath(span.division(), kCity);
    if (std::find(path.begin(), path.end(), division) == path.end()) continue;
    if (DayNumber(day) < span.from_day()) continue;
    const Amounts amounts = AmountsOf(span);
    const bool ended = span.to_day() != kOpenDay && DayNumber(day) >= span.to_day();
    for (int i = 0; i < kMeasureCount; ++i) {
      if (!ended || i == kSpansStarted) sum[i] += amounts[i];
    }
  }
  return sum;
}

TEST(MeasureBlockTest, ValueOnAnyDayEqualsCountingOneByOne) {
  std::mt19937 random(20260302);
  for (int round = 0; round < 20; ++round) {
    Store store;
    std::vector<FactSpan> spans;
    for (int batch = 0; batch < 6; ++batch) {
      BlockChanges changes(kCity);
      for (int i = 0; i < 20; ++i) {
        spans.push_back(RandomSpan(random));
        changes.Add(spans.back(), +1);
        if (random() % 3 == 0) {
          const size_t gone = random() % spans.size();
          changes.Add(spans[gone], -1);
          spans.erase(spans.begin() + static_cast<int64_t>(gone));
        }
      }
      store.Apply(changes);
    }
    for (const int64_t division : {500111001, 500111002, 500111003, 500111, 500000}) {
      for (int i = 0; i < 60; ++i) {
        absl::CivilDay day = absl::CivilDay(2013, 1, 1) + static_cast<int>(random() % 5500);
        if (i % 4 == 0) day = absl::CivilDay(absl::CivilYear(day)) - 1;
        EXPECT_EQ(store.ValueOn(division, day), Count(spans, division, day)) << division << day;
      }
    }
  }
}

TEST(MeasureBlockTest, WhatIsTakenBackLeavesNoTrace) {
  std::mt19937 random(7);
  Store store;
  BlockChanges changes(kCity);
  std::vector<FactSpan> spans;
  for (int i = 0; i < 50; ++i) changes.Add(spans.emplace_back(RandomSpan(random)), +1);
  store.Apply(changes);
  BlockChanges back(kCity);
  for (const FactSpan& span : spans) back.Add(span, -1);
  store.Apply(back);
  for (const auto& [id, block] : store.blocks()) EXPECT_THAT(block.sums, IsEmpty()) << id;
}

TEST(MeasureBlockTest, AMemberAddsOneInItsTownDistrictAndCity) {
  Store store;
  BlockChanges changes(kCity);
  indicator::v1::MemberSpan span;
  span.set_from_day(DayNumber(absl::CivilDay(2024, 5, 1)));
  span.set_to_day(DayNumber(absl::CivilDay(2025, 2, 1)));
  span.set_division(500111001);
  span.set_measure(kCarersCertified);
  changes.Add(span, +1);
  span.set_measure(kCarers);
  span.set_from_day(span.to_day());
  span.set_to_day(kOpenDay);
  changes.Add(span, +1);
  store.Apply(changes);
  Amounts certified{};
  certified[kCarersCertified] = 1;
  Amounts not_certified{};
  not_certified[kCarers] = 1;
  for (const int64_t division : {500111001, 500111, 500000}) {
    EXPECT_EQ(store.ValueOn(division, absl::CivilDay(2024, 4, 30)), Amounts{}) << division;
    EXPECT_EQ(store.ValueOn(division, absl::CivilDay(2025, 1, 31)), certified) << division;
    EXPECT_EQ(store.ValueOn(division, absl::CivilDay(2025, 2, 1)), not_certified) << division;
  }
}

TEST(MeasureBlockTest, ThreeRowsHoldTheValueOfADay) {
  EXPECT_THAT(BlocksOf(500111001, absl::CivilDay(2024, 2, 29)),
              ElementsAre(500111001000000, 500111001202400, 500111001202402));
  EXPECT_EQ(DivisionOf(500111001202402), 500111001);
}

TEST(MeasureBlockTest, TownIsPartOfItsDistrictAndCity) {
  EXPECT_THAT(DivisionPath(500111121, kCity), ElementsAre(500111121, 500111, 500000));
}

TEST(MeasureBlockTest, EqualMeasuresAreEqualBytesHoweverTheyCameAbout) {
  std::mt19937 random(11);
  std::vector<FactSpan> spans;
  for (int i = 0; i < 40; ++i) spans.push_back(RandomSpan(random));
  Store at_once;
  BlockChanges all(kCity);
  for (const FactSpan& span : spans) all.Add(span, +1);
  at_once.Apply(all);
  Store one_by_one;
  for (size_t i = 0; i < 60; ++i) {
    // Some that are taken back later, in another order.
    BlockChanges some(kCity);
    const FactSpan passing = RandomSpan(random);
    some.Add(passing, +1);
    if (i < spans.size()) some.Add(spans[spans.size() - 1 - i], +1);
    one_by_one.Apply(some);
    BlockChanges back(kCity);
    back.Add(passing, -1);
    one_by_one.Apply(back);
  }
  for (const auto& [id, block] : one_by_one.blocks()) {
    const auto other = at_once.blocks().find(id);
    if (block.sums.empty()) {
      EXPECT_TRUE(other == at_once.blocks().end() || other->second.sums.empty()) << id;
      continue;
    }
    ASSERT_TRUE(other != at_once.blocks().end()) << id;
    EXPECT_EQ(block.sums, other->second.sums) << id;
    EXPECT_EQ(block.first_slot, other->second.first_slot) << id;
  }
}

TEST(MeasureBlockTest, WhatIsKeptOfABlockHasTheSumsOfEverySlot) {
  std::mt19937 random(12);
  Store store;
  BlockChanges changes(kCity);
  for (int i = 0; i < 40; ++i) changes.Add(RandomSpan(random), +1);
  store.Apply(changes);
  for (const auto& [id, block] : store.blocks()) {
    const std::string kept = KeptBytes(block);
    EXPECT_LT(kept.size(), std::max<size_t>(block.sums.size() / 4, 1)) << id;
    const auto slots = static_cast<int32_t>(block.sums.size() / kSlotBytes);
    for (int32_t slot = block.first_slot - 2; slot <= block.first_slot + slots + 2; ++slot) {
      Amounts whole{};
      Amounts of_kept{};
      ASSERT_OK(AddSlot(SlotOf(block, slot), &whole));
      ASSERT_OK(AddKeptSlot(kept, slot, &of_kept));
      EXPECT_EQ(of_kept, whole) << id << " " << slot;
    }
  }
}

TEST(MeasureBlockTest, BrokenKeptBlockIsAnError) {
  Amounts amounts{};
  EXPECT_THAT(AddKeptSlot("\xff", 1, &amounts), StatusIs(absl::StatusCode::kDataLoss));
  indicator::v1::KeptBlock block;
  block.add_slots()->set_slot(1);
  block.mutable_slots(0)->add_measures(kMeasureCount);
  EXPECT_THAT(AddKeptSlot(block.SerializeAsString(), 1, &amounts),
              StatusIs(absl::StatusCode::kDataLoss))
      << "no amount";
  block.mutable_slots(0)->add_amounts(1);
  EXPECT_THAT(AddKeptSlot(block.SerializeAsString(), 1, &amounts),
              StatusIs(absl::StatusCode::kDataLoss))
      << "no measure";
}

TEST(MeasureBlockTest, BrokenBlockIsAnError) {
  Amounts amounts{};
  EXPECT_THAT(AddSlot("short", &amounts), StatusIs(absl::StatusCode::kDataLoss));
  MeasureBlock block{3, "short"};
  EXPECT_THAT(Merge({{4, Amounts{}}}, &block), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace tuoyu::aggregator
