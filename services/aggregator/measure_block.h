#ifndef TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_
#define TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/aggregator/measures.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// Measures are kept as running sums of their changes, in blocks of three levels per division:
//   the years block     a slot per year: all changes of the years up to and with it
//   a year's block      a slot per month of it
//   a month's block     a slot per day of it
// so that the value on any day is the sum of three slots - the year before, the month before, the
// day -, read from three rows, however many facilities there are.

// Row of a block: division * 1,000,000 + 0, year * 100, or year * 100 + month.
using BlockId = int64_t;

// The three blocks that hold the value of `division` on `day`: years, year, month.
std::array<BlockId, 3> BlocksOf(int64_t division, absl::CivilDay day);
// The slots of these whose sums make the value: the year before, the month before, the day.
std::array<int32_t, 3> SlotsOf(absl::CivilDay day);
int64_t DivisionOf(BlockId block);
// Its place among BlocksOf and SlotsOf.
int LevelOf(BlockId block);

// The divisions a town's measures are part of: the town or street itself (9 digits), its district
// (the first 6) and its city.
std::array<int64_t, 3> DivisionPath(int64_t town, int64_t city);
// Whether the division is a town or street.
bool IsTown(int64_t division);
// The first and the last code that towns and streets of a division may have: all, for the city.
std::pair<int64_t, int64_t> TownsOf(int64_t division, int64_t city);

// Entries of the journal an epoch is long. The contents a block had at the end of an epoch stay
// when it changes in a later one, so that what was known at any entry is at most half an epoch away
// from stored sums: the number bounds what looking back costs.
inline constexpr int64_t kEpochEntries = 512;

// The epoch that a journal entry is in, from 0.
inline int64_t EpochOf(int64_t sequence) { return (sequence - 1) / kEpochEntries; }

// Changes within a block, by slot.
using SlotChanges = absl::btree_map<int32_t, Amounts>;

// Changes not yet written, by block.
class BlockChanges {
 public:
  // `city`: code of the city that all divisions are part of.
  explicit BlockChanges(int64_t city) : city_(city) {}

  // Adds what `span` adds on its days, `sign` times (+1 it became known, -1 it is no longer true),
  // for its town, district and city.
  void Add(const indicator::v1::FactSpan& span, int sign);
  // The same of a member of a facility, which adds 1.
  void Add(const indicator::v1::MemberSpan& span, int sign);
  // The same of a kindergarten, for the division of the span only.
  void Add(const indicator::v1::KindergartenSpan& span, int sign);

  const absl::flat_hash_map<BlockId, SlotChanges>& blocks() const { return blocks_; }

 private:
  void AddOn(int64_t division, absl::CivilDay day, const Amounts& amounts, int sign);

  const int64_t city_;
  absl::flat_hash_map<BlockId, SlotChanges> blocks_;
};

// Bytes of the sums of one slot: a 64-bit little-endian number per measure.
inline constexpr int kSlotBytes = 8 * kMeasureCount;

// A block as stored. The first slot's sums are 0 and stand for all slots before, the last slot's
// for all after; no other slots at the ends repeat their neighbour, so that equal measures are equal
// bytes. Empty when all sums are 0.
struct MeasureBlock {
  int32_t first_slot = 0;
  std::string sums;  // kSlotBytes per slot
};

// Adds `changes` to `block`. DATA_LOSS when its bytes are not whole slots.
absl::Status Merge(const SlotChanges& changes, MeasureBlock* block);

// The bytes of the slot that holds the sums of `slot`; none for an empty block.
absl::string_view SlotOf(const MeasureBlock& block, int32_t slot);

// Adds the sums of one slot, as SlotOf returns them, to `amounts`. DATA_LOSS when `bytes` is no
// slot.
absl::Status AddSlot(absl::string_view bytes, Amounts* amounts);

// A block as a KeptBlock, which takes a tenth of its bytes or less, but of which no slot can be read without those before.
std::string KeptBytes(const MeasureBlock& block);
// Adds the sums of a slot of what KeptBytes made. DATA_LOSS when `bytes` is no KeptBlock.
absl::Status AddKeptSlot(const std::string& bytes, int32_t slot, Amounts* amounts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_
