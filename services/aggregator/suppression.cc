#include "services/aggregator/suppression.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "absl/strings/match.h"

namespace tuoyu::aggregator {
namespace {

using google::protobuf::RepeatedPtrField;
using indicator::v1::Indicator;
using indicator::v1::IndicatorInput;
using indicator::v1::IndicatorVariant;
using indicator::v1::Term;
using indicator::v1::VariantValue;

bool IsChildren(const Term& term) { return aggregator::IsChildren(term.measure()); }
bool IsPersons(const Term& term) {
  return IsChildren(term) || absl::StartsWith(term.measure(), "staff.");
}

bool AreChildren(const RepeatedPtrField<Term>& terms) {
  return std::any_of(terms.begin(), terms.end(), IsChildren);
}
bool ArePersons(const RepeatedPtrField<Term>& terms) {
  return std::any_of(terms.begin(), terms.end(), IsPersons);
}

int64_t CountOf(const Term& term, const MeasuresByName& measures) {
  const auto found = measures.find(term.measure());
  return found == measures.end() ? 0 : found->second;
}

// The persons a fraction counts, each as one whatever its factor, as far as it counts persons.
struct Persons {
  std::optional<int64_t> numerator;
  std::optional<int64_t> denominator;
  std::optional<int64_t> rest;  // of children: of the denominator, not in the numerator
};

std::optional<int64_t> NumberOf(const RepeatedPtrField<Term>& terms,
                                const MeasuresByName& measures) {
  if (!ArePersons(terms)) return std::nullopt;
  int64_t number = 0;
  for (const Term& term : terms) {
    if (term.counted() && IsPersons(term)) number += CountOf(term, measures);
  }
  return number;
}

std::optional<int64_t> Distance(std::optional<int64_t> a, std::optional<int64_t> b) {
  return a && b ? std::optional<int64_t>(std::abs(*a - *b)) : std::nullopt;
}

// `formula` is a definition or a variant.
template <typename Formula>
Persons PersonsIn(const Formula& formula, const MeasuresByName& measures) {
  Persons persons;
  persons.numerator = NumberOf(formula.numerator(), measures);
  persons.denominator = NumberOf(formula.denominator(), measures);
  if (AreChildren(formula.denominator())) {
    persons.rest = Distance(persons.numerator, persons.denominator);
  }
  return persons;
}

bool IsFew(std::optional<int64_t> number, int below) {
  return number && *number > 0 && *number < below;
}

bool AnyFew(const Persons& persons, int below) {
  return IsFew(persons.numerator, below) || IsFew(persons.denominator, below) ||
         IsFew(persons.rest, below);
}

// Whether one of the terms by itself counts few persons.
template <typename Formula>
bool AnyTermFew(const Formula& formula, const MeasuresByName& measures, int below) {
  const auto is_few = [&](const Term& term) {
    return IsPersons(term) && IsFew(CountOf(term, measures), below);
  };
  return std::any_of(formula.numerator().begin(), formula.numerator().end(), is_few) ||
         std::any_of(formula.denominator().begin(), formula.denominator().end(), is_few);
}

// With a factor, a value beside the definition's tells how many each term counts.
bool HasFactor(const IndicatorVariant& variant) {
  const auto has_factor = [](const Term& term) { return !term.factor().empty(); };
  return std::any_of(variant.numerator().begin(), variant.numerator().end(), has_factor) ||
         std::any_of(variant.denominator().begin(), variant.denominator().end(), has_factor);
}

// What one counts more or less than the other.
Persons Between(const Persons& a, const Persons& b) {
  return {Distance(a.numerator, b.numerator), Distance(a.denominator, b.denominator),
          Distance(a.rest, b.rest)};
}

void Withhold(VariantValue* variant) {
  variant->set_suppressed(true);
  variant->clear_value();
  variant->clear_numerator();
  variant->clear_denominator();
}

}  // namespace

bool IsChildren(absl::string_view measure) { return absl::StartsWith(measure, "children."); }

void Withhold(Indicator* indicator) {
  indicator->set_suppressed(true);
  indicator->clear_value();
  indicator->clear_numerator();
  indicator->clear_denominator();
  if (indicator->attainment() != indicator::v1::ATTAINMENT_NOT_COMPUTABLE) {
    indicator->set_attainment(indicator::v1::ATTAINMENT_UNDETERMINED);
  }
  for (IndicatorInput& input : *indicator->mutable_inputs()) input.clear_value();
  for (VariantValue& variant : *indicator->mutable_variants()) Withhold(&variant);
}

void WithholdFew(int below, const MeasuresByName& measures, Indicator* indicator) {
  const indicator::v1::IndicatorDefinition& definition = indicator->definition();
  const Persons persons = PersonsIn(definition, measures);
  if (AnyFew(persons, below) || AnyTermFew(definition, measures, below)) {
    return Withhold(indicator);
  }
  for (int i = 0; i < indicator->variants_size(); ++i) {
    const IndicatorVariant& variant = definition.variants(i);
    const Persons others = PersonsIn(variant, measures);
    if (AnyFew(others, below) || AnyFew(Between(persons, others), below) ||
        (HasFactor(variant) && AnyTermFew(variant, measures, below))) {
      Withhold(indicator->mutable_variants(i));
    }
  }
}

bool CountsChildren(const indicator::v1::IndicatorDefinition& definition) {
  const auto counts = [](const auto& formula) {
    return AreChildren(formula.numerator()) || AreChildren(formula.denominator());
  };
  return counts(definition) ||
         std::any_of(definition.variants().begin(), definition.variants().end(), counts);
}

MeasuresByName RoundChildren(MeasuresByName measures) {
  for (auto& [name, number] : measures) {
    if (IsChildren(name)) number = privacy::Rounded(number);
  }
  return measures;
}

}  // namespace tuoyu::aggregator
