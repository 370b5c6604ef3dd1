#ifndef TUOYU_COMMON_SHEET_CELL_RULES_H_
#define TUOYU_COMMON_SHEET_CELL_RULES_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/ids/checked.h"
#include "common/sheet/grid.h"

// What a cell of a clerk's table means: taken where it can mean one thing only, else refused with what to mend. Pure.
namespace tuoyu::sheet {

// Full-width forms (U+FF01 to U+FF5E, U+3000) as what they stand for in ASCII; the rest as it is.
std::string HalfWidth(absl::string_view text);

// Whether there is nothing in the cell but blanks, or a dash or slash that stands for nothing: "-", "—", "/", "无".
bool IsBlank(const Cell& cell);

// The text as it was written, for a file of what was refused: days as YYYY-MM-DD, numbers with all their digits.
std::string Written(const Cell& cell);
// The same of a cell that was refused as CELL_CHANGED, marked "#CHANGED!" so that it is refused again until it is mended.
std::string WrittenChanged(const Cell& cell);

// Text as people read it: without the blanks around it, line ends and tabs as blanks, letters and digits half-width
// (punctuation stays as it is). Reasons of all: CELL_ERROR (the spreadsheet shows an error there).
ids::Checked<std::string> TextOf(const Cell& cell);

// Text of a field: as TextOf; CELL_CHANGED for a cell that shows a day or a truth value, into which the spreadsheet has
// turned what was written.
ids::Checked<std::string> PlainTextOf(const Cell& cell);

// The number of a document with the words in it, "渝卫〔2024〕5号": as PlainTextOf, and no digit may be lost, as of CodeOf.
ids::Checked<std::string> ReferenceOf(const Cell& cell);

// Whether a last day says that there is none: "长期", "无固定期限", "至今", 9999-12-31.
bool IsEndless(const Cell& cell);

// A number by which something is called (credit code, resident id, phone, division): half-width, upper case, without
// blanks, apostrophe before it or ="…" around it. CODE_SCIENTIFIC unless all digits are written ("1.3912345678E+10"),
// CODE_DIGITS_LOST for a number cell with more than the 15 digits a spreadsheet keeps, CODE_FRACTION, CELL_PERCENT,
// CELL_CHANGED.
ids::Checked<std::string> CodeOf(const Cell& cell);

// A day: a cell that shows one, the serial number of one, 2025-01-02, 2025/1/2, 2025.1.2, 2025年1月2日, 20250102, with or
// without a time of day, which is left out ("…T08:30:00Z" only at midnight: here it may be another day). DAY_FORM for what
// is none, DAY_UNCLEAR for what may be several (1/2/2025, 25-1-2), DAY_PARTIAL for a month or a year, DAY_UNREAL (30 February).
ids::Checked<absl::CivilDay> DayOf(const Cell& cell, bool date_1904);

// A whole number from 0 up: 1,234 as well as 1234. COUNT_FORM, COUNT_FRACTION, and those of DecimalOf.
ids::Checked<int64_t> CountOf(const Cell& cell);

// A number as decimal text, exact: "12.5". DECIMAL_FORM, DECIMAL_SCIENTIFIC; CELL_PERCENT for a cell that shows percent.
ids::Checked<std::string> DecimalOf(const Cell& cell);

// The same, with the sign kept behind it where the cell shows percent or the text has one: "41.6%". What the sign means is
// for the caller, who knows the unit.
ids::Checked<std::string> MeasureOf(const Cell& cell);

// What to mend of a percentage where none can be.
ids::IdError PercentFault();

// An angle in degrees as decimal text, with or without ° behind it and E, N, 东经 or 北纬 before or behind it; degrees,
// minutes and seconds ("105°42'43.2\"") too. As DecimalOf.
ids::Checked<std::string> DegreesOf(const Cell& cell);

// The level of a vocational certificate, 5 to 1: "五级", "初级工", "三级/高级", "三级（高级工）", "3级", 3. LEVEL_FORM.
ids::Checked<int> SkillLevelOf(const Cell& cell);

// 是, 否, 有, 无, √, ×, Y, N, TRUE, 1, 0 … FLAG_FORM.
ids::Checked<bool> FlagOf(const Cell& cell);

}  // namespace tuoyu::sheet

#endif  // TUOYU_COMMON_SHEET_CELL_RULES_H_
