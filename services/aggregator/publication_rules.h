#ifndef TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
#define TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_

#include <cstdint>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"

namespace tuoyu::aggregator {

// Numbers of persons, in an order that is the same for all divisions and days.
using Counts = std::vector<int64_t>;

// What is counted on a day in a whole and in its parts: the district and its streets and towns.
struct CountedDay {
  Counts whole;
  absl::btree_map<int64_t, Counts> parts;  // by division; together the whole
};

using Parts = absl::btree_set<int64_t>;

// Whose numbers are withheld on each of `days`, which are those of publication in order (互补抑制), so that nobody who
// reads all the others and every whole can tell of fewer than `below` persons, but of 0:
// - a part's number that is few is withheld;
// - so is one that differs by few from what the same part told on an earlier day;
// - what is withheld on a day is withheld of at least two parts that count anyone, unless there are no others, and is not
//   few together: the whole less the rest tells that much;
// - what several parts of which any is withheld come to on one day does not differ by few from what they come to on an
//   earlier one, unless they are all parts: the whole tells the same.
// The whole is told on any day, so a part is withheld rather than the whole. A day withheld once stays so when days are
// added after it.
std::vector<Parts> WithheldParts(const std::vector<CountedDay>& days, int below);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_PUBLICATION_RULES_H_
