#include "services/aggregator/publication_rules.h"

#include <algorithm>

#include "common/privacy/few.h"

namespace tuoyu::aggregator {

using privacy::IsFew;

Range RangeOf(int64_t number, int step) {
  if (IsFew(number, step)) return {1, step - 1};
  if (number < step) return {number, number};
  const int64_t rounded = privacy::Rounded(number, step);
  return {std::max<int64_t>(rounded - step / 2, step), rounded + step / 2};
}

bool TellsFew(int64_t whole, const std::vector<int64_t>& parts, int step) {
  if (std::none_of(parts.begin(), parts.end(), [&](int64_t part) { return IsFew(part, step); })) {
    return false;
  }
  // Over all parts: how far they may lie above the least they can be, and how far they do. Where every part but one may
  // take up that distance, of that one nothing is told.
  int64_t room = 0;
  int64_t taken = whole;
  for (const int64_t part : parts) {
    const Range range = RangeOf(part, step);
    room += range.most - range.least;
    taken -= range.least;
  }
  const int64_t own = step - 2;  // the room of a part with few
  return taken < own || taken > room - own;
}

}  // namespace tuoyu::aggregator
