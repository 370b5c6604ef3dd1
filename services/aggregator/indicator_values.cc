#include "services/aggregator/indicator_values.h"

#include <algorithm>
#include <string>
#include <utility>

#include "common/base/months.h"
#include "common/base/status.h"
#include "common/rpc/commission.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measure_block.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;

bool AnyCountsChildren(const ValueReader::Definitions& definitions) {
  return std::any_of(definitions.begin(), definitions.end(),
                     [](const IndicatorDefinition* each) { return CountsChildren(*each); });
}

}  // namespace

absl::CivilDay MonthTold(absl::CivilDay day, absl::CivilDay today) {
  return day == EndOfMonth(day) && day < today ? day : EndOfMonth(absl::CivilMonth(day) - 1);
}

Audience ValueQuery::AudienceIn(absl::string_view division_code) const {
  if (caller == nullptr) return Audience::kRelease;
  return rpc::IsOfCommission(*caller) && caller->Covers(division_code) ? Audience::kCommission
                                                                       : Audience::kPublic;
}

ValueReader::ValueReader(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), divisions_(divisions), evidence_(divisions), publication_(plan, divisions) {}

bool ValueReader::NeedsSnapshot(const Scope& scope, const Definitions& definitions,
                                const ValueQuery& query) {
  return query.known_at.registry != 0 ||
         (query.AudienceIn(scope.code) == Audience::kPublic && AnyCountsChildren(definitions) &&
          (IsTown(scope.division) || MonthTold(scope.day, query.today) != scope.day));
}

absl::StatusOr<Values> ValueReader::Read(db::Transaction& transaction, const Scope& scope,
                                         const Definitions& definitions, const ValueQuery& query) {
  const absl::CivilDay told = MonthTold(scope.day, query.today);
  if (query.AudienceIn(scope.code) != Audience::kPublic || told == scope.day ||
      !AnyCountsChildren(definitions)) {
    return ReadOn(transaction, scope, definitions, query);
  }
  Definitions of_children;
  Definitions others;
  for (const IndicatorDefinition* each : definitions) {
    (CountsChildren(*each) ? of_children : others).push_back(each);
  }
  ASSIGN_OR_RETURN(const Scope before, FindScope(divisions_, scope.code, told));
  ASSIGN_OR_RETURN(Values earlier, ReadOn(transaction, before, of_children, query));
  if (others.empty()) return earlier;
  ASSIGN_OR_RETURN(Values values, ReadOn(transaction, scope, others, query));
  std::vector<Indicator> in_order;
  auto child = earlier.indicators.begin();
  auto other = values.indicators.begin();
  for (const IndicatorDefinition* each : definitions) {
    in_order.push_back(std::move(CountsChildren(*each) ? *child++ : *other++));
  }
  values.indicators = std::move(in_order);
  values.month_end = std::move(earlier.findings);
  return values;
}

absl::StatusOr<Values> ValueReader::ReadOn(db::Transaction& transaction, const Scope& scope,
                                           const Definitions& definitions,
                                           const ValueQuery& query) {
  absl::btree_set<std::string> names;
  absl::btree_set<std::string> benchmarks;
  for (const IndicatorDefinition* definition : definitions) {
    for (const std::string& name : NamesNeeded(*definition)) names.insert(name);
    if (!definition->benchmark().empty()) benchmarks.insert(definition->benchmark());
  }
  Values values;
  ASSIGN_OR_RETURN(values.findings,
                   evidence_.Find(transaction, scope, names, benchmarks, query.known_at));
  const Audience audience = query.AudienceIn(scope.code);
  const bool rounded = audience == Audience::kPublic && IsTown(scope.division);
  IndicatorNumbers withheld;
  if (rounded && AnyCountsChildren(definitions)) {
    ASSIGN_OR_RETURN(withheld,
                     publication_.WithheldOn(transaction, scope.day, values.findings.values));
  }
  const Evidence& evidence = values.findings.evidence;
  const Question question{scope.code, scope.name, scope.day, audience != Audience::kCommission};
  values.indicators.reserve(definitions.size());
  for (const IndicatorDefinition* definition : definitions) {
    values.indicators.push_back(
        rounded ? EvaluateRounded(*definition, plan_.series(), question, evidence)
                : Evaluate(*definition, plan_.series(), question, evidence));
    if (withheld.contains(definition->number())) Withhold(&values.indicators.back());
  }
  return values;
}

}  // namespace tuoyu::aggregator
