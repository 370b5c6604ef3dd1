#include "common/data/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace tuoyu::data {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr absl::string_view kColumns[] = {"code", "name"};
constexpr absl::string_view kPreface =
    "# source: 统计: 年鉴\n# version: 1\n# effective_from: 2023-01-01\n";

// What is wrong with the rows after the preface (three lines); "" if nothing.
std::string FaultOf(absl::string_view rows) {
  return std::string(ParseCsv(absl::StrCat(kPreface, rows), "f.csv", kColumns).status().message());
}

TEST(CsvTest, RowsAreReadInTheOrderAskedFor) {
  const auto table =
      ParseCsv(absl::StrCat(kPreface, "name,code\n龙岗街道,500111001\n,\n"), "f.csv", kColumns);
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_THAT(table->rows, SizeIs(2));
  EXPECT_THAT(table->rows[0].fields, ElementsAre("500111001", "龙岗街道"));
  EXPECT_THAT(table->rows[1].fields, ElementsAre("", ""));
  EXPECT_EQ(table->rows[1].line, 6);
  EXPECT_EQ(table->preface.at("source"), "统计: 年鉴");
}

TEST(CsvTest, QuotedFieldsHoldCommasQuotesAndLines) {
  const auto table = ParseCsv(
      absl::StrCat(kPreface, "code,name\n\"a,b\",\"he said \"\"no\"\"\"\n\"two\nlines\",\"\"\nx,y"),
      "f.csv", kColumns);
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_THAT(table->rows, SizeIs(3));
  EXPECT_THAT(table->rows[0].fields, ElementsAre("a,b", "he said \"no\""));
  EXPECT_THAT(table->rows[1].fields, ElementsAre("two\nlines", ""));
  EXPECT_THAT(table->rows[2].fields, ElementsAre("x", "y"));
  EXPECT_EQ(table->rows[2].line, 8);
}

TEST(CsvTest, ByteOrderMarkAndCrlfAreAccepted) {
  const std::string plain = absl::StrCat(kPreface, "code,name\n1,\"甲\n乙\"\n");
  const std::string windows =
      absl::StrCat("\xEF\xBB\xBF", absl::StrReplaceAll(plain, {{"\n", "\r\n"}}));
  const auto table = ParseCsv(windows, "f.csv", kColumns);
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_THAT(table->rows.at(0).fields, ElementsAre("1", "甲\n乙"));
}

TEST(CsvTest, EachFaultNamesItsLine) {
  EXPECT_THAT(FaultOf(""), StartsWith("f.csv:4: 缺少表头"));
  EXPECT_THAT(FaultOf("code\n1\n"), StartsWith("f.csv:4: 缺少列 (missing column): name"));
  EXPECT_THAT(FaultOf("code,name,extra\n"), StartsWith("f.csv:4: 多余的列"));
  EXPECT_THAT(FaultOf("code,name,name\n"), StartsWith("f.csv:4: 多余的列"));
  EXPECT_THAT(FaultOf("code,name\n1,a\n2\n"), StartsWith("f.csv:6: 应有 2 个字段，实有 1 个"));
  EXPECT_THAT(FaultOf("code,name\n1,a\n\n2,b\n"), StartsWith("f.csv:6: 应有 2 个字段"));
  EXPECT_THAT(FaultOf("code,name\n1,a,\n"), StartsWith("f.csv:5: 应有 2 个字段，实有 3 个"));
  EXPECT_THAT(FaultOf("code,name\n1,a\"b\n"), StartsWith("f.csv:5: 引号应包住整个字段"));
  EXPECT_THAT(FaultOf("code,name\n1,\"a\nb\"c\n"), StartsWith("f.csv:6: 引号后应为逗号"));
  EXPECT_THAT(FaultOf("code,name\n1,\"a\n\n"), StartsWith("f.csv:5: 引号没有结束"));
  EXPECT_THAT(FaultOf("code,name\n1,\xFF\n"), StartsWith("f.csv:5: 不是 UTF-8"));
  EXPECT_THAT(FaultOf(absl::string_view("code,name\n1,\0\n", 14)), StartsWith("f.csv:5: 含空字符"));
}

TEST(CsvTest, DataWithoutProvenanceIsRefused) {
  for (const char* key : {"source", "version", "effective_from"}) {
    const std::string text =
        absl::StrReplaceAll(absl::StrCat(kPreface, "code,name\n"), {{key, "other"}});
    EXPECT_TRUE(absl::StrContains(ParseCsv(text, "f.csv", kColumns).status().message(), key));
  }
  for (const auto& [good, bad] :
       std::vector<std::pair<std::string, std::string>>{{"2023-01-01", "2023-02-30"},
                                                        {"# version: 1", "# version"},
                                                        {"# version: 1", "# source: 2"}}) {
    const std::string text =
        absl::StrReplaceAll(absl::StrCat(kPreface, "code,name\n"), {{good, bad}});
    EXPECT_EQ(ParseCsv(text, "f.csv", kColumns).status().code(), absl::StatusCode::kInvalidArgument)
        << bad;
  }
}

}  // namespace
}  // namespace tuoyu::data
