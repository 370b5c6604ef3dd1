#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_SPLITMIX_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_SPLITMIX_H_

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tuoyu::rehearsal {

// SplitMix64 (Steele, Lea, Flood 2014): small, and the same numbers with every compiler and library, which the
// distributions of <random> do not promise.
class SplitMix64 {
 public:
  explicit SplitMix64(uint64_t seed) : state_(seed) {}
  // The stream of one thing (`index`) for one purpose of a seed: streams do not depend on each other, so that a thing is
  // made the same in whatever order things are made.
  SplitMix64(uint64_t seed, uint64_t purpose, uint64_t index)
      : state_(SplitMix64(SplitMix64(seed).Next() ^ purpose).Next() ^ (index * kGolden)) {}

  uint64_t Next() {
    uint64_t z = (state_ += kGolden);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31);
  }
  // 0 to below `bound`, which is above 0. The bias is below bound / 2^64.
  uint64_t Below(uint64_t bound) { return Next() % bound; }
  // `low` to `high`, both included.
  int Between(int low, int high) {
    return low + static_cast<int>(Below(static_cast<uint64_t>(high - low) + 1));
  }
  bool Percent(int percent) { return static_cast<int>(Below(100)) < percent; }

  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }
  template <typename T, size_t kSize>
  const T& Pick(const T (&from)[kSize]) {
    return from[Below(kSize)];
  }
  // Fisher and Yates.
  template <typename T>
  void Shuffle(std::vector<T>* items) {
    for (size_t i = items->size(); i > 1; --i) std::swap((*items)[i - 1], (*items)[Below(i)]);
  }

 private:
  static constexpr uint64_t kGolden = 0x9E3779B97F4A7C15U;
  uint64_t state_;
};

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_SPLITMIX_H_
