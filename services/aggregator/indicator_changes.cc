#include "services/aggregator/indicator_changes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/aggregator/change_repository.h"
#include "services/aggregator/change_rules.h"
#include "services/aggregator/measure_block.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::ChangeCause;
using indicator::v1::IndicatorChange;
using indicator::v1::ListIndicatorChangesResponse;

// A record that changed, before it is shown.
struct Changed {
  ChangedRow row;
  std::string name;             // resource name
  std::vector<Effect> effects;  // by entry
};

// What a page is read with.
struct Reading {
  db::Transaction& transaction;
  const ChangeSide& before;
  const ChangeSide& after;
  const RegistryValues& values_before;
  const RegistryValues& values_after;
  Comparison comparison;
  ComparedParts parts;
};

using Rows = absl::StatusOr<std::vector<Changed>>;

bool AnyOf(const ComparedParts& parts, bool (*counts)(const CountedParts&)) {
  return counts(parts.numerator_before) || counts(parts.numerator_after) ||
         counts(parts.denominator_before) || counts(parts.denominator_after);
}

std::vector<std::string> KeysOf(const std::vector<ChangedRow>& rows) {
  std::vector<std::string> keys;
  keys.reserve(rows.size());
  for (const ChangedRow& row : rows) keys.push_back(row.key);
  return keys;
}

std::vector<Changed> WithEffects(std::vector<ChangedRow> rows, const HistoryByKey& history,
                                 const Comparison& comparison) {
  std::vector<Changed> changes;
  for (ChangedRow& row : rows) {
    Changed& changed = changes.emplace_back();
    const auto known = history.find(row.key);
    if (known != history.end()) {
      changed.effects =
          Attribute(known->second, comparison.before.sequence, comparison.after.sequence);
    }
    changed.name = absl::StrCat("facilities/", row.key);
    changed.row = std::move(row);
  }
  return changes;
}

// Changes as two functions of the repository read them.
template <typename ReadRows, typename ReadHistory>
Rows ChangesRead(const Reading& reading, absl::string_view after, int limit, ReadRows read_rows,
                 ReadHistory read_history) {
  ASSIGN_OR_RETURN(std::vector<ChangedRow> rows,
                   read_rows(reading.transaction, reading.comparison, reading.parts, after, limit));
  ASSIGN_OR_RETURN(const HistoryByKey history, read_history(reading.transaction, reading.comparison,
                                                            reading.parts, KeysOf(rows)));
  return WithEffects(std::move(rows), history, reading.comparison);
}

Rows Facilities(const Reading& reading, absl::string_view after, int limit) {
  return ChangesRead(reading, after, limit, ReadChangedFacilities, ReadFacilityHistory);
}

Rows Members(const Reading& reading, absl::string_view after, int limit) {
  return ChangesRead(reading, after, limit, ReadChangedMembers, ReadMemberHistory);
}

Rows Kindergartens(const Reading& reading, absl::string_view after, int limit) {
  ASSIGN_OR_RETURN(
      std::vector<Changed> changes,
      ChangesRead(reading, after, limit, ReadChangedKindergartens, ReadKindergartenHistory));
  std::vector<std::string> keys;
  keys.reserve(changes.size());
  for (const Changed& changed : changes) keys.push_back(changed.row.key);
  ASSIGN_OR_RETURN(const auto sites, ReadSites(reading.transaction, reading.comparison, keys));
  for (Changed& changed : changes) {
    const auto site = sites.find(changed.row.key);
    if (site == sites.end()) continue;
    changed.name = absl::StrCat("facilities/", site->second.facility);
    changed.row.division_before = site->second.division_before;
    changed.row.division_after = site->second.division_after;
  }
  return changes;
}

// What a street adds on one side.
Weight WeightOf(absl::string_view code, const Scope& scope, const RegistryValues& values,
                const CountedParts& numerator, const CountedParts& denominator) {
  const auto is_it = [&](const data::Division* street) { return street->code == code; };
  if (std::none_of(scope.streets.begin(), scope.streets.end(), is_it)) return {};
  const std::vector<const data::Division*> inclusive = StreetsWithInclusive(scope, values);
  const bool is_inclusive = std::any_of(inclusive.begin(), inclusive.end(), is_it);
  const auto weight = [&](const CountedParts& parts) {
    return int64_t{parts.streets} + (is_inclusive ? parts.streets_with_inclusive : 0);
  };
  return {weight(numerator), weight(denominator)};
}

bool IsStreetOn(int64_t street, const Scope& scope) {
  return std::any_of(scope.streets.begin(), scope.streets.end(), [&](const data::Division* each) {
    return DivisionNumber(each->code) == street;
  });
}

// The entries through which a street began or ceased to have an inclusive facility.
absl::StatusOr<std::vector<Effect>> EffectsOnStreet(const Reading& reading, int64_t street) {
  if (reading.parts.numerator_after.streets_with_inclusive == 0) return std::vector<Effect>();
  Comparison comparison = reading.comparison;
  comparison.division = street;
  ASSIGN_OR_RETURN(std::vector<KnownWeight> weights,
                   ReadInclusiveHistory(reading.transaction, comparison));
  // Where it was no street yet, or is none any more, nothing counted.
  for (KnownWeight& weight : weights) {
    if (!IsStreetOn(street, reading.before.scope)) weight.before = {};
    if (!IsStreetOn(street, reading.after.scope)) weight.after = {};
  }
  return Attribute(weights, comparison.before.sequence, comparison.after.sequence, 1);
}

Rows Streets(const Reading& reading, absl::string_view after, int limit) {
  absl::btree_set<std::string> codes;
  for (const ChangeSide* side : {&reading.before, &reading.after}) {
    for (const data::Division* street : side->scope.streets) codes.insert(street->code);
  }
  const ComparedParts& parts = reading.parts;
  std::vector<Changed> changes;
  for (const std::string& code : codes) {
    if (code <= after || changes.size() == static_cast<size_t>(limit)) continue;
    Changed changed;
    changed.row.key = code;
    changed.row.before = WeightOf(code, reading.before.scope, reading.values_before,
                                  parts.numerator_before, parts.denominator_before);
    changed.row.after = WeightOf(code, reading.after.scope, reading.values_after,
                                 parts.numerator_after, parts.denominator_after);
    if (changed.row.before == changed.row.after) continue;
    changed.name = absl::StrCat("divisions/", code);
    const int64_t street = DivisionNumber(code);
    if (!(changed.row.before == Weight())) changed.row.division_before = street;
    if (!(changed.row.after == Weight())) changed.row.division_after = street;
    ASSIGN_OR_RETURN(changed.effects, EffectsOnStreet(reading, street));
    changes.push_back(std::move(changed));
  }
  return changes;
}

// The kinds of records, in the order they are listed in.
struct Part {
  bool (*counts)(const CountedParts&);
  Rows (*read)(const Reading&, absl::string_view after, int limit);
};
constexpr Part kParts[] = {
    {[](const CountedParts& parts) { return !parts.facilities.empty(); }, Facilities},
    {[](const CountedParts& parts) { return !parts.members.empty(); }, Members},
    {[](const CountedParts& parts) { return parts.kindergartens > 0; }, Kindergartens},
    {[](const CountedParts& parts) { return parts.streets + parts.streets_with_inclusive > 0; },
     Streets},
};

// What the registry's terms add up to on one side.
int64_t AmountOf(const CountedParts& parts, const Scope& scope, const RegistryValues& values) {
  const Amounts& amounts = values.by_division.at(scope.division);
  int64_t sum = int64_t{parts.kindergartens} * amounts[kKindergartensWithCare];
  for (const Measure measure : parts.facilities) sum += amounts[measure];
  for (const Measure measure : parts.members) sum += amounts[measure];
  sum += int64_t{parts.streets} * static_cast<int64_t>(scope.streets.size());
  return sum + int64_t{parts.streets_with_inclusive} *
                   static_cast<int64_t>(StreetsWithInclusive(scope, values).size());
}

IndicatorChange ChangeOf(const Changed& changed) {
  IndicatorChange change;
  change.set_member(changed.name);
  const ChangedRow& row = changed.row;
  if (row.division_before != 0) change.set_division_before(absl::StrCat(row.division_before));
  if (row.division_after != 0) change.set_division_after(absl::StrCat(row.division_after));
  change.set_numerator_before(row.before.numerator);
  change.set_numerator_after(row.after.numerator);
  change.set_denominator_before(row.before.denominator);
  change.set_denominator_after(row.after.denominator);
  return change;
}

// Enters the causes of the page's changes, each with what the journal says of it.
absl::Status AddCauses(const Reading& reading, const std::vector<Changed>& page,
                       ListIndicatorChangesResponse* reply) {
  absl::btree_set<int64_t> sequences;
  for (const Changed& changed : page) {
    for (const Effect& effect : changed.effects) sequences.insert(effect.sequence);
  }
  ASSIGN_OR_RETURN(const auto entries,
                   ReadEntries(reading.transaction, reading.comparison.generation, sequences));
  for (size_t i = 0; i < page.size(); ++i) {
    for (const Effect& effect : page[i].effects) {
      ChangeCause& cause = *reply->mutable_changes(static_cast<int>(i))->add_causes();
      const auto entry = entries.find(effect.sequence);
      if (entry != entries.end()) cause = entry->second;
      cause.set_sequence(effect.sequence);
      cause.set_numerator_effect(effect.weight.numerator);
      cause.set_denominator_effect(effect.weight.denominator);
    }
  }
  return absl::OkStatus();
}

std::string TokenFor(const ChangeQuery& query, const Reading& reading, size_t part,
                     const std::string& after) {
  return MakePageToken({absl::StrCat(part), after, absl::StrCat(reading.comparison.before.sequence),
                        absl::StrCat(reading.comparison.after.sequence),
                        absl::StrCat(query.since.statistics), absl::StrCat(query.at.statistics)},
                       query.filter);
}

absl::Status AddPage(const ChangeQuery& query, const Reading& reading,
                     ListIndicatorChangesResponse* reply) {
  const auto page_size = static_cast<size_t>(query.page_size);
  std::vector<Changed> page;
  std::string after = query.after;
  for (size_t i = query.part; i < std::size(kParts); ++i) {
    if (!AnyOf(reading.parts, kParts[i].counts)) continue;
    // One more than fits tells whether there is a next page.
    ASSIGN_OR_RETURN(std::vector<Changed> changes,
                     kParts[i].read(reading, after, static_cast<int>(page_size - page.size() + 1)));
    for (Changed& changed : changes) {
      if (page.size() == page_size) {
        reply->set_next_page_token(TokenFor(query, reading, i, after));
        return AddCauses(reading, page, reply);
      }
      after = changed.row.key;
      *reply->add_changes() = ChangeOf(changed);
      page.push_back(std::move(changed));
    }
    after.clear();
  }
  return AddCauses(reading, page, reply);
}

ComparedParts PartsOf(const ChangeSide& before, const ChangeSide& after) {
  return {PartsOfTerms(before.definition->numerator()), PartsOfTerms(after.definition->numerator()),
          PartsOfTerms(before.definition->denominator()),
          PartsOfTerms(after.definition->denominator())};
}

absl::StatusOr<Findings> FindSide(db::Transaction& transaction, const EvidenceReader& reader,
                                  const ChangeSide& side, const KnownAt& known_at) {
  absl::btree_set<std::string> benchmarks;
  if (!side.definition->benchmark().empty()) benchmarks.insert(side.definition->benchmark());
  return reader.Find(transaction, side.scope, NamesNeeded(*side.definition), benchmarks, known_at);
}

indicator::v1::Indicator ValueOf(const ChangeSide& side, const SeriesList& list,
                                 const Findings& findings) {
  const Question question{side.scope.code, side.scope.name, side.scope.day, false};
  indicator::v1::Indicator value = Evaluate(*side.definition, list, question, findings.evidence);
  value.mutable_positions()->Assign(findings.positions.begin(), findings.positions.end());
  return value;
}

}  // namespace

absl::StatusOr<ChangeQuery> ReadChangeQuery(
    const indicator::v1::ListIndicatorChangesRequest& request) {
  ChangeQuery query;
  const auto page_size = PageSize(request.page_size());
  if (!page_size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  query.page_size = *page_size;
  query.filter = FilterDigest(request);
  query.since = {request.known_since_filing_sequence(), request.known_since_indicator_sequence()};
  query.at = {request.known_at_filing_sequence(), request.known_at_indicator_sequence()};
  for (const auto& [field, value] :
       {std::pair("known_since_filing_sequence", query.since.registry),
        std::pair("known_since_indicator_sequence", query.since.statistics),
        std::pair("known_at_filing_sequence", query.at.registry),
        std::pair("known_at_indicator_sequence", query.at.statistics)}) {
    if (value < 0) return rpc::Error("FIELD_INVALID", {{"field", field}});
  }
  if (request.page_token().empty()) return query;
  const auto key = ReadPageToken(request.page_token(), query.filter);
  uint32_t part = 0;
  if (!key.ok() || key->size() != 6 || !absl::SimpleAtoi((*key)[0], &part) ||
      !absl::SimpleAtoi((*key)[2], &query.since.registry) ||
      !absl::SimpleAtoi((*key)[3], &query.at.registry) ||
      !absl::SimpleAtoi((*key)[4], &query.since.statistics) ||
      !absl::SimpleAtoi((*key)[5], &query.at.statistics)) {
    return rpc::Error("PAGE_TOKEN_INVALID");
  }
  query.part = part;
  query.after = (*key)[1];
  return query;
}

absl::Status ListChanges(db::Transaction& transaction, const EvidenceReader& reader,
                         const SeriesList& list, const ChangeSide& before, const ChangeSide& after,
                         const ChangeQuery& query, ListIndicatorChangesResponse* reply) {
  reply->Clear();
  ASSIGN_OR_RETURN(const Findings later, FindSide(transaction, reader, after, query.at));
  // Resolved, so that "now" is the same for both sides and on all pages.
  ChangeQuery resolved = query;
  resolved.at = {later.positions.front().sequence(), later.positions.back().sequence()};
  if (resolved.since.registry == 0) resolved.since.registry = resolved.at.registry;
  if (resolved.since.statistics == 0) resolved.since.statistics = resolved.at.statistics;
  if (resolved.since.registry > resolved.at.registry) {
    return rpc::Error("FIELD_INVALID", {{"field", "known_since_filing_sequence"}});
  }
  if (resolved.since.statistics > resolved.at.statistics) {
    return rpc::Error("FIELD_INVALID", {{"field", "known_since_indicator_sequence"}});
  }
  ASSIGN_OR_RETURN(const Findings earlier, FindSide(transaction, reader, before, resolved.since));
  *reply->mutable_before() = ValueOf(before, list, earlier);
  *reply->mutable_after() = ValueOf(after, list, later);
  for (auto& change : StatisticChanges(earlier.evidence, later.evidence)) {
    if (const auto* series = FindSeries(list, change.series()); series != nullptr) {
      change.set_name_zh(series->name_zh());
      change.set_name_en(series->name_en());
    }
    *reply->add_statistics() = std::move(change);
  }
  const Reading reading{transaction,
                        before,
                        after,
                        earlier.values,
                        later.values,
                        {later.values.generation,
                         reader.city(),
                         after.scope.division,
                         {before.scope.day, resolved.since.registry},
                         {after.scope.day, resolved.at.registry}},
                        PartsOf(before, after)};
  const auto amount = [&](const CountedParts& parts, bool is_after) {
    return is_after ? AmountOf(parts, after.scope, later.values)
                    : AmountOf(parts, before.scope, earlier.values);
  };
  reply->set_numerator_change(amount(reading.parts.numerator_after, true) -
                              amount(reading.parts.numerator_before, false));
  reply->set_denominator_change(amount(reading.parts.denominator_after, true) -
                                amount(reading.parts.denominator_before, false));
  return AddPage(resolved, reading, reply);
}

}  // namespace tuoyu::aggregator
