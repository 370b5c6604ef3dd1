#include "services/aggregator/evidence_repository.h"

#include <algorithm>
#include <limits>

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

// Blocks as they were at the end of an epoch: those that did not change since, and of the others
// the newest contents kept. kSlot follows "SELECT b.block, ".
constexpr char kUnchangedSince[] =
    " FROM measure_block b WHERE b.generation = ? AND b.epoch <= ? AND b.block IN (";
constexpr char kKeptUntil[] =
    " FROM measure_block_past b WHERE b.generation = ? AND b.block = ? AND b.epoch <= ? "
    "ORDER BY b.epoch DESC LIMIT 1)";

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

// One of the three indexes follows, then kOfScope.
constexpr char kSelectMembers[] =
    "SELECT facility, division, places, inclusive_places, valid_from, 1 FROM facility_span s "
    "FORCE INDEX ";
// The same of sites of kindergartens, with whether it is the first of its kindergarten's.
constexpr char kSelectSites[] =
    "SELECT facility, division, places, inclusive_places, valid_from, NOT EXISTS (SELECT 1 "
    "FROM facility_span o FORCE INDEX (facility_span_kindergarten) WHERE "
    "o.generation = s.generation AND o.kindergarten = s.kindergarten AND "
    "o.facility < s.facility AND o.known_from <= ? AND o.known_to > ? AND o.valid_from <= ? AND "
    "o.valid_to > ? AND o.division BETWEEN ? AND ? AND o.places > 0) FROM facility_span s "
    "FORCE INDEX ";
constexpr char kOfType[] = "(facility_span_type) WHERE facility_type = ?";
constexpr char kOfInclusive[] = "(facility_span_inclusive) WHERE inclusive = ?";
constexpr char kOfTown[] = "(facility_span_division) WHERE division = ?";
constexpr char kOfScope[] =
    " AND generation = ? AND facility > ? AND known_from <= ? AND known_to > ? AND valid_from <= ? "
    "AND valid_to > ? AND division BETWEEN ? AND ? AND facility_type BETWEEN ? AND ? AND "
    "inclusive >= ? AND places >= ? ORDER BY facility LIMIT ?";

constexpr int64_t kFirstTown = 100000000;  // codes of towns have 9 digits

bool IsTown(int64_t division) { return division >= kFirstTown; }

// The towns of a division: all, for the city.
std::pair<int64_t, int64_t> TownsOf(int64_t division, int64_t city) {
  if (IsTown(division)) return {division, division};
  if (division == city) return {kFirstTown, std::numeric_limits<int64_t>::max()};
  return {division * 1000, division * 1000 + 999};
}

// Which facilities count for a measure.
struct Filter {
  int first_type = filing::v1::FACILITY_TYPE_UNSPECIFIED;
  int last_type = filing::v1::FACILITY_TYPE_HOME_BASED;
  bool inclusive = false;
  int least_places = 0;
};

Filter FilterOf(Measure measure) {
  Filter filter;
  if (measure == kInclusivePlaces || measure == kInclusiveFacilities) {
    filter.inclusive = true;
    return filter;
  }
  if (measure == kKindergartensWithCare || measure == kKindergartenSites) {
    filter.least_places = 1;
    measure = kFacilitiesKindergarten;
  }
  const int type =
      measure < kFacilitiesOrdinary ? measure - kPlacesOrdinary : measure - kFacilitiesOrdinary;
  filter.first_type = filter.last_type = filing::v1::FACILITY_TYPE_ORDINARY + type;
  return filter;
}

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

// Adds, `direction` times, what became known after entry `first` up to entry `last`.
absl::Status AddChanges(db::Transaction& transaction, absl::CivilDay day, int64_t first,
                        int64_t last, int direction, int64_t city, RegistryValues* values) {
  static const std::string* const kOfSpans =
      new std::string(Changes(kSpanChanges, "facility_span_known_to"));
  static const std::string* const kOfKindergartens =
      new std::string(Changes(kKindergartenChanges, "kindergarten_span_known_to"));
  std::vector<db::Param> params;
  for (int half = 0; half < 2; ++half) {
    for (int i = 0; i < 3; ++i) params.emplace_back(day);
    for (const int64_t number : {values->generation, first, last}) params.emplace_back(number);
    params.emplace_back(day);
  }
  RETURN_IF_ERROR(transaction.QueryText(*kOfSpans, params, [&](const db::Row& row) {
    AddSpans(row, direction, city, values);
    return absl::OkStatus();
  }));
  params.clear();
  for (int half = 0; half < 2; ++half) {
    params.emplace_back(day);
    for (const int64_t number : {values->generation, first, last}) params.emplace_back(number);
    params.emplace_back(day);
  }
  return transaction.QueryText(*kOfKindergartens, params, [&](const db::Row& row) {
    const auto found = values->by_division.find(row.Int(0));
    if (found != values->by_division.end()) {
      found->second[kKindergartensWithCare] += direction * row.Int(1) * row.Int(2);
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
  const auto add = [&](const db::Row& row) -> absl::Status {
    missing.erase(row.Int(0));
    return AddSlot(row.String(1), &values->by_division.at(DivisionOf(row.Int(0))));
  };
  std::vector<db::Param> params(slots.begin(), slots.end());
  params.emplace_back(values->generation);
  params.emplace_back(epoch);
  for (const BlockId id : missing) params.emplace_back(id);
  RETURN_IF_ERROR(
      transaction.QueryText(absl::StrCat(*kSelect, kUnchangedSince,
                                         db::Placeholders(static_cast<int>(missing.size())), ")"),
                            params, add));
  if (missing.empty()) return absl::OkStatus();
  params.clear();
  std::string sql;
  for (const BlockId id : missing) {
    absl::StrAppend(&sql, sql.empty() ? "(" : " UNION ALL (", *kSelect, kKeptUntil);
    params.insert(params.end(), slots.begin(), slots.end());
    for (const int64_t number : {values->generation, id, epoch}) params.emplace_back(number);
  }
  return transaction.QueryText(sql, params, add);
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

absl::StatusOr<std::vector<MemberRow>> ReadMembers(db::Transaction& transaction, int64_t generation,
                                                   const MemberFilter& wanted, int64_t city,
                                                   absl::string_view after, int limit) {
  const Filter filter = FilterOf(wanted.measure);
  const auto [first_town, last_town] = TownsOf(wanted.division, city);
  const char* by = filter.inclusive ? kOfInclusive : kOfType;
  db::Param key(filter.inclusive ? 1 : filter.first_type);
  if (IsTown(wanted.division)) {
    by = kOfTown;
    key = db::Param(wanted.division);
  }
  const bool sites = wanted.measure == kKindergartensWithCare;
  std::vector<db::Param> params;
  if (sites) {
    params = {wanted.sequence, wanted.sequence, wanted.day, wanted.day, first_town, last_town};
  }
  params.insert(params.end(), {key, generation, after, wanted.sequence, wanted.sequence, wanted.day,
                               wanted.day, first_town, last_town, filter.first_type,
                               filter.last_type, filter.inclusive, filter.least_places, limit});
  std::vector<MemberRow> members;
  RETURN_IF_ERROR(
      transaction.QueryText(absl::StrCat(sites ? kSelectSites : kSelectMembers, by, kOfScope),
                            params, [&](const db::Row& row) {
                              MemberRow& member = members.emplace_back();
                              member.facility = row.String(0);
                              member.division = row.Int(1);
                              member.amount = row.Int(5);
                              if (wanted.measure <= kPlacesHomeBased) member.amount = row.Int(2);
                              if (wanted.measure == kInclusivePlaces) member.amount = row.Int(3);
                              member.valid_from = row.Day(4);
                              return absl::OkStatus();
                            }));
  return members;
}

}  // namespace tuoyu::aggregator
