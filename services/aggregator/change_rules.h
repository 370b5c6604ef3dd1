#ifndef TUOYU_SERVICES_AGGREGATOR_CHANGE_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_CHANGE_RULES_H_

#include <cstdint>
#include <vector>

#include "services/aggregator/indicator_rules.h"
#include "services/aggregator/measures.h"
#include "tuoyu/indicator/v1/change.pb.h"

namespace tuoyu::aggregator {

// A sum of counted terms by what the registry counts for them.
struct CountedParts {
  std::vector<Measure> facilities;  // sums over facilities
  std::vector<Measure> members;     // sums over what belongs to facilities
  int kindergartens = 0;            // how often kindergartens_with_care is a term
  int streets_with_inclusive = 0;
  int streets = 0;

  friend bool operator==(const CountedParts& a, const CountedParts& b) {
    return a.facilities == b.facilities && a.members == b.members &&
           a.kindergartens == b.kindergartens &&
           a.streets_with_inclusive == b.streets_with_inclusive && a.streets == b.streets;
  }
};

// The parts of the numerator or denominator of a definition; statistics are left out.
CountedParts PartsOfTerms(const google::protobuf::RepeatedPtrField<indicator::v1::Term>& terms);

// What counts, in the numerator and in the denominator.
struct Weight {
  int64_t numerator = 0;
  int64_t denominator = 0;

  friend bool operator==(Weight a, Weight b) {
    return a.numerator == b.numerator && a.denominator == b.denominator;
  }
  Weight& operator+=(Weight other) {
    numerator += other.numerator;
    denominator += other.denominator;
    return *this;
  }
};

// What a record counted for on the earlier day and counts for on the later one, by what was known from entry `known_from`
// until before `known_to`.
struct KnownWeight {
  int64_t known_from = 0;
  int64_t known_to = 0;
  Weight before;
  Weight after;
};

// What one entry added to a change.
struct Effect {
  int64_t sequence = 0;
  Weight weight;
};

// Which entries made the difference between what counted on the earlier day as known at entry `since` and what counts on
// the later one as known at entry `at`, `since` <= `at`; by sequence, none that added nothing, together exactly the
// difference. An entry up to `since` adds what it made of the difference between the two days; a later one what it made
// of the later day. `most`: what counts once however much adds to it - a street with several facilities - has its weight
// here; else it is 0.
std::vector<Effect> Attribute(const std::vector<KnownWeight>& weights, int64_t since, int64_t at,
                              int64_t most = 0);

// The statistics that are not the same, by series.
std::vector<indicator::v1::StatisticChange> StatisticChanges(const Evidence& before,
                                                             const Evidence& after);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_CHANGE_RULES_H_
