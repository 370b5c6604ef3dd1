#include "services/aggregator/publication.h"

#include <algorithm>
#include <string>
#include <vector>

#include "common/base/status.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measures.h"
#include "services/aggregator/publication_rules.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::IndicatorDefinition;

// Days kept at a time: those of the longest series.
constexpr size_t kMostDays = 100;

int64_t CountOf(const std::string& measure, const Amounts& amounts) {
  int64_t sum = 0;
  for (const Measure part : PartsOf(measure)) sum += amounts[part];
  return sum;
}

using Terms = google::protobuf::RepeatedPtrField<indicator::v1::Term>;

int64_t ChildrenIn(const Terms& terms, const Amounts& amounts) {
  int64_t sum = 0;
  for (const indicator::v1::Term& term : terms) {
    if (term.counted() && IsChildren(term.measure())) sum += CountOf(term.measure(), amounts);
  }
  return sum;
}

bool HasChildren(const Terms& terms) {
  return std::any_of(terms.begin(), terms.end(),
                     [](const indicator::v1::Term& term) { return IsChildren(term.measure()); });
}

// Whether any number of children that the definition tells of the parts tells of few.
bool AnyTellsFew(const IndicatorDefinition& definition, const Amounts& whole,
                 const std::vector<const Amounts*>& parts) {
  std::vector<Range> ranges(parts.size());
  for (const std::string& name : NamesNeeded(definition)) {
    if (!IsChildren(name)) continue;
    for (size_t i = 0; i < parts.size(); ++i) {
      ranges[i] = RangeOf(CountOf(name, *parts[i]), kSuppressBelow);
    }
    if (TellsFew(CountOf(name, whole), ranges, kSuppressBelow)) return true;
  }
  if (!HasChildren(definition.numerator()) || !HasChildren(definition.denominator())) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    ranges[i] = RestOf(ChildrenIn(definition.denominator(), *parts[i]),
                       ChildrenIn(definition.numerator(), *parts[i]), kSuppressBelow);
  }
  return TellsFew(
      ChildrenIn(definition.denominator(), whole) - ChildrenIn(definition.numerator(), whole),
      ranges, kSuppressBelow);
}

}  // namespace

Publication::Publication(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), divisions_(divisions) {}

absl::StatusOr<IndicatorNumbers> Publication::WithheldOn(db::Transaction& transaction,
                                                         absl::CivilDay day,
                                                         const RegistryValues& values) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (generation_ != values.generation || sequence_ != values.sequence ||
        withheld_.size() >= kMostDays) {
      withheld_.clear();
    }
    generation_ = values.generation;
    sequence_ = values.sequence;
    if (const auto found = withheld_.find(day); found != withheld_.end()) return found->second;
  }
  ASSIGN_OR_RETURN(IndicatorNumbers withheld, Decide(transaction, day));
  std::lock_guard<std::mutex> lock(mutex_);
  // Another thread may have seen more of the journal meanwhile.
  if (generation_ == values.generation && sequence_ == values.sequence) withheld_[day] = withheld;
  return withheld;
}

absl::StatusOr<IndicatorNumbers> Publication::Decide(db::Transaction& transaction,
                                                     absl::CivilDay day) const {
  const int64_t district = DivisionNumber(divisions_.district_code());
  std::vector<int64_t> numbers = {district};
  for (const data::Division* part : divisions_.Children(divisions_.district_code(), day)) {
    numbers.push_back(DivisionNumber(part->code));
  }
  ASSIGN_OR_RETURN(const RegistryValues values, ReadValues(transaction, numbers, day));
  std::vector<const Amounts*> parts;
  for (const int64_t number : numbers) {
    if (number != district) parts.push_back(&values.by_division.at(number));
  }
  IndicatorNumbers withheld;
  for (const IndicatorDefinition* definition : DefinitionsOn(plan_, day)) {
    if (!CountsChildren(*definition)) continue;
    if (AnyTellsFew(*definition, values.by_division.at(district), parts)) {
      withheld.insert(definition->number());
    }
  }
  return withheld;
}

}  // namespace tuoyu::aggregator
