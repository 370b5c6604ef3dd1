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

Range RestOf(int64_t all, int64_t some, int step) {
  const int64_t rest = all - some;
  if (rest < step) return RangeOf(rest, step);
  // Each of the two may be off by half a step.
  const int64_t told = privacy::Rounded(all, step) - privacy::Rounded(some, step);
  return {std::max<int64_t>(told - step + 1, step), told + step - 1};
}

bool TellsFew(int64_t whole, const std::vector<Range>& parts, int step) {
  const auto is_few = [&](const Range& part) { return part.least == 1 && part.most == step - 1; };
  if (std::none_of(parts.begin(), parts.end(), is_few)) return false;
  // Over all parts: how far they may lie above the least they can be, and how far they do. Where every part but one may
  // take up that distance, of that one nothing is told.
  int64_t room = 0;
  int64_t taken = whole;
  for (const Range& part : parts) {
    room += part.most - part.least;
    taken -= part.least;
  }
  const int64_t own = step - 2;  // the room of a part with few
  return taken < own || taken > room - own;
}

}  // namespace tuoyu::aggregator
