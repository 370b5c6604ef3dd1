#include <optional>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/ids/text.h"
#include "common/sheet/cell_rules.h"

namespace tuoyu::sheet {
namespace {

using ids::Checked;

// Degrees of "105°42'43.5\"" with 7 decimals, about 1 cm; nothing when the text is not of that form.
std::optional<std::string> ReadSexagesimal(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, absl::ByAnyChar("'\""));
  const std::vector<absl::string_view> whole = absl::StrSplit(parts[0], "°");
  const bool ends =
      parts.size() >= 2 && parts.back().empty();  // with the mark of minutes or seconds
  if (whole.size() != 2 || !ends || parts.size() > 3) return std::nullopt;
  int degrees = 0;
  int minutes = 0;
  double seconds = 0;
  const absl::string_view last = parts.size() == 3 ? ids::TrimBlanks(parts[1]) : "0";
  if (!ids::AllDigits(ids::TrimBlanks(whole[0])) || !absl::SimpleAtoi(whole[0], &degrees) ||
      !ids::AllDigits(ids::TrimBlanks(whole[1])) || !absl::SimpleAtoi(whole[1], &minutes) ||
      last.find_first_not_of("0123456789.") != absl::string_view::npos ||
      !absl::SimpleAtod(last, &seconds) || degrees > 180 || minutes >= 60 || seconds >= 60) {
    return std::nullopt;
  }
  return absl::StrFormat("%.7f", degrees + minutes / 60.0 + seconds / 3600.0);
}

}  // namespace

Checked<std::string> DegreesOf(const Cell& cell) {
  if (cell.kind != CellKind::kText) return DecimalOf(cell);
  const Checked<std::string> written = TextOf(cell);
  if (!written.ok()) return written.error();
  const std::string text = absl::StrReplaceAll(
      absl::AsciiStrToUpper(HalfWidth(written.value())),
      {{"度", "°"}, {"′", "'"}, {"’", "'"}, {"分", "'"}, {"″", "\""}, {"”", "\""}, {"秒", "\""}});
  absl::string_view number = ids::TrimBlanks(text);
  for (const absl::string_view mark : {"E", "N", "东经", "北纬"}) {
    if (absl::ConsumePrefix(&number, mark) || absl::ConsumeSuffix(&number, mark)) break;
  }
  absl::ConsumePrefix(&number, ":");
  number = ids::TrimBlanks(number);
  absl::ConsumeSuffix(&number, "°");
  if (const auto angle = ReadSexagesimal(number)) return *angle;
  return DecimalOf({CellKind::kText, ids::TrimBlanks(number)});
}

}  // namespace tuoyu::sheet
