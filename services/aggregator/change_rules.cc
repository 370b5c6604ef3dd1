#include "services/aggregator/change_rules.h"

#include <algorithm>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/strings/string_view.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::StatisticChange;
using indicator::v1::Term;

// What is known begins or ends to be: how much each day's weight changes.
struct Step {
  Weight before;
  Weight after;
};

Weight Negative(Weight weight) { return {-weight.numerator, -weight.denominator}; }

Weight Capped(Weight weight, int64_t most) {
  if (most == 0) return weight;
  return {std::min(weight.numerator, most), std::min(weight.denominator, most)};
}

}  // namespace

CountedParts PartsOfTerms(const google::protobuf::RepeatedPtrField<Term>& terms) {
  CountedParts parts;
  for (const Term& term : terms) {
    if (!term.counted()) continue;
    if (term.measure() == kStreetsWithInclusive) ++parts.streets_with_inclusive;
    if (term.measure() == kStreets) ++parts.streets;
    for (const Measure measure : PartsOf(term.measure())) {
      if (measure == kKindergartensWithCare) {
        ++parts.kindergartens;
      } else {
        (CountsMembers(measure) ? parts.members : parts.facilities).push_back(measure);
      }
    }
  }
  return parts;
}

std::vector<Effect> Attribute(const std::vector<KnownWeight>& weights, int64_t since, int64_t at,
                              int64_t most) {
  absl::btree_map<int64_t, Step> steps;
  for (const KnownWeight& known : weights) {
    Step& begins = steps[known.known_from];
    begins.before += known.before;
    begins.after += known.after;
    Step& ends = steps[known.known_to];
    ends.before += Negative(known.before);
    ends.after += Negative(known.after);
  }
  std::vector<Effect> effects;
  Weight before;
  Weight after;
  Weight difference;
  for (const auto& [sequence, step] : steps) {
    if (sequence > at) break;
    after += step.after;
    if (sequence <= since) before += step.before;
    Weight now = Capped(after, most);
    now += Negative(Capped(before, most));
    Weight added = now;
    added += Negative(difference);
    if (!(added == Weight())) effects.push_back({sequence, added});
    difference = now;
  }
  return effects;
}

std::vector<StatisticChange> StatisticChanges(const Evidence& before, const Evidence& after) {
  absl::btree_set<std::string> series;
  for (const auto& [name, statistic] : before.statistics) series.insert(name);
  for (const auto& [name, statistic] : after.statistics) series.insert(name);
  std::vector<StatisticChange> changes;
  for (const std::string& name : series) {
    const auto earlier = before.statistics.find(name);
    const auto later = after.statistics.find(name);
    const bool had = earlier != before.statistics.end();
    const bool has = later != after.statistics.end();
    if (had && has && earlier->second.name() == later->second.name()) continue;
    StatisticChange& change = changes.emplace_back();
    change.set_series(name);
    if (had) *change.mutable_before() = earlier->second;
    if (has) *change.mutable_after() = later->second;
  }
  return changes;
}

}  // namespace tuoyu::aggregator
