#include "common/ids/text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace tuoyu::ids {
namespace {

constexpr absl::string_view kBlanks[] = {"\xC2\xA0", "\xE2\x80\x8B", "\xE3\x80\x80",
                                         "\xEF\xBB\xBF"};

}  // namespace

absl::string_view TrimBlanks(absl::string_view text) {
  size_t before;
  do {
    before = text.size();
    text = absl::StripAsciiWhitespace(text);
    for (const absl::string_view blank : kBlanks) {
      absl::ConsumePrefix(&text, blank);
      absl::ConsumeSuffix(&text, blank);
    }
  } while (text.size() != before);
  return text;
}

bool HasFullWidth(absl::string_view text) {
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto third = static_cast<unsigned char>(text[i + 2]);
    // U+FF01..U+FF3F is EF BC 81..BF, U+FF40..U+FF5E is EF BD 80..9E.
    if (text[i] == '\xEF' && ((second == 0xBC && third >= 0x81 && third <= 0xBF) ||
                              (second == 0xBD && third >= 0x80 && third <= 0x9E))) {
      return true;
    }
  }
  return false;
}

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace tuoyu::ids
