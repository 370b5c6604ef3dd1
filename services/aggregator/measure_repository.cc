#include "services/aggregator/measure_repository.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"
#include "common/privacy/digest.h"
#include "services/aggregator/facility_facts.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;

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
constexpr char kSelectFacts[] =
    "SELECT facility, facts FROM facility_fact WHERE generation = ? AND facility IN (";
constexpr char kInsertFacts[] = "INSERT INTO facility_fact (generation, facility, facts) VALUES ";
constexpr char kOrReplaceFacts[] = " ON DUPLICATE KEY UPDATE facts = VALUES(facts)";
constexpr char kInsertSpans[] =
    "INSERT INTO facility_span (generation, known_from, facility, valid_from, valid_to, known_to, "
    "division, facility_type, places, inclusive, inclusive_places, kindergarten) VALUES ";
constexpr char kOrCloseSpans[] = " ON DUPLICATE KEY UPDATE known_to = VALUES(known_to)";
constexpr char kSelectKindergartens[] =
    "SELECT kindergarten, facts FROM kindergarten_fact WHERE generation = ? AND kindergarten IN (";
constexpr char kInsertKindergartens[] =
    "INSERT INTO kindergarten_fact (generation, kindergarten, facts) VALUES ";
constexpr char kInsertKindergartenSpans[] =
    "INSERT INTO kindergarten_span (generation, known_from, kindergarten, division, valid_from, "
    "valid_to, known_to) VALUES ";
constexpr char kSelectBlocks[] =
    "SELECT block, first_slot, sums, epoch FROM measure_block WHERE generation = ? AND block IN (";
constexpr char kInsertBlocks[] =
    "INSERT INTO measure_block (generation, block, epoch, first_slot, sums) VALUES ";
constexpr char kInsertPastBlocks[] =
    "INSERT INTO measure_block_past (generation, block, epoch, first_slot, sums) VALUES ";
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
constexpr char kDeleteBlocks[] = "DELETE FROM measure_block WHERE generation = ? LIMIT ?";
constexpr char kDeletePastBlocks[] = "DELETE FROM measure_block_past WHERE generation = ? LIMIT ?";
constexpr char kDeleteCursor[] = "DELETE FROM aggregate_cursor WHERE generation = ?";
constexpr char kSelectBlocksAfter[] =
    "SELECT block, first_slot, sums FROM measure_block WHERE generation = ? AND block > ? "
    "ORDER BY block LIMIT ?";
constexpr int kBlocksAtOnce = 500;

// Rows go in statements of these numbers of rows, largest first, so that few statements are
// prepared.
constexpr size_t kRowsPerStatement[] = {256, 64, 16, 4, 1};

absl::StatusOr<AggregateState> SelectState(db::Transaction& transaction, const char* sql) {
  AggregateState state;
  ASSIGN_OR_RETURN(const bool found, transaction.QueryOne(sql, {}, [&](const db::Row& row) {
    state = {row.Int(0), row.Int(1)};
  }));
  if (!found) return absl::InternalError("aggregate_state has no row");
  return state;
}

// Inserts `count` rows of `columns` parameters that `bind` appends.
absl::Status InsertRows(db::Transaction& transaction, absl::string_view insert,
                        absl::string_view or_update, size_t count, int columns,
                        absl::FunctionRef<void(size_t row, std::vector<db::Param>*)> bind) {
  std::vector<db::Param> params;
  for (size_t done = 0; done < count;) {
    const size_t rows = *std::find_if(std::begin(kRowsPerStatement), std::end(kRowsPerStatement),
                                      [&](size_t size) { return size <= count - done; });
    params.clear();
    for (size_t i = 0; i < rows; ++i) bind(done + i, &params);
    RETURN_IF_ERROR(transaction.ExecuteText(
        absl::StrCat(insert, db::PlaceholderRows(static_cast<int>(rows), columns), or_update),
        params));
    done += rows;
  }
  return absl::OkStatus();
}

// Runs "SELECT … IN (" for `keys` and calls `each` per row. The last key is repeated to fill up the
// list, again so that few statements are prepared.
absl::Status SelectIn(db::Transaction& transaction, absl::string_view select, int64_t generation,
                      const std::vector<db::Param>& keys,
                      absl::FunctionRef<absl::Status(const db::Row&)> each) {
  for (size_t done = 0; done < keys.size();) {
    const size_t left = keys.size() - done;
    size_t rows = kRowsPerStatement[0];
    for (const size_t size : kRowsPerStatement) {
      if (size >= left) rows = size;
    }
    std::vector<db::Param> params = {generation};
    for (size_t i = 0; i < rows; ++i) params.push_back(keys[done + std::min(i, left - 1)]);
    RETURN_IF_ERROR(transaction.QueryText(
        absl::StrCat(select, db::Placeholders(static_cast<int>(rows)), ")"), params, each));
    done += std::min(rows, left);
  }
  return absl::OkStatus();
}

// A block with the epoch in which it changed last; -1 when it is not stored.
struct StoredBlock {
  MeasureBlock block;
  int64_t epoch = -1;
};

absl::Status InsertBlocks(db::Transaction& transaction, int64_t generation,
                          absl::string_view insert, absl::string_view or_update,
                          const std::vector<std::pair<BlockId, StoredBlock>>& blocks) {
  return InsertRows(transaction, insert, or_update, blocks.size(), 5,
                    [&](size_t row, std::vector<db::Param>* params) {
                      const auto& [id, stored] = blocks[row];
                      params->emplace_back(generation);
                      params->emplace_back(id);
                      params->emplace_back(stored.epoch);
                      params->emplace_back(stored.block.first_slot);
                      params->emplace_back(db::Blob{stored.block.sums});
                    });
}

// Messages by a text key, both of facilities and of kindergartens.
template <typename Message>
absl::StatusOr<absl::flat_hash_map<std::string, Message>> LoadMessages(
    db::Transaction& transaction, absl::string_view select, int64_t generation,
    const std::vector<std::string>& ids) {
  absl::flat_hash_map<std::string, Message> messages;
  const std::vector<db::Param> keys(ids.begin(), ids.end());
  RETURN_IF_ERROR(
      SelectIn(transaction, select, generation, keys, [&](const db::Row& row) -> absl::Status {
        if (messages[row.String(0)].ParseFromString(row.String(1))) return absl::OkStatus();
        return absl::DataLossError(absl::StrCat(row.String(0), ": facts do not parse"));
      }));
  return messages;
}

template <typename Message>
absl::Status StoreMessages(db::Transaction& transaction, absl::string_view insert,
                           int64_t generation,
                           const absl::flat_hash_map<std::string, Message>& messages) {
  // In order, so that transactions lock rows in the same order.
  std::vector<std::pair<absl::string_view, std::string>> rows;
  rows.reserve(messages.size());
  for (const auto& [id, message] : messages) rows.emplace_back(id, message.SerializeAsString());
  std::sort(rows.begin(), rows.end());
  return InsertRows(transaction, insert, kOrReplaceFacts, rows.size(), 3,
                    [&](size_t row, std::vector<db::Param>* params) {
                      params->emplace_back(generation);
                      params->emplace_back(rows[row].first);
                      params->emplace_back(db::Blob{rows[row].second});
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

absl::StatusOr<FactsById> LoadFacts(db::Transaction& transaction, int64_t generation,
                                    const std::vector<std::string>& facilities) {
  return LoadMessages<indicator::v1::FacilityFacts>(transaction, kSelectFacts, generation,
                                                    facilities);
}

absl::StatusOr<KindergartensById> LoadKindergartens(db::Transaction& transaction,
                                                    int64_t generation,
                                                    const std::vector<std::string>& kindergartens) {
  return LoadMessages<indicator::v1::KindergartenFacts>(transaction, kSelectKindergartens,
                                                        generation, kindergartens);
}

absl::Status StoreFacts(db::Transaction& transaction, int64_t generation, const FactsById& facts) {
  return StoreMessages(transaction, kInsertFacts, generation, facts);
}

absl::Status StoreKindergartens(db::Transaction& transaction, int64_t generation,
                                const KindergartensById& facts) {
  return StoreMessages(transaction, kInsertKindergartens, generation, facts);
}

absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownSpan>& spans) {
  return InsertRows(transaction, kInsertSpans, kOrCloseSpans, spans.size(), 12,
                    [&](size_t row, std::vector<db::Param>* params) {
                      const FactSpan& span = spans[row].span;
                      params->emplace_back(generation);
                      params->emplace_back(span.known_from());
                      params->emplace_back(spans[row].facility);
                      params->emplace_back(DayOfNumber(span.from_day()));
                      params->emplace_back(DayOfNumber(span.to_day()));
                      params->emplace_back(spans[row].known_to);
                      params->emplace_back(span.division());
                      params->emplace_back(static_cast<int>(span.facility_type()));
                      params->emplace_back(span.places());
                      params->emplace_back(span.inclusive());
                      params->emplace_back(span.inclusive_places());
                      params->emplace_back(span.kindergarten());
                    });
}

absl::Status StoreSpans(db::Transaction& transaction, int64_t generation,
                        const std::vector<KnownKindergartenSpan>& spans) {
  return InsertRows(transaction, kInsertKindergartenSpans, kOrCloseSpans, spans.size(), 7,
                    [&](size_t row, std::vector<db::Param>* params) {
                      const indicator::v1::KindergartenSpan& span = spans[row].span;
                      params->emplace_back(generation);
                      params->emplace_back(span.known_from());
                      params->emplace_back(spans[row].kindergarten);
                      params->emplace_back(span.division());
                      params->emplace_back(DayOfNumber(span.from_day()));
                      params->emplace_back(DayOfNumber(span.to_day()));
                      params->emplace_back(spans[row].known_to);
                    });
}

absl::Status AddToBlocks(db::Transaction& transaction, int64_t generation,
                         const absl::btree_map<int64_t, BlockChanges>& changes) {
  absl::btree_map<BlockId, StoredBlock> blocks;
  for (const auto& [epoch, change] : changes) {
    for (const auto& [id, slots] : change.blocks()) blocks.try_emplace(id);
  }
  std::vector<db::Param> keys;
  for (const auto& [id, block] : blocks) keys.emplace_back(id);
  RETURN_IF_ERROR(SelectIn(transaction, kSelectBlocks, generation, keys, [&](const db::Row& row) {
    blocks[row.Int(0)] = {{static_cast<int32_t>(row.Int(1)), row.String(2)}, row.Int(3)};
    return absl::OkStatus();
  }));
  std::vector<std::pair<BlockId, StoredBlock>> past;
  for (const auto& [epoch, change] : changes) {
    for (const auto& [id, slots] : change.blocks()) {
      StoredBlock& stored = blocks.at(id);
      if (stored.epoch >= 0 && stored.epoch < epoch) past.emplace_back(id, stored);
      RETURN_IF_ERROR(Merge(slots, &stored.block));
      stored.epoch = epoch;
    }
  }
  std::sort(past.begin(), past.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first, a.second.epoch) < std::pair(b.first, b.second.epoch);
  });
  RETURN_IF_ERROR(InsertBlocks(transaction, generation, kInsertPastBlocks, "", past));
  return InsertBlocks(transaction, generation, kInsertBlocks, kOrReplaceBlocks,
                      {blocks.begin(), blocks.end()});
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
  for (const char* sql : {kDeleteFacts, kDeleteSpans, kDeleteKindergartens,
                          kDeleteKindergartenSpans, kDeleteBlocks, kDeletePastBlocks}) {
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
