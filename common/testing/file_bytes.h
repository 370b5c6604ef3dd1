#ifndef TUOYU_COMMON_TESTING_FILE_BYTES_H_
#define TUOYU_COMMON_TESTING_FILE_BYTES_H_

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

// Made-up files that are whole, to the byte as large as asked for.
namespace tuoyu::testing {

inline std::string BigEndian32(uint32_t value) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text.push_back(static_cast<char>(value >> shift));
  return text;
}

// A chunk of a PNG with its check sum; `type` of 4 letters.
inline std::string PngChunk(absl::string_view type, absl::string_view data) {
  const std::string checked = absl::StrCat(type, data);
  return absl::StrCat(
      BigEndian32(static_cast<uint32_t>(data.size())), checked,
      BigEndian32(static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(checked.data()),
                                              static_cast<uInt>(checked.size())))));
}

// A grey picture of `width` dots in one line, as `data` of its IDAT chunk.
inline std::string PngOf(uint32_t width, absl::string_view more_chunks = "") {
  const std::string line(size_t{width} + 1, '\0');
  std::string packed(compressBound(static_cast<uLong>(line.size())), '\0');
  auto size = static_cast<uLongf>(packed.size());
  compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
            reinterpret_cast<const Bytef*>(line.data()), static_cast<uLong>(line.size()),
            Z_NO_COMPRESSION);
  packed.resize(size);
  return absl::StrCat(absl::string_view("\x89PNG\r\n\x1a\n", 8),
                      PngChunk("IHDR", absl::StrCat(BigEndian32(width), BigEndian32(1),
                                                    absl::string_view("\x08\0\0\0\0", 5))),
                      more_chunks, PngChunk("IDAT", packed), PngChunk("IEND", ""));
}

// Of `size` bytes, 100 at least. A large one is as large by a chunk that is no part of the picture.
inline std::string Png(size_t size) {
  constexpr size_t kMostDots = 10'000;
  const size_t least = PngOf(1).size();
  if (size < kMostDots) return PngOf(static_cast<uint32_t>(size - least + 1));
  const size_t frame = PngChunk("paDd", "").size();
  return PngOf(1, PngChunk("paDd", std::string(size - least - frame, 'x')));
}

// A JPEG with these segments before the picture, each with its marker.
inline std::string JpegOf(absl::string_view segments) {
  return absl::StrCat(absl::string_view("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20),
                      segments, absl::string_view("\xFF\xC0\0\x0B\x08\0\x08\0\x08\1\1\x11\0", 13),
                      absl::string_view("\xFF\xDA\0\x08\1\1\0\0\x3F\0", 10),
                      absl::string_view("\x12\xFF\0\x34\xFF\xD0\x56", 7),
                      absl::string_view("\xFF\xD9", 2));
}

// A segment of a JPEG with its marker and length.
inline std::string JpegSegment(char marker, absl::string_view content) {
  const size_t length = content.size() + 2;
  return absl::StrCat(
      std::string{'\xFF', marker, static_cast<char>(length >> 8), static_cast<char>(length)},
      content);
}

inline std::string Pdf(size_t size) {
  std::string bytes = "%PDF-1.7\n";
  bytes.resize(size - 6, '\n');
  return bytes + "%%EOF\n";
}

}  // namespace tuoyu::testing

#endif  // TUOYU_COMMON_TESTING_FILE_BYTES_H_
