// Tables of statistics, imported with the real client and services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/import_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::HasSubstr;

TEST_F(ImportTest, APublishedStatisticIsNotChangedSilently) {
  const auto table = [](const std::string& rows) {
    return absl::StrCat("系列,区划代码,统计时点,数值,发布单位,文号,更正原因,演练\n", rows);
  };
  const auto import = [](int exit_code, const std::string& path) {
    return Json(exit_code, {"import", "statistics", path, "--as", "statistician"});
  };
  const std::string row = "stat.births,500111,2024年12月31日,";
  EXPECT_EQ(import(0, File("s1.csv", table(row + "\"5,000\",演练,演练-1,,是\n"))).at("entered"), 1);
  EXPECT_EQ(import(0, File("s2.csv", table(row + "5000,演练,演练-1,,是\n"))).at("entered"), 1)
      << "the same";
  const auto changed = import(1, File("s3.csv", table(row + "5100,演练,演练-1,,是\n")));
  EXPECT_EQ(changed.at("refused").at(0).at("reason"), "STATISTIC_EXISTS");
  EXPECT_EQ(changed.at("refused").at(0).at("column"), "更正原因");
  const auto check =
      Json(1, {"import", "statistics", Path("s3.csv"), "--validate-only", "--as", "statistician"});
  EXPECT_EQ(check.at("refused").at(0).at("reason"), "STATISTIC_EXISTS");
  EXPECT_EQ(import(1, File("s4.csv", table("stat.births,500111,2024,5100,演练,演练-1,,是\n")))
                .at("refused")
                .at(0)
                .at("reason"),
            "DAY_FORM");
  EXPECT_EQ(
      import(1, File("s5.csv", table(row + "1,演练,演练-1,,是\n" + row + "2,演练,演练-1,,是\n")))
          .at("entered"),
      0);
  EXPECT_EQ(Json(0, {"statistic", "list", "stat.births"}).at("statistics").size(), 1u);
  EXPECT_EQ(import(0, File("s6.csv", table(row + "5100,演练,演练-2,年报修订,是\n"))).at("entered"),
            1);
  EXPECT_EQ(Json(0, {"statistic", "list", "stat.births"}).at("statistics").size(), 2u);
  // What was released is changed with a reason only, and the column for it is named.
  Run(0, {"indicator", "wait"});
  Run(0, {"indicator", "release", "--as-of", "2023-06-30", "--document", "演练发布1号", "--as",
          "approver"});
  // Births are in no indicator.
  EXPECT_EQ(
      import(0, File("s9.csv", table("stat.births,500111,2022年12月31日,5000,演练,演练-3,,是\n")))
          .at("entered"),
      1);
  const std::string newer = "stat.kindergartens,500111,2023年3月31日,60,演练,演练-3,";
  const auto released = import(1, File("s7.csv", table(newer + ",是\n")));
  EXPECT_EQ(released.at("refused").at(0).at("reason"), "CHANGES_RELEASED");
  EXPECT_EQ(released.at("refused").at(0).at("column"), "更正原因");
  EXPECT_EQ(import(0, File("s8.csv", table(newer + "年中公报,是\n"))).at("entered"), 1);
}

TEST_F(ImportTest, StatisticsAreExportedAsTheyCanBeImportedAgain) {
  const std::string table =
      "系列,区划代码,统计时点,数值,发布单位,文号,演练\n"
      "stat.births,500111,2019-12-31,5000,演练,演练-1,是\n"
      "stat.kindergartens,500111,2019-12-31,100,演练,演练-1,是\n";
  Json(0, {"import", "statistics", File("in.csv", table), "--as", "statistician"});
  const std::string said =
      Run(0, {"statistic", "report", "stat.births", "5100", "--unit", "人", "--on", "2019-12-31",
              "--publisher", "演练", "--document", "演练-1", "--rehearsal", "--reason", "更正",
              "--as", "statistician", "-o", "name"});
  const auto before = Json(0, {"statistic", "list"}).at("statistics");
  Run(0, {"export", "statistics", "--csv", Path("out.csv"), "--as", "statistician"});
  const auto again = Json(0, {"import", "statistics", Path("out.csv"), "--as", "statistician"});
  EXPECT_TRUE(again.at("refused").empty()) << again.dump();
  EXPECT_EQ(Json(0, {"statistic", "list"}).at("statistics"), before) << "nothing changed";

  const std::string name(absl::StripAsciiWhitespace(said));
  Run(3, {"statistic", "verify", name, "--as", "statistician"});
  EXPECT_THAT(Run(0, {"statistic", "verify", name, "--as", "approver"}), HasSubstr("已核验"));
  EXPECT_THAT(Run(0, {"statistic", "withdraw", name, "--reason", "录错", "--as", "statistician"}),
              HasSubstr("恢复第1版，未核验"));
}

TEST_F(ImportTest, AStatisticOfAnotherDistrictIsRefusedByItsColumn) {
  const auto result = Json(1, {"import", "statistics",
                               File("abroad.csv",
                                    "系列,区划代码,统计时点,数值,发布单位,文号,演练\n"
                                    "stat.births,500112,2024-12-31,5000,演练,演练-1,是\n"),
                               "--as", "statistician"});
  EXPECT_EQ(result.at("entered"), 0);
  EXPECT_EQ(result.at("refused").at(0).at("column"), "区划代码");
}

TEST_F(ImportTest, PercentIsTakenOfStatisticsInPercentOnly) {
  const std::string head = "系列,区划代码,统计时点,数值,发布单位,文号,演练\n";
  const auto import = [&](int exit_code, const std::string& name, const std::string& row) {
    return Json(exit_code,
                {"import", "statistics", File(name, head + row), "--as", "statistician"});
  };
  EXPECT_EQ(import(0, "p1.csv", "全市平均托位使用率,500000,2024-12-31,41.6%,演练,演练-9,是\n")
                .at("entered"),
            1);
  EXPECT_EQ(Json(0, {"statistic", "list", "stat.city_place_usage_rate"})
                .at("statistics")
                .at(0)
                .at("value"),
            "41.6");
  const auto refused = import(1, "p2.csv", "stat.births,500111,2023-12-31,41.6%,演练,演练-9,是\n");
  EXPECT_EQ(refused.at("refused").at(0).at("reason"), "CELL_PERCENT");
  EXPECT_EQ(refused.at("refused").at(0).at("column"), "数值");

  // Full-width, with the unit in a column of its own.
  EXPECT_EQ(Json(0, {"import", "statistics",
                     File("p4.csv",
                          "系列,区划代码,统计时点,数值,单位,发布单位,文号,演练\n"
                          "全市平均托位使用率,500000,2024-12-31,４１．６％,％,演练,演练-9,是\n"),
                     "--as", "statistician"})
                .at("entered"),
            1)
      << "the same number, not another";

  // As a spreadsheet program keeps it: 0.416, shown as 41.60%.
  const std::string path = Path("p3.xlsx");
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  lxw_format* percent = workbook_add_format(book);
  format_set_num_format_index(percent, 10);
  const std::vector<std::string> titles = absl::StrSplit(absl::StripSuffix(head, "\n"), ',');
  const std::vector<std::string> cells = {
      "全市平均托位使用率", "500000", "2023-12-31", "", "演练", "演练-9", "是"};
  for (size_t i = 0; i < titles.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_write_string(sheet, 0, column, titles[i].c_str(), nullptr);
    if (!cells[i].empty()) worksheet_write_string(sheet, 1, column, cells[i].c_str(), nullptr);
  }
  worksheet_write_number(sheet, 1, 3, 0.416, percent);
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  EXPECT_EQ(Json(0, {"import", "statistics", path, "--as", "statistician"}).at("entered"), 1);
  const auto all = Json(0, {"statistic", "list", "stat.city_place_usage_rate"}).at("statistics");
  ASSERT_EQ(all.size(), 2u);
  for (const auto& each : all) EXPECT_EQ(each.at("value"), "41.6");
}

}  // namespace
}  // namespace tuoyu::system_test
