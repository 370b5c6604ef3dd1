#include "services/aggregator/measure_repository.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/privacy/digest.h"

namespace tuoyu::aggregator {
namespace {

constexpr char kSelectState[] = "SELECT serving, writing FROM aggregate_state WHERE id = 1";
constexpr char kLockState[] =
    "SELECT serving, writing FROM aggregate_state WHERE id = 1 FOR UPDATE";
constexpr char kUpdateState[] = "UPDATE aggregate_state SET serving = ?, writing = ? WHERE id = 1";
constexpr char kSelectCursor[] =
    "SELECT sequence, hash, record_time, apply_time FROM aggregate_cursor WHERE generation = ?";
constexpr char kUpdateCursor[] =
    "UPDATE aggregate_cursor SET sequence = ?, hash = ?, record_time = ?, apply_time = ? "
    "WHERE generation = ?";
constexpr char kInsertCursor[] =
    "INSERT INTO aggregate_cursor (generation, sequence, hash) VALUES (?, 0, '')";
constexpr char kSelectBlocks[] =
    "SELECT block, first_slot, sums, epoch FROM measure_block WHERE generation = ? AND block IN (";
constexpr char kInsertBlocks[] =
    "INSERT INTO measure_block (generation, block, epoch, first_slot, sums) VALUES ";
constexpr char kInsertPastBlocks[] =
    "INSERT INTO measure_block_past (generation, block, epoch, changes) VALUES ";
constexpr char kOrReplaceBlocks[] =
    " ON DUPLICATE KEY UPDATE epoch = VALUES(epoch), first_slot = VALUES(first_slot), sums = "
    "VALUES(sums)";
constexpr char kSelectRetired[] =
    "SELECT c.generation FROM aggregate_cursor c JOIN aggregate_state s ON s.id = 1 "
    "WHERE c.generation <> s.serving AND c.generation <> s.writing ORDER BY c.generation LIMIT 1";
constexpr char kDeleteFacts[] = "DELETE FROM facility_fact WHERE generation = ? LIMIT ?";
constexpr char kDeleteSpans[] = "DELETE FROM facility_span WHERE generation = ? LIMIT ?";
constexpr char kDeleteKindergartens[] =
    "DELETE FROM kindergarten_fact WHERE generation = ? LIMIT ?";
constexpr char kDeleteKindergartenSpans[] =
    "DELETE FROM kindergarten_span WHERE generation = ? LIMIT ?";
constexpr char kDeleteMembers[] = "DELETE FROM member_fact WHERE generation = ? LIMIT ?";
constexpr char kDeleteMemberSpans[] = "DELETE FROM member_span WHERE generation = ? LIMIT ?";
constexpr char kDeleteBlocks[] = "DELETE FROM measure_block WHERE generation = ? LIMIT ?";
constexpr char kDeletePastBlocks[] = "DELETE FROM measure_block_past WHERE generation = ? LIMIT ?";
constexpr char kDeleteEntries[] = "DELETE FROM registry_entry WHERE generation = ? LIMIT ?";
constexpr char kDeleteCursor[] = "DELETE FROM aggregate_cursor WHERE generation = ?";
constexpr char kSelectBlocksAfter[] =
    "SELECT block, first_slot, sums FROM measure_block WHERE generation = ? AND block > ? "
    "ORDER BY block LIMIT ?";
constexpr int kBlocksAtOnce = 500;

absl::StatusOr<AggregateState> SelectState(db::Transaction& transaction, const char* sql) {
  AggregateState state;
  ASSIGN_OR_RETURN(const bool found, transaction.QueryOne(sql, {}, [&](const db::Row& row) {
    state = {row.Int(0), row.Int(1)};
  }));
  if (!found) return absl::InternalError("aggregate_state has no row");
  return state;
}

// A block with the epoch in which it changed last; -1 when it is not stored.
struct StoredBlock {
  MeasureBlock block;
  int64_t epoch = -1;
};

absl::Status InsertBlocks(db::Transaction& transaction, int64_t generation,
                          const std::vector<std::pair<BlockId, StoredBlock>>& blocks) {
  return db::InsertRows(transaction, kInsertBlocks, kOrReplaceBlocks, blocks.size(), 5,
                        [&](size_t row, std::vector<db::Param>* params) {
                          const auto& [id, stored] = blocks[row];
                          params->emplace_back(generation);
                          params->emplace_back(id);
                          params->emplace_back(stored.epoch);
                          params->emplace_back(stored.block.first_slot);
                          params->emplace_back(db::Blob{stored.block.sums});
                        });
}

// What a block held at the end of an epoch.
struct PastBlock {
  BlockId id;
  int64_t epoch;
  std::string bytes;  // see KeptBytes
};

absl::Status InsertPastBlocks(db::Transaction& transaction, int64_t generation,
                              const std::vector<PastBlock>& blocks) {
  return db::InsertRows(transaction, kInsertPastBlocks, "", blocks.size(), 4,
                        [&](size_t row, std::vector<db::Param>* params) {
                          const PastBlock& past = blocks[row];
                          params->emplace_back(generation);
                          params->emplace_back(past.id);
                          params->emplace_back(past.epoch);
                          params->emplace_back(db::Blob{past.bytes});
                        });
}

}  // namespace

absl::StatusOr<AggregateState> ReadState(db::Transaction& transaction) {
  return SelectState(transaction, kSelectState);
}

absl::StatusOr<AggregateState> LockState(db::Transaction& transaction) {
  return SelectState(transaction, kLockState);
}

absl::Status StoreState(db::Transaction& transaction, const AggregateState& state) {
  return transaction.Execute(kUpdateState, {state.serving, state.writing});
}

absl::StatusOr<Cursor> ReadCursor(db::Transaction& transaction, int64_t generation) {
  Cursor cursor;
  ASSIGN_OR_RETURN(
      const bool found, transaction.QueryOne(kSelectCursor, {generation}, [&](const db::Row& row) {
        cursor = {generation, row.Int(0), row.String(1), row.OptionalTime(2), row.OptionalTime(3)};
      }));
  if (!found) return absl::NotFoundError(absl::StrCat("generation ", generation));
  return cursor;
}

absl::Status StoreCursor(db::Transaction& transaction, const Cursor& cursor) {
  return transaction.Execute(
      kUpdateCursor, {cursor.sequence, db::Blob{cursor.hash}, cursor.record_time, cursor.apply_time,
                      cursor.generation});
}

absl::Status InsertCursor(db::Transaction& transaction, int64_t generation) {
  return transaction.Execute(kInsertCursor, {generation});
}

absl::Status AddToBlocks(db::Transaction& transaction, int64_t generation,
                         const absl::btree_map<int64_t, BlockChanges>& changes) {
  absl::btree_map<BlockId, StoredBlock> blocks;
  for (const auto& [epoch, change] : changes) {
    for (const auto& [id, slots] : change.blocks()) blocks.try_emplace(id);
  }
  std::vector<db::Param> keys;
  for (const auto& [id, block] : blocks) keys.emplace_back(id);
  RETURN_IF_ERROR(db::SelectIn(
      transaction, kSelectBlocks, "", {generation}, keys, 1,
      [&](const db::Row& row) -> absl::Status {
        blocks[row.Int(0)] = {{static_cast<int32_t>(row.Int(1)), row.String(2)}, row.Int(3)};
        return absl::OkStatus();
      }));
  std::vector<PastBlock> past;
  for (const auto& [epoch, change] : changes) {
    for (const auto& [id, slots] : change.blocks()) {
      StoredBlock& stored = blocks.at(id);
      if (stored.epoch >= 0 && stored.epoch < epoch) {
        past.push_back({id, stored.epoch, KeptBytes(stored.block)});
      }
      RETURN_IF_ERROR(Merge(slots, &stored.block));
      stored.epoch = epoch;
    }
  }
  std::sort(past.begin(), past.end(), [](const PastBlock& a, const PastBlock& b) {
    return std::pair(a.id, a.epoch) < std::pair(b.id, b.epoch);
  });
  RETURN_IF_ERROR(InsertPastBlocks(transaction, generation, past));
  return InsertBlocks(transaction, generation, {blocks.begin(), blocks.end()});
}

absl::StatusOr<int64_t> RetiredGeneration(db::Transaction& transaction) {
  int64_t generation = 0;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kSelectRetired, {},
                                        [&](const db::Row& row) { generation = row.Int(0); }));
  return found ? generation : 0;
}

absl::StatusOr<bool> DeleteSome(db::Transaction& transaction, int64_t generation, int limit) {
  bool more = false;
  for (const char* sql :
       {kDeleteFacts, kDeleteSpans, kDeleteKindergartens, kDeleteKindergartenSpans, kDeleteMembers,
        kDeleteMemberSpans, kDeleteEntries, kDeleteBlocks, kDeletePastBlocks}) {
    int64_t deleted = 0;
    RETURN_IF_ERROR(transaction.Execute(sql, {generation, limit}, &deleted));
    more = more || deleted == limit;
  }
  if (!more) RETURN_IF_ERROR(transaction.Execute(kDeleteCursor, {generation}));
  return !more;
}

absl::StatusOr<std::string> DigestOfMeasures(db::Transaction& transaction, int64_t generation) {
  std::string digests;
  BlockId last = 0;
  for (int rows = kBlocksAtOnce; rows == kBlocksAtOnce;) {
    rows = 0;
    RETURN_IF_ERROR(transaction.Query(
        kSelectBlocksAfter, {generation, last, kBlocksAtOnce}, [&](const db::Row& row) {
          ++rows;
          last = row.Int(0);
          const std::string sums = row.String(2);
          if (sums.empty()) return absl::OkStatus();
          digests += privacy::Sha256(absl::StrCat(last, " ", row.Int(1), " ", sums));
          return absl::OkStatus();
        }));
  }
  return privacy::Sha256Hex(digests);
}

}  // namespace tuoyu::aggregator
