#ifndef TUOYU_SERVICES_INSPECTION_DRAW_RANDOM_STREAM_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_RANDOM_STREAM_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/sha256.h"

namespace tuoyu::inspection {

// Numbers that follow from a seed and can be told by nobody who lacks it: SHA-256 of seed and counter, block after block
// (draw.md, step 3).
class RandomStream {
 public:
  // `seed`: 64 hex digits.
  explicit RandomStream(std::string seed) : seed_(std::move(seed)) {}

  // The next number below `bound` > 0, each with the same chance.
  int64_t Below(int64_t bound) {
    const auto wide = static_cast<uint64_t>(bound);
    // What lies above the largest multiple of the bound is passed over, else small numbers would be likelier.
    constexpr uint64_t kMost = std::numeric_limits<uint64_t>::max();
    const uint64_t most = kMost - (kMost % wide + 1) % wide;
    uint64_t number = Next();
    while (number > most) number = Next();
    return static_cast<int64_t>(number % wide);
  }

 private:
  uint64_t Next() {
    constexpr size_t kBytes = sizeof(uint64_t);
    if (used_ == block_.size()) {
      block_ = Sha256(absl::StrCat(seed_, " ", counter_++));
      used_ = 0;
    }
    uint64_t number = 0;
    for (size_t i = 0; i < kBytes; ++i) {
      number = number << 8 | static_cast<unsigned char>(block_[used_ + i]);
    }
    used_ += kBytes;
    return number;
  }

  const std::string seed_;
  uint64_t counter_ = 0;
  std::string block_;
  size_t used_ = 0;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_RANDOM_STREAM_H_
