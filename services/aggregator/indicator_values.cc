#include "services/aggregator/indicator_values.h"

#include <algorithm>
#include <memory>
#include <string>

#include "common/base/status.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measure_block.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::IndicatorDefinition;

// Whether what else is told decides whether this is.
bool IsPublished(const Scope& scope, const ValueReader::Definitions& definitions,
                 const ValueQuery& query) {
  return query.few_withheld && IsTown(scope.division) &&
         std::any_of(definitions.begin(), definitions.end(),
                     [](const IndicatorDefinition* each) { return !PersonsOf(*each).empty(); });
}

}  // namespace

ValueReader::ValueReader(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), evidence_(divisions), publication_(plan, divisions) {}

bool ValueReader::NeedsSnapshot(const Scope& scope, const Definitions& definitions,
                                const ValueQuery& query) {
  return query.known_at.registry != 0 || IsPublished(scope, definitions, query);
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
  std::shared_ptr<const Withheld> withheld;
  if (IsPublished(scope, definitions, query)) {
    ASSIGN_OR_RETURN(withheld, publication_.Read(transaction, query.today, values.findings.values));
  }
  const Question question{scope.code, scope.name, scope.day, query.few_withheld};
  values.indicators.reserve(definitions.size());
  for (const IndicatorDefinition* definition : definitions) {
    values.indicators.push_back(
        Evaluate(*definition, plan_.series(), question, values.findings.evidence));
    if (withheld != nullptr && withheld->Covers(*definition, scope.division, scope.day)) {
      Withhold(&values.indicators.back());
    }
  }
  return values;
}

}  // namespace tuoyu::aggregator
