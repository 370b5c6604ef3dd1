#ifndef TUOYU_SERVICES_INSPECTION_DRAW_WEIGHTED_SET_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_WEIGHTED_SET_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tuoyu::inspection {

// Numbers 0 to size-1 with a weight each, laid one behind the other on a line: which of them covers a point of the line is
// found in time logarithmic in the size, and so are weights changed (a binary indexed tree, Fenwick 1994).
class WeightedSet {
 public:
  // All weigh 0.
  explicit WeightedSet(size_t size) : tree_(size + 1, 0) {}

  int64_t total() const { return total_; }

  // Adds to the weight of a number; it must not fall below 0.
  void Add(size_t number, int64_t weight) {
    total_ += weight;
    for (size_t i = number + 1; i < tree_.size(); i += i & (~i + 1)) tree_[i] += weight;
  }

  // Weight of all numbers before `number`.
  int64_t Before(size_t number) const {
    int64_t sum = 0;
    for (size_t i = number; i > 0; i -= i & (~i + 1)) sum += tree_[i];
    return sum;
  }

  // The number that covers the point, 0 <= point < total().
  size_t At(int64_t point) const {
    size_t step = 1;
    while (step * 2 < tree_.size()) step *= 2;
    size_t found = 0;
    for (; step > 0; step /= 2) {
      if (found + step < tree_.size() && tree_[found + step] <= point) {
        found += step;
        point -= tree_[found];
      }
    }
    return found;
  }

 private:
  std::vector<int64_t>
      tree_;  // from 1 on; tree_[i] sums the weights of the numbers (i - lowest bit of i, i]
  int64_t total_ = 0;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_WEIGHTED_SET_H_
