// Tables of facilities: imported, broken off, mended and entered again, with the real client and services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <signal.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/import_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string ToGbk(std::string text) {
  iconv_t converter = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 2, '\0');
  char* in = text.data();
  char* to = out.data();
  size_t in_left = text.size();
  size_t out_left = out.size();
  EXPECT_EQ(iconv(converter, &in, &in_left, &to, &out_left), 0u);
  iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

TEST_F(ImportTest, AnImportThatIsKilledGoesOnWithoutDoubles) {
  constexpr int kRows = 4'000;
  std::string text = kHead;
  for (int i = 0; i < kRows; ++i) text += FacilityRow(i, Uscc(i));
  // Two rows that the service refuses: they are refused once, before the break or after it.
  text += FacilityRow(kRows, Uscc(kRows), "0") + FacilityRow(kRows + 1, "91500111MAQQ000328");
  const std::string path = File("killed.csv", text);
  const int64_t before = Facilities();
  const std::vector<std::string> import = {"import", "facilities", path,       "--threads",
                                           "2",      "--as",       "archivist"};
  auto process = Process::Spawn(system_->ClientCommand(import), Path("killed.log"));
  ASSERT_TRUE(process.ok()) << process.status();
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  while (Facilities() < before + 600 && process->Running() && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(20));
  }
  process->Signal(SIGKILL);
  ASSERT_TRUE(process->Wait(absl::Seconds(10)).ok());
  const int64_t half = Facilities() - before;
  ASSERT_GE(half, 600);
  ASSERT_LT(half, kRows) << "it was to be killed half-way";

  EXPECT_THAT(Run(2, import), HasSubstr("--resume")) << "an unfinished import is told";
  std::vector<std::string> resume = import;
  resume.emplace_back("--resume");
  const auto result = Json(1, resume);
  EXPECT_EQ(result.at("rows"), kRows + 2);
  EXPECT_EQ(result.at("entered"), kRows);
  EXPECT_EQ(result.at("refused_rows"), 2);
  EXPECT_EQ(Facilities() - before, kRows);
  EXPECT_EQ(Number("SELECT COUNT(DISTINCT uscc) FROM tuoyu_filing.facility") - before, kRows);
  EXPECT_FALSE(std::filesystem::exists(path + ".progress"));

  // From the beginning once more: the answers of then are given again.
  EXPECT_EQ(Json(1, import).at("entered"), kRows);
  EXPECT_EQ(Facilities() - before, kRows);
  Run(0, {"journal", "verify", "--as", "auditor"});
}

TEST_F(ImportTest, AnImportWithoutTheRightCanBeDoneWithIt) {
  constexpr int kNumber = 30'000;
  const std::string path =
      File("right.csv", absl::StrCat(kHead, FacilityRow(kNumber, Uscc(kNumber))));
  EXPECT_THAT(Run(3, {"import", "facilities", path, "--as", "town"}), Not(HasSubstr("--resume")));
  EXPECT_FALSE(std::filesystem::exists(path + ".progress"));
  EXPECT_EQ(Json(0, {"import", "facilities", path, "--as", "archivist"}).at("entered"), 1);
}

TEST_F(ImportTest, WhatClerksGetWrongIsTakenWhereItIsClearAndElseRefusedWithTheMend) {
  constexpr int kFirst = 10'000;
  const std::string good = Uscc(kFirst);
  const std::string text = absl::StrCat(
      "大足区托育机构一览表,,,,,,,,,,\n",
      "机构名称,信用代码,类型,镇街,收托规模,备案日期,证明文件,经度,纬度,坐标系,备注\n",
      // 3: full-width digits, blanks, a serial number as day, longitude and latitude exchanged.
      " 演练甲园 ,", good,
      " ,幼儿园托班,重庆市大足区龙岗街道,４５,45078,档案１, N29.703°,105.721°,天地图,\n",
      // 4: the same once more.
      "演练甲园,", good, ",幼儿园托班,龙岗,45,2023-06-01,档案1,29.703,105.721,天地图,再来\n",
      // 5: what Excel made of a long number; a month for a day; a type nobody knows.
      "演练乙园,9.15E+17,托管班,龙岗街道,45,2023-06,档案2,,,,\n",
      // 6, 7: two rows of one facility that differ.
      "演练丙园,", Uscc(kFirst + 1), ",托育机构,龙岗街道,45,2023-06-01,档案3,,,,\n", "演练丙园,",
      Uscc(kFirst + 1), ",托育机构,龙岗街道,50,2023-06-01,档案3,,,,\n",
      // 8: of a day the system was there already: the service refuses it.
      "演练丁园,", Uscc(kFirst + 2), ",托育机构,龙岗街道,45,2026-02-01,档案4,,,,\n",
      // 9: a comma within a text that is not quoted moves what comes after it.
      "演练戊园,", Uscc(kFirst + 3), ",托育机构,龙岗街道,45,2023-06-01,档案5,第2卷,,,,备注\n",
      "合 计,,,,225,,,,,,\n");
  const std::string path = File("clerk.csv", ToGbk(text));
  const int64_t before = Facilities();
  const std::vector<std::string> import = {"import", "facilities", path, "--as", "archivist"};
  std::vector<std::string> check = import;
  check.emplace_back("--validate-only");
  for (const bool only_check : {true, false}) {
    const auto result = Json(1, only_check ? check : import);
    EXPECT_EQ(result.at("rows"), 7);
    EXPECT_EQ(result.at("entered"), 1);
    EXPECT_EQ(result.at("same"), 1);
    EXPECT_EQ(result.at("mended").size(), 2u);
    EXPECT_EQ(result.at("unknown_columns").at(0), "备注");
    std::set<std::string> reasons;
    for (const auto& each : result.at("refused")) {
      reasons.insert(absl::StrCat(each.at("row").get<int>(), " ",
                                  each.at("column").get<std::string>(), " ",
                                  each.at("reason").get<std::string>()));
    }
    EXPECT_EQ(reasons,
              (std::set<std::string>{"5 信用代码 CODE_SCIENTIFIC", "5 类型 CHOICE_UNKNOWN",
                                     "5 备案日期 DAY_PARTIAL", "6  ROW_DIFFERS", "7  ROW_DIFFERS",
                                     "8 备案日期 FILED_SINCE_SYSTEM_START",
                                     "9  CELL_BEYOND_HEADINGS", "9 经度 DECIMAL_FORM"}));
    EXPECT_EQ(Facilities() - before, only_check ? 0 : 1);
  }
  const auto facility = Json(0, {"facility", "show", FacilityOf(good)});
  EXPECT_EQ(facility.at("content").at("approved_capacity"), 45);
  EXPECT_NEAR(facility.at("content").at("location").at("longitude").get<double>(), 105.721, 1e-6);

  // The file of the refused rows opens in a spreadsheet; mended, it is imported as it is.
  const std::string refused = Read(path + ".refused-2.csv");
  EXPECT_THAT(refused, HasSubstr("\xEF\xBB\xBF原文件行号,须修改的列,原因和改法,机构名称"));
  EXPECT_THAT(refused, HasSubstr("9.15E+17"));
  std::string mended;
  for (absl::string_view line : absl::StrSplit(refused, '\n')) {
    if (!absl::StrContains(line, "演练") || absl::StrContains(line, "演练丁园")) {
      absl::StrAppend(&mended, line, "\n");
    }
  }
  const size_t at = mended.rfind("2026-02-01");  // of the cell; the reason names it, too
  ASSERT_NE(at, std::string::npos) << refused;
  mended.replace(at, 10, "2023-02-01");
  EXPECT_EQ(Json(0, {"import", "facilities", File("mended.csv", mended), "--as", "archivist"})
                .at("entered"),
            1);
  EXPECT_EQ(Facilities() - before, 2);
}

TEST_F(ImportTest, AFacilityThatIsThereIsSaidToBeThere) {
  constexpr int kNumber = 32'000;
  const std::string uscc = Uscc(kNumber);
  const std::string row = FacilityRow(kNumber, uscc);
  const auto import = [&](int exit_code, const std::string& name, const std::string& rows) {
    return Json(exit_code, {"import", "facilities", File(name, absl::StrCat(kHead, rows)), "--as",
                            "archivist"});
  };
  const int64_t before = Facilities();
  EXPECT_EQ(import(0, "there1.csv", row).at("entered"), 1);
  // Another file with the same row, and a new one: it counts as entered, which a check says.
  const std::string more = FacilityRow(kNumber + 1, Uscc(kNumber + 1)) + row;
  const auto checked =
      Json(0, {"import", "facilities", File("there2.csv", absl::StrCat(kHead, more)),
               "--validate-only", "--as", "archivist"});
  EXPECT_EQ(checked.at("entered"), 2);
  EXPECT_EQ(checked.at("entered_before"), 1);
  const auto& remarks = checked.at("remarks");
  EXPECT_TRUE(std::any_of(remarks.begin(), remarks.end(), [](const auto& remark) {
    return remark.at("reason") == "ENTERED_BEFORE" && remark.at("row") == 3;
  })) << remarks;
  const auto again = import(0, "there3.csv", more);
  EXPECT_EQ(again.at("entered"), 2);
  EXPECT_EQ(again.at("entered_before"), 1);
  EXPECT_EQ(again.at("remarks").at(0).at("row"), 3);
  EXPECT_TRUE(again.at("refused").empty());
  EXPECT_EQ(Facilities() - before, 2);
  const auto changed =
      import(1, "there4.csv", absl::StrReplaceAll(row, {{"演练托育园", "演练幼托园"}}))
          .at("refused");
  ASSERT_EQ(changed.size(), 1u) << changed;
  EXPECT_EQ(changed.at(0).at("reason"), "SOURCE_ID_EXISTS");
  EXPECT_EQ(changed.at(0).at("column"), "统一社会信用代码");
  EXPECT_THAT(changed.at(0).at("message_zh").get<std::string>(), HasSubstr("请办理备案变更"));
}

// A title over the table, headings of two rows with merged cells, a day as its serial number.
TEST_F(ImportTest, AWorkbookAsAClerkMakesItIsTaken) {
  constexpr int kNumber = 33'000;
  const std::string path = Path("merged.xlsx");
  lxw_workbook* book = workbook_new(path.c_str());
  lxw_worksheet* sheet = workbook_add_worksheet(book, nullptr);
  worksheet_merge_range(sheet, 0, 0, 0, 9, "托育机构一览表", nullptr);
  const std::vector<std::string> titles = {"机构名称", "统一社会信用代码", "机构类型", "镇街",
                                           "收托规模", "备案日期",         "证明文件", "班级"};
  for (size_t i = 0; i < titles.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_merge_range(sheet, 1, column, 2, column, titles[i].c_str(), nullptr);
  }
  worksheet_merge_range(sheet, 1, 8, 1, 9, "面积", nullptr);
  worksheet_write_string(sheet, 2, 8, "建筑", nullptr);
  worksheet_write_string(sheet, 2, 9, "室内", nullptr);
  const std::vector<std::string> cells = {
      "演练托育园33000", Uscc(kNumber), "托育机构", "棠香街道", "", "", "演练档案", "托大班20"};
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    worksheet_write_string(sheet, 3, static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr);
  }
  worksheet_write_number(sheet, 3, 4, 20, nullptr);
  worksheet_write_number(sheet, 3, 5, 45078, nullptr);  // 2023-06-01
  worksheet_write_number(sheet, 3, 8, 400.5, nullptr);
  worksheet_write_number(sheet, 3, 9, 300, nullptr);
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  EXPECT_EQ(Json(0, {"import", "facilities", path, "--as", "archivist"}).at("entered"), 1);
  const auto facility =
      Json(0, {"facility", "show", FacilityOf(Uscc(kNumber)), "--as", "reviewer"});
  EXPECT_EQ(facility.at("content").at("gross_floor_area_m2"), 400.5);
  EXPECT_EQ(facility.at("content").at("indoor_usable_area_m2"), 300);
  EXPECT_EQ(facility.at("valid_from").at("year"), 2023);
  EXPECT_EQ(facility.at("valid_from").at("month"), 6);
}

// Exchanged coordinates are put right whatever their system; which one it is can't be guessed, and they are 460 m apart.
TEST_F(ImportTest, CoordinatesWithoutTheirSystemAreRefused) {
  constexpr int kNumber = 34'000;
  const std::string path = File(
      "system.csv",
      absl::StrCat("机构名称,统一社会信用代码,机构类型,镇街,收托规模,备案日期,证明文件,经度,纬度,"
                   "坐标系,班级\n演练托育园34000,",
                   Uscc(kNumber),
                   ",托育机构,棠香街道,20,2023-06-01,演练档案,29.70,105.72,,托大班20\n"));
  const auto checked =
      Json(1, {"import", "facilities", path, "--validate-only", "--as", "archivist"});
  EXPECT_EQ(checked.at("mended").at(0).at("reason"), "COORDINATE_SWAPPED");
  EXPECT_EQ(checked.at("refused").at(0).at("reason"), "COORDINATE_SYSTEM_MISSING");
  EXPECT_EQ(checked.at("refused").at(0).at("column"), "坐标系");
}

TEST_F(ImportTest, TemplatesAreTakenAsTheyAre) {
  for (const char* kind : {"facilities", "staff", "children", "statistics"}) {
    const std::string path = Path(absl::StrCat("template-", kind, ".xlsx"));
    Run(0, {"import", "template", kind, path});
    const std::string role = absl::string_view(kind) == "statistics" ? "statistician" : "archivist";
    // The facility is entered, so that its staff and children are looked at whole.
    std::vector<std::string> import = {"import", kind, path, "--as", role};
    if (absl::string_view(kind) != "facilities") import.emplace_back("--validate-only");
    const auto result = Json(0, import);
    EXPECT_EQ(result.at("rows"), 1) << kind;
    EXPECT_EQ(result.at("unknown_columns").size(), 0u) << kind;
    EXPECT_EQ(result.at("refused").size(), 0u) << kind << " " << result;
  }
  EXPECT_THAT(Run(0, {"export", "indicators", "--divisions", "--csv", Path("divisions.csv")}),
              HasSubstr("280"))
      << "ten of the district and of each of its 27 streets and towns";
  Run(0, {"export", "indicators", "--xlsx", Path("indicators.xlsx")});
  EXPECT_EQ(Read(Path("indicators.xlsx")).substr(0, 2), "PK");
}

}  // namespace
}  // namespace tuoyu::system_test
