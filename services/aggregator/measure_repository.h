#ifndef TUOYU_SERVICES_AGGREGATOR_MEASURE_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_MEASURE_REPOSITORY_H_

#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/aggregator/measure_block.h"

namespace tuoyu::aggregator {

// SQL of the generations and their measures, write side. Functions return the errors of
// db::Transaction.

// Generations: see schema/V0001.
struct AggregateState {
  int64_t serving = 0;  // 0: none is whole
  int64_t writing = 0;
  bool rebuilding() const { return serving != writing; }
};

// Where a generation stands in the registry's journal.
struct Cursor {
  int64_t generation = 0;
  int64_t sequence = 0;
  std::string hash;  // empty at sequence 0
  absl::optional<absl::Time> record_time;
  absl::optional<absl::Time> apply_time;
};

absl::StatusOr<AggregateState> ReadState(db::Transaction& transaction);
// Locks the row until the transaction ends.
absl::StatusOr<AggregateState> LockState(db::Transaction& transaction);
absl::Status StoreState(db::Transaction& transaction, const AggregateState& state);

// NOT_FOUND without such a generation.
absl::StatusOr<Cursor> ReadCursor(db::Transaction& transaction, int64_t generation);
absl::Status StoreCursor(db::Transaction& transaction, const Cursor& cursor);
// Begins a generation at sequence 0.
absl::Status InsertCursor(db::Transaction& transaction, int64_t generation);

// Adds the changes, by epoch, to the blocks; what a block held at the end of an earlier epoch is
// kept.
absl::Status AddToBlocks(db::Transaction& transaction, int64_t generation,
                         const absl::btree_map<int64_t, BlockChanges>& changes);

// A generation that neither serves nor is written, and still has rows; 0 when there is none.
absl::StatusOr<int64_t> RetiredGeneration(db::Transaction& transaction);
// Deletes at most `limit` rows of each table of a retired generation, and its cursor with the last
// of them. True when nothing is left.
absl::StatusOr<bool> DeleteSome(db::Transaction& transaction, int64_t generation, int limit);

// SHA-256 in lower-case hex over all measures of a generation in order of block, read in pieces:
// over the SHA-256 of each block that is not empty, which is over its id and first slot (decimal,
// each followed by a blank) and its bytes.
absl::StatusOr<std::string> DigestOfMeasures(db::Transaction& transaction, int64_t generation);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEASURE_REPOSITORY_H_
