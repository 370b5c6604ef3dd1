#include "services/aggregator/evidence_repository.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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
// each block only the slot asked for leaves the server: MeasureBlock says which it is. kFromBlocks,
// with kSlotBytes put in, comes before the list of blocks, kOfState after it.
constexpr char kFromBlocks[] =
    "SELECT s.serving, c.sequence, b.block, SUBSTRING(b.sums, 1 + %1$d * GREATEST(0, LEAST("
    "LENGTH(b.sums) DIV %1$d - 1, CASE WHEN b.block %% 1000000 = 0 THEN ? "
    "WHEN b.block %% 100 = 0 THEN ? ELSE ? END - b.first_slot)), %1$d) FROM aggregate_state s "
    "LEFT JOIN aggregate_cursor c ON c.generation = s.serving "
    "LEFT JOIN measure_block b ON b.generation = s.serving AND b.block IN (";
constexpr char kOfState[] = ") WHERE s.id = 1";

// Sums by town and by what decides the measures; the last column counts spans that began, ended or
// not. One of the conditions follows, then kByKind.
constexpr char kSelectSums[] =
    "SELECT division, facility_type, inclusive, places > 0, SUM(IF(valid_to > ?, places, 0)), "
    "SUM(IF(valid_to > ?, inclusive_places, 0)), SUM(valid_to > ?), COUNT(*) FROM facility_span "
    "WHERE generation = ? AND valid_from <= ? AND ";
constexpr char kByKind[] = " GROUP BY division, facility_type, inclusive, places > 0";
// What was known at an entry: read in the order of the journal up to there.
constexpr char kKnownAt[] = "known_from <= ? AND known_to > ?";
// What is known now and was not then, and the reverse.
constexpr char kKnownSince[] = "known_from > ? AND known_to = 9223372036854775807";
constexpr char kNoLongerKnown[] =
    "known_to > ? AND known_to < 9223372036854775807 AND known_from <= ?";

// One of the three indexes follows, then kOfScope.
constexpr char kSelectMembers[] =
    "SELECT facility, division, places, inclusive_places, valid_from FROM facility_span "
    "FORCE INDEX ";
constexpr char kOfType[] = "(facility_span_type) WHERE facility_type = ?";
constexpr char kOfInclusive[] = "(facility_span_inclusive) WHERE inclusive = ?";
constexpr char kOfTown[] = "(facility_span_division) WHERE division = ?";
constexpr char kOfScope[] =
    " AND generation = ? AND facility > ? AND known_to = 9223372036854775807 AND valid_from <= ? "
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
  if (measure == kKindergartensWithCare) {
    filter.least_places = 1;
    measure = kFacilitiesKindergarten;
  }
  const int type =
      measure < kFacilitiesOrdinary ? measure - kPlacesOrdinary : measure - kFacilitiesOrdinary;
  filter.first_type = filter.last_type = filing::v1::FACILITY_TYPE_ORDINARY + type;
  return filter;
}

// Adds `sign` times what rows of the sums above add to the divisions asked for.
absl::Status AddSums(db::Transaction& transaction, const char* condition,
                     const std::vector<db::Param>& params, int sign, int64_t city,
                     RegistryValues* values) {
  const std::string sql = absl::StrCat(kSelectSums, condition, kByKind);
  return transaction.QueryText(sql, params, [&](const db::Row& row) -> absl::Status {
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
      amounts[measure] *= sign * factor;
    }
    for (const int64_t division : DivisionPath(row.Int(0), city)) {
      const auto found = values->by_division.find(division);
      if (found == values->by_division.end()) continue;
      for (int measure = 0; measure < kMeasureCount; ++measure) {
        found->second[measure] += amounts[measure];
      }
    }
    return absl::OkStatus();
  });
}

}  // namespace

absl::StatusOr<RegistryValues> ReadValues(db::Transaction& transaction,
                                          const std::vector<int64_t>& divisions,
                                          absl::CivilDay day) {
  static const std::string* const kSelectSlots =
      new std::string(absl::StrFormat(kFromBlocks, kSlotBytes));
  const std::array<int32_t, 3> slots = SlotsOf(day);
  std::vector<db::Param> params(slots.begin(), slots.end());
  RegistryValues values;
  for (const int64_t division : divisions) {
    values.by_division.emplace(division, Amounts{});
    for (const BlockId id : BlocksOf(division, day)) params.emplace_back(id);
  }
  const std::string sql = absl::StrCat(
      *kSelectSlots, db::Placeholders(static_cast<int>(params.size() - slots.size())), kOfState);
  RETURN_IF_ERROR(transaction.QueryText(sql, params, [&](const db::Row& row) -> absl::Status {
    values.generation = row.Int(0);
    values.sequence = row.Int(1);
    if (row.IsNull(2)) return absl::OkStatus();
    return AddSlot(row.String(3), &values.by_division[DivisionOf(row.Int(2))]);
  }));
  return values;
}

absl::StatusOr<RegistryValues> ReadValuesKnownAt(db::Transaction& transaction,
                                                 const std::vector<int64_t>& divisions,
                                                 int64_t city, absl::CivilDay day,
                                                 int64_t sequence) {
  ASSIGN_OR_RETURN(RegistryValues values, ReadValues(transaction, divisions, day));
  if (values.generation == 0 || sequence >= values.sequence) return values;
  const std::vector<db::Param> common = {day, day, day, values.generation, day};
  const auto with = [&](std::initializer_list<db::Param> more) {
    std::vector<db::Param> params = common;
    params.insert(params.end(), more);
    return params;
  };
  if (sequence < values.sequence - sequence) {
    for (auto& [division, amounts] : values.by_division) amounts.fill(0);
    RETURN_IF_ERROR(AddSums(transaction, kKnownAt, with({sequence, sequence}), +1, city, &values));
  } else {
    RETURN_IF_ERROR(AddSums(transaction, kKnownSince, with({sequence}), -1, city, &values));
    RETURN_IF_ERROR(
        AddSums(transaction, kNoLongerKnown, with({sequence, sequence}), +1, city, &values));
  }
  values.sequence = sequence;
  return values;
}

absl::StatusOr<std::vector<MemberRow>> ReadMembers(db::Transaction& transaction, int64_t generation,
                                                   Measure measure, int64_t division, int64_t city,
                                                   absl::CivilDay day, absl::string_view after,
                                                   int limit) {
  const Filter filter = FilterOf(measure);
  const auto [first_town, last_town] = TownsOf(division, city);
  const char* by = filter.inclusive ? kOfInclusive : kOfType;
  db::Param key(filter.inclusive ? 1 : filter.first_type);
  if (IsTown(division)) {
    by = kOfTown;
    key = db::Param(division);
  }
  const bool counts_places = CountOf(measure) != measure;
  std::vector<MemberRow> members;
  RETURN_IF_ERROR(transaction.QueryText(
      absl::StrCat(kSelectMembers, by, kOfScope),
      {key, generation, after, day, day, first_town, last_town, filter.first_type, filter.last_type,
       filter.inclusive, filter.least_places, limit},
      [&](const db::Row& row) {
        MemberRow& member = members.emplace_back();
        member.facility = row.String(0);
        member.division = row.Int(1);
        member.amount = !counts_places ? 1 : measure == kInclusivePlaces ? row.Int(3) : row.Int(2);
        member.valid_from = row.Day(4);
        return absl::OkStatus();
      }));
  return members;
}

}  // namespace tuoyu::aggregator
