#include "common/sheet/encoding.h"

#include <iconv.h>
#include <utf8proc.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"

namespace tuoyu::sheet {
namespace {

constexpr size_t kLookedAt = 4096;  // bytes by which UTF-16 is told

bool IsUtf8(absl::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (size_t i = 0; i < text.size();) {
    if (bytes[i] < 0x80) {
      ++i;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto size =
        utf8proc_iterate(bytes + i, static_cast<utf8proc_ssize_t>(text.size() - i), &point);
    if (size < 1) return false;
    i += static_cast<size_t>(size);
  }
  return true;
}

// Where most characters are ASCII, UTF-16 without a mark has a zero in every other byte.
const char* Utf16ByZeros(absl::string_view bytes) {
  const absl::string_view head = bytes.substr(0, kLookedAt);
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
  const size_t enough = std::max<size_t>(head.size() / 8, 1);
  if (bytes.size() % 2 != 0 || zeros[0] + zeros[1] == 0) return nullptr;
  if (zeros[1] > enough && zeros[0] == 0) return "UTF-16LE";
  if (zeros[0] > enough && zeros[1] == 0) return "UTF-16BE";
  return nullptr;
}

absl::StatusOr<std::string> Convert(absl::string_view bytes, const char* encoding) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): what iconv_open returns on failure.
  if (converter == reinterpret_cast<iconv_t>(-1)) {
    return absl::InternalError(absl::StrCat("iconv: ", encoding));
  }
  const absl::Cleanup close = [converter] { iconv_close(converter); };
  std::string text;
  std::string buffer(size_t{1} << 16, '\0');
  char* in = const_cast<char*>(bytes.data());  // NOLINT: iconv does not write to it
  size_t in_left = bytes.size();
  while (in_left > 0) {
    char* out = buffer.data();
    size_t out_left = buffer.size();
    const size_t result = iconv(converter, &in, &in_left, &out, &out_left);
    text.append(buffer.data(), buffer.size() - out_left);
    if (result == static_cast<size_t>(-1) && errno != E2BIG) {
      return absl::InvalidArgumentError(absl::StrCat("不是有效的 ", encoding, " 文本，第 ",
                                                     bytes.size() - in_left, " 字节起 (not valid ",
                                                     encoding, ")"));
    }
  }
  return text;
}

absl::StatusOr<Decoded> DecodeBytes(absl::string_view bytes) {
  if (absl::ConsumePrefix(&bytes, "\xEF\xBB\xBF")) {
    if (IsUtf8(bytes)) return Decoded{std::string(bytes), "UTF-8"};
    return absl::InvalidArgumentError("标为 UTF-8 而不是 (marked as UTF-8 and is not)");
  }
  const char* utf16 = nullptr;
  if (absl::ConsumePrefix(&bytes, "\xFF\xFE")) {
    utf16 = "UTF-16LE";
  } else if (absl::ConsumePrefix(&bytes, "\xFE\xFF")) {
    utf16 = "UTF-16BE";
  } else {
    utf16 = Utf16ByZeros(bytes);
  }
  if (utf16 != nullptr) {
    ASSIGN_OR_RETURN(std::string text, Convert(bytes, utf16));
    return Decoded{std::move(text), utf16};
  }
  if (IsUtf8(bytes)) return Decoded{std::string(bytes), "UTF-8"};
  auto text = Convert(bytes, "GB18030");
  if (text.ok()) return Decoded{*std::move(text), "GB18030"};
  return absl::InvalidArgumentError(
      "无法识别文字编码：既不是 UTF-8、UTF-16，也不是 GB18030（GBK），请另存为“CSV UTF-8” (the "
      "encoding is none of UTF-8, UTF-16 and GB18030: save it as CSV UTF-8)");
}

}  // namespace

absl::StatusOr<Decoded> DecodeText(absl::string_view bytes) {
  ASSIGN_OR_RETURN(Decoded decoded, DecodeBytes(bytes));
  if (absl::StrContains(decoded.text, absl::string_view("\0", 1))) {
    return absl::InvalidArgumentError("含空字符，不是表格文本 (holds a NUL: no table of text)");
  }
  if (absl::StrContains(decoded.text, "\r")) {
    decoded.text = absl::StrReplaceAll(decoded.text, {{"\r\n", "\n"}, {"\r", "\n"}});
  }
  return decoded;
}

}  // namespace tuoyu::sheet
