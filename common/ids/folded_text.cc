#include "common/ids/folded_text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"

namespace tuoyu::ids {

namespace {

// The text in a form of Unicode; as it is when it is no UTF-8.
std::string Mapped(absl::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* mapped = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<const char*>(mapped), static_cast<size_t>(size));
  std::free(mapped);
  return result;
}

bool IsLetterOrDigit(utf8proc_int32_t codepoint) {
  switch (utf8proc_category(codepoint)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

bool EndsSentence(utf8proc_int32_t codepoint) {
  switch (codepoint) {
    case ',':
    case ';':
    case ':':
    case '!':
    case '?':
    case 0x3001:  // 、
    case 0x3002:  // 。
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string FoldedText(absl::string_view text) {
  std::string result;
  for (const char c : Mapped(text, static_cast<utf8proc_option_t>(
                                       UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT))) {
    if (!absl::ascii_isspace(static_cast<unsigned char>(c))) result.push_back(c);
  }
  return result;
}

std::string BareText(absl::string_view text, SentenceEnds ends) {
  const std::string mapped = Mapped(
      text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(mapped.data());
  std::string result;
  for (size_t at = 0; at < mapped.size();) {
    utf8proc_int32_t codepoint = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(mapped.size() - at), &codepoint);
    if (size <= 0) {
      ++at;
      continue;
    }
    const bool kept =
        IsLetterOrDigit(codepoint) || (ends == SentenceEnds::kKept && EndsSentence(codepoint));
    if (kept) result.append(mapped, at, static_cast<size_t>(size));
    at += static_cast<size_t>(size);
  }
  return result;
}

}  // namespace tuoyu::ids
