#include "services/aggregator/evidence.h"

#include <limits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/plan.h"
#include "common/journal/journal.h"
#include "common/rpc/errors.h"
#include "services/aggregator/statistic_repository.h"

namespace tuoyu::aggregator {
namespace {

using data::Division;
using indicator::v1::PositionUsed;
using indicator::v1::Statistic;

PositionUsed Position(absl::string_view source, int64_t sequence) {
  PositionUsed position;
  position.set_source(std::string(source));
  position.set_sequence(sequence);
  return position;
}

absl::Status NotReached(absl::string_view source, int64_t sequence, int64_t applied) {
  return rpc::Error("POSITION_NOT_REACHED", {{"source", std::string(source)},
                                             {"sequence", absl::StrCat(sequence)},
                                             {"applied", absl::StrCat(applied)}});
}

// The value of a registry measure in the scope.
int64_t ValueOf(absl::string_view name, const Scope& scope, const RegistryValues& values) {
  if (name == kStreets) return static_cast<int64_t>(scope.streets.size());
  if (name == kStreetsWithInclusive) {
    return static_cast<int64_t>(StreetsWithInclusive(scope, values).size());
  }
  int64_t sum = 0;
  for (const Measure measure : PartsOf(name)) sum += values.by_division.at(scope.division)[measure];
  return sum;
}

}  // namespace

int64_t DivisionNumber(absl::string_view code) {
  int64_t number = 0;
  return absl::SimpleAtoi(code, &number) && number > 0 ? number : 0;
}

absl::StatusOr<Scope> FindScope(const data::Divisions& divisions, absl::string_view code,
                                absl::CivilDay day) {
  Scope scope;
  scope.code = std::string(code);
  scope.division = DivisionNumber(code);
  scope.day = day;
  const bool is_city = code == divisions.city_code();
  if (is_city) {
    scope.name = divisions.city_name();
  } else if (const Division* division = divisions.Find(code, day); division != nullptr) {
    scope.name = division->name;
  } else {
    return rpc::Error("UNKNOWN_DIVISION", {{"division", scope.code}});
  }
  scope.streets =
      divisions.OfType(data::DivisionType::kStreet,
                       is_city ? absl::string_view(divisions.district_code()) : code, day);
  return scope;
}

MeasuresByName MeasuresOf(const Scope& scope, const absl::btree_set<std::string>& names,
                          const RegistryValues& values) {
  MeasuresByName measures;
  for (const std::string& name : names) {
    if (data::ReadStatisticTerm(name).series.empty()) {
      measures[name] = ValueOf(name, scope, values);
    }
  }
  return measures;
}

std::vector<const Division*> StreetsWithInclusive(const Scope& scope,
                                                  const RegistryValues& values) {
  std::vector<const Division*> covered;
  for (const Division* street : scope.streets) {
    const auto found = values.by_division.find(DivisionNumber(street->code));
    if (found != values.by_division.end() && found->second[kInclusiveFacilities] > 0) {
      covered.push_back(street);
    }
  }
  return covered;
}

EvidenceReader::EvidenceReader(const data::Divisions& divisions)
    : divisions_(divisions),
      district_(DivisionNumber(divisions.district_code())),
      city_(DivisionNumber(divisions.city_code())) {}

absl::StatusOr<Findings> EvidenceReader::Find(db::Transaction& transaction, const Scope& scope,
                                              const absl::btree_set<std::string>& names,
                                              const absl::btree_set<std::string>& benchmarks,
                                              const KnownAt& known_at) const {
  Findings findings;
  RETURN_IF_ERROR(FindMeasures(transaction, scope, names, known_at.registry, &findings));
  RETURN_IF_ERROR(
      FindStatistics(transaction, scope, names, benchmarks, known_at.statistics, &findings));
  return findings;
}

absl::Status EvidenceReader::FindMeasures(db::Transaction& transaction, const Scope& scope,
                                          const absl::btree_set<std::string>& names,
                                          int64_t known_at, Findings* findings) const {
  absl::btree_set<int64_t> wanted = {scope.division, district_};
  if (names.contains(kStreetsWithInclusive)) {
    for (const Division* street : scope.streets) wanted.insert(DivisionNumber(street->code));
  }
  const std::vector<int64_t> divisions(wanted.begin(), wanted.end());
  if (known_at == 0) {
    ASSIGN_OR_RETURN(findings->values, ReadValues(transaction, divisions, scope.day));
  } else {
    ASSIGN_OR_RETURN(findings->values,
                     ReadValuesKnownAt(transaction, divisions, city_, scope.day, known_at));
  }
  const RegistryValues& values = findings->values;
  if (values.generation == 0) return rpc::Error("AGGREGATE_REBUILDING");
  if (values.sequence < known_at) return NotReached(kRegistryJournal, known_at, values.sequence);
  findings->positions.push_back(Position(kRegistryJournal, values.sequence));
  Evidence& evidence = findings->evidence;
  const Amounts& in_district = values.by_division.at(district_);
  evidence.has_records = in_district[kSpansStarted] > 0;
  evidence.has_children = in_district[kChildrenStarted] > 0;
  evidence.has_managed = in_district[kManagedStarted] > 0;
  evidence.measures = MeasuresOf(scope, names, values);
  return absl::OkStatus();
}

absl::Status EvidenceReader::FindStatistics(db::Transaction& transaction, const Scope& scope,
                                            const absl::btree_set<std::string>& names,
                                            const absl::btree_set<std::string>& benchmarks,
                                            int64_t known_at, Findings* findings) const {
  // The position first: what is read afterwards is limited to it, so the two belong together.
  ASSIGN_OR_RETURN(const auto head, journal::Head(transaction, kStatisticsJournal));
  if (head.sequence() < known_at) return NotReached(kStatisticsJournal, known_at, head.sequence());
  const int64_t sequence = known_at == 0 ? head.sequence() : known_at;
  findings->positions.push_back(Position(kStatisticsJournal, sequence));
  absl::btree_set<std::string> series;
  for (const std::string& name : names) {
    const data::StatisticTerm term = data::ReadStatisticTerm(name);
    if (!term.series.empty()) series.emplace(term.series);
  }
  std::vector<SeriesOfDivision> wanted;
  for (const std::string& name : series) {
    if (benchmarks.contains(name)) wanted.emplace_back(name, divisions_.city_code());
    wanted.emplace_back(name, scope.code);
  }
  ASSIGN_OR_RETURN(std::vector<Statistic> chosen,
                   ChooseStatistics(transaction, wanted, scope.day, sequence));
  for (Statistic& statistic : chosen) {
    const std::string series = statistic.series();
    findings->evidence.statistics.try_emplace(series, std::move(statistic));
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
