#include "services/aggregator/measure_block.h"

#include "absl/strings/str_cat.h"
#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;
using indicator::v1::MeasureBlock;

constexpr int64_t kBlocksPerDivision = 1000000;
constexpr uint32_t kMeasuresPerSlot = 16;

uint32_t SlotKey(int64_t slot) { return static_cast<uint32_t>(slot) * kMeasuresPerSlot; }

// The first slot of block `id` that lies after `day`, or after its year or month: what is before
// counts.
int64_t EndSlot(BlockId id, absl::CivilDay day) {
  const int64_t period = id % kBlocksPerDivision;
  if (period == 0) return day.year();
  return period % 100 == 0 ? day.month() : day.day() + 1;
}

}  // namespace

std::array<BlockId, 3> BlocksOf(int64_t division, absl::CivilDay day) {
  const BlockId years = division * kBlocksPerDivision;
  const BlockId year = years + day.year() * 100;
  return {years, year, year + day.month()};
}

int64_t DivisionOf(BlockId block) { return block / kBlocksPerDivision; }

std::array<int64_t, 3> DivisionPath(int64_t town, int64_t city) {
  return {town, town / 1000, city};
}

void BlockChanges::Add(const FactSpan& span, int sign) {
  Amounts amounts = AmountsOf(span);
  AddOn(span.division(), DayOfNumber(span.from_day()), amounts, sign);
  if (span.to_day() == kOpenDay) return;
  amounts[kSpansStarted] = 0;
  AddOn(span.division(), DayOfNumber(span.to_day()), amounts, -sign);
}

void BlockChanges::AddOn(int64_t town, absl::CivilDay day, const Amounts& amounts, int sign) {
  for (const int64_t division : DivisionPath(town, city_)) {
    const std::array<BlockId, 3> ids = BlocksOf(division, day);
    const std::array<uint32_t, 3> keys = {SlotKey(day.year()), SlotKey(day.month()),
                                          SlotKey(day.day())};
    for (size_t level = 0; level < ids.size(); ++level) {
      absl::btree_map<uint32_t, int64_t>& block = blocks_[ids[level]];
      for (uint32_t measure = 0; measure < kMeasureCount; ++measure) {
        if (amounts[measure] != 0) block[keys[level] + measure] += sign * amounts[measure];
      }
    }
  }
}

void Merge(const absl::btree_map<uint32_t, int64_t>& changes, MeasureBlock* block) {
  absl::btree_map<uint32_t, int64_t> merged;
  for (int i = 0; i < block->keys_size(); ++i) {
    merged.emplace_hint(merged.end(), block->keys(i), block->amounts(i));
  }
  for (const auto& [key, change] : changes) merged[key] += change;
  block->Clear();
  for (const auto& [key, amount] : merged) {
    if (amount == 0) continue;
    block->add_keys(key);
    block->add_amounts(amount);
  }
}

absl::Status AddValue(BlockId id, absl::string_view bytes, absl::CivilDay day, Amounts* amounts) {
  MeasureBlock block;
  if (!block.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ||
      block.keys_size() != block.amounts_size()) {
    return absl::DataLossError(absl::StrCat("measure block ", id, " does not parse"));
  }
  const uint32_t end = SlotKey(EndSlot(id, day));
  for (int i = 0; i < block.keys_size() && block.keys(i) < end; ++i) {
    const uint32_t measure = block.keys(i) % kMeasuresPerSlot;
    if (measure < kMeasureCount) (*amounts)[measure] += block.amounts(i);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
