#include "services/aggregator/indicator_rules.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "common/data/plan.h"
#include "services/aggregator/decimal.h"
#include "services/aggregator/measures.h"
#include "services/aggregator/statistic_rules.h"

namespace tuoyu::aggregator {
namespace {

using google::protobuf::RepeatedPtrField;
using indicator::v1::ConfidenceInterval;
using indicator::v1::Indicator;
using indicator::v1::IndicatorDefinition;
using indicator::v1::IndicatorInput;
using indicator::v1::IndicatorVariant;
using indicator::v1::Statistic;
using indicator::v1::StatisticSeries;
using indicator::v1::Target;
using indicator::v1::Term;
using indicator::v1::VariantValue;

constexpr absl::string_view kRegistry = "registry";
// The 97.5 % quantile of the standard normal distribution: both tails leave out 2.5 %.
constexpr double kQuantile95 = 1.959963984540054;

// Whether the measure counts facilities, so that it is unknown before the first record; the streets
// themselves are known from the table of divisions.
bool CountsFacilities(absl::string_view name) {
  return data::ReadStatisticTerm(name).series.empty() && name != "streets";
}

// The statistic a term takes its number from; null for measures of the registry and when none is reported.
const Statistic* StatisticOf(absl::string_view term, const Evidence& evidence) {
  const auto found = evidence.statistics.find(data::ReadStatisticTerm(term).series);
  return found == evidence.statistics.end() ? nullptr : &found->second;
}

bool CountsChildren(absl::string_view name) { return absl::StartsWith(name, "children."); }
bool CountsManaged(absl::string_view name) {
  return CountsChildren(name) &&
         (absl::EndsWith(name, ".managed") || absl::EndsWith(name, "_managed"));
}

// Whether the measure counts children and nobody has reported any yet, or any health record.
bool NeverReported(absl::string_view name, const Evidence& evidence) {
  return (CountsChildren(name) && !evidence.has_children) ||
         (CountsManaged(name) && !evidence.has_managed);
}

// The value of a term, or nothing when it is missing.
std::optional<Decimal> ValueOf(const std::string& name, const Evidence& evidence) {
  if (const data::StatisticTerm term = data::ReadStatisticTerm(name); !term.series.empty()) {
    const Statistic* statistic = StatisticOf(name, evidence);
    if (statistic == nullptr) return std::nullopt;
    if (term.valid_answers) {
      return statistic->has_survey()
                 ? std::optional<Decimal>(Decimal::FromInt(statistic->survey().valid()))
                 : std::nullopt;
    }
    const absl::StatusOr<Decimal> value = Decimal::Parse(statistic->value());
    return value.ok() ? std::optional<Decimal>(*value) : std::nullopt;
  }
  const auto found = evidence.measures.find(name);
  if (found == evidence.measures.end() || (CountsFacilities(name) && !evidence.has_records) ||
      NeverReported(name, evidence)) {
    return std::nullopt;
  }
  return Decimal::FromInt(found->second);
}

// The value of a term times its factor, or nothing when it is missing.
std::optional<Decimal> WeighedValueOf(const Term& term, const Evidence& evidence) {
  const std::optional<Decimal> value = ValueOf(term.measure(), evidence);
  if (!value || term.factor().empty()) return value;
  const absl::StatusOr<Decimal> factor = Decimal::Parse(term.factor());
  return factor.ok() ? std::optional<Decimal>(*value * *factor) : std::nullopt;
}

IndicatorInput InputOf(const Term& term, bool in_numerator, absl::CivilDay as_of,
                       const Evidence& evidence) {
  IndicatorInput input;
  input.set_measure(term.measure());
  input.set_counted(term.counted());
  input.set_in_numerator(in_numerator);
  if (const auto value = ValueOf(term.measure(), evidence)) input.set_value(value->ToString());
  if (data::ReadStatisticTerm(term.measure()).series.empty()) {
    input.set_source(std::string(kRegistry));
    *input.mutable_reference_date() = ToProto(as_of);
  } else if (const Statistic* statistic = StatisticOf(term.measure(), evidence);
             statistic != nullptr) {
    input.set_source(statistic->publisher());
    *input.mutable_reference_date() = statistic->reference_date();
    *input.mutable_statistic() = *statistic;
  }
  return input;
}

// Why a term has no value to compute with.
struct Missing {
  std::string name;
  std::optional<absl::CivilDay> too_old;  // reference date of the newest statistic, when it is that
  bool before_first_record = false;       // of a measure: no facility is on record
};

// The statistic's reference date when it lies too far back from the day.
std::optional<absl::CivilDay> TooOld(absl::string_view name, const SeriesList& series,
                                     absl::CivilDay as_of, const Evidence& evidence) {
  const Statistic* statistic = StatisticOf(name, evidence);
  const StatisticSeries* rule = FindSeries(series, data::ReadStatisticTerm(name).series);
  if (statistic == nullptr || rule == nullptr) return std::nullopt;
  const absl::StatusOr<absl::CivilDay> day = FromProto(statistic->reference_date());
  if (!day.ok() || !IsTooOld(*rule, *day, as_of)) return std::nullopt;
  return *day;
}

// The sum of the counted terms; nothing when one is missing, which is then named.
std::optional<Decimal> Sum(const RepeatedPtrField<Term>& terms, const SeriesList& series,
                           absl::CivilDay as_of, const Evidence& evidence, Missing* missing) {
  Decimal sum;
  for (const Term& term : terms) {
    if (!term.counted()) continue;
    const std::optional<Decimal> value = WeighedValueOf(term, evidence);
    const auto too_old = TooOld(term.measure(), series, as_of, evidence);
    if (!value || too_old) {
      *missing = {term.measure(), too_old, !evidence.has_records};
      return std::nullopt;
    }
    sum += *value;
  }
  return sum;
}

// The stable reason for a term of the numerator or denominator without value.
const char* ReasonOf(const Missing& missing, bool in_numerator) {
  if (data::ReadStatisticTerm(missing.name).series.empty() && missing.before_first_record) {
    return kBeforeFirstRecord;
  }
  if (missing.too_old) return kStatisticTooOld;
  return in_numerator ? kNumeratorMissing : kDenominatorMissing;
}

void Refuse(absl::string_view reason, std::string zh, std::string en, Indicator* indicator) {
  indicator->set_attainment(indicator::v1::ATTAINMENT_NOT_COMPUTABLE);
  indicator->set_not_computable_reason(std::string(reason));
  indicator->set_reason_zh(std::move(zh));
  indicator->set_reason_en(std::move(en));
}

// Refuses because a term of the numerator or denominator has no value.
void RefuseMissing(const Missing& missing, bool in_numerator, const SeriesList& list,
                   absl::CivilDay as_of, Indicator* indicator) {
  const char* reason = ReasonOf(missing, in_numerator);
  const std::string day = FormatDay(as_of);
  const std::string name(data::ReadStatisticTerm(missing.name).series);
  if (name.empty() && !missing.before_first_record) {
    const bool records = CountsManaged(missing.name);
    return Refuse(reason,
                  absl::StrCat("截至 ", day, " 没有机构上报",
                               records ? "已核实的电子健康档案" : "婴幼儿名册", "，不作0处理"),
                  absl::StrCat("no ", records ? "confirmed health record" : "roster of children",
                               " has been reported by ", day, "; this is not 0"),
                  indicator);
  }
  if (name.empty()) {
    return Refuse(reason, absl::StrCat("截至 ", day, " 登记系统中没有任何机构的记录"),
                  absl::StrCat("the registry has no record of any facility by ", day), indicator);
  }
  const StatisticSeries* series = FindSeries(list, name);
  const absl::string_view name_zh = series == nullptr ? name : series->name_zh();
  const absl::string_view name_en = series == nullptr ? name : series->name_en();
  if (missing.too_old) {
    const std::string newest = FormatDay(*missing.too_old);
    const int months = series->max_age_months();
    return Refuse(
        reason,
        absl::StrCat(name_zh, "（", name, "）最近的统计时点是 ", newest, "，距 ", day, " 超过 ",
                     months, " 个月，不再采用，请录入较新的统计数"),
        absl::StrCat("the newest statistic of ", name_en, " (", name, ") is of ", newest,
                     ", more than ", months, " months before ", day, "; report a newer one"),
        indicator);
  }
  Refuse(reason,
         absl::StrCat("缺少", in_numerator ? "分子" : "分母", "：没有统计时点在 ", day, " 或以前的",
                      name_zh, "（", name, "），请先录入该统计数"),
         absl::StrCat(in_numerator ? "the numerator" : "the denominator",
                      " is missing: no statistic of ", name_en, " (", name,
                      ") with a reference date on or before ", day, "; report it first"),
         indicator);
}

indicator::v1::Attainment Judge(const Ratio& ratio, const IndicatorDefinition& definition,
                                const std::optional<Target>& target) {
  if (!target) return indicator::v1::ATTAINMENT_UNDETERMINED;
  const absl::StatusOr<Decimal> value = Decimal::Parse(target->value());
  if (!value.ok()) return indicator::v1::ATTAINMENT_UNDETERMINED;
  const int order = ratio.Compare(*value);
  bool attained = false;
  switch (definition.operator_()) {
    case indicator::v1::TARGET_OPERATOR_AT_LEAST:
      attained = order >= 0;
      break;
    case indicator::v1::TARGET_OPERATOR_MORE_THAN:
      attained = order > 0;
      break;
    default:
      return indicator::v1::ATTAINMENT_UNDETERMINED;
  }
  return attained ? indicator::v1::ATTAINMENT_ATTAINED : indicator::v1::ATTAINMENT_NOT_ATTAINED;
}

// Whether the definition is the share of a survey's valid questionnaires that passed.
bool IsShareOfSurvey(const IndicatorDefinition& definition) {
  if (definition.numerator_size() != 1 || definition.denominator_size() != 1) return false;
  const data::StatisticTerm above = data::ReadStatisticTerm(definition.numerator(0).measure());
  const data::StatisticTerm below = data::ReadStatisticTerm(definition.denominator(0).measure());
  return above.series == below.series && !above.valid_answers && below.valid_answers;
}

// What a formula - a definition's or a variant's - divides.
struct Fraction {
  std::optional<Decimal> numerator;
  std::optional<Decimal> denominator;  // 1 for a count
  Missing missing;                     // the first term that has no value
};

template <typename Formula>
Fraction FractionOf(const Formula& formula, const SeriesList& series, absl::CivilDay as_of,
                    const Evidence& evidence) {
  Fraction fraction;
  fraction.denominator = formula.denominator().empty() ? std::optional<Decimal>(Decimal::FromInt(1))
                                                       : Sum(formula.denominator(), series, as_of,
                                                             evidence, &fraction.missing);
  // Last, so that of two that are missing the numerator's is named.
  fraction.numerator = Sum(formula.numerator(), series, as_of, evidence, &fraction.missing);
  return fraction;
}

// Enters the sums of `fraction` that are known into an indicator or the value of a variant.
template <typename Formula, typename Value>
void SetSums(const Formula& formula, const Fraction& fraction, Value* value) {
  if (fraction.numerator) value->set_numerator(fraction.numerator->ToString());
  if (fraction.denominator && !formula.denominator().empty()) {
    value->set_denominator(fraction.denominator->ToString());
  }
}

// The values of the variants, in order.
void AddVariants(const IndicatorDefinition& definition, const SeriesList& series,
                 absl::CivilDay as_of, const Evidence& evidence, Indicator* indicator) {
  for (const IndicatorVariant& variant : definition.variants()) {
    const Fraction fraction = FractionOf(variant, series, as_of, evidence);
    VariantValue* value = indicator->add_variants();
    value->set_key(variant.key());
    SetSums(variant, fraction, value);
    if (!fraction.numerator || !fraction.denominator) {
      value->set_not_computable_reason(ReasonOf(fraction.missing, !fraction.numerator));
    } else if (fraction.denominator->IsZero()) {
      value->set_not_computable_reason(kDenominatorZero);
    } else {
      const Ratio ratio{*fraction.numerator, *fraction.denominator, definition.scale()};
      value->set_value(ratio.Rounded(definition.decimals()));
    }
  }
}

// What an indicator without targets of its own is measured by: the benchmark of the year. Null where there is none.
const Statistic* BenchmarkOf(const IndicatorDefinition& definition, const Evidence& evidence,
                             absl::CivilDay as_of) {
  if (!definition.targets().empty()) return nullptr;
  const auto benchmark = evidence.statistics.find(definition.benchmark());
  const bool is_of_year = benchmark != evidence.statistics.end() &&
                          benchmark->second.reference_date().year() == as_of.year();
  return is_of_year ? &benchmark->second : nullptr;
}

// Inputs of the definition's own terms, numerator first.
void AddInputs(const IndicatorDefinition& definition, absl::CivilDay as_of,
               const Evidence& evidence, Indicator* indicator) {
  for (const bool in_numerator : {true, false}) {
    for (const Term& term : in_numerator ? definition.numerator() : definition.denominator()) {
      IndicatorInput* input = indicator->add_inputs();
      *input = InputOf(term, in_numerator, as_of, evidence);
      if (input->statistic().rehearsal()) indicator->set_rehearsal(true);
    }
  }
}

}  // namespace

std::vector<const IndicatorDefinition*> DefinitionsOn(const indicator::v1::Plan& plan,
                                                      absl::CivilDay day) {
  std::vector<const IndicatorDefinition*> definitions;
  for (const IndicatorDefinition& definition : plan.indicators()) {
    const absl::StatusOr<absl::CivilDay> from = FromProto(definition.effective_from());
    if (definitions.empty() || definitions.back()->number() != definition.number()) {
      definitions.push_back(&definition);
    } else if (from.ok() && *from <= day) {
      definitions.back() = &definition;
    }
  }
  return definitions;
}

const Statistic* UsableStatistic(absl::string_view term, const SeriesList& series,
                                 absl::CivilDay as_of, const Evidence& evidence) {
  return TooOld(term, series, as_of, evidence) ? nullptr : StatisticOf(term, evidence);
}

absl::btree_set<std::string> NamesNeeded(const IndicatorDefinition& definition) {
  absl::btree_set<std::string> names;
  const auto add = [&](const auto& formula) {
    for (const Term& term : formula.numerator()) names.insert(term.measure());
    for (const Term& term : formula.denominator()) names.insert(term.measure());
  };
  add(definition);
  for (const IndicatorVariant& variant : definition.variants()) add(variant);
  if (!definition.benchmark().empty()) names.insert(definition.benchmark());
  return names;
}

std::optional<Target> TargetInForce(const IndicatorDefinition& definition, const Evidence& evidence,
                                    absl::CivilDay as_of) {
  for (const Target& target : definition.targets()) {
    if (target.year() == as_of.year()) return target;
  }
  if (!definition.targets().empty()) return *definition.targets().rbegin();
  const Statistic* benchmark = BenchmarkOf(definition, evidence, as_of);
  if (benchmark == nullptr) return std::nullopt;
  Target target;
  target.set_year(static_cast<int32_t>(as_of.year()));
  target.set_value(benchmark->value());
  target.set_source(absl::StrCat(benchmark->publisher(), " ", benchmark->document_number()));
  return target;
}

std::string LinearPath(const IndicatorDefinition& definition, absl::CivilDay as_of) {
  const absl::StatusOr<Decimal> from = Decimal::Parse(definition.baseline());
  if (definition.targets_size() != 1 || !from.ok()) return "";
  const absl::StatusOr<Decimal> to = Decimal::Parse(definition.targets(0).value());
  const absl::CivilDay first(definition.baseline_year(), 12, 31);
  const absl::CivilDay last(definition.targets(0).year(), 12, 31);
  if (!to.ok() || as_of < first || as_of > last || first >= last) return "";
  // Weighted by the days from either end: no difference is taken, which Decimal does not know.
  Decimal sum = *from * Decimal::FromInt(last - as_of);
  sum += *to * Decimal::FromInt(as_of - first);
  return Ratio{sum, Decimal::FromInt(last - first)}.Rounded(definition.decimals());
}

ConfidenceInterval WilsonInterval(int64_t passed, int64_t valid, int scale, int decimals) {
  const double n = static_cast<double>(valid);
  const double share = static_cast<double>(passed) / n;
  const double z2 = kQuantile95 * kQuantile95;
  const double centre = share + z2 / (2 * n);
  const double margin = kQuantile95 * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  const double below = std::max(0.0, (centre - margin) / (1 + z2 / n));
  const double above = std::min(1.0, (centre + margin) / (1 + z2 / n));
  ConfidenceInterval interval;
  interval.set_lower(absl::StrFormat("%.*f", decimals, below * scale));
  interval.set_upper(absl::StrFormat("%.*f", decimals, above * scale));
  interval.set_confidence(95);
  interval.set_method("Wilson");
  return interval;
}

Indicator Evaluate(const IndicatorDefinition& definition, const SeriesList& series,
                   const Question& question, const Evidence& evidence) {
  Indicator indicator;
  *indicator.mutable_definition() = definition;
  indicator.set_formula_version(definition.formula_version());
  indicator.set_division_code(question.division_code);
  indicator.set_division_name(question.division_name);
  *indicator.mutable_as_of() = ToProto(question.as_of);
  const std::optional<Target> target = TargetInForce(definition, evidence, question.as_of);
  if (target) *indicator.mutable_target() = *target;
  if (!definition.unavailable_reason_zh().empty()) {
    Refuse(kNotInRegistry, definition.unavailable_reason_zh(), definition.unavailable_reason_en(),
           &indicator);
    return indicator;
  }
  AddInputs(definition, question.as_of, evidence, &indicator);
  const Statistic* benchmark = BenchmarkOf(definition, evidence, question.as_of);
  if (benchmark != nullptr && benchmark->rehearsal()) indicator.set_rehearsal(true);
  const Fraction fraction = FractionOf(definition, series, question.as_of, evidence);
  SetSums(definition, fraction, &indicator);
  if (!fraction.numerator || !fraction.denominator) {
    RefuseMissing(fraction.missing, !fraction.numerator, series, question.as_of, &indicator);
  } else if (fraction.denominator->IsZero()) {
    Refuse(kDenominatorZero, "分母为零", "the denominator is zero", &indicator);
  } else {
    const Ratio ratio{*fraction.numerator, *fraction.denominator, definition.scale()};
    indicator.set_value(ratio.Rounded(definition.decimals()));
    indicator.set_attainment(Judge(ratio, definition, target));
    if (IsShareOfSurvey(definition)) {
      *indicator.mutable_interval() =
          WilsonInterval(fraction.numerator->Whole(), fraction.denominator->Whole(),
                         definition.scale(), definition.decimals());
    }
  }
  AddVariants(definition, series, question.as_of, evidence, &indicator);
  if (question.suppress_small) WithholdFew(question.suppress_below, evidence.measures, &indicator);
  return indicator;
}

void LeaveUnjudged(Indicator* indicator) {
  if (indicator->attainment() == indicator::v1::ATTAINMENT_NOT_COMPUTABLE) return;
  indicator->set_attainment(indicator::v1::ATTAINMENT_UNDETERMINED);
}

Indicator EvaluateRounded(const IndicatorDefinition& definition, const SeriesList& series,
                          const Question& question, const Evidence& evidence) {
  Indicator exact = Evaluate(definition, series, question, evidence);
  if (exact.suppressed() || !CountsChildren(definition)) return exact;
  Evidence rounded = evidence;
  rounded.measures = RoundChildren(evidence.measures);
  Question all = question;
  all.suppress_small = false;
  Indicator told = Evaluate(definition, series, all, rounded);
  LeaveUnjudged(&told);
  for (int i = 0; i < exact.variants_size(); ++i) {
    if (exact.variants(i).suppressed()) *told.mutable_variants(i) = exact.variants(i);
  }
  told.set_persons_rounded_to(question.suppress_below);
  return told;
}

}  // namespace tuoyu::aggregator
