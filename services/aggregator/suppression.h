#ifndef TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_
#define TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_

#include <cstdint>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "common/privacy/few.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// What measures of the registry came to, by name.
using MeasuresByName = absl::btree_map<std::string, int64_t>;

// Values of fewer persons than this are withheld outside the health commission (小数抑制).
inline constexpr int kSuppressBelow = privacy::kFewestTold;

// Whether a measure counts persons: "children.…" and "staff.…". Places, facilities, kindergartens, streets and
// demonstration labels are on the public register themselves, so indicators 1, 2, 4, 5 and 10 are told as they are.
bool IsPersons(absl::string_view measure);

// Withholds what tells of few persons: some, but fewer than `below`. The value with everything when
// the numerator, the denominator or a term are so few, and of children when what the one leaves of
// the other is; the value of a variant also when what it counts more or less than the value is, and
// when a term of one with factors is few, which could be told from the two values. 0 persons are
// told. How many of the staff lack a certificate is not withheld for being few: the public is to
// know how near indicator 9 is to its target. `measures`: those of the terms, of variants too.
// One division on one day is looked at; for what the towns subtracted from the district tell see publication_rules.h.
void WithholdFew(int below, const MeasuresByName& measures, indicator::v1::Indicator* indicator);

// Withholds the value with all it rests on.
void Withhold(indicator::v1::Indicator* indicator);

// Whose persons the definition and its variants count: "children", "staff", of both the first named; empty where none.
std::string PersonsOf(const indicator::v1::IndicatorDefinition& definition);

// How numbers of persons of which only the rounded ones are known are taken.
enum class Rounding {
  kNearest,  // as they are told, see Rounded
  kLeast,    // as the value of the definition is the least
  kMost,
};

// `measures` with those that count persons rounded; numbers below kSuppressBelow stay.
MeasuresByName RoundPersons(const indicator::v1::IndicatorDefinition& definition,
                            const MeasuresByName& measures, Rounding rounding);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_
