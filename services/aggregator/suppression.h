#ifndef TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_
#define TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_

#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// Values of fewer persons than this are withheld outside the health commission (小数抑制).
inline constexpr int kSuppressBelow = 5;

// Whether the numerator counts persons (measures "children.…" and "staff.…"). Places, facilities,
// kindergartens, streets and demonstration labels are on the public register themselves, so
// indicators 1, 2, 4, 5 and 10 are never suppressed.
bool CountsPersons(const indicator::v1::IndicatorDefinition& definition);

// Withholds what tells of few persons: some, but fewer than `below`. The value with everything when
// the numerator or the denominator are so few, and of children when what the one leaves of the
// other is; the value of a variant also when what it counts more or less than the value is. 0
// persons are told. How many of the staff lack a certificate is not withheld for being few: the
// public is to know how near indicator 9 is to its target.
void WithholdFew(int below, indicator::v1::Indicator* indicator);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_SUPPRESSION_H_
