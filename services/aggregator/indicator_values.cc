#include "services/aggregator/indicator_values.h"

#include <algorithm>
#include <string>

#include "common/base/status.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measure_block.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::IndicatorDefinition;

// Whether what is told of other divisions decides whether this is.
bool IsPart(const Scope& scope, const ValueReader::Definitions& definitions,
            const ValueQuery& query) {
  return query.audience == Audience::kPublic && IsTown(scope.division) &&
         std::any_of(definitions.begin(), definitions.end(),
                     [](const IndicatorDefinition* each) { return !PersonsOf(*each).empty(); });
}

}  // namespace

ValueReader::ValueReader(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), evidence_(divisions), publication_(plan, divisions) {}

bool ValueReader::NeedsSnapshot(const Scope& scope, const Definitions& definitions,
                                const ValueQuery& query) {
  return query.known_at.registry != 0 || IsPart(scope, definitions, query);
}

absl::StatusOr<Values> ValueReader::Read(db::Transaction& transaction, const Scope& scope,
                                         const Definitions& definitions, const ValueQuery& query) {
  absl::btree_set<std::string> names;
  absl::btree_set<std::string> benchmarks;
  for (const IndicatorDefinition* definition : definitions) {
    for (const std::string& name : NamesNeeded(*definition)) names.insert(name);
    if (!definition->benchmark().empty()) benchmarks.insert(definition->benchmark());
  }
  Values values;
  ASSIGN_OR_RETURN(values.findings,
                   evidence_.Find(transaction, scope, names, benchmarks, query.known_at));
  PersonKinds withheld;
  if (IsPart(scope, definitions, query)) {
    ASSIGN_OR_RETURN(withheld,
                     publication_.WithheldOn(transaction, scope.day, values.findings.values));
  }
  const Evidence& evidence = values.findings.evidence;
  const Question question{scope.code, scope.name, scope.day,
                          query.audience != Audience::kCommission};
  values.indicators.reserve(definitions.size());
  for (const IndicatorDefinition* definition : definitions) {
    values.indicators.push_back(query.audience == Audience::kPublic
                                    ? EvaluateRounded(*definition, plan_.series(), question,
                                                      RoundPersons(*definition, evidence))
                                    : Evaluate(*definition, plan_.series(), question, evidence));
    if (withheld.contains(PersonsOf(*definition))) Withhold(&values.indicators.back());
  }
  return values;
}

}  // namespace tuoyu::aggregator
