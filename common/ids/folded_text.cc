#include "common/ids/folded_text.h"

#include <utf8proc.h>

#include <cstdlib>

#include "absl/strings/ascii.h"

namespace tuoyu::ids {

std::string FoldedText(absl::string_view text) {
  utf8proc_uint8_t* folded = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
      static_cast<utf8proc_ssize_t>(text.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
  if (size < 0) return std::string(text);
  std::string result;
  for (utf8proc_ssize_t i = 0; i < size; ++i) {
    if (!absl::ascii_isspace(folded[i])) result.push_back(static_cast<char>(folded[i]));
  }
  std::free(folded);
  return result;
}

}  // namespace tuoyu::ids
