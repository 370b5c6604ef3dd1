#ifndef TUOYU_COMMON_CONTENT_PICTURE_SIZE_H_
#define TUOYU_COMMON_CONTENT_PICTURE_SIZE_H_

#include <cstdint>

namespace tuoyu {

// Whether a picture of so many dots is one: no camera makes a larger one, and what unpacks it would need gigabytes.
inline bool IsPictureSize(int64_t width, int64_t height) {
  constexpr int64_t kMostSide = 20'000;
  constexpr int64_t kMostDots = 50'000'000;
  return width > 0 && height > 0 && width <= kMostSide && height <= kMostSide &&
         width * height <= kMostDots;
}

}  // namespace tuoyu

#endif  // TUOYU_COMMON_CONTENT_PICTURE_SIZE_H_
