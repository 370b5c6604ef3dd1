#include "absl/strings/match.h"
#include "common/base/status.h"
#include "common/content/clean_content.h"
#include "common/content/picture_size.h"
#include "common/rpc/errors.h"

namespace tuoyu {
namespace {

// Markers (ITU T.81 table B.1), the byte behind 0xFF.
constexpr unsigned char kStart = 0xD8;
constexpr unsigned char kEnd = 0xD9;
constexpr unsigned char kScan = 0xDA;
constexpr unsigned char kFirstRestart = 0xD0;
constexpr unsigned char kLastRestart = 0xD7;
constexpr unsigned char kFirstFrame = 0xC0;
constexpr unsigned char kLastFrame = 0xCF;
constexpr unsigned char kHuffmanTables = 0xC4;
constexpr unsigned char kExtension = 0xC8;
constexpr unsigned char kArithmeticTables = 0xCC;
constexpr unsigned char kApp0 = 0xE0;
constexpr unsigned char kApp14 = 0xEE;
constexpr unsigned char kApp15 = 0xEF;
constexpr unsigned char kComment = 0xFE;
constexpr unsigned char kFirstTable = 0xC0;

constexpr absl::string_view kJfif("JFIF\0", 5);
constexpr absl::string_view kAdobe = "Adobe";
// Length, mark, version, unit, two densities; a thumbnail may follow.
constexpr size_t kJfifBytes = 14;
constexpr size_t kFrameBytes = 8;

int64_t BigEndian(absl::string_view bytes, size_t at) {
  return static_cast<unsigned char>(bytes[at]) << 8 | static_cast<unsigned char>(bytes[at + 1]);
}

bool IsFrame(unsigned char marker) {
  return marker >= kFirstFrame && marker <= kLastFrame && marker != kHuffmanTables &&
         marker != kExtension && marker != kArithmeticTables;
}

bool IsApplication(unsigned char marker) { return marker >= kApp0 && marker <= kApp15; }

// Reads a JPEG from front to end and writes what is kept of it.
class Jpeg {
 public:
  explicit Jpeg(absl::string_view bytes) : bytes_(bytes) {}

  // Whether it is whole.
  bool Read() {
    if (bytes_.size() < 2 || Byte(0) != 0xFF || Byte(1) != kStart) return false;
    Keep(0, 2);
    at_ = 2;
    while (NextMarker()) {
      if (marker_ == kEnd) {
        kept_ += std::string("\xFF\xD9", 2);
        return framed_ && scanned_;
      }
      if (!ReadSegment()) return false;
    }
    return false;
  }

  std::string TakeKept() { return std::move(kept_); }

 private:
  unsigned char Byte(size_t at) const { return static_cast<unsigned char>(bytes_[at]); }
  void Keep(size_t at, size_t size) { kept_.append(bytes_.data() + at, size); }

  // 0xFF, as many as there are, and the marker.
  bool NextMarker() {
    if (at_ >= bytes_.size() || Byte(at_) != 0xFF) return false;
    while (at_ < bytes_.size() && Byte(at_) == 0xFF) ++at_;
    if (at_ >= bytes_.size()) return false;
    marker_ = Byte(at_++);
    return true;
  }

  bool ReadSegment() {
    if (marker_ < kFirstTable || (marker_ >= kFirstRestart && marker_ <= kStart)) return false;
    if (bytes_.size() - at_ < 2) return false;
    const auto length = static_cast<size_t>(BigEndian(bytes_, at_));
    if (length < 2 || length > bytes_.size() - at_) return false;
    const absl::string_view segment = bytes_.substr(at_, length);
    at_ += length;
    if (IsFrame(marker_) && !ReadFrame(segment)) return false;
    KeepSegment(segment);
    return marker_ != kScan || ReadScan();
  }

  bool ReadFrame(absl::string_view segment) {
    if (framed_ || segment.size() < kFrameBytes) return false;
    framed_ = true;
    return IsPictureSize(BigEndian(segment, 5), BigEndian(segment, 3));
  }

  void KeepSegment(absl::string_view segment) {
    if (marker_ == kComment) return;
    const absl::string_view content = segment.substr(2);
    if (IsApplication(marker_)) {
      if (marker_ == kApp14 && absl::StartsWith(content, kAdobe)) {
        KeepWhole(segment);
      } else if (marker_ == kApp0 && absl::StartsWith(content, kJfif) &&
                 segment.size() >= kJfifBytes + 2) {
        // Without its thumbnail, which may show what was cut off the picture.
        kept_ += std::string("\xFF\xE0\0\x10", 4);
        kept_.append(content.data(), kJfifBytes - 2);
        kept_ += std::string("\0\0", 2);
      }
      return;
    }
    KeepWhole(segment);
  }

  void KeepWhole(absl::string_view segment) {
    kept_.push_back('\xFF');
    kept_.push_back(static_cast<char>(marker_));
    kept_.append(segment.data(), segment.size());
  }

  // The coded bytes: up to a marker that is no restart. 0xFF itself is written as 0xFF 0x00.
  bool ReadScan() {
    if (!framed_) return false;
    const size_t begin = at_;
    while (at_ + 1 < bytes_.size()) {
      if (Byte(at_) != 0xFF) {
        ++at_;
        continue;
      }
      const unsigned char next = Byte(at_ + 1);
      if (next != 0 && next != 0xFF && (next < kFirstRestart || next > kLastRestart)) break;
      at_ += next == 0xFF ? 1 : 2;
    }
    if (at_ == begin || at_ + 1 >= bytes_.size()) return false;
    Keep(begin, at_ - begin);
    scanned_ = true;
    return true;
  }

  const absl::string_view bytes_;
  size_t at_ = 0;
  unsigned char marker_ = 0;
  bool framed_ = false;
  bool scanned_ = false;
  std::string kept_;
};

}  // namespace

absl::StatusOr<std::string> CleanJpeg(absl::string_view bytes) {
  Jpeg jpeg(bytes);
  if (!jpeg.Read()) return rpc::Error("CONTENT_BROKEN", {{"type", "image/jpeg"}});
  return jpeg.TakeKept();
}

}  // namespace tuoyu
