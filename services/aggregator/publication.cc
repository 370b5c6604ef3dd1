#include "services/aggregator/publication.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/aggregator/evidence.h"
#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measure_block.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::IndicatorDefinition;

// The measures of a division that the definition and its variants are made of, by name.
MeasuresByName MeasuresOf(const IndicatorDefinition& definition, const Amounts& amounts) {
  MeasuresByName measures;
  for (const std::string& name : NamesNeeded(definition)) {
    int64_t sum = 0;
    for (const Measure measure : PartsOf(name)) sum += amounts[measure];
    measures[name] = sum;
  }
  return measures;
}

// Numbers of persons by name, of a whole and its parts.
struct NamedDay {
  MeasuresByName whole;
  absl::btree_map<int64_t, MeasuresByName> parts;
};

CountedDay InOrder(const NamedDay& named) {
  const auto counts = [&](const MeasuresByName& numbers) {
    Counts ordered;
    for (const auto& [name, unused] : named.whole) {
      const auto found = numbers.find(name);
      ordered.push_back(found == numbers.end() ? 0 : found->second);
    }
    return ordered;
  };
  CountedDay day;
  day.whole = counts(named.whole);
  for (const auto& [part, numbers] : named.parts) day.parts[part] = counts(numbers);
  return day;
}

std::vector<absl::CivilDay> MonthsOfPublication(const indicator::v1::Plan& plan,
                                                absl::CivilDay today) {
  std::vector<absl::CivilDay> days;
  const absl::StatusOr<absl::CivilDay> begin = FromProto(plan.effective_from());
  if (!begin.ok()) return days;
  for (absl::CivilDay day = EndOfMonth(*begin - 1); day <= today; day = EndOfMonth(day + 1)) {
    days.push_back(day);
  }
  return days;
}

}  // namespace

absl::CivilDay EndOfMonth(absl::CivilDay day) {
  return absl::CivilDay(absl::CivilMonth(day) + 1) - 1;
}

bool Withheld::Covers(const IndicatorDefinition& definition, int64_t division,
                      absl::CivilDay day) const {
  if (!IsTown(division)) return false;
  const std::string persons = PersonsOf(definition);
  if (persons.empty()) return false;
  const auto months = by_persons_.find(persons);
  if (months == by_persons_.end()) return true;
  const auto month = months->second.find(day);
  return month == months->second.end() || month->second.contains(division);
}

Publication::Publication(const indicator::v1::Plan& plan, const data::Divisions& divisions)
    : plan_(plan), divisions_(divisions) {}

absl::StatusOr<std::shared_ptr<const Withheld>> Publication::Read(db::Transaction& transaction,
                                                                  absl::CivilDay today,
                                                                  const RegistryValues& values) {
  const std::vector<absl::CivilDay> days = MonthsOfPublication(plan_, today);
  const absl::CivilDay last = days.empty() ? absl::CivilDay() : days.back();
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (withheld_ != nullptr && generation_ == values.generation && sequence_ == values.sequence &&
        last_day_ == last) {
      return withheld_;
    }
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Withheld> withheld, Decide(transaction, days));
  std::lock_guard<std::mutex> lock(mutex_);
  generation_ = values.generation;
  sequence_ = values.sequence;
  last_day_ = last;
  withheld_ = withheld;
  return withheld;
}

absl::StatusOr<absl::btree_map<std::string, CountedDay>> Publication::CountOn(
    db::Transaction& transaction, absl::CivilDay day) const {
  const int64_t district = DivisionNumber(divisions_.district_code());
  std::vector<int64_t> numbers = {district};
  for (const data::Division* part : divisions_.Children(divisions_.district_code(), day)) {
    numbers.push_back(DivisionNumber(part->code));
  }
  ASSIGN_OR_RETURN(const RegistryValues values, ReadValues(transaction, numbers, day));
  absl::btree_map<std::string, NamedDay> named;
  // All definitions, so that the numbers are the same on all days.
  for (const IndicatorDefinition& definition : plan_.indicators()) {
    const std::string persons = PersonsOf(definition);
    if (persons.empty()) continue;
    NamedDay& of_kind = named[persons];
    for (const int64_t number : numbers) {
      const MeasuresByName told =
          PersonsTold(definition, MeasuresOf(definition, values.by_division.at(number)));
      MeasuresByName& counts = number == district ? of_kind.whole : of_kind.parts[number];
      for (const auto& [name, count] : told) {
        counts[definition.formula_version() + " " + name] = count;
      }
    }
  }
  absl::btree_map<std::string, CountedDay> counted;
  for (const auto& [persons, of_kind] : named) counted[persons] = InOrder(of_kind);
  return counted;
}

absl::StatusOr<std::shared_ptr<const Withheld>> Publication::Decide(
    db::Transaction& transaction, const std::vector<absl::CivilDay>& days) const {
  absl::btree_map<std::string, std::vector<CountedDay>> counted;
  for (const absl::CivilDay day : days) {
    ASSIGN_OR_RETURN(auto on_day, CountOn(transaction, day));
    for (auto& [persons, of_kind] : on_day) counted[persons].push_back(std::move(of_kind));
  }
  absl::btree_map<std::string, Withheld::ByMonth> by_persons;
  for (const auto& [persons, of_kind] : counted) {
    std::vector<Parts> withheld = WithheldParts(of_kind, kSuppressBelow);
    Withheld::ByMonth& months = by_persons[persons];
    for (size_t i = 0; i < withheld.size(); ++i) months[days[i]] = std::move(withheld[i]);
  }
  return std::make_shared<const Withheld>(std::move(by_persons));
}

}  // namespace tuoyu::aggregator
