#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_RULES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/aggregator/statistic_rules.h"
#include "services/aggregator/suppression.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Stable reasons of ATTAINMENT_NOT_COMPUTABLE.
inline constexpr char kNotInRegistry[] = "NOT_IN_REGISTRY";          // the plan says why
inline constexpr char kBeforeFirstRecord[] = "BEFORE_FIRST_RECORD";  // no facility by that day
inline constexpr char kNumeratorMissing[] = "NUMERATOR_MISSING";     // a statistic not reported
inline constexpr char kDenominatorMissing[] = "DENOMINATOR_MISSING";
inline constexpr char kStatisticTooOld[] = "STATISTIC_TOO_OLD";  // the newest one is
inline constexpr char kDenominatorZero[] = "DENOMINATOR_ZERO";

// What is asked.
struct Question {
  std::string division_code;
  std::string division_name;
  absl::CivilDay as_of;
  // Whether the caller gets values that rest on few persons withheld.
  bool suppress_small = true;
  int suppress_below = kSuppressBelow;
};

// What is known, by name of measure or series.
struct Evidence {
  // Whether any facility was on record by the day. Without, measures of facilities are not 0 but
  // unknown.
  bool has_records = false;
  // Whether any child was on a roster by the day, and any with a managed health record. Without,
  // measures of children are not 0 but unknown: nobody has reported yet.
  bool has_children = false;
  bool has_managed = false;
  // Registry measures, "places.total", "streets" and "streets_with_inclusive" included.
  MeasuresByName measures;
  // Statistics chosen: newest reference date on or before the day, newest revision. By series.
  absl::btree_map<std::string, indicator::v1::Statistic> statistics;
};

// The definitions used for values as of `day`, by number: of each number the one that took effect
// last on or before the day, the first where none had. Pointers into `plan`.
std::vector<const indicator::v1::IndicatorDefinition*> DefinitionsOn(
    const indicator::v1::Plan& plan, absl::CivilDay day);

// The statistic a term takes its number from on `as_of`; null for measures of the registry, when none is reported and
// when the newest is too old. Points into `evidence`.
const indicator::v1::Statistic* UsableStatistic(absl::string_view term, const SeriesList& series,
                                                absl::CivilDay as_of, const Evidence& evidence);

// Names of all terms of the definition and its variants, and its benchmark.
absl::btree_set<std::string> NamesNeeded(const indicator::v1::IndicatorDefinition& definition);

// The target `as_of` is judged by: the one of its year when there is one, else the final one; a
// benchmark indicator's is the statistic of that year. Unset when there is none.
std::optional<indicator::v1::Target> TargetInForce(
    const indicator::v1::IndicatorDefinition& definition, const Evidence& evidence,
    absl::CivilDay as_of);

// Where a straight line from the baseline at the end of its year to the one target at the end of its year stands on a day,
// rounded; empty outside these days, with several targets, and without a number at either end. An aid, not official.
std::string LinearPath(const indicator::v1::IndicatorDefinition& definition, absl::CivilDay as_of);

// The 95 % interval of a share of `passed` among `valid` (> 0) questionnaires, times `scale`, with `decimals`.
indicator::v1::ConfidenceInterval WilsonInterval(int64_t passed, int64_t valid, int scale,
                                                 int decimals);

// The indicator's value with all it rests on; `positions` is left to the caller. Exact: the
// comparison with the target is made before rounding. Without numerator or denominator, or with a
// denominator of 0, NOT_COMPUTABLE with a reason, never 0 or 100; without target UNDETERMINED.
// A statistic that is too old for the day is shown, but not computed with. Variants are computed
// beside it, each term times its factor, and never judged. `series`: of the plan.
indicator::v1::Indicator Evaluate(const indicator::v1::IndicatorDefinition& definition,
                                  const SeriesList& series, const Question& question,
                                  const Evidence& evidence);

// A value from rounded numbers is not compared with the target: by the exact ones it would tell more of them, and by the
// rounded ones something else than the truth.
void LeaveUnjudged(indicator::v1::Indicator* indicator);

// The same of a street or town as it is told outside the health commission: from rounded numbers of children and not judged;
// the exact ones decide what is withheld. Says what it is rounded to when the definition or a variant counts children.
indicator::v1::Indicator EvaluateRounded(const indicator::v1::IndicatorDefinition& definition,
                                         const SeriesList& series, const Question& question,
                                         const Evidence& evidence);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_RULES_H_
