#ifndef TUOYU_CLIENTS_CLI_TEXT_H_
#define TUOYU_CLIENTS_CLI_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tuoyu::cli {

// The two languages of the client.
enum class Language { kChinese, kEnglish };

// By LC_ALL, LC_MESSAGES and LANG, the first that is set. Chinese for zh…, and where no language is
// named (unset, C, POSIX): it is the users'. English for every other.
Language LanguageFromEnvironment();
// "zh" or "en"; anything else is treated as by LanguageFromEnvironment.
Language LanguageNamed(absl::string_view name);

// Columns a terminal needs for UTF-8 text: 2 for Chinese and other wide characters, 0 for combining
// ones and for malformed bytes, which Printable replaces.
int DisplayWidth(absl::string_view text);

// Text with nothing a terminal would act on: line ends and tabs become blanks, other control
// characters and malformed UTF-8 U+FFFD; names and comments come from strangers.
std::string Printable(absl::string_view text);

// `text` with blanks up to `width` columns, after it or before it. Longer text stays as it is.
std::string PadRight(absl::string_view text, int width);
std::string PadLeft(absl::string_view text, int width);

// Lines of at most `width` columns (at least 2). Breaks at blanks, and between any two characters
// of which one is wide, but never before closing punctuation (，。；：）」”); words longer than a line
// are cut.
std::vector<std::string> WrapText(absl::string_view text, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_TEXT_H_
