#include "services/aggregator/change_repository.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "services/aggregator/measure_block.h"
#include "tuoyu/filing/v1/filing.pb.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::ChangeCause;

// Records whose weight differs: $0 key columns, $1 columns of the span that the weights rest on, $2 where the spans come
// from, $3 to $6 weights (numerator before and after, denominator before and after), $7 which spans matter.
constexpr char kChanged[] =
    "SELECT $0, SUM(held * ($3)) AS n0, SUM(holds * ($4)) AS n1, SUM(held * ($5)) AS m0, "
    "SUM(holds * ($6)) AS m1, MAX(held * division), MAX(holds * division) FROM "
    "(SELECT $0, division, $1, "
    "valid_from <= ? AND valid_to > ? AND known_from <= ? AND known_to > ? AS held, "
    "valid_from <= ? AND valid_to > ? AND known_from <= ? AND known_to > ? AS holds "
    "FROM $2) s WHERE $7 "
    "GROUP BY $0 HAVING n0 <> n1 OR m0 <> m1 ORDER BY $0 LIMIT ?";
// All spans of a table $0 with a condition $1.
constexpr char kEverySpan[] = "$0 WHERE generation = ? AND $1";
// Those of them with a bound $4 in an interval, found by an index $3, which may need a condition $5; $2 are the columns of
// kChanged.
constexpr char kSpansBetween[] =
    "SELECT $2, valid_from, valid_to, known_from, known_to FROM $0 FORCE INDEX ($3) "
    "WHERE generation = ? AND $1$5 AND $4 > ? AND $4 <= ?";
// Spans of some records that hold on one of the days, whenever they were known; $0, $1 and $3 to $6 as of kChanged, $2
// table and index, $7 condition. The keys of the records follow, then kOfEitherDay.
constexpr char kHistory[] =
    "SELECT $0, known_from, known_to, on_before * ($3), on_after * ($4), on_before * ($5), "
    "on_after * ($6) FROM (SELECT $0, known_from, known_to, $1, "
    "valid_from <= ? AND valid_to > ? AS on_before, valid_from <= ? AND valid_to > ? AS on_after "
    "FROM $2 WHERE generation = ? AND $7";
constexpr char kOfEitherDay[] = ") s WHERE on_before OR on_after";

constexpr char kInTowns[] = "division BETWEEN ? AND ?";
// Further apart, all spans are read through: that costs less than the many in between.
constexpr int kNearDays = 62;
constexpr int64_t kNearEntries = 20'000;
constexpr char kInclusiveOf[] =
    "SELECT known_from, known_to, valid_from <= ? AND valid_to > ?, valid_from <= ? AND "
    "valid_to > ? FROM facility_span WHERE generation = ? AND division = ? AND inclusive = 1";
constexpr char kSitesOf[] =
    "SELECT kindergarten, facility, division, "
    "valid_from <= ? AND valid_to > ? AND known_from <= ? AND known_to > ?, "
    "valid_from <= ? AND valid_to > ? AND known_from <= ? AND known_to > ? "
    "FROM facility_span WHERE generation = ? AND division BETWEEN ? AND ? AND facility_type = ? "
    "AND places > 0 AND kindergarten IN (";
constexpr char kEntries[] =
    "SELECT sequence, action, subject, effective_date, record_time FROM registry_entry "
    "WHERE generation = ? AND sequence IN (";

// What a span of a facility adds to a measure, see AmountsOf.
std::string AmountText(Measure measure) {
  const int first_type = filing::v1::FACILITY_TYPE_ORDINARY;
  if (measure <= kPlacesHomeBased) {
    return absl::StrCat("places * (facility_type = ", first_type + measure - kPlacesOrdinary, ")");
  }
  if (measure <= kFacilitiesHomeBased) {
    return absl::StrCat("(facility_type = ", first_type + measure - kFacilitiesOrdinary, ")");
  }
  if (measure == kInclusivePlaces) return "inclusive_places";
  if (measure == kInclusiveFacilities) return "inclusive";
  return absl::StrCat("(facility_type = ", filing::v1::FACILITY_TYPE_KINDERGARTEN,
                      " AND places > 0)");
}

std::string SumText(const std::vector<Measure>& measures, std::string (*text)(Measure)) {
  if (measures.empty()) return "0";
  return absl::StrJoin(measures, " + ", [&](std::string* out, Measure measure) {
    absl::StrAppend(out, text(measure));
  });
}

std::string FacilitiesText(const CountedParts& parts) {
  return SumText(parts.facilities, AmountText);
}

std::string MembersText(const CountedParts& parts) {
  return SumText(parts.members,
                 [](Measure measure) { return absl::StrCat("(measure = ", measure, ")"); });
}

std::string KindergartensText(const CountedParts& parts) {
  return absl::StrCat(parts.kindergartens);
}

// One of the tables of spans.
struct Source {
  const char* table;
  const char* key;
  const char* columns;  // that the weights rest on
  std::string (*text)(const CountedParts&);
  const char* by_begin;       // index of the first days …
  std::string begin_of = "";  // … and a condition it needs
  const char* by_record;      // index of the records, or of the facilities they belong to
};

std::string StatementFor(const char* format, const Source& source, const ComparedParts& parts,
                         absl::string_view from, absl::string_view last) {
  return absl::Substitute(format, source.key, source.columns, from,
                          source.text(parts.numerator_before), source.text(parts.numerator_after),
                          source.text(parts.denominator_before),
                          source.text(parts.denominator_after), last);
}

void AddKnownDay(const KnownDay& known, std::vector<db::Param>* params) {
  params->insert(params->end(), {known.day, known.day, known.sequence, known.sequence});
}

// Of kChanged, and of kSitesOf up to the generation.
std::vector<db::Param> ChangedParams(const Comparison& comparison) {
  std::vector<db::Param> params;
  AddKnownDay(comparison.before, &params);
  AddKnownDay(comparison.after, &params);
  return params;
}

// A condition on spans with its parameters.
struct Condition {
  std::string text;
  std::vector<db::Param> params;
};

// Whether only what lies between the two sides is to be read.
bool AreNear(const Comparison& comparison, const ComparedParts& parts) {
  return parts.same() && comparison.after.day - comparison.before.day <= kNearDays &&
         comparison.after.sequence - comparison.before.sequence <= kNearEntries;
}

// Where the spans come from that can make a difference. When the same is counted on both sides a span does so only if it
// begins or ends in between: its days, or the entries between which it was known.
Condition SpansThatMatter(const Source& source, const Comparison& comparison,
                          const ComparedParts& parts, const Condition& condition) {
  Condition from;
  const auto add = [&](std::initializer_list<db::Param> more) {
    from.params.emplace_back(comparison.generation);
    from.params.insert(from.params.end(), condition.params.begin(), condition.params.end());
    from.params.insert(from.params.end(), more);
  };
  if (!AreNear(comparison, parts)) {
    add({});
    from.text = absl::Substitute(kEverySpan, source.table, condition.text);
    return from;
  }
  std::vector<std::string> found;
  const std::string columns = absl::StrCat(source.key, ", division, ", source.columns);
  const auto find = [&](const char* bound, absl::string_view index, db::Param after, db::Param last,
                        absl::string_view of = "") {
    found.push_back(
        absl::Substitute(kSpansBetween, source.table, condition.text, columns, index, bound, of));
    add({std::move(after), std::move(last)});
  };
  const KnownDay& before = comparison.before;
  const KnownDay& after = comparison.after;
  if (before.day < after.day) {
    find("valid_from", source.by_begin, before.day, after.day, source.begin_of);
    find("valid_to", absl::StrCat(source.table, "_end"), before.day, after.day);
  }
  if (before.sequence < after.sequence) {
    find("known_from", "PRIMARY", before.sequence, after.sequence);
    find("known_to", absl::StrCat(source.table, "_known_to"), before.sequence, after.sequence);
  }
  // A span found twice is one.
  if (!found.empty()) from.text = absl::StrCat("(", absl::StrJoin(found, " UNION "), ") b");
  return from;
}

// Of kHistory up to the generation.
std::vector<db::Param> HistoryParams(const Comparison& comparison) {
  return {comparison.before.day, comparison.before.day, comparison.after.day, comparison.after.day,
          comparison.generation};
}

void AddTowns(const Comparison& comparison, std::vector<db::Param>* params) {
  const auto [first, last] = TownsOf(comparison.division, comparison.city);
  params->insert(params->end(), {first, last});
}

// Reads rows of kChanged, which have their weights after `keys` columns of the key, of the spans with a condition.
absl::StatusOr<std::vector<ChangedRow>> ReadChanged(
    db::Transaction& transaction, const Source& source, const Comparison& comparison,
    const ComparedParts& parts, const Condition& condition, int keys, int limit) {
  std::vector<ChangedRow> rows;
  const Condition from = SpansThatMatter(source, comparison, parts, condition);
  if (from.text.empty()) return rows;  // both sides are one
  const std::string sql = StatementFor(kChanged, source, parts, from.text,
                                       parts.same() ? "held <> holds" : "held OR holds");
  std::vector<db::Param> params = ChangedParams(comparison);
  params.insert(params.end(), from.params.begin(), from.params.end());
  params.emplace_back(limit);
  RETURN_IF_ERROR(transaction.QueryText(sql, params, [&](const db::Row& row) {
    ChangedRow& changed = rows.emplace_back();
    changed.key = row.String(0);
    if (keys == 2) absl::StrAppend(&changed.key, "/", row.String(1));
    changed.before = {row.Int(keys), row.Int(keys + 2)};
    changed.after = {row.Int(keys + 1), row.Int(keys + 3)};
    changed.division_before = row.Int(keys + 4);
    changed.division_after = row.Int(keys + 5);
    return absl::OkStatus();
  }));
  return rows;
}

KnownWeight KnownWeightOf(const db::Row& row, int column) {
  return {row.Int(column),
          row.Int(column + 1),
          {row.Int(column + 2), row.Int(column + 4)},
          {row.Int(column + 3), row.Int(column + 5)}};
}

absl::StatusOr<HistoryByKey> ReadHistory(db::Transaction& transaction, const Source& source,
                                         const ComparedParts& parts, absl::string_view condition,
                                         const std::vector<db::Param>& params,
                                         const std::vector<std::string>& keys, int key_columns) {
  HistoryByKey history;
  const std::string select =
      StatementFor(kHistory, source, parts,
                   absl::StrCat(source.table, " FORCE INDEX (", source.by_record, ")"), condition);
  const std::vector<db::Param> wanted(keys.begin(), keys.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, select, kOfEitherDay, params, wanted, 1, [&](const db::Row& row) {
        std::string key = row.String(0);
        if (key_columns == 2) absl::StrAppend(&key, "/", row.String(1));
        history[std::move(key)].push_back(KnownWeightOf(row, key_columns));
        return absl::OkStatus();
      }));
  return history;
}

// Any type of facility, so that an index that begins with the type can be used.
std::string OfAnyType() {
  std::vector<int> types;
  const auto& values = *filing::v1::FacilityType_descriptor();
  types.reserve(static_cast<size_t>(values.value_count()));
  for (int i = 0; i < values.value_count(); ++i) types.push_back(values.value(i)->number());
  return absl::StrCat(" AND facility_type IN (", absl::StrJoin(types, ", "), ")");
}

Source Facilities() {
  return {.table = "facility_span",
          .key = "facility",
          .columns = "facility_type, places, inclusive, inclusive_places",
          .text = FacilitiesText,
          .by_begin = "facility_span_type_day",
          .begin_of = OfAnyType(),
          .by_record = "facility_span_facility"};
}

Source Members() {
  return {.table = "member_span",
          .key = "facility, member",
          .columns = "measure",
          .text = MembersText,
          .by_begin = "member_span_measure_day",
          .by_record = "member_span_facility"};
}

Source Kindergartens() {
  return {.table = "kindergarten_span",
          .key = "kindergarten",
          .columns = "1",
          .text = KindergartensText,
          .by_begin = "kindergarten_span_begin",
          .by_record = "kindergarten_span_kindergarten"};
}

// The measures of members that count on either side, "12, 14".
std::string MeasuresText(const ComparedParts& parts) {
  absl::btree_set<int> measures;
  for (const CountedParts* part : {&parts.numerator_before, &parts.numerator_after,
                                   &parts.denominator_before, &parts.denominator_after}) {
    measures.insert(part->members.begin(), part->members.end());
  }
  return absl::StrJoin(measures, ", ");
}

}  // namespace

absl::StatusOr<std::vector<ChangedRow>> ReadChangedFacilities(db::Transaction& transaction,
                                                              const Comparison& comparison,
                                                              const ComparedParts& parts,
                                                              absl::string_view after, int limit) {
  Condition condition{absl::StrCat(kInTowns, " AND facility > ?"), {}};
  AddTowns(comparison, &condition.params);
  condition.params.emplace_back(after);
  return ReadChanged(transaction, Facilities(), comparison, parts, condition, 1, limit);
}

absl::StatusOr<std::vector<ChangedRow>> ReadChangedMembers(db::Transaction& transaction,
                                                           const Comparison& comparison,
                                                           const ComparedParts& parts,
                                                           absl::string_view after, int limit) {
  const std::pair<absl::string_view, absl::string_view> last =
      absl::StrSplit(after, absl::MaxSplits('/', 1));
  Condition condition{absl::StrCat(kInTowns, " AND measure IN (", MeasuresText(parts),
                                   ") AND facility >= ? AND (facility > ? OR member > ?)"),
                      {}};
  AddTowns(comparison, &condition.params);
  condition.params.insert(condition.params.end(), {last.first, last.first, last.second});
  return ReadChanged(transaction, Members(), comparison, parts, condition, 2, limit);
}

absl::StatusOr<std::vector<ChangedRow>> ReadChangedKindergartens(db::Transaction& transaction,
                                                                 const Comparison& comparison,
                                                                 const ComparedParts& parts,
                                                                 absl::string_view after,
                                                                 int limit) {
  const Condition condition{"division = ? AND kindergarten > ?", {comparison.division, after}};
  return ReadChanged(transaction, Kindergartens(), comparison, parts, condition, 1, limit);
}

absl::StatusOr<HistoryByKey> ReadFacilityHistory(db::Transaction& transaction,
                                                 const Comparison& comparison,
                                                 const ComparedParts& parts,
                                                 const std::vector<std::string>& facilities) {
  std::vector<db::Param> params = HistoryParams(comparison);
  AddTowns(comparison, &params);
  return ReadHistory(transaction, Facilities(), parts, absl::StrCat(kInTowns, " AND facility IN ("),
                     params, facilities, 1);
}

absl::StatusOr<HistoryByKey> ReadMemberHistory(db::Transaction& transaction,
                                               const Comparison& comparison,
                                               const ComparedParts& parts,
                                               const std::vector<std::string>& members) {
  absl::btree_set<std::string> facilities;
  for (const std::string& member : members) facilities.insert(member.substr(0, member.find('/')));
  std::vector<db::Param> params = HistoryParams(comparison);
  AddTowns(comparison, &params);
  const std::string condition =
      absl::StrCat(kInTowns, " AND measure IN (", MeasuresText(parts), ") AND facility IN (");
  return ReadHistory(transaction, Members(), parts, condition, params,
                     {facilities.begin(), facilities.end()}, 2);
}

absl::StatusOr<HistoryByKey> ReadKindergartenHistory(
    db::Transaction& transaction, const Comparison& comparison, const ComparedParts& parts,
    const std::vector<std::string>& kindergartens) {
  std::vector<db::Param> params = HistoryParams(comparison);
  params.emplace_back(comparison.division);
  return ReadHistory(transaction, Kindergartens(), parts, "division = ? AND kindergarten IN (",
                     params, kindergartens, 1);
}

absl::StatusOr<std::vector<KnownWeight>> ReadInclusiveHistory(db::Transaction& transaction,
                                                              const Comparison& comparison) {
  std::vector<db::Param> params = HistoryParams(comparison);
  params.emplace_back(comparison.division);
  std::vector<KnownWeight> weights;
  RETURN_IF_ERROR(transaction.Query(kInclusiveOf, params, [&](const db::Row& row) {
    weights.push_back({row.Int(0), row.Int(1), {row.Int(2), 0}, {row.Int(3), 0}});
    return absl::OkStatus();
  }));
  return weights;
}

absl::StatusOr<absl::btree_map<std::string, Site>> ReadSites(
    db::Transaction& transaction, const Comparison& comparison,
    const std::vector<std::string>& kindergartens) {
  std::vector<db::Param> params = ChangedParams(comparison);
  params.emplace_back(comparison.generation);
  AddTowns(comparison, &params);
  params.emplace_back(static_cast<int>(filing::v1::FACILITY_TYPE_KINDERGARTEN));
  // The first site by id on either side, with its division.
  using First = std::pair<std::string, int64_t>;
  absl::btree_map<std::string, std::pair<First, First>> firsts;
  const auto take = [](const First& site, First* first) {
    if (first->first.empty() || site.first < first->first) *first = site;
  };
  const std::vector<db::Param> wanted(kindergartens.begin(), kindergartens.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kSitesOf, "", params, wanted, 1, [&](const db::Row& row) {
        auto& [before, after] = firsts[row.String(0)];
        const First site(row.String(1), row.Int(2));
        if (row.Bool(3)) take(site, &before);
        if (row.Bool(4)) take(site, &after);
        return absl::OkStatus();
      }));
  absl::btree_map<std::string, Site> sites;
  for (const auto& [kindergarten, first] : firsts) {
    const auto& [before, after] = first;
    sites[kindergarten] = {after.first.empty() ? before.first : after.first, before.second,
                           after.second};
  }
  return sites;
}

absl::StatusOr<absl::btree_map<int64_t, ChangeCause>> ReadEntries(
    db::Transaction& transaction, int64_t generation, const absl::btree_set<int64_t>& sequences) {
  absl::btree_map<int64_t, ChangeCause> entries;
  const std::vector<db::Param> wanted(sequences.begin(), sequences.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kEntries, "", {generation}, wanted, 1, [&](const db::Row& row) {
        ChangeCause& cause = entries[row.Int(0)];
        cause.set_sequence(row.Int(0));
        cause.set_action(row.String(1));
        cause.set_subject(row.String(2));
        if (!row.IsNull(3)) *cause.mutable_effective_date() = ToProto(row.Day(3));
        *cause.mutable_record_time() = ToProto(row.Time(4));
        return absl::OkStatus();
      }));
  return entries;
}

}  // namespace tuoyu::aggregator
