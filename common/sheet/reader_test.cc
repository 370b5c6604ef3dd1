#include "common/sheet/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "common/sheet/encoding.h"
#include "common/sheet/number_format.h"

namespace tuoyu::sheet {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string TextAt(const Table& table, int row, int column) {
  return std::string(table.grid.At(row, column).text);
}

absl::StatusOr<Table> Parse(absl::string_view bytes) { return ParseTable(bytes, "f.csv", {}); }

std::string FaultOf(absl::string_view bytes) {
  return std::string(Parse(bytes).status().message());
}

TEST(ReaderTest, CommasTabsAndSemicolonsAreTold) {
  for (const char* text : {"机构名称,面积\n\"甲,乙\",12\n", "机构名称\t面积\n\"甲,乙\"\t12\r\n",
                           "机构名称;面积\n\"甲,乙\";12"}) {
    const auto table = Parse(text);
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_EQ(table->encoding, "UTF-8");
    EXPECT_EQ(table->grid.rows(), 2);
    EXPECT_EQ(table->grid.columns(), 2);
    EXPECT_EQ(TextAt(*table, 1, 0), "甲,乙") << text;
    EXPECT_EQ(TextAt(*table, 1, 1), "12");
  }
}

TEST(ReaderTest, QuotesWithinAFieldAreOnlyQuotes) {
  const auto table = Parse("号码,\"a \"\"b\"\"\"\n=\"500111\",\"两\n行\"\n,末\n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(TextAt(*table, 0, 1), "a \"b\"");
  EXPECT_EQ(TextAt(*table, 1, 0), "=\"500111\"");
  EXPECT_EQ(TextAt(*table, 1, 1), "两\n行");
  EXPECT_EQ(table->grid.At(2, 0).kind, CellKind::kEmpty);
  EXPECT_EQ(FaultOf("甲,\"乙\n"), "f.csv:1: 引号没有结束 (the quoted field does not end)");
}

TEST(ReaderTest, EncodingsAreFoundByWhatTheBytesAreValidIn) {
  // 机构,向阳
  const std::string gbk = "\xBB\xFA\xB9\xB9,\xCF\xF2\xD1\xF4\n";
  const std::string utf16le("\xFF\xFE\x3A\x67\x84\x67,\0\x11\x54\x33\x96\n\0", 14);
  const std::string utf16be("\xFE\xFF\x67\x3A\x67\x84\0,\x54\x11\x96\x33\0\n", 14);
  const std::string without_mark("n\0a\0m\0e\0,\0\x11\x54\n\0", 14);
  const struct {
    std::string bytes;
    const char* encoding;
    const char* first;
  } kCases[] = {{gbk, "GB18030", "机构"},         {"\xEF\xBB\xBF机构,向阳\n", "UTF-8", "机构"},
                {"机构,向阳\n", "UTF-8", "机构"}, {utf16le, "UTF-16LE", "机构"},
                {utf16be, "UTF-16BE", "机构"},    {without_mark, "UTF-16LE", "name"}};
  for (const auto& each : kCases) {
    const auto table = Parse(each.bytes);
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_EQ(table->encoding, each.encoding);
    EXPECT_EQ(TextAt(*table, 0, 0), each.first);
  }
}

TEST(ReaderTest, WhatIsNoTableIsRefusedWithWhatToDo) {
  EXPECT_THAT(FaultOf(""), HasSubstr("空文件"));
  EXPECT_THAT(FaultOf("\xFF\xFF\x80\x81"), HasSubstr("CSV UTF-8"));
  EXPECT_THAT(FaultOf(std::string("a,\0b", 4)), HasSubstr("空字符"));
  EXPECT_THAT(FaultOf("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."), HasSubstr("去掉密码"));
  EXPECT_THAT(FaultOf("<html><table><tr>"), HasSubstr("网页"));
  EXPECT_THAT(FaultOf("PK\x03\x04 broken"), HasSubstr("已损坏"));
  EXPECT_THAT(FaultOf("\xEF\xBB\xBF\xBB\xFA"), StartsWith("f.csv: 标为 UTF-8"));
}

TEST(ReaderTest, LimitsAreKept) {
  ReadOptions options;
  options.limits.rows = 2;
  EXPECT_TRUE(ParseTable("a\nb\n", "f", options).ok());
  EXPECT_THAT(ParseTable("a\nb\nc\n", "f", options).status().message(), HasSubstr("最多 2"));
  options.limits.columns = 2;
  EXPECT_THAT(ParseTable("a,b,c\n", "f", options).status().message(), HasSubstr("列最多 2"));
  options.limits.cells = 1;
  EXPECT_THAT(ParseTable("a,b\n", "f", options).status().message(), HasSubstr("单元格最多 1"));
  options.limits.cell_bytes = 3;
  EXPECT_THAT(ParseTable("abcd\n", "f", options).status().message(), HasSubstr("字节数最多 3"));
  options.limits.file_bytes = 1;
  EXPECT_THAT(ParseTable("ab", "f", options).status().message(), HasSubstr("分成几个文件"));
}

TEST(SerialDayTest, BothSystemsAndTheDayThatNeverWas) {
  EXPECT_EQ(DayOfSerial(1, false), absl::CivilDay(1900, 1, 1));
  EXPECT_EQ(DayOfSerial(59, false), absl::CivilDay(1900, 2, 28));
  EXPECT_EQ(DayOfSerial(60, false), std::nullopt);
  EXPECT_EQ(DayOfSerial(61, false), absl::CivilDay(1900, 3, 1));
  EXPECT_EQ(DayOfSerial(45717, false), absl::CivilDay(2025, 3, 1));
  EXPECT_EQ(DayOfSerial(45717.75, false), absl::CivilDay(2025, 3, 1));
  EXPECT_EQ(DayOfSerial(45717 - 1462, true), absl::CivilDay(2025, 3, 1));
  EXPECT_EQ(DayOfSerial(0, true), absl::CivilDay(1904, 1, 1));
  EXPECT_EQ(DayOfSerial(2958465, false), absl::CivilDay(9999, 12, 31));
  for (const double none : {0.0, -1.0, 2958466.0, 1e300}) {
    EXPECT_EQ(DayOfSerial(none, false), std::nullopt) << none;
  }
}

TEST(NumberFormatTest, DaysAreToldFromNumbersAndTimes) {
  for (const char* code : {"yyyy\\-mm\\-dd", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy/m/d",
                           "m\"月\"d\"日\"", "d-mmm", "YYYY-MM-DD HH:MM"}) {
    EXPECT_TRUE(IsDayFormat(164, code)) << code;
  }
  for (const char* code :
       {"General", "0.00", "#,##0;[Red]-#,##0", "\"day\"0", "h:mm", "0\\d", "@", "0.00E+00"}) {
    EXPECT_FALSE(IsDayFormat(164, code)) << code;
  }
  EXPECT_TRUE(IsDayFormat(14, ""));
  EXPECT_TRUE(IsDayFormat(57, ""));
  EXPECT_FALSE(IsDayFormat(0, ""));
  EXPECT_FALSE(IsDayFormat(20, ""));
}

}  // namespace
}  // namespace tuoyu::sheet
