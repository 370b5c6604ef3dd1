#include "common/sheet/number_format.h"

#include "absl/strings/ascii.h"

namespace tuoyu::sheet {

namespace {

// Whether a code has one of `marks` in its first section, outside of what is literal: "…", \x, _x, *x and [..].
bool HasMark(absl::string_view code, absl::string_view marks) {
  bool quoted = false;
  bool bracket = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = absl::ascii_tolower(static_cast<unsigned char>(code[i]));
    if (quoted || bracket) {
      if (quoted && c == '"') quoted = false;
      if (bracket && c == ']') bracket = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[') {
      bracket = true;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      return false;
    } else if (marks.find(c) != absl::string_view::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool IsDayFormat(int id, absl::string_view code) {
  if (!code.empty()) return HasMark(code, "yd");
  // 18 to 21 are times of day, 22 is a day with its time.
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
         (id >= 50 && id <= 54) || id == 57 || id == 58;
}

bool IsPercentFormat(int id, absl::string_view code) {
  return code.empty() ? id == 9 || id == 10 : HasMark(code, "%");
}

}  // namespace tuoyu::sheet
