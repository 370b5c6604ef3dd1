#include "common/sheet/cell_rules.h"

#include <cmath>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/ids/text.h"

namespace tuoyu::sheet {
namespace {

using ids::Checked;
using ids::IdError;

constexpr double kMostExact = 1e15;  // a spreadsheet keeps 15 digits
constexpr double kLeastPlain = 1e-6;
constexpr int kMostZeros = 15;
// Serial numbers of days that a clerk can mean: 1954-10-03 to 2064-04-08. Other numbers may be anything.
constexpr double kFirstSerial = 20'000;
constexpr double kLastSerial = 60'000;
constexpr double kFirstDigits = 19'000'101;  // 19000101
constexpr double kLastDigits = 99'991'231;
constexpr absl::CivilDay kEndless(9999, 12, 31);
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9999;

// Whether the cell shows an error; in a text it is written out.
bool IsError(const Cell& cell) {
  static constexpr absl::string_view kErrors[] = {"#N/A",   "#DIV/0!", "#REF!", "#VALUE!",
                                                  "#NAME?", "#NUM!",   "#NULL!"};
  return cell.kind == CellKind::kError ||
         (cell.kind == CellKind::kText && absl::c_linear_search(kErrors, cell.text));
}

IdError ErrorCell(const Cell& cell) {
  return {"CELL_ERROR", absl::StrCat("单元格显示错误 ", cell.text, "，请改正公式或直接填写数值"),
          absl::StrCat("the cell shows ", cell.text, ": mend the formula or write the value")};
}

// The ASCII character a full-width form at the start of `text` stands for, or 0; each takes 3 bytes.
char NarrowAt(absl::string_view text) {
  if (absl::StartsWith(text, "\u3000")) return ' ';
  if (text.size() < 3 || text[0] != '\xEF') return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  if (second == 0xBC && third >= 0x81) return static_cast<char>(third - 0x81 + '!');
  if (second == 0xBD && third <= 0x9E) return static_cast<char>(third - 0x80 + '`');
  return 0;
}

std::string Narrowed(absl::string_view text, bool letters_only) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    const char narrow = NarrowAt(text.substr(i));
    if (narrow != 0 && (!letters_only || absl::ascii_isalnum(static_cast<unsigned char>(narrow)))) {
      out += narrow;
      i += 3;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// The value behind what keeps a spreadsheet from reading it as a number or a formula: '…, ="…", a tab.
absl::string_view Unguarded(absl::string_view text) {
  text = ids::TrimBlanks(text);
  if (text.size() >= 3 && absl::StartsWith(text, "=\"") && absl::EndsWith(text, "\"")) {
    return ids::TrimBlanks(text.substr(2, text.size() - 3));
  }
  if (absl::ConsumePrefix(&text, "'") || absl::ConsumePrefix(&text, "\u2018")) {
    return ids::TrimBlanks(text);
  }
  return text;
}

// A number times ten to the power of `shift`, with the 15 digits a spreadsheet keeps, without a power of ten where people
// write none: 0.416 shifted by 2 is "41.6".
std::string NumberText(double number, int shift = 0) {
  if (!std::isfinite(number)) return absl::StrFormat("%.15g", number);
  const std::string text = absl::StrFormat("%.14e", std::fabs(number));  // d.dddde±xx
  int exponent = 0;
  if (number == 0 || !absl::SimpleAtoi(text.substr(17), &exponent)) return "0";
  exponent += shift;
  if (exponent < -kMostZeros || exponent > kMostZeros) return absl::StrFormat("%.15g", number);
  std::string digits = absl::StrCat(text.substr(0, 1), text.substr(2, 14));
  digits.erase(digits.find_last_not_of('0') + 1);
  const size_t whole = exponent < 0 ? 1 : static_cast<size_t>(exponent) + 1;
  if (exponent < 0) digits = std::string(static_cast<size_t>(-exponent), '0') + digits;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  const absl::string_view all = digits;
  return absl::StrCat(number < 0 ? "-" : "", all.substr(0, whole), all.size() > whole ? "." : "",
                      all.substr(whole));
}

// "1.39E+10" as mantissa digits and exponent: "139", 10.
struct Scientific {
  std::string digits;
  int64_t exponent = 0;
  size_t whole = 0;  // digits before the point
};
std::optional<Scientific> ReadScientific(absl::string_view text) {
  const size_t mark = text.find_first_of("eE");
  if (mark == absl::string_view::npos || mark == 0) return std::nullopt;
  Scientific read;
  if (!absl::SimpleAtoi(text.substr(mark + 1), &read.exponent)) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(text.substr(0, mark), '.');
  if (parts.size() > 2 || !ids::AllDigits(parts[0]) ||
      (parts.size() == 2 && !ids::AllDigits(parts[1]))) {
    return std::nullopt;
  }
  read.whole = parts[0].size();
  read.digits = absl::StrCat(parts[0], parts.size() == 2 ? parts[1] : "");
  return read;
}

// The number, if its digits are all there: "1.3912345678E+10".
std::optional<std::string> WholeOf(const Scientific& read) {
  // Told by what is to be added to the digits before the point.
  const auto behind = static_cast<int64_t>(read.digits.size() - read.whole);
  if (read.exponent != behind) return std::nullopt;
  return read.digits;
}

// Whether a code in capitals is a number in scientific notation. "91500111E…" is none: the mark of a power stands behind one
// digit and a point, or before a sign.
bool LostDigits(absl::string_view text) {
  return ReadScientific(text).has_value() &&
         (absl::StrContains(text, ".") || absl::StrContains(text, "E+"));
}

// Before the text of a cell that was refused as CELL_CHANGED, in a file of what was refused.
constexpr absl::string_view kChangedMark = "#CHANGED! ";

// Whether the spreadsheet has made something else of what was written as text.
bool IsChanged(const Cell& cell) {
  return cell.kind == CellKind::kDay || cell.kind == CellKind::kBool ||
         (cell.kind == CellKind::kText && absl::StartsWith(cell.text, kChangedMark));
}

IdError ChangedCell() {
  return {"CELL_CHANGED", "表格把填写的文字变成了日期或真假值：请把该列设为“文本”后重新填写",
          "the spreadsheet turned the text into a day or a truth value: format the column as text "
          "and write it again"};
}

IdError UnrealDay() {
  return {"DAY_UNREAL", "没有这一天，请核对年月日",
          "there is no such day: check year, month and day"};
}

IdError DayForm() {
  return {"DAY_FORM", "不是日期，请写成 2025-01-02", "no day: write it as 2025-01-02"};
}

IdError DayOutside() {
  return {"DAY_UNREAL",
          absl::StrCat("年份应在 ", kFirstYear, " 至 ", kLastYear, " 之间，请核对年份"),
          absl::StrCat("the year lies between ", kFirstYear, " and ", kLastYear, ": check it")};
}

Checked<absl::CivilDay> DayOfParts(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) return DayOutside();
  const absl::CivilDay made(year, month, day);
  if (made.year() != year || made.month() != month || made.day() != day) return UnrealDay();
  return made;
}

Checked<absl::CivilDay> DayOfNumber(double number, bool date_1904) {
  if (number >= kFirstSerial && number < kLastSerial) {
    const auto day = DayOfSerial(number, date_1904);
    if (day.has_value()) return *day;
  }
  if (number == std::floor(number) && number >= kFirstDigits && number <= kLastDigits) {
    const auto digits = static_cast<int>(number);
    return DayOfParts(digits / 10'000, digits / 100 % 100, digits % 100);
  }
  return DayForm();
}

// "8:30", "08:30:00", "08:30:00.000".
bool IsTimeOfDay(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return false;
  for (size_t i = 0; i < parts.size(); ++i) {
    absl::string_view part = parts[i];
    if (i == 2) part = part.substr(0, part.find('.'));
    int number = 0;
    if (!ids::AllDigits(part) || part.size() > 2 || (i > 0 && part.size() != 2) ||
        !absl::SimpleAtoi(part, &number) || number >= (i == 0 ? 24 : 60)) {
      return false;
    }
  }
  const size_t point = parts.back().find('.');
  return point == absl::string_view::npos ||
         (parts.size() == 3 && ids::AllDigits(parts.back().substr(point + 1)));
}

// The text before a time of day: "2025-01-02 00:00:00", "2025/1/2 8:30", "…T00:00:00Z".
absl::string_view WithoutTime(absl::string_view text) {
  const size_t end = text.find_first_of(" T");
  if (end == absl::string_view::npos) return text;
  const absl::string_view time = ids::TrimBlanks(text.substr(end + 1));
  const bool midnight = !time.empty() && time.find_first_not_of("0:.Z") == absl::string_view::npos;
  return midnight || IsTimeOfDay(time) ? text.substr(0, end) : text;
}

Checked<absl::CivilDay> DayOfText(absl::string_view text, bool date_1904) {
  const std::string narrow = HalfWidth(Unguarded(text));
  double number = 0;
  if (ids::AllDigits(narrow) && absl::SimpleAtod(narrow, &number))
    return DayOfNumber(number, date_1904);
  std::string plain = absl::StrReplaceAll(WithoutTime(ids::TrimBlanks(narrow)), {{"年", "-"},
                                                                                 {"月", "-"},
                                                                                 {"日", ""},
                                                                                 {"号", ""},
                                                                                 {"/", "-"},
                                                                                 {".", "-"},
                                                                                 {"－", "-"},
                                                                                 {"—", "-"},
                                                                                 {" ", ""}});
  absl::string_view rest = plain;
  absl::ConsumeSuffix(&rest, "-");
  const std::vector<absl::string_view> parts = absl::StrSplit(rest, '-');
  std::vector<int> numbers(parts.size());
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!ids::AllDigits(parts[i]) || parts[i].size() > 4 ||
        !absl::SimpleAtoi(parts[i], &numbers[i])) {
      return DayForm();
    }
  }
  if (parts.size() <= 2) {
    return IdError{"DAY_PARTIAL", "日期不完整，请写明年月日，如 2025-01-02",
                   "a month or a year is no day: write it as 2025-01-02"};
  }
  if (parts.size() > 3) return DayForm();
  if (parts[0].size() != 4 || parts[1].size() > 2 || parts[2].size() > 2) {
    return IdError{"DAY_UNCLEAR", "年份须写四位、年月日依次排列，如 2025-01-02",
                   "year, month and day in this order, the year with four digits: 2025-01-02"};
  }
  return DayOfParts(numbers[0], numbers[1], numbers[2]);
}

// Digits with commas where thousands end, without them; what is not of that form as it is.
std::string WithoutThousands(const std::string& text) {
  if (!absl::StrContains(text, ",")) return text;
  const size_t point = text.find('.');
  if (point != std::string::npos && absl::StrContains(text.substr(point), ",")) return text;
  const std::vector<absl::string_view> groups =
      absl::StrSplit(absl::string_view(text).substr(0, point), ',');
  if (groups[0].empty() || groups[0].size() > 3) return text;
  for (size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].size() != 3) return text;
  }
  return absl::StrReplaceAll(text, {{",", ""}});
}

}  // namespace

std::string HalfWidth(absl::string_view text) { return Narrowed(text, false); }

bool IsBlank(const Cell& cell) {
  if (cell.kind == CellKind::kEmpty) return true;
  if (cell.kind != CellKind::kText) return false;
  const absl::string_view text = Unguarded(cell.text);
  static constexpr absl::string_view kNothing[] = {"", "-", "—", "——", "/", "／", "－", "无"};
  return absl::c_linear_search(kNothing, text);
}

std::string Written(const Cell& cell) {
  switch (cell.kind) {
    case CellKind::kText:
    case CellKind::kError:
      return std::string(cell.text);
    case CellKind::kNumber:
      return NumberText(cell.number);
    case CellKind::kPercent:
      return absl::StrCat(NumberText(cell.number, 2), "%");
    case CellKind::kDay:
      return FormatDay(cell.day);
    case CellKind::kBool:
      return cell.number == 0 ? "FALSE" : "TRUE";
    case CellKind::kEmpty:
      break;
  }
  return "";
}

std::string WrittenChanged(const Cell& cell) {
  const std::string text = Written(cell);
  return absl::StartsWith(text, kChangedMark) ? text : absl::StrCat(kChangedMark, text);
}

Checked<std::string> TextOf(const Cell& cell) {
  if (IsError(cell)) return ErrorCell(cell);
  std::string text = Narrowed(Unguarded(Written(cell)), true);
  for (char& c : text) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  return std::string(ids::TrimBlanks(text));
}

Checked<std::string> PlainTextOf(const Cell& cell) {
  if (IsChanged(cell)) return ChangedCell();
  return TextOf(cell);
}

Checked<std::string> ReferenceOf(const Cell& cell) {
  Checked<std::string> text = PlainTextOf(cell);
  if (!text.ok()) return text;
  const bool number =
      cell.kind != CellKind::kText || LostDigits(absl::AsciiStrToUpper(text.value()));
  return number ? CodeOf(cell) : text;
}

bool IsEndless(const Cell& cell) {
  static constexpr absl::string_view kWords[] = {"长期",   "长期有效",   "永久", "永久有效",
                                                 "无限期", "无固定期限", "至今"};
  if (cell.kind == CellKind::kText &&
      absl::c_linear_search(kWords, ids::TrimBlanks(Unguarded(cell.text)))) {
    return true;
  }
  const Checked<absl::CivilDay> day = DayOf(cell, false);
  return day.ok() && day.value() >= kEndless;
}

Checked<std::string> CodeOf(const Cell& cell) {
  if (IsError(cell)) return ErrorCell(cell);
  if (IsChanged(cell)) return ChangedCell();
  if (cell.kind == CellKind::kPercent) return PercentFault();
  if (cell.kind == CellKind::kNumber) {
    if (std::fabs(cell.number) >= kMostExact) {
      return IdError{"CODE_DIGITS_LOST",
                     "表格只保留 15 位数字，后面的已丢失：请把该列设为“文本”后重新填写完整号码",
                     "a spreadsheet keeps 15 digits and the others are lost: format the column as "
                     "text and write the whole number again"};
    }
    if (cell.number != std::floor(cell.number) || cell.number < 0) {
      return IdError{"CODE_FRACTION", "号码不能带小数或负号，请核对",
                     "a code has no fraction and no sign: check it"};
    }
    return NumberText(cell.number);
  }
  std::string text = HalfWidth(Unguarded(Written(cell)));
  text = absl::StrReplaceAll(
      text, {{" ", ""}, {"\u00A0", ""}, {"\u200B", ""}, {"\uFEFF", ""}, {"\t", ""}, {"\n", ""}});
  absl::AsciiStrToUpper(&text);
  if (LostDigits(text)) {
    if (const auto whole = WholeOf(*ReadScientific(text)); whole.has_value()) return *whole;
    return IdError{"CODE_SCIENTIFIC",
                   "号码成了科学计数法，位数已丢失：请把该列设为“文本”后重新填写完整号码",
                   "the number was turned into scientific notation and lost digits: format the "
                   "column as text and write the whole number again"};
  }
  return text;
}

Checked<absl::CivilDay> DayOf(const Cell& cell, bool date_1904) {
  if (IsError(cell)) return ErrorCell(cell);
  switch (cell.kind) {
    case CellKind::kDay:
      return cell.day;
    case CellKind::kNumber:
      return DayOfNumber(cell.number, date_1904);
    case CellKind::kText:
      return DayOfText(cell.text, date_1904);
    default:
      return DayForm();
  }
}

Checked<int64_t> CountOf(const Cell& cell) {
  const Checked<std::string> decimal = DecimalOf(cell);
  if (!decimal.ok()) return decimal.error();
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(decimal.value(), absl::MaxSplits('.', 1));
  if (parts.second.find_first_not_of('0') != absl::string_view::npos) {
    return IdError{"COUNT_FRACTION", "应为整数", "must be a whole number"};
  }
  int64_t count = 0;
  if (!absl::SimpleAtoi(parts.first, &count) || count < 0) {
    return IdError{"COUNT_FORM", "应为 0 或以上的整数，只写数字",
                   "must be a whole number from 0 up, digits only"};
  }
  return count;
}

IdError PercentFault() {
  return {"CELL_PERCENT",
          "百分比格式只用于单位为 % 的数值：请把单元格设为“常规”后填写数字，或核对单位",
          "percent is for values whose unit is % only: format the cell as General and write the "
          "number, or check the unit"};
}

Checked<std::string> MeasureOf(const Cell& cell) {
  if (cell.kind == CellKind::kPercent) {
    const auto number = DecimalOf({CellKind::kNumber, {}, cell.number});
    if (!number.ok()) return number.error();
    return Written(cell);
  }
  if (cell.kind != CellKind::kText) return DecimalOf(cell);
  const std::string text = HalfWidth(Unguarded(cell.text));
  absl::string_view number = text;
  if (!absl::ConsumeSuffix(&number, "%")) return DecimalOf(cell);
  const auto decimal = DecimalOf({CellKind::kText, ids::TrimBlanks(number)});
  if (!decimal.ok()) return decimal.error();
  return absl::StrCat(decimal.value(), "%");
}

Checked<std::string> DecimalOf(const Cell& cell) {
  if (IsError(cell)) return ErrorCell(cell);
  if (cell.kind == CellKind::kPercent) return PercentFault();
  const IdError form{"DECIMAL_FORM", "应为数字，不带单位和其他文字",
                     "must be a number without unit"};
  if (cell.kind == CellKind::kNumber) {
    const double size = std::fabs(cell.number);
    if (size != 0 && (size >= kMostExact || size < kLeastPlain)) return form;
    return NumberText(cell.number);
  }
  if (cell.kind != CellKind::kText) return form;
  std::string text = WithoutThousands(HalfWidth(Unguarded(cell.text)));
  if (const auto scientific = ReadScientific(text); scientific.has_value()) {
    if (const auto whole = WholeOf(*scientific); whole.has_value()) return *whole;
    return IdError{"DECIMAL_SCIENTIFIC", "请不用科学计数法，写出全部数字",
                   "write all digits, not scientific notation"};
  }
  absl::string_view digits = text;
  absl::ConsumePrefix(&digits, "-");
  const std::vector<absl::string_view> parts = absl::StrSplit(digits, '.');
  if (parts.size() > 2 || !absl::c_all_of(parts, ids::AllDigits)) return form;
  return text;
}

Checked<int> SkillLevelOf(const Cell& cell) {
  if (IsError(cell)) return ErrorCell(cell);
  static constexpr std::pair<absl::string_view, int> kNames[] = {
      {"五级", 5}, {"初级", 5}, {"5级", 5},  {"5", 5},        {"四级", 4}, {"中级", 4}, {"4级", 4},
      {"4", 4},    {"三级", 3}, {"高级", 3}, {"3级", 3},      {"3", 3},    {"二级", 2}, {"技师", 2},
      {"2级", 2},  {"2", 2},    {"一级", 1}, {"高级技师", 1}, {"1级", 1},  {"1", 1}};
  const std::string text = absl::StrReplaceAll(
      HalfWidth(Unguarded(Written(cell))),
      {{" ", ""}, {"\u00A0", ""}, {"(", "/"}, {")", ""}, {"、", "/"}, {"级工", "级"}});
  int level = 0;
  for (const absl::string_view part : absl::StrSplit(text, '/')) {
    const auto* found =
        absl::c_find_if(kNames, [&](const auto& name) { return name.first == part; });
    if (found == std::end(kNames) || (level != 0 && level != found->second)) {
      return IdError{
          "LEVEL_FORM",
          "应为五级（初级）、四级（中级）、三级（高级）、二级（技师）、一级（高级技师）之一",
          "must be a level from 5 (五级/初级) to 1 (一级/高级技师)"};
    }
    level = found->second;
  }
  return level;
}

Checked<bool> FlagOf(const Cell& cell) {
  if (IsError(cell)) return ErrorCell(cell);
  static constexpr absl::string_view kYes[] = {"是",  "有",   "√", "✓", "✔", "Y",
                                               "YES", "TRUE", "T", "1", "对"};
  static constexpr absl::string_view kNo[] = {"否", "无",    "×", "✗", "✘",    "X", "N",
                                              "NO", "FALSE", "F", "0", "没有", "不"};
  const std::string text = absl::AsciiStrToUpper(HalfWidth(Unguarded(Written(cell))));
  if (absl::c_linear_search(kYes, text)) return true;
  if (absl::c_linear_search(kNo, text)) return false;
  return IdError{"FLAG_FORM", "请填“是”或“否”", "write 是 (yes) or 否 (no)"};
}

}  // namespace tuoyu::sheet
