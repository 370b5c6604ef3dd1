#include "services/aggregator/suppression.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/aggregator/decimal.h"

namespace tuoyu::aggregator {
namespace {

using google::protobuf::RepeatedPtrField;
using indicator::v1::Indicator;
using indicator::v1::IndicatorInput;
using indicator::v1::Term;
using indicator::v1::VariantValue;

bool Are(absl::string_view prefix, const RepeatedPtrField<Term>& terms) {
  return std::any_of(terms.begin(), terms.end(),
                     [&](const Term& term) { return absl::StartsWith(term.measure(), prefix); });
}

bool AreChildren(const RepeatedPtrField<Term>& terms) { return Are("children.", terms); }
bool ArePersons(const RepeatedPtrField<Term>& terms) {
  return AreChildren(terms) || Are("staff.", terms);
}

// The persons a fraction counts, as far as it counts persons and the numbers are known.
struct Persons {
  std::optional<Decimal> numerator;
  std::optional<Decimal> denominator;
  std::optional<Decimal> rest;  // of children: of the denominator, not in the numerator
};

std::optional<Decimal> NumberOf(const RepeatedPtrField<Term>& terms, const std::string& sum) {
  if (!ArePersons(terms)) return std::nullopt;
  const absl::StatusOr<Decimal> number = Decimal::Parse(sum);
  return number.ok() ? std::optional<Decimal>(*number) : std::nullopt;
}

std::optional<Decimal> Distance(std::optional<Decimal> a, std::optional<Decimal> b) {
  return a && b ? std::optional<Decimal>(Distance(*a, *b)) : std::nullopt;
}

// `formula` is a definition or a variant, `value` what it came to.
template <typename Formula, typename Value>
Persons PersonsIn(const Formula& formula, const Value& value) {
  Persons persons;
  persons.numerator = NumberOf(formula.numerator(), value.numerator());
  persons.denominator = NumberOf(formula.denominator(), value.denominator());
  if (AreChildren(formula.denominator())) {
    persons.rest = Distance(persons.numerator, persons.denominator);
  }
  return persons;
}

bool AnyFew(const Persons& persons, int below) {
  const auto is_few = [&](const std::optional<Decimal>& number) {
    return number && !number->IsZero() && *number < Decimal::FromInt(below);
  };
  return is_few(persons.numerator) || is_few(persons.denominator) || is_few(persons.rest);
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

void Withhold(Indicator* indicator) {
  indicator->set_suppressed(true);
  indicator->clear_value();
  indicator->clear_numerator();
  indicator->clear_denominator();
  indicator->set_attainment(indicator::v1::ATTAINMENT_UNDETERMINED);
  for (IndicatorInput& input : *indicator->mutable_inputs()) input.clear_value();
  for (VariantValue& variant : *indicator->mutable_variants()) Withhold(&variant);
}

}  // namespace

bool CountsPersons(const indicator::v1::IndicatorDefinition& definition) {
  return ArePersons(definition.numerator());
}

void WithholdFew(int below, Indicator* indicator) {
  const indicator::v1::IndicatorDefinition& definition = indicator->definition();
  const Persons persons = PersonsIn(definition, *indicator);
  if (AnyFew(persons, below)) return Withhold(indicator);
  for (int i = 0; i < indicator->variants_size(); ++i) {
    const Persons others = PersonsIn(definition.variants(i), indicator->variants(i));
    if (AnyFew(others, below) || AnyFew(Between(persons, others), below)) {
      Withhold(indicator->mutable_variants(i));
    }
  }
}

}  // namespace tuoyu::aggregator
