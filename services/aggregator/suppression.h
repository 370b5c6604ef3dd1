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

// Values of fewer persons than this are withheld outside the health commission (小数抑制). Places, facilities,
// kindergartens, streets and demonstration labels are on the public register themselves, so indicators 1, 2, 4, 5 and 10
// are told as they are.
inline constexpr int kSuppressBelow = privacy::kFewestTold;

// Whether a measure counts children ("children.…").
bool IsChildren(absl::string_view measure);

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

// Whether the definition or a variant counts children.
bool CountsChildren(const indicator::v1::IndicatorDefinition& definition);

// `measures` with numbers of children as they are told of streets and towns, see privacy::Rounded.
MeasuresByName RoundChildren(MeasuresByName measures);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_
