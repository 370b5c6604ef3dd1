#ifndef TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_

#include <cstdint>
#include <vector>

namespace tuoyu::aggregator {

// The numbers that something can be, by what is told of it.
struct Range {
  int64_t least = 0;
  int64_t most = 0;
};
// Of a number that is told as privacy::Rounded(number); 1 to `step` - 1 for one that is few, and withheld.
Range RangeOf(int64_t number, int step);
// Of what is in `all` and not in `some` of them, which is 0, few and withheld, or follows from the two as they are told.
Range RestOf(int64_t all, int64_t some, int step);

// Whether more can be told of a part with few than that it has so many, by who knows the whole exactly and of its parts
// these (互补抑制).
bool TellsFew(int64_t whole, const std::vector<Range>& parts, int step);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
