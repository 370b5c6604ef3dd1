// The monthly report through the real client: both forms say what the services say, and the same again later.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/sheet/reader.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class ReportTest : public ClientFixture {
 protected:
  static std::string Path(const std::string& name) {
    return absl::StrCat(system_->directory(), "/", name);
  }
  // All cells of a sheet, a row a line.
  static std::string Sheet(const std::string& path, const std::string& name) {
    sheet::ReadOptions options;
    options.sheet = name;
    const auto table = sheet::ParseTable(Content(path), path, options);
    EXPECT_TRUE(table.ok()) << table.status();
    std::string text;
    if (!table.ok()) return text;
    for (int row = 0; row < table->grid.rows(); ++row) {
      for (int column = 0; column < table->grid.columns(); ++column) {
        const sheet::Cell cell = table->grid.At(row, column);
        absl::StrAppend(
            &text, cell.kind == sheet::CellKind::kNumber ? absl::StrCat(cell.number) : cell.text,
            "|");
      }
      text += "\n";
    }
    return text;
  }
};

TEST_F(ReportTest, AMonthIsReportedAsTheServicesKnowItAndTheSameAgainLater) {
  Run(0, {"filing", "back-enter", Example("back-entry.yaml"), "--as", "archivist"});
  Run(0, {"task", "report", "1", "--unit", "EDU", "--status", "COMPLETED", "--day", "2023-05-20",
          "--text", "已有43所幼儿园开设托班", "--evidence", "托班名单|大教发〔2023〕12号", "--as",
          "department", "--org", "EDU"});
  Run(0, {"indicator", "wait"});
  const std::string html = Path("report.html");
  const std::string xlsx = Path("report.xlsx");
  const std::vector<std::string> report = {"report", "monthly", "--month", "2023-05"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), report.begin(), report.end());
    more.insert(more.end(), {"--as", "statistician"});
    return more;
  };
  const auto written = Json(0, with({"--html", html, "--xlsx", xlsx}));
  EXPECT_EQ(written.at("month"), "2023-05");
  EXPECT_EQ(written.at("as_of"), "2023-05-31");
  EXPECT_EQ(written.at("indicators"), 10);
  EXPECT_EQ(written.at("tasks"), 16);

  const std::string indicators = Sheet(xlsx, "指标");
  const auto values =
      Json(0, {"indicator", "list", "--as-of", "2023-05-31", "--as", "statistician"});
  for (const auto& indicator : values.at("indicators")) {
    const std::string name = indicator.at("definition").at("name_zh");
    EXPECT_THAT(indicators, HasSubstr(name));
    EXPECT_THAT(Content(html), HasSubstr(name));
  }
  EXPECT_THAT(indicators, AllOf(HasSubstr("大足区3岁以下婴幼儿照护服务工作月报"),
                                HasSubstr("2023年5月"), HasSubstr("大足府办发〔2024〕16号")));
  EXPECT_THAT(Sheet(xlsx, "重点任务"), HasSubstr("|推进中|"));
  EXPECT_THAT(Sheet(xlsx, "本月进展"),
              AllOf(HasSubstr("1|区教委|2023-05-20|已完成|已有43所幼儿园开设托班|"),
                    HasSubstr("托班名单（大教发〔2023〕12号）")));
  EXPECT_THAT(Sheet(xlsx, "镇街"), HasSubstr("龙岗街道"));
  EXPECT_THAT(Content(html), AllOf(HasSubstr("单位负责人："), HasSubstr("已有43所幼儿园开设托班")));

  // What happens later changes nothing of what was known then.
  const auto positions = values.at("indicators").at(0).at("positions");
  std::vector<std::string> then = {"--xlsx",
                                   Path("again.xlsx"),
                                   "--known-at",
                                   positions.at(0).at("sequence").get<std::string>(),
                                   "--statistics-known-at",
                                   positions.at(1).at("sequence").get<std::string>()};
  Run(0, {"statistic", "report", "stat.resident_population", "834500", "--unit", "人", "--on",
          "2022-12-31", "--publisher", "演练数据", "--document", "演练-1", "--rehearsal", "--as",
          "statistician"});
  Run(0, with(then));
  for (const char* sheet : {"变化原因", "变化明细", "镇街", "重点任务", "单位", "说明"}) {
    EXPECT_EQ(Sheet(Path("again.xlsx"), sheet), Sheet(xlsx, sheet)) << sheet;
  }
  Run(0, with({"--xlsx", Path("outside.xlsx"), "--public"}));
  EXPECT_THAT(Sheet(Path("outside.xlsx"), "指标"), HasSubstr("可对外"));
  EXPECT_THAT(Sheet(Path("outside.xlsx"), "镇街"), HasSubstr("龙岗街道"));
  Run(0, with({"--xlsx", Path("now.xlsx")}));
  EXPECT_NE(Sheet(Path("now.xlsx"), "指标"), indicators) << "the population is known now";
}

TEST_F(ReportTest, WhatCanNotBeReportedIsSaidAndLeavesNoFile) {
  const std::string path = Path("none.xlsx");
  Run(2, {"report", "monthly", "--as", "statistician"});
  Run(2, {"report", "monthly", "--xlsx", path, "--html", path, "--as", "statistician"});
  EXPECT_THAT(
      Run(2, {"report", "monthly", "--month", "2999-01", "--xlsx", path, "--as", "statistician"}),
      HasSubstr("尚未开始"));
  EXPECT_THAT(
      Run(2, {"report", "monthly", "--month", "202401", "--xlsx", path, "--as", "statistician"}),
      HasSubstr("2026-02"));
  Run(3, {"report", "monthly", "--month", "2023-05", "--xlsx", path});
  Run(3, {"report", "monthly", "--month", "2023-05", "--xlsx", path, "--as", "principal"});
  Run(2, {"report", "monthly", "--month", "2023-05", "--html", Path("no/where.html"), "--as",
          "statistician"});
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace tuoyu::system_test
