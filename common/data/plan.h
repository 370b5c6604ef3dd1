#ifndef TUOYU_COMMON_DATA_PLAN_H_
#define TUOYU_COMMON_DATA_PLAN_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::data {

// True for the name of a measure the registry can give: places, inclusive and facility counts by facility type, streets,
// kindergartens with care, staff, demonstration units, children (deploy/data/plan says what each counts).
bool IsRegistryMeasure(absl::string_view name);

// True for the name of a reported statistic: "stat." and a lower-case name.
bool IsStatistic(absl::string_view name);

// What a term takes from a statistic.
struct StatisticTerm {
  absl::string_view series;  // "stat.parenting_survey"; empty when the term is no statistic
  bool valid_answers =
      false;  // "….valid": the valid questionnaires of a survey, not those that passed
};
StatisticTerm ReadStatisticTerm(absl::string_view name);

// An action plan (deploy/data/plan). INVALID_ARGUMENT with a line "file:line: path: reason" for each fault: what
// YamlToProto finds, and what would make an indicator meaningless: numbers out of order, definitions of a
// number out of order in time, a measure unknown or a statistic not among the series, a formula
// missing or given to an indicator that can't be computed, a target without operator, years out of order, numbers that
// are not decimal text, a variant with a key given twice or without terms, a factor outside a variant, not above 0, above 1
// or with so many decimals that what it makes is not exact, a unit with a code or name given twice, a task of a unit or an
// indicator that is not in the plan.
absl::StatusOr<indicator::v1::Plan> ParsePlan(absl::string_view text, absl::string_view file);

// The same of a file. NOT_FOUND if it can't be read.
absl::StatusOr<indicator::v1::Plan> LoadPlan(const std::string& path);

}  // namespace tuoyu::data

#endif  // TUOYU_COMMON_DATA_PLAN_H_
