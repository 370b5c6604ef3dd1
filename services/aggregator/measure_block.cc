#include "services/aggregator/measure_block.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <vector>

#include "common/base/status.h"
#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;
using indicator::v1::KindergartenSpan;
using indicator::v1::MemberSpan;

constexpr int64_t kBlocksPerDivision = 1000000;
constexpr int64_t kFirstTown = 100000000;  // codes of towns have 9 digits

static_assert(std::endian::native == std::endian::little, "slots are stored little-endian");
static_assert(sizeof(Amounts) == kSlotBytes);

absl::Status Broken() { return absl::DataLossError("measure_block: not whole slots"); }
absl::Status BrokenKept() { return absl::DataLossError("measure_block_past: not a kept block"); }

void Accumulate(const Amounts& amounts, int sign, Amounts* sums) {
  for (int measure = 0; measure < kMeasureCount; ++measure) {
    (*sums)[measure] += sign * amounts[measure];
  }
}

// Takes off slots at the end that repeat the one before, and at the begin those that are 0 but for
// the one before the first change.
void Trim(std::vector<Amounts>* sums, int32_t* first_slot) {
  while (sums->size() > 1 && sums->back() == (*sums)[sums->size() - 2]) sums->pop_back();
  const auto begin = std::find_if(sums->begin(), sums->end(),
                                  [](const Amounts& amounts) { return amounts != Amounts{}; });
  if (begin == sums->end()) {
    sums->clear();
    *first_slot = 0;
    return;
  }
  const auto zeros = begin - sums->begin();
  sums->erase(sums->begin(), begin - 1);
  *first_slot += static_cast<int32_t>(zeros - 1);
}

}  // namespace

std::array<BlockId, 3> BlocksOf(int64_t division, absl::CivilDay day) {
  const BlockId years = division * kBlocksPerDivision;
  const BlockId year = years + day.year() * 100;
  return {years, year, year + day.month()};
}

std::array<int32_t, 3> SlotsOf(absl::CivilDay day) {
  return {static_cast<int32_t>(day.year()) - 1, day.month() - 1, day.day()};
}

int64_t DivisionOf(BlockId block) { return block / kBlocksPerDivision; }

int LevelOf(BlockId block) {
  if (block % kBlocksPerDivision == 0) return 0;
  return block % 100 == 0 ? 1 : 2;
}

std::array<int64_t, 3> DivisionPath(int64_t town, int64_t city) {
  return {town, town / 1000, city};
}

bool IsTown(int64_t division) { return division >= kFirstTown; }

std::pair<int64_t, int64_t> TownsOf(int64_t division, int64_t city) {
  if (IsTown(division)) return {division, division};
  if (division == city) return {kFirstTown, std::numeric_limits<int64_t>::max()};
  return {division * 1000, division * 1000 + 999};
}

void BlockChanges::Add(const FactSpan& span, int sign) {
  Amounts amounts = AmountsOf(span);
  const std::array<int64_t, 3> path = DivisionPath(span.division(), city_);
  for (const int64_t division : path) {
    AddOn(division, DayOfNumber(span.from_day()), amounts, sign);
  }
  if (span.to_day() == kOpenDay) return;
  amounts[kSpansStarted] = 0;
  for (const int64_t division : path) AddOn(division, DayOfNumber(span.to_day()), amounts, -sign);
}

void BlockChanges::Add(const MemberSpan& span, int sign) {
  Amounts amounts{};
  amounts[span.measure()] = 1;
  Amounts from_first_day = StartedWith(static_cast<Measure>(span.measure()));
  from_first_day[span.measure()] = 1;
  for (const int64_t division : DivisionPath(span.division(), city_)) {
    AddOn(division, DayOfNumber(span.from_day()), from_first_day, sign);
    if (span.to_day() != kOpenDay) {
      AddOn(division, DayOfNumber(span.to_day()), amounts, -sign);
    }
  }
}

void BlockChanges::Add(const KindergartenSpan& span, int sign) {
  Amounts amounts{};
  amounts[kKindergartensWithCare] = 1;
  AddOn(span.division(), DayOfNumber(span.from_day()), amounts, sign);
  if (span.to_day() != kOpenDay) {
    AddOn(span.division(), DayOfNumber(span.to_day()), amounts, -sign);
  }
}

void BlockChanges::AddOn(int64_t division, absl::CivilDay day, const Amounts& amounts, int sign) {
  const std::array<int32_t, 3> slots = {static_cast<int32_t>(day.year()), day.month(), day.day()};
  const std::array<BlockId, 3> ids = BlocksOf(division, day);
  for (size_t level = 0; level < ids.size(); ++level) {
    Accumulate(amounts, sign, &blocks_[ids[level]].try_emplace(slots[level]).first->second);
  }
}

absl::Status Merge(const SlotChanges& changes, MeasureBlock* block) {
  if (changes.empty()) return absl::OkStatus();
  if (block->sums.size() % kSlotBytes != 0) return Broken();
  std::vector<Amounts> old(block->sums.size() / kSlotBytes);
  if (!old.empty()) std::memcpy(old.data(), block->sums.data(), block->sums.size());
  int32_t first = changes.begin()->first - 1;
  int32_t last = changes.rbegin()->first;
  if (!old.empty()) {
    first = std::min(first, block->first_slot);
    last = std::max(last, block->first_slot + static_cast<int32_t>(old.size()) - 1);
  }
  std::vector<Amounts> sums(static_cast<size_t>(last - first) + 1);
  Amounts changed{};
  auto next = changes.begin();
  for (int32_t slot = first; slot <= last; ++slot) {
    for (; next != changes.end() && next->first <= slot; ++next) {
      Accumulate(next->second, +1, &changed);
    }
    Amounts& sum = sums[static_cast<size_t>(slot - first)];
    RETURN_IF_ERROR(AddSlot(SlotOf(*block, slot), &sum));
    Accumulate(changed, +1, &sum);
  }
  block->first_slot = first;
  Trim(&sums, &block->first_slot);
  block->sums.assign(reinterpret_cast<const char*>(sums.data()), sums.size() * kSlotBytes);
  return absl::OkStatus();
}

absl::string_view SlotOf(const MeasureBlock& block, int32_t slot) {
  const auto slots = static_cast<int64_t>(block.sums.size() / kSlotBytes);
  if (slots == 0) return "";
  const int64_t index = std::clamp<int64_t>(int64_t{slot} - block.first_slot, 0, slots - 1);
  return absl::string_view(block.sums).substr(static_cast<size_t>(index) * kSlotBytes, kSlotBytes);
}

absl::Status AddSlot(absl::string_view bytes, Amounts* amounts) {
  if (bytes.empty()) return absl::OkStatus();
  if (bytes.size() != kSlotBytes) return Broken();
  Amounts sums;
  std::memcpy(sums.data(), bytes.data(), kSlotBytes);
  Accumulate(sums, +1, amounts);
  return absl::OkStatus();
}

std::string KeptBytes(const MeasureBlock& block) {
  indicator::v1::KeptBlock kept;
  Amounts before{};
  const auto slots = static_cast<int32_t>(block.sums.size() / kSlotBytes);
  for (int32_t i = 0; i < slots; ++i) {
    Amounts sums;
    std::memcpy(sums.data(), block.sums.data() + static_cast<size_t>(i) * kSlotBytes, kSlotBytes);
    if (sums == before) continue;
    indicator::v1::SlotChange& change = *kept.add_slots();
    change.set_slot(block.first_slot + i);
    for (int measure = 0; measure < kMeasureCount; ++measure) {
      if (sums[measure] == before[measure]) continue;
      change.add_measures(measure);
      change.add_amounts(sums[measure] - before[measure]);
    }
    before = sums;
  }
  return kept.SerializeAsString();
}

absl::Status AddKeptSlot(const std::string& bytes, int32_t slot, Amounts* amounts) {
  indicator::v1::KeptBlock kept;
  if (!kept.ParseFromString(bytes)) return BrokenKept();
  for (const indicator::v1::SlotChange& change : kept.slots()) {
    if (change.slot() > slot) break;
    if (change.measures_size() != change.amounts_size()) return BrokenKept();
    for (int i = 0; i < change.measures_size(); ++i) {
      const int measure = change.measures(i);
      if (measure < 0 || measure >= kMeasureCount) return BrokenKept();
      (*amounts)[measure] += change.amounts(i);
    }
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
