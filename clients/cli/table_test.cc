#include "clients/cli/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "clients/cli/text.h"

namespace tuoyu::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(TableTest, ColumnsAlignByWhatATerminalShows) {
  Table table({{"序号", Table::Align::kRight}, {"名称"}, {"人"}});
  table.Add({"1", "托育", "甲"});
  table.Add({"12", "A", "乙"});
  EXPECT_EQ(table.Render(),
            "序号  名称  人\n"
            "----  ----  --\n"
            "   1  托育  甲\n"
            "  12  A     乙\n");
}

TEST(TableTest, MissingCellsAreEmptyAndTooManyAreDropped) {
  Table table({{"a"}, {"b"}});
  table.Add({"1"});
  table.Add({"1", "2", "3"});
  EXPECT_EQ(table.Render(), "a  b\n-  -\n1\n1  2\n");
  EXPECT_EQ(table.size(), 2u);
}

TEST(TableTest, OnlyWrappingColumnsGiveWayAndTheTableFits) {
  Table table({{"编号"}, {"须修改", Table::Align::kLeft, true}});
  table.Add({"91500111MAQQ000327", "租赁期限不足三年，应当不少于三年，请重新签订租赁合同"});
  for (const absl::string_view line : absl::StrSplit(table.Render(44), '\n')) {
    EXPECT_LE(DisplayWidth(line), 44) << line;
  }
  EXPECT_THAT(table.Render(44), HasSubstr("91500111MAQQ000327"));
}

TEST(TableTest, CellsCannotMoveTheCursor) {
  Table table({{"a"}});
  table.Add({"x\x1B[2Jy\nz"});
  EXPECT_THAT(table.Render(), Not(HasSubstr("\x1B")));
  EXPECT_THAT(table.Render(), HasSubstr("y z"));
}

TEST(DetailsTest, EmptyValuesAreLeftOutAndFurtherLinesStandUnderTheFirst) {
  Details details;
  details.Add("机构", "向日葵");
  details.Add("none", "");
  details.Add("x", "one\ntwo");
  EXPECT_EQ(details.Render(),
            "机构  向日葵\n"
            "x     one\n"
            "      two\n");
}

}  // namespace
}  // namespace tuoyu::cli
