#ifndef TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_

#include <cstdint>
#include <vector>

namespace tuoyu::aggregator {

// The numbers of persons that are told as privacy::Rounded(number), `least` to `most`; 1 to `step` - 1 for one that is few.
struct Range {
  int64_t least = 0;
  int64_t most = 0;
};
Range RangeOf(int64_t number, int step);

// Whether more can be told of a part with 1 to `step` - 1 persons than that it has so many, by who knows the whole
// exactly, as from a release, and of all its other parts what is told (互补抑制).
bool TellsFew(int64_t whole, const std::vector<int64_t>& parts, int step);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
