#ifndef TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_
#define TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_

#include <array>
#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/aggregator/measures.h"
#include "tuoyu/indicator/v1/facts.pb.h"

namespace tuoyu::aggregator {

// Measures are kept as changes, in blocks of three levels per division:
//   the years block     a slot per year: all changes of the year
//   a year's block      a slot per month of it
//   a month's block     a slot per day of it
// so that the value on any day is the sum of three pieces - the years before, the months before in
// the year, the days so far in the month - and costs three rows, however many facilities there are.

// Row of a block: division * 1,000,000 + 0, year * 100, or year * 100 + month.
using BlockId = int64_t;

// The three blocks that hold the value of `division` on `day`: years, year, month.
std::array<BlockId, 3> BlocksOf(int64_t division, absl::CivilDay day);
int64_t DivisionOf(BlockId block);

// The divisions a town's measures are part of: the town or street itself (9 digits), its district
// (the first 6) and its city.
std::array<int64_t, 3> DivisionPath(int64_t town, int64_t city);

// Changes not yet written, by block and key (MeasureBlock.keys).
class BlockChanges {
 public:
  // `city`: code of the city that all divisions are part of.
  explicit BlockChanges(int64_t city) : city_(city) {}

  // Adds what `span` adds on its days, `sign` times (+1 it became known, -1 it is no longer true),
  // for its town, district and city.
  void Add(const indicator::v1::FactSpan& span, int sign);

  const absl::flat_hash_map<BlockId, absl::btree_map<uint32_t, int64_t>>& blocks() const {
    return blocks_;
  }

 private:
  void AddOn(int64_t town, absl::CivilDay day, const Amounts& amounts, int sign);

  const int64_t city_;
  absl::flat_hash_map<BlockId, absl::btree_map<uint32_t, int64_t>> blocks_;
};

// Adds `changes` to `block`; amounts that become 0 are left out.
void Merge(const absl::btree_map<uint32_t, int64_t>& changes, indicator::v1::MeasureBlock* block);

// Adds to `amounts` what the block `id` - one of BlocksOf(division, day) - holds of the value on
// `day`. DATA_LOSS when `bytes` is no MeasureBlock.
absl::Status AddValue(BlockId id, absl::string_view bytes, absl::CivilDay day, Amounts* amounts);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEASURE_BLOCK_H_
