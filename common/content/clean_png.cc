#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "absl/algorithm/container.h"
#include "common/base/status.h"
#include "common/content/clean_content.h"
#include "common/content/picture_size.h"
#include "common/rpc/errors.h"

namespace tuoyu {
namespace {

constexpr absl::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr size_t kHeaderBytes = 13;
// Of a chunk (W3C PNG 5.3): length and type before its data, a check sum behind.
constexpr size_t kBefore = 8;
constexpr size_t kBehind = 4;
// Chunks the picture is shown by.
constexpr absl::string_view kKept[] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS",
                                       "gAMA", "cHRM", "sRGB", "sBIT", "bKGD"};

uint32_t BigEndian(absl::string_view bytes, size_t at) {
  uint32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

uint32_t CheckSum(absl::string_view bytes) {
  return static_cast<uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

// What a header says.
struct Header {
  int64_t width = 0;
  int64_t height = 0;
  int64_t bits = 0;  // of a dot
  bool interlaced = false;
};

// Bits of a dot; 0 for what is no kind of PNG (table 11.1).
int64_t BitsOf(int depth, int colour) {
  const bool small = depth == 1 || depth == 2 || depth == 4;
  const bool whole = depth == 8 || depth == 16;
  switch (colour) {
    case 0:
      return small || whole ? depth : 0;
    case 2:
      return whole ? int64_t{depth} * 3 : 0;
    case 3:
      return small || depth == 8 ? depth : 0;
    case 4:
      return whole ? int64_t{depth} * 2 : 0;
    case 6:
      return whole ? int64_t{depth} * 4 : 0;
    default:
      return 0;
  }
}

bool ReadHeader(absl::string_view data, Header* header) {
  if (data.size() != kHeaderBytes) return false;
  header->width = BigEndian(data, 0);
  header->height = BigEndian(data, 4);
  header->bits = BitsOf(data[8], data[9]);
  header->interlaced = data[12] == 1;
  return IsPictureSize(header->width, header->height) && header->bits > 0 && data[10] == 0 &&
         data[11] == 0 && (data[12] == 0 || data[12] == 1);
}

// Bytes of so many lines, each with its filter byte.
int64_t BytesOf(int64_t width, int64_t height, int64_t bits) {
  return width == 0 || height == 0 ? 0 : height * (1 + (width * bits + 7) / 8);
}

int64_t UnpackedBytes(const Header& header) {
  if (!header.interlaced) return BytesOf(header.width, header.height, header.bits);
  // Adam7: where each pass begins and how far its dots lie apart, across and down.
  constexpr int kPasses[7][4] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4},
                                 {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
  int64_t bytes = 0;
  for (const auto& pass : kPasses) {
    const int64_t width = (header.width - pass[0] + pass[2] - 1) / pass[2];
    const int64_t height = (header.height - pass[1] + pass[3] - 1) / pass[3];
    bytes += BytesOf(width, height, header.bits);
  }
  return bytes;
}

// Unpacks the picture's bytes as they pass by and counts them.
class Picture {
 public:
  Picture() { ready_ = inflateInit(&stream_) == Z_OK; }
  ~Picture() { inflateEnd(&stream_); }
  Picture(const Picture&) = delete;
  Picture& operator=(const Picture&) = delete;

  // Whether they can be unpacked, and there are not more of them than `most`.
  bool Add(absl::string_view packed, int64_t most) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    while (ready_ && stream_.avail_in > 0 && !ended_) {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END) return false;
      bytes_ += static_cast<int64_t>(buffer_.size() - stream_.avail_out);
      ended_ = result == Z_STREAM_END;
      if (bytes_ > most) return false;
    }
    // Nothing hides behind the picture.
    return ready_ && stream_.avail_in == 0;
  }
  bool IsWhole(int64_t expected) const { return ended_ && bytes_ == expected; }

 private:
  z_stream stream_ = {};
  bool ready_ = false;
  bool ended_ = false;
  int64_t bytes_ = 0;
  std::array<Bytef, 65536> buffer_ = {};
};

// Reads a PNG chunk by chunk and writes those that are kept.
class Png {
 public:
  explicit Png(absl::string_view bytes) : bytes_(bytes) {}

  // Whether it is whole.
  bool Read() {
    if (bytes_.substr(0, kSignature.size()) != kSignature) return false;
    kept_ = std::string(kSignature);
    bytes_.remove_prefix(kSignature.size());
    while (!ended_) {
      if (!ReadChunk()) return false;
    }
    return picture_.IsWhole(UnpackedBytes(header_));
  }

  std::string TakeKept() { return std::move(kept_); }

 private:
  bool ReadChunk() {
    if (bytes_.size() < kBefore + kBehind) return false;
    const size_t length = BigEndian(bytes_, 0);
    if (length > bytes_.size() - kBefore - kBehind) return false;
    const absl::string_view chunk = bytes_.substr(0, kBefore + length + kBehind);
    bytes_.remove_prefix(chunk.size());
    if (CheckSum(chunk.substr(4, 4 + length)) != BigEndian(chunk, kBefore + length)) return false;
    const absl::string_view type = chunk.substr(4, 4);
    if (!ReadContent(type, chunk.substr(kBefore, length))) return false;
    if (absl::c_linear_search(kKept, type)) {
      kept_.append(chunk.data(), chunk.size());
      return true;
    }
    // A capital letter: it can't be shown without, and is none of those there are.
    return (static_cast<unsigned char>(type[0]) & 0x20) != 0;
  }

  bool ReadContent(absl::string_view type, absl::string_view data) {
    if (type == "IHDR") {
      if (begun_) return false;
      begun_ = true;
      return ReadHeader(data, &header_);
    }
    if (!begun_) return false;
    if (type == "IDAT") return picture_.Add(data, UnpackedBytes(header_));
    if (type == "IEND") {
      ended_ = true;
      return data.empty();
    }
    return true;
  }

  absl::string_view bytes_;
  std::string kept_;
  Header header_;
  Picture picture_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<std::string> CleanPng(absl::string_view bytes) {
  Png png(bytes);
  if (!png.Read()) return rpc::Error("CONTENT_BROKEN", {{"type", "image/png"}});
  return png.TakeKept();
}

}  // namespace tuoyu
