#include "services/aggregator/evidence_repository.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "common/base/status.h"
#include "common/db/sql_text.h"
#include "services/aggregator/facility_facts.h"
#include "services/aggregator/fact_batch.h"
#include "services/aggregator/measure_block.h"
#include "services/aggregator/measure_repository.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::FactSpan;

// The two first tables have one row each, read before the blocks are looked up by primary key. Of
// each block only the slot asked for leaves the server, kSlot with kSlotBytes put in: MeasureBlock
// says which it is. kPosition, kSlot and kFromBlocks come before the list of blocks, kOfState after.
constexpr char kPosition[] = "SELECT s.serving, c.sequence, c.record_time, c.apply_time, b.block, ";
constexpr char kSlot[] =
    "SUBSTRING(b.sums, 1 + $0 * GREATEST(0, LEAST(LENGTH(b.sums) DIV $0 - 1, "
    "CASE WHEN b.block % 1000000 = 0 THEN ? WHEN b.block % 100 = 0 THEN ? ELSE ? END "
    "- b.first_slot)), $0)";
constexpr char kFromBlocks[] =
    " FROM aggregate_state s "
    "LEFT JOIN aggregate_cursor c ON c.generation = s.serving "
    "LEFT JOIN measure_block b ON b.generation = s.serving AND b.block IN (";
constexpr char kOfState[] = ") WHERE s.id = 1";

// Blocks as they were at the end of an epoch: those that did not change since, where kSlot follows "SELECT b.block, ", and
// of the others the newest contents kept.
constexpr char kUnchangedSince[] =
    " FROM measure_block b WHERE b.generation = ? AND b.epoch <= ? AND b.block IN (";
constexpr char kKeptUntil[] =
    "(SELECT block, changes FROM measure_block_past WHERE generation = ? AND block = ? AND "
    "epoch <= ? ORDER BY epoch DESC LIMIT 1)";

// Sums by town and by what decides the measures of the spans that began to be known between two
// entries, and with a minus of those that ended to be; the last column counts spans that began on or
// before the day, ended or not.
constexpr char kSpanChanges[] =
    "SELECT division, facility_type, inclusive, places > 0, SUM(IF(valid_to > ?, places, 0)), "
    "SUM(IF(valid_to > ?, inclusive_places, 0)), SUM(valid_to > ?), COUNT(*), $0 "
    "FROM facility_span FORCE INDEX ($1) WHERE generation = ? AND $2 > ? AND $2 <= ? "
    "AND valid_from <= ? GROUP BY division, facility_type, inclusive, places > 0";
constexpr char kKindergartenChanges[] =
    "SELECT division, SUM(valid_to > ?), $0 FROM kindergarten_span FORCE INDEX ($1) "
    "WHERE generation = ? AND $2 > ? AND $2 <= ? AND valid_from <= ? GROUP BY division";
constexpr char kMemberChanges[] =
    "SELECT division, measure, SUM(valid_to > ?), COUNT(*), $0 FROM member_span FORCE INDEX ($1) "
    "WHERE generation = ? AND $2 > ? AND $2 <= ? AND valid_from <= ? GROUP BY division, measure";

std::string WithSlotBytes(const char* format) { return absl::Substitute(format, kSlotBytes); }

// "… UNION ALL …": changes by what began to be known and by what ended to be.
std::string Changes(const char* format, const char* known_to_index) {
  return absl::StrCat(absl::Substitute(format, 1, "PRIMARY", "known_from"), " UNION ALL ",
                      absl::Substitute(format, -1, known_to_index, "known_to"));
}

// Adds a row of kSpanChanges, `direction` times, to the divisions asked for.
void AddSpans(const db::Row& row, int direction, int64_t city, RegistryValues* values) {
  FactSpan kind;
  kind.set_facility_type(static_cast<filing::v1::FacilityType>(row.Int(1)));
  kind.set_inclusive(row.Bool(2));
  kind.set_places(row.Bool(3) ? 1 : 0);
  kind.set_inclusive_places(1);
  // What one span of this kind with one place adds, times what the rows add up to.
  Amounts amounts = AmountsOf(kind);
  for (int measure = 0; measure < kMeasureCount; ++measure) {
    int64_t factor = row.Int(6);
    if (measure <= kPlacesHomeBased) factor = row.Int(4);
    if (measure == kInclusivePlaces) factor = row.Int(5);
    if (measure == kSpansStarted) factor = row.Int(7);
    amounts[measure] *= direction * row.Int(8) * factor;
  }
  for (const int64_t division : DivisionPath(row.Int(0), city)) {
    const auto found = values->by_division.find(division);
    if (found == values->by_division.end()) continue;
    for (int measure = 0; measure < kMeasureCount; ++measure) {
      found->second[measure] += amounts[measure];
    }
  }
}

// The parameters of Changes: `days` times the day, then what changed after entry `first` up to entry
// `last` and counts on the day.
std::vector<db::Param> ChangesParams(int days, absl::CivilDay day, int64_t generation,
                                     int64_t first, int64_t last) {
  std::vector<db::Param> params;
  for (int half = 0; half < 2; ++half) {
    for (int i = 0; i < days; ++i) params.emplace_back(day);
    for (const int64_t number : {generation, first, last}) params.emplace_back(number);
    params.emplace_back(day);
  }
  return params;
}

// Adds to one measure of the division, when it was asked for.
void AddTo(int64_t division, int measure, int64_t amount, RegistryValues* values) {
  const auto found = values->by_division.find(division);
  if (found != values->by_division.end()) found->second[measure] += amount;
}

// Adds, `direction` times, what became known after entry `first` up to entry `last`.
absl::Status AddChanges(db::Transaction& transaction, absl::CivilDay day, int64_t first,
                        int64_t last, int direction, int64_t city, RegistryValues* values) {
  static const std::string* const kOfSpans =
      new std::string(Changes(kSpanChanges, "facility_span_known_to"));
  static const std::string* const kOfKindergartens =
      new std::string(Changes(kKindergartenChanges, "kindergarten_span_known_to"));
  static const std::string* const kOfMembers =
      new std::string(Changes(kMemberChanges, "member_span_known_to"));
  RETURN_IF_ERROR(transaction.QueryText(
      *kOfSpans, ChangesParams(3, day, values->generation, first, last), [&](const db::Row& row) {
        AddSpans(row, direction, city, values);
        return absl::OkStatus();
      }));
  const std::vector<db::Param> params = ChangesParams(1, day, values->generation, first, last);
  RETURN_IF_ERROR(transaction.QueryText(*kOfKindergartens, params, [&](const db::Row& row) {
    AddTo(row.Int(0), kKindergartensWithCare, direction * row.Int(1) * row.Int(2), values);
    return absl::OkStatus();
  }));
  return transaction.QueryText(*kOfMembers, params, [&](const db::Row& row) {
    const auto measure = static_cast<Measure>(row.Int(1));
    const int64_t sign = direction * row.Int(4);
    const Amounts started = StartedWith(measure);
    for (const int64_t division : DivisionPath(row.Int(0), city)) {
      AddTo(division, measure, sign * row.Int(2), values);
      for (const Measure ever : {kChildrenStarted, kManagedStarted}) {
        AddTo(division, ever, sign * started[ever] * row.Int(3), values);
      }
    }
    return absl::OkStatus();
  });
}

// Puts what the blocks held at the end of `epoch` in the place of the values; before epoch 0 all is
// 0.
absl::Status ReadBlocksAt(db::Transaction& transaction, absl::CivilDay day, int64_t epoch,
                          RegistryValues* values) {
  static const std::string* const kSelect =
      new std::string(absl::StrCat("SELECT b.block, ", WithSlotBytes(kSlot)));
  absl::flat_hash_set<BlockId> missing;
  for (auto& [division, amounts] : values->by_division) {
    amounts.fill(0);
    for (const BlockId id : BlocksOf(division, day)) missing.insert(id);
  }
  if (epoch < 0) return absl::OkStatus();
  const std::array<int32_t, 3> slots = SlotsOf(day);
  std::vector<db::Param> params(slots.begin(), slots.end());
  params.emplace_back(values->generation);
  params.emplace_back(epoch);
  for (const BlockId id : missing) params.emplace_back(id);
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(*kSelect, kUnchangedSince, db::Placeholders(static_cast<int>(missing.size())),
                   ")"),
      params, [&](const db::Row& row) {
        missing.erase(row.Int(0));
        return AddSlot(row.String(1), &values->by_division.at(DivisionOf(row.Int(0))));
      }));
  if (missing.empty()) return absl::OkStatus();
  params.clear();
  std::string sql;
  for (const BlockId id : missing) {
    absl::StrAppend(&sql, sql.empty() ? "" : " UNION ALL ", kKeptUntil);
    for (const int64_t number : {values->generation, id, epoch}) params.emplace_back(number);
  }
  return transaction.QueryText(sql, params, [&](const db::Row& row) {
    const BlockId id = row.Int(0);
    return AddKeptSlot(row.String(1), slots[static_cast<size_t>(LevelOf(id))],
                       &values->by_division.at(DivisionOf(id)));
  });
}

}  // namespace

std::string ReadValuesSql(size_t divisions) {
  static const std::string* const kSelectSlots =
      new std::string(absl::StrCat(kPosition, WithSlotBytes(kSlot), kFromBlocks));
  return absl::StrCat(*kSelectSlots, db::Placeholders(static_cast<int>(3 * divisions)), kOfState);
}

absl::StatusOr<RegistryValues> ReadValues(db::Transaction& transaction,
                                          const std::vector<int64_t>& divisions,
                                          absl::CivilDay day) {
  const std::array<int32_t, 3> slots = SlotsOf(day);
  std::vector<db::Param> params(slots.begin(), slots.end());
  RegistryValues values;
  for (const int64_t division : divisions) {
    values.by_division.emplace(division, Amounts{});
    for (const BlockId id : BlocksOf(division, day)) params.emplace_back(id);
  }
  const std::string sql = ReadValuesSql(divisions.size());
  RETURN_IF_ERROR(transaction.QueryText(sql, params, [&](const db::Row& row) -> absl::Status {
    values.generation = row.Int(0);
    values.sequence = row.Int(1);
    values.record_time = row.OptionalTime(2);
    values.apply_time = row.OptionalTime(3);
    if (row.IsNull(4)) return absl::OkStatus();
    return AddSlot(row.String(5), &values.by_division[DivisionOf(row.Int(4))]);
  }));
  return values;
}

absl::StatusOr<RegistryValues> ReadValuesKnownAt(db::Transaction& transaction,
                                                 const std::vector<int64_t>& divisions,
                                                 int64_t city, absl::CivilDay day,
                                                 int64_t sequence) {
  ASSIGN_OR_RETURN(RegistryValues values, ReadValues(transaction, divisions, day));
  if (values.generation == 0 || sequence >= values.sequence) return values;
  const int64_t applied = values.sequence;
  const int64_t epoch = EpochOf(sequence);
  const int64_t begin = epoch * kEpochEntries;  // the last entry of the epoch before
  const int64_t end = std::min(begin + kEpochEntries, applied);
  if (sequence - begin <= end - sequence) {
    RETURN_IF_ERROR(ReadBlocksAt(transaction, day, epoch - 1, &values));
    RETURN_IF_ERROR(AddChanges(transaction, day, begin, sequence, +1, city, &values));
  } else {
    if (end < applied) RETURN_IF_ERROR(ReadBlocksAt(transaction, day, epoch, &values));
    RETURN_IF_ERROR(AddChanges(transaction, day, sequence, end, -1, city, &values));
  }
  values.sequence = sequence;
  values.record_time.reset();
  values.apply_time.reset();
  return values;
}

}  // namespace tuoyu::aggregator
