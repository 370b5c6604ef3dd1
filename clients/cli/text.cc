#include "clients/cli/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::cli {
namespace {

constexpr absl::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD
constexpr absl::string_view kNeverFirst[] = {"，", "。", "；", "：", "、", "）", "」", "”",
                                             "》", "】", "！", "？", "〕", "%",  "％"};

struct Character {
  absl::string_view bytes;
  int width;
  bool valid;
};

// The first character of `text`, which is not empty.
Character FirstCharacter(absl::string_view text) {
  utf8proc_int32_t code = -1;
  const utf8proc_ssize_t size =
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                       static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (size <= 0) return {text.substr(0, 1), 0, false};
  return {text.substr(0, static_cast<size_t>(size)), utf8proc_charwidth(code), true};
}

bool IsControl(absl::string_view character) {
  utf8proc_int32_t code = -1;
  utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(character.data()),
                   static_cast<utf8proc_ssize_t>(character.size()), &code);
  const utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

bool MayStartLine(absl::string_view character) {
  return std::find(std::begin(kNeverFirst), std::end(kNeverFirst), character) ==
         std::end(kNeverFirst);
}

// The pieces between which a line may break: a word with its blank, or one wide character with the
// punctuation after it.
std::vector<std::string> Pieces(absl::string_view text) {
  std::vector<std::string> pieces;
  bool open = false;  // the last piece is a word still growing
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    text.remove_prefix(character.bytes.size());
    const bool wide = character.width == 2;
    if (!pieces.empty() && (!MayStartLine(character.bytes) || (!wide && open))) {
      absl::StrAppend(&pieces.back(), character.bytes);
    } else {
      pieces.emplace_back(character.bytes);
    }
    open = !wide && character.bytes != " ";
  }
  return pieces;
}

// A blank may hang over the end of a line.
absl::string_view WithoutBlanks(absl::string_view piece) {
  return piece.substr(0, piece.find_last_not_of(' ') + 1);
}

// Cuts a piece that is longer than a line.
std::vector<std::string> CutPiece(absl::string_view piece, int width) {
  std::vector<std::string> parts(1);
  int used = 0;
  while (!piece.empty()) {
    const Character character = FirstCharacter(piece);
    piece.remove_prefix(character.bytes.size());
    if (used + character.width > width && used > 0) {
      parts.emplace_back();
      used = 0;
    }
    absl::StrAppend(&parts.back(), character.bytes);
    used += character.width;
  }
  return parts;
}

}  // namespace

Language LanguageNamed(absl::string_view name) {
  if (name == "zh") return Language::kChinese;
  return name == "en" ? Language::kEnglish : LanguageFromEnvironment();
}

Language LanguageFromEnvironment() {
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const absl::string_view locale(value);
    const bool unnamed = locale == "C" || locale == "POSIX" || absl::StartsWith(locale, "C.");
    return unnamed || absl::StartsWith(locale, "zh") ? Language::kChinese : Language::kEnglish;
  }
  return Language::kChinese;
}

int DisplayWidth(absl::string_view text) {
  int width = 0;
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    width += character.width;
    text.remove_prefix(character.bytes.size());
  }
  return width;
}

std::string Printable(absl::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const Character character = FirstCharacter(text);
    const bool blank = character.bytes == "\n" || character.bytes == "\t";
    const bool shown = character.valid && !IsControl(character.bytes);
    absl::StrAppend(&clean, blank ? " " : shown ? character.bytes : kReplacement);
    text.remove_prefix(character.bytes.size());
  }
  return clean;
}

std::string PadRight(absl::string_view text, int width) {
  return absl::StrCat(text, std::string(std::max(0, width - DisplayWidth(text)), ' '));
}

std::string PadLeft(absl::string_view text, int width) {
  return absl::StrCat(std::string(std::max(0, width - DisplayWidth(text)), ' '), text);
}

std::vector<std::string> WrapText(absl::string_view text, int width) {
  width = std::max(width, 2);
  std::vector<std::string> lines(1);
  int used = 0;
  const auto add = [&](const std::string& part) {
    const absl::string_view shown = WithoutBlanks(part);
    if (used > 0 && used + DisplayWidth(shown) > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used == 0 && shown.empty()) return;
    lines.back() += part;
    used += DisplayWidth(part);
  };
  for (const std::string& piece : Pieces(text)) {
    if (DisplayWidth(WithoutBlanks(piece)) <= width) {
      add(piece);
    } else {
      for (const std::string& part : CutPiece(piece, width)) add(part);
    }
  }
  for (std::string& line : lines) line.erase(line.find_last_not_of(' ') + 1);
  return lines;
}

}  // namespace tuoyu::cli
