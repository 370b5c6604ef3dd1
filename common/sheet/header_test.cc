#include "common/sheet/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tuoyu::sheet {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::vector<Heading>& Headings() {
  static const auto* const headings = new std::vector<Heading>{
      {{"机构名称", "name"}, true},
      {{"统一社会信用代码", "信用代码", "uscc"}, true},
      {{"建筑面积", "面积建筑"}},
      {{"室内使用面积", "面积室内"}},
  };
  return *headings;
}

Grid Made(const std::vector<std::vector<std::string>>& rows) {
  Grid grid({});
  for (size_t row = 0; row < rows.size(); ++row) {
    for (size_t column = 0; column < rows[row].size(); ++column) {
      EXPECT_TRUE(
          grid.AddText(static_cast<int>(row), static_cast<int>(column), rows[row][column]).ok());
    }
  }
  return grid;
}

TEST(HeaderTest, TitlesAboveAndWaysOfWritingDoNotMatter) {
  const Grid grid = Made({{"大足区托育机构一览表"},
                          {"填表日期：2025年"},
                          {"序号", "机构 名称*", "信用代码\n（18位）", "建筑面积(m²)", "备注"},
                          {"1", "甲", "91"}});
  const auto header = FindHeader(grid, Headings());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(header->first_row, 3);
  EXPECT_THAT(header->columns, ElementsAre(1, 2, 3, -1));
  EXPECT_THAT(header->unknown, ElementsAre(0, 4));
  EXPECT_EQ(header->titles[1], "机构 名称*");
}

TEST(HeaderTest, TheTitleOfASheetIsNoPartOfTheTitleBelowIt) {
  const Grid grid = Made({{"大足区托育机构一览表"}, {"机构名称", "信用代码"}, {"甲", "91"}});
  const auto header = FindHeader(grid, Headings());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(header->first_row, 2);
  EXPECT_THAT(header->titles, ElementsAre("机构名称", "信用代码"));
}

TEST(HeaderTest, TwoRowsOfWhichTheUpperIsMerged) {
  Grid grid = Made(
      {{"机构名称", "信用代码", "面积", ""}, {"", "", "建筑", "室内"}, {"甲", "91", "9", "8"}});
  ASSERT_TRUE(grid.Merge(0, 0, 1, 0).ok());
  ASSERT_TRUE(grid.Merge(0, 1, 1, 1).ok());
  ASSERT_TRUE(grid.Merge(0, 2, 0, 3).ok());
  const auto header = FindHeader(grid, Headings());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(header->first_row, 2);
  EXPECT_THAT(header->columns, ElementsAre(0, 1, 2, 3));
}

TEST(HeaderTest, ATitleOverTheHeadingsIsNoneOfThem) {
  const auto header =
      FindHeader(Made({{"一览表"}, {"机构名称", "信用代码"}, {"甲", "91"}}), Headings());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(header->first_row, 2);
  EXPECT_EQ(header->titles[0], "机构名称");
}

TEST(HeaderTest, EverythingWrongIsToldAtOnce) {
  const auto header = FindHeader(Made({{"机构名称", "建筑面积", "建筑面积"}, {"甲"}}), Headings());
  ASSERT_FALSE(header.ok());
  EXPECT_THAT(header.status().message(), HasSubstr("“建筑面积”有 2 列"));
  EXPECT_THAT(header.status().message(), HasSubstr("缺少列：统一社会信用代码"));
  EXPECT_THAT(FindHeader(Made({{"甲", "乙"}}), Headings()).status().message(), HasSubstr("模板"));
  EXPECT_FALSE(FindHeader(Grid({}), Headings()).ok());
}

TEST(HeaderTest, MergedCellsOfTheBodyAllHaveTheValue) {
  Grid grid = Made({{"机构名称", "uscc"}, {"甲", "91"}, {"", "92"}});
  ASSERT_TRUE(grid.Merge(1, 0, 2, 0).ok());
  const auto header = FindHeader(grid, Headings());
  ASSERT_TRUE(header.ok()) << header.status();
  EXPECT_EQ(BodyCell(grid, *header, 2, 0).text, "甲");
  EXPECT_EQ(BodyCell(grid, *header, 2, 1).text, "92");
}

}  // namespace
}  // namespace tuoyu::sheet
