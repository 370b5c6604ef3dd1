#include "common/sheet/cell_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "common/base/civil.h"

namespace tuoyu::sheet {
namespace {

Cell Text(absl::string_view text) { return {CellKind::kText, text}; }
Cell Number(double number) { return {CellKind::kNumber, {}, number}; }

template <typename T>
std::string Shown(const ids::Checked<T>& checked) {
  if (!checked.ok()) return checked.error().reason;
  if constexpr (std::is_same_v<T, absl::CivilDay>) {
    return FormatDay(checked.value());
  } else {
    return absl::StrCat(checked.value());
  }
}

TEST(CellRulesTest, FullWidthFormsBecomeAscii) {
  EXPECT_EQ(HalfWidth("９１５０ＡＢｃ，（１）～　甲"), "9150ABc,(1)~ 甲");
  EXPECT_EQ(Shown(TextOf(Text("　大足区棠香街道１２号（Ａ座）\u00A0"))),
            "大足区棠香街道12号（A座）")
      << "brackets of an address stay as they are";
}

TEST(CellRulesTest, WhatStandsForNothingIsBlank) {
  for (const char* text : {" ", "-", "—", "/", "　", "无"})
    EXPECT_TRUE(IsBlank(Text(text))) << text;
  EXPECT_TRUE(IsBlank({}));
  EXPECT_FALSE(IsBlank(Text("0")));
  EXPECT_FALSE(IsBlank(Number(0)));
}

TEST(CellRulesTest, CodesKeepEveryDigitOrAreRefused) {
  const struct {
    Cell cell;
    const char* want;
  } kCases[] = {
      {Text(" 91500111maqq000327 "), "91500111MAQQ000327"},
      {Text("'500111198802299964"), "500111198802299964"},
      {Text("=\"500111198802299964\""), "500111198802299964"},
      {Text("\t500111198802299964"), "500111198802299964"},
      {Text("５００１１１ 19880229 9964"), "500111198802299964"},
      {Text("5.00111E+17"), "CODE_SCIENTIFIC"},
      {Text("1.39E+10"), "CODE_SCIENTIFIC"},
      {Text("1.3912345678E+10"), "13912345678"},
      {Number(5.00111198802299964E17), "CODE_DIGITS_LOST"},
      {Number(13912345678), "13912345678"},
      {Number(500111001), "500111001"},
      {Number(5.5), "CODE_FRACTION"},
      {Number(-5), "CODE_FRACTION"},
      {Text("91500111E000000001"), "91500111E000000001"},
      {{CellKind::kError, "#N/A"}, "CELL_ERROR"},
      {Text("#REF!"), "CELL_ERROR"},
  };
  for (const auto& each : kCases) EXPECT_EQ(Shown(CodeOf(each.cell)), each.want) << each.cell.text;
}

TEST(CellRulesTest, WhatTheSpreadsheetMadeOfATextIsRefused) {
  const Cell day{CellKind::kDay, {}, 45'000, absl::CivilDay(2023, 3, 15)};
  const Cell truth{CellKind::kBool, {}, 1};
  for (const Cell& cell : {day, truth}) {
    EXPECT_EQ(Shown(PlainTextOf(cell)), "CELL_CHANGED");
    EXPECT_EQ(Shown(ReferenceOf(cell)), "CELL_CHANGED");
    EXPECT_EQ(Shown(CodeOf(cell)), "CELL_CHANGED");
    const std::string written = WrittenChanged(cell);
    EXPECT_EQ(Shown(PlainTextOf(Text(written))), "CELL_CHANGED") << "until it is mended";
    EXPECT_EQ(WrittenChanged(Text(written)), written);
  }
  EXPECT_EQ(Shown(PlainTextOf(Text(" 棠香 园 "))), "棠香 园");
}

TEST(CellRulesTest, NumbersOfDocumentsKeepTheirWordsAndEveryDigit) {
  EXPECT_EQ(Shown(ReferenceOf(Text(" 渝卫〔2024〕 5号 "))), "渝卫〔2024〕 5号");
  EXPECT_EQ(Shown(ReferenceOf(Text("ab-2023-1e5"))), "ab-2023-1e5");
  EXPECT_EQ(Shown(ReferenceOf({CellKind::kNumber, {}, 20'230'001})), "20230001");
  EXPECT_EQ(Shown(ReferenceOf({CellKind::kNumber, {}, 5.00111e17})), "CODE_DIGITS_LOST");
  EXPECT_EQ(Shown(ReferenceOf(Text("5.00111E+14"))), "CODE_SCIENTIFIC");
  EXPECT_EQ(Shown(ReferenceOf(Text("5.00111e+14"))), "CODE_SCIENTIFIC");
}

TEST(CellRulesTest, ALastDayMayBeNone) {
  for (const char* text :
       {"长期", " 长期有效", "永久", "无固定期限", "至今", "9999-12-31", "9999/12/31"}) {
    EXPECT_TRUE(IsEndless(Text(text))) << text;
  }
  EXPECT_TRUE(IsEndless({CellKind::kDay, {}, 0, absl::CivilDay(9999, 12, 31)}));
  for (const char* text : {"", "2026-12-31", "长", "9999"})
    EXPECT_FALSE(IsEndless(Text(text))) << text;
}

TEST(CellRulesTest, DaysAreTakenInTheFormsClerksWrite) {
  for (const char* text :
       {"2025-01-02", "2025/1/2", "2025.1.2", "2025年1月2日", "２０２５年１月２日", "20250102",
        "2025-01-02 00:00:00", "2025-01-02T00:00:00", " 2025/01/02 ", "45659", "'2025-1-2",
        "2025-01-02 08:30:00", "2025/1/2 8:30", "2025年1月2日 23:59:59.999", "2025-01-02T08:30:00",
        "２０２５-０１-０２　０８：３０", "2025-01-02T00:00:00Z"}) {
    EXPECT_EQ(Shown(DayOf(Text(text), false)), "2025-01-02") << text;
  }
  EXPECT_EQ(Shown(DayOf(Number(45659), false)), "2025-01-02");
  EXPECT_EQ(Shown(DayOf(Number(45659 - 1462), true)), "2025-01-02");
  EXPECT_EQ(Shown(DayOf(Number(20250102), false)), "2025-01-02");
}

TEST(CellRulesTest, DaysThatMayBeSeveralOrNoneAreRefused) {
  const struct {
    const char* text;
    const char* reason;
  } kCases[] = {{"1/2/2025", "DAY_UNCLEAR"},
                {"25-1-2", "DAY_UNCLEAR"},
                {"2025-01", "DAY_PARTIAL"},
                {"2025年", "DAY_PARTIAL"},
                {"2024年末", "DAY_FORM"},
                {"2025-02-30", "DAY_UNREAL"},
                {"20251301", "DAY_UNREAL"},
                {"2025", "DAY_FORM"},
                {"昨天", "DAY_FORM"},
                {"2025-01-02 24:30", "DAY_FORM"},
                {"2025-01-02 8:3", "DAY_FORM"},
                {"2025-01-02T20:30:00Z", "DAY_FORM"},
                {"1/2/2025 8:30", "DAY_UNCLEAR"},
                {"", "DAY_FORM"},
                {"2025-1-2-3", "DAY_FORM"}};
  for (const auto& each : kCases) {
    EXPECT_EQ(Shown(DayOf(Text(each.text), false)), each.reason) << each.text;
  }
  EXPECT_EQ(Shown(DayOf(Number(60), false)), "DAY_FORM");
  EXPECT_EQ(Shown(DayOf({CellKind::kBool, {}, 1}, false)), "DAY_FORM");
}

TEST(CellRulesTest, NumbersAreExactOrRefused) {
  EXPECT_EQ(Shown(CountOf(Text("1,234"))), "1234");
  EXPECT_EQ(Shown(DecimalOf(Text("1,234.5,678"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(DecimalOf(Text("1.5E2147483647"))), "DECIMAL_SCIENTIFIC");
  EXPECT_EQ(Shown(CountOf(Text("１２０"))), "120");
  EXPECT_EQ(Shown(CountOf(Number(45))), "45");
  EXPECT_EQ(Shown(CountOf(Text("45.0"))), "45");
  EXPECT_EQ(Shown(CountOf(Text("45.5"))), "COUNT_FRACTION");
  EXPECT_EQ(Shown(CountOf(Text("-4"))), "COUNT_FORM");
  EXPECT_EQ(Shown(CountOf(Text("45个"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(CountOf(Text("1,23"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(DecimalOf(Number(0.1))), "0.1");
  EXPECT_EQ(Shown(DecimalOf(Text("83,0000"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(DecimalOf(Text("830,000.50"))), "830000.50");
  EXPECT_EQ(Shown(DecimalOf(Text("8.3E+05"))), "DECIMAL_SCIENTIFIC");
  EXPECT_EQ(Shown(DecimalOf(Number(1e18))), "DECIMAL_FORM");
}

TEST(CellRulesTest, PercentIsTakenWhereTheUnitIsKnownAndRefusedElsewhere) {
  const auto percent = [](double number) { return Cell{CellKind::kPercent, {}, number}; };
  EXPECT_EQ(Shown(MeasureOf(percent(0.416))), "41.6%");
  EXPECT_EQ(Shown(MeasureOf(percent(52.0 / 125))), "41.6%");
  EXPECT_EQ(Shown(MeasureOf(percent(0.29))), "29%") << "0.29 * 100 is 28.999999999999996";
  EXPECT_EQ(Shown(MeasureOf(percent(1.0 / 3))), "33.3333333333333%");
  EXPECT_EQ(Shown(MeasureOf(percent(0))), "0%");
  EXPECT_EQ(Shown(MeasureOf(percent(1))), "100%");
  EXPECT_EQ(Shown(MeasureOf(percent(-0.00005))), "-0.005%");
  EXPECT_EQ(Shown(MeasureOf(percent(12))), "1200%");
  EXPECT_EQ(Shown(MeasureOf(Text(" ４１．６％ "))), "41.6%");
  EXPECT_EQ(Shown(MeasureOf(Text("41.6 %"))), "41.6%");
  EXPECT_EQ(Shown(MeasureOf(Text("41.6"))), "41.6");
  EXPECT_EQ(Shown(MeasureOf(Number(41.6))), "41.6");
  EXPECT_EQ(Shown(MeasureOf(Text("%"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(MeasureOf(Text("4%%"))), "DECIMAL_FORM");
  EXPECT_EQ(Shown(DecimalOf(percent(0.416))), "CELL_PERCENT");
  EXPECT_EQ(Shown(CountOf(percent(45))), "CELL_PERCENT");
  EXPECT_EQ(Shown(CodeOf(percent(0.5))), "CELL_PERCENT");
  EXPECT_EQ(Shown(DecimalOf(Text("41.6%"))), "DECIMAL_FORM");
  EXPECT_EQ(Written(percent(0.416)), "41.6%") << "as it is shown, in a file of refused rows";
  EXPECT_EQ(Shown(DecimalOf(Number(0.00005))), "0.00005");
  EXPECT_EQ(Shown(DecimalOf(Number(-1234.5))), "-1234.5");
  EXPECT_EQ(Shown(DecimalOf(Number(830000))), "830000");
}

TEST(CellRulesTest, DegreesAndLevelsAsTheyAreWritten) {
  for (const char* text : {"105.721", "105.721°", "E105.721", "e 105.721°", "Ｅ１０５．７２１°",
                           "东经105.721°", "105.721度", "N105.721", "105.721°E"}) {
    EXPECT_EQ(Shown(DegreesOf(Text(text))), "105.721") << text;
  }
  EXPECT_EQ(Shown(DegreesOf(Number(105.721))), "105.721");
  for (const char* text : {"105°43′15.6″", "东经105度43分15.6秒", "105° 43' 15.6\" E"}) {
    EXPECT_EQ(Shown(DegreesOf(Text(text))), "105.7210000") << text;
  }
  EXPECT_EQ(Shown(DegreesOf(Text("29°42'"))), "29.7000000");
  for (const char* text : {"105°43", "105°63′15″", "105°43′15", "W105.7", "E", "°"}) {
    EXPECT_EQ(Shown(DegreesOf(Text(text))), "DECIMAL_FORM") << text;
  }
  const struct {
    const char* text;
    const char* want;
  } kLevels[] = {{"五级/初级", "5"},
                 {"四级/中级", "4"},
                 {"三级/高级", "3"},
                 {"二级/技师", "2"},
                 {"一级/高级技师", "1"},
                 {"五级／初级工", "5"},
                 {"三级（高级工）", "3"},
                 {"高级", "3"},
                 {"高级技师", "1"},
                 {"技师", "2"},
                 {"四 级", "4"},
                 {"４", "4"},
                 {"3级", "3"},
                 {"三级/中级", "LEVEL_FORM"},
                 {"特级技师", "LEVEL_FORM"},
                 {"六级", "LEVEL_FORM"},
                 {"0", "LEVEL_FORM"},
                 {"4.5", "LEVEL_FORM"},
                 {"三级/", "LEVEL_FORM"}};
  for (const auto& each : kLevels)
    EXPECT_EQ(Shown(SkillLevelOf(Text(each.text))), each.want) << each.text;
  EXPECT_EQ(Shown(SkillLevelOf(Number(4))), "4");
}

TEST(CellRulesTest, YesAndNoInEveryForm) {
  for (const char* text : {"是", "√", "Ｙ", "true", "1"})
    EXPECT_EQ(Shown(FlagOf(Text(text))), "1") << text;
  for (const char* text : {"否", "×", "no", "0", "无"})
    EXPECT_EQ(Shown(FlagOf(Text(text))), "0") << text;
  EXPECT_EQ(Shown(FlagOf({CellKind::kBool, {}, 1})), "1");
  EXPECT_EQ(Shown(FlagOf(Text("也许"))), "FLAG_FORM");
}

}  // namespace
}  // namespace tuoyu::sheet
