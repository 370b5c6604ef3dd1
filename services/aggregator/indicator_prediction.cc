// PredictIndicators: what supposed changes of the registry would do to today's indicators.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/ids/division_code.h"
#include "common/rpc/errors.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;
using indicator::v1::MeasureDelta;
using indicator::v1::PredictIndicatorsRequest;

constexpr int kMostChanges = 100;
constexpr int64_t kLargestAmount = 1'000'000;

absl::Status CheckChanges(const PredictIndicatorsRequest& request, const data::Divisions& divisions,
                          absl::CivilDay day) {
  if (request.changes().empty()) return rpc::Error("FIELD_MISSING", {{"field", "changes"}});
  if (request.changes_size() > kMostChanges) {
    return rpc::Error("FIELD_INVALID", {{"field", "changes"}});
  }
  for (int i = 0; i < request.changes_size(); ++i) {
    const MeasureDelta& change = request.changes(i);
    if (PartsOf(change.measure()).size() != 1) {
      return rpc::Error("UNKNOWN_MEASURE", {{"measure", change.measure()}});
    }
    if (divisions.Find(change.division_code(), day) == nullptr) {
      return rpc::Error("UNKNOWN_DIVISION", {{"division", change.division_code()}});
    }
    if (std::abs(change.amount()) > kLargestAmount) {
      return rpc::Error("FIELD_INVALID", {{"field", absl::StrCat("changes[", i, "].amount")}});
    }
  }
  return absl::OkStatus();
}

// Adds the changes to the values of every division they lie in.
void Apply(const PredictIndicatorsRequest& request, int64_t city, RegistryValues* values) {
  for (const MeasureDelta& change : request.changes()) {
    const Measure measure = PartsOf(change.measure()).front();
    for (auto& [division, amounts] : values->by_division) {
      if (division == city ||
          ids::DivisionContains(absl::StrCat(division), change.division_code())) {
        amounts[measure] += change.amount();
      }
    }
  }
}

// The evidence with the differences that the changes made to measures.
Evidence WithChanges(Evidence evidence, const MeasuresByName& before, const MeasuresByName& after) {
  for (auto& [name, number] : evidence.measures) {
    const auto was = before.find(name);
    const auto is = after.find(name);
    if (was != before.end() && is != after.end()) number += is->second - was->second;
  }
  return evidence;
}

// Whether any measure of the definition came to something else.
bool IsTouched(const IndicatorDefinition& definition, const MeasuresByName& today,
               const MeasuresByName& supposed) {
  const absl::btree_set<std::string> names = NamesNeeded(definition);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    const auto before = today.find(name);
    return before != today.end() && before->second != supposed.at(name);
  });
}

absl::btree_set<std::string> NamesOf(const ValueReader::Definitions& definitions) {
  absl::btree_set<std::string> names;
  for (const IndicatorDefinition* definition : definitions) {
    for (const std::string& name : NamesNeeded(*definition)) names.insert(name);
  }
  return names;
}

// What a prediction tells of an indicator.
Indicator Gist(const Indicator& whole) {
  Indicator gist;
  IndicatorDefinition* definition = gist.mutable_definition();
  definition->set_number(whole.definition().number());
  definition->set_name_zh(whole.definition().name_zh());
  definition->set_name_en(whole.definition().name_en());
  definition->set_unit(whole.definition().unit());
  *gist.mutable_as_of() = whole.as_of();
  gist.set_suppressed(whole.suppressed());
  gist.set_persons_rounded_to(whole.persons_rounded_to());
  if (whole.suppressed()) return gist;
  gist.set_attainment(whole.attainment());
  gist.set_numerator(whole.numerator());
  gist.set_denominator(whole.denominator());
  gist.set_value(whole.value());
  return gist;
}

}  // namespace

absl::Status IndicatorService::Predict(const rpc::Call& call,
                                       const PredictIndicatorsRequest& request,
                                       indicator::v1::PredictIndicatorsResponse* reply) {
  ASSIGN_OR_RETURN(const Scope scope, ScopeOf(call, request.division_code(), false, {}));
  RETURN_IF_ERROR(CheckChanges(request, divisions_, scope.day));
  const std::vector<const IndicatorDefinition*> definitions = DefinitionsOn(plan_, scope.day);
  const ValueQuery query{{}, &call.caller, call.today};
  Values values;
  RETURN_IF_ERROR(db::RunTransaction(deps_.pool, call.deadline,
                                     [&](db::Transaction& transaction) -> absl::Status {
                                       ASSIGN_OR_RETURN(values, values_.Read(transaction, scope,
                                                                             definitions, query));
                                       return absl::OkStatus();
                                     },
                                     {.read_only = true, .cancelled = call.cancelled}));
  const Evidence& today = values.findings.evidence;
  const absl::btree_set<std::string> names = NamesOf(definitions);
  const MeasuresByName measured = MeasuresOf(scope, names, values.findings.values);
  Apply(request, evidence_.city(), &values.findings.values);
  const MeasuresByName supposed = MeasuresOf(scope, names, values.findings.values);
  const bool outside = query.AudienceIn(scope.code) == Audience::kPublic;
  for (size_t i = 0; i < definitions.size(); ++i) {
    const IndicatorDefinition& definition = *definitions[i];
    if (!IsTouched(definition, measured, supposed)) continue;
    const Indicator& now = values.indicators[i];
    const bool earlier = values.month_end && CountsChildren(definition);
    Evidence base = earlier ? values.month_end->evidence : today;
    // What is rounded is changed after it was: else the change at which it jumps would tell the exact number.
    const bool rounded = now.persons_rounded_to() != 0;
    if (rounded) base.measures = RoundChildren(std::move(base.measures));
    ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(now.as_of()));
    Indicator predicted =
        Evaluate(definition, plan_.series(), {scope.code, scope.name, day, outside},
                 WithChanges(std::move(base), measured, supposed));
    predicted.set_persons_rounded_to(now.persons_rounded_to());
    if (rounded) LeaveUnjudged(&predicted);
    // A withheld value must not be told by the one supposed changes make of it, and the other way round.
    const bool withheld = values.indicators[i].suppressed() || predicted.suppressed();
    values.indicators[i].set_suppressed(withheld);
    predicted.set_suppressed(withheld);
    indicator::v1::IndicatorPrediction& prediction = *reply->add_predictions();
    prediction.set_number(definition.number());
    *prediction.mutable_today() = Gist(values.indicators[i]);
    *prediction.mutable_predicted() = Gist(predicted);
  }
  return absl::OkStatus();
}

grpc::Status IndicatorService::PredictIndicators(grpc::ServerContext* context,
                                                 const PredictIndicatorsRequest* request,
                                                 indicator::v1::PredictIndicatorsResponse* reply) {
  return door_.Handle(context, *request, reply,
                      [&](rpc::Call& call) { return Predict(call, *request, reply); });
}

}  // namespace tuoyu::aggregator
