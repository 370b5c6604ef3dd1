#include "services/inspection/penalty/applied_law.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

#include "absl/algorithm/container.h"
#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_rules.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyConduct;
using v1::PenaltyConsequence;
using v1::PenaltyRules;

const PenaltyConsequence* ConsequenceOf(const PenaltyConduct& conduct, v1::PenaltyTier tier) {
  const auto found = absl::c_find_if(
      conduct.consequences(), [&](const PenaltyConsequence& each) { return each.tier() == tier; });
  return found != conduct.consequences().end() ? &*found : nullptr;
}

// The measures are numbered from the lightest up.
int Gravest(const google::protobuf::RepeatedField<int>& measures) {
  return measures.empty() ? 0 : *std::max_element(measures.begin(), measures.end());
}

// At least one of these has to be taken: the lightest will do.
int Lightest(const google::protobuf::RepeatedField<int>& measures) {
  return measures.empty() ? 0 : *std::min_element(measures.begin(), measures.end());
}

// How grave a consequence is; less is lighter. A fine counted in gains has no amount to compare: its multiple stands beside.
using Gravity = std::tuple<int, int, int64_t, int, int64_t>;
Gravity GravityOf(const PenaltyConsequence& consequence) {
  const int may = std::max({Gravest(consequence.all_of()), Gravest(consequence.one_of()),
                            Gravest(consequence.any_of())});
  const int must = std::max(Gravest(consequence.all_of()), Lightest(consequence.one_of()));
  return {may, consequence.fine_max_of_gains(), consequence.fine_max_fen(), must,
          consequence.fine_min_fen()};
}

}  // namespace

AppliedLaw LawOf(absl::string_view conduct, v1::PenaltyTier tier, const PenaltyRules& then,
                 const PenaltyRules* now, absl::CivilDay today) {
  const AppliedLaw old{&then, FindConduct(then, conduct)};
  if (now == nullptr || now->version() == then.version() || old.conduct == nullptr) return old;
  const PenaltyConduct* present = FindConduct(*now, conduct);
  if (present == nullptr) return {now, nullptr};
  // The article of the later file does not hold yet.
  if (present->has_since() && FromProto(present->since()).value_or(today) > today) return old;
  const PenaltyConsequence* before = ConsequenceOf(*old.conduct, tier);
  const PenaltyConsequence* after = ConsequenceOf(*present, tier);
  if (before == nullptr) return old;
  if (after == nullptr || GravityOf(*after) < GravityOf(*before)) return {now, present};
  return old;
}

}  // namespace tuoyu::inspection
