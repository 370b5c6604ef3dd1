#include "services/aggregator/publication.h"

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

// Whether any number of persons that the definition tells of the parts tells of few.
bool AnyTellsFew(const IndicatorDefinition& definition, const Amounts& whole,
                 const std::vector<const Amounts*>& parts) {
  for (const std::string& name : NamesNeeded(definition)) {
    if (!IsPersons(name)) continue;
    std::vector<int64_t> counts;
    counts.reserve(parts.size());
    for (const Amounts* part : parts) counts.push_back(CountOf(name, *part));
    if (TellsFew(CountOf(name, whole), counts, kSuppressBelow)) return true;
  }
  return false;
}

}  // namespace

Publication::Publication(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), divisions_(divisions) {}

absl::StatusOr<PersonKinds> Publication::WithheldOn(db::Transaction& transaction,
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
  ASSIGN_OR_RETURN(PersonKinds kinds, Decide(transaction, day));
  std::lock_guard<std::mutex> lock(mutex_);
  // Another thread may have seen more of the journal meanwhile.
  if (generation_ == values.generation && sequence_ == values.sequence) withheld_[day] = kinds;
  return kinds;
}

absl::StatusOr<PersonKinds> Publication::Decide(db::Transaction& transaction,
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
  PersonKinds kinds;
  for (const IndicatorDefinition* definition : DefinitionsOn(plan_, day)) {
    const std::string kind = PersonsOf(*definition);
    if (kind.empty() || kinds.contains(kind)) continue;
    if (AnyTellsFew(*definition, values.by_division.at(district), parts)) kinds.insert(kind);
  }
  return kinds;
}

}  // namespace tuoyu::aggregator
