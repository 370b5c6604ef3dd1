// Tables of clerks: imported, broken off, mended and exported with the real client and services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <signal.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "common/ids/made_up.h"
#include "nlohmann/json.hpp"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHead[] =
    "机构名称,统一社会信用代码,机构类型,镇街,收托规模,备案日期,证明文件,班级\n";

std::string Uscc(int number) {
  return rehearsal::MadeUpUscc("91", 77, static_cast<uint32_t>(number));
}

std::string FacilityRow(int number, const std::string& uscc, const std::string& places = "20") {
  return absl::StrFormat(
      "演练托育园%05d,%s,托育机构,棠香街道,%s,2023-06-01,演练档案%05d,托大班20\n", number, uscc,
      places, number);
}

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

std::string Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class ImportTest : public ClientFixture {
 protected:
  static std::string Path(const std::string& name) {
    return absl::StrCat(system_->directory(), "/", name);
  }
  static std::string File(const std::string& name, const std::string& text) {
    std::ofstream(Path(name), std::ios::binary) << text;
    return Path(name);
  }
  static int64_t Number(const std::string& sql) {
    const CommandResult result = system_->Sql(sql);
    int64_t number = -1;
    EXPECT_TRUE(absl::SimpleAtoi(absl::StripAsciiWhitespace(result.output), &number))
        << result.output;
    return number;
  }
  static int64_t Facilities() { return Number("SELECT COUNT(*) FROM tuoyu_filing.facility"); }
  static std::string FacilityOf(const std::string& uscc) {
    return std::string(
        absl::StripAsciiWhitespace(Run(0, {"facility", "search", "--uscc", uscc, "-o", "name"})));
  }
};

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

TEST_F(ImportTest, ARosterGoesOnWithFacilitiesThatWereEnteredMeanwhile) {
  constexpr int kNumber = 31'000;
  Run(0, {"import", "facilities",
          File("known.csv", absl::StrCat(kHead, FacilityRow(kNumber, Uscc(kNumber)))), "--as",
          "archivist"});
  // The first two rows are of a facility entered later; the others make more than one batch.
  constexpr int kRows = 4'000;
  std::string text = "机构信用代码,姓名,身份证号,手机,岗位,专兼职,入职日期\n";
  for (int i = 0; i < kRows; ++i) {
    absl::StrAppend(&text, Uscc(i < 2 ? kNumber + 1 : kNumber), ",向演练,",
                    ids::MadeUpResidentId(absl::CivilDay(1970, 1, 1) + i, 31),
                    ",13900000001,保安,专职,2024/3/1\n");
  }
  const std::string path = File("late-staff.csv", text);
  const std::vector<std::string> import = {"import", "staff", path,       "--threads",
                                           "1",      "--as",  "archivist"};
  const std::string count = "SELECT COUNT(*) FROM tuoyu_filing.staff_member";
  const int64_t before = Number(count);
  auto process = Process::Spawn(system_->ClientCommand(import), Path("late-staff.log"));
  ASSERT_TRUE(process.ok()) << process.status();
  const absl::Time deadline = absl::Now() + absl::Seconds(60);
  while (Number(count) < before + 300 && process->Running() && absl::Now() < deadline) {
    absl::SleepFor(absl::Milliseconds(10));
  }
  process->Signal(SIGKILL);
  ASSERT_TRUE(process->Wait(absl::Seconds(10)).ok());
  ASSERT_LT(Number(count) - before, kRows - 2) << "it was to be killed half-way";

  Run(0, {"import", "facilities",
          File("late.csv", absl::StrCat(kHead, FacilityRow(kNumber + 1, Uscc(kNumber + 1)))),
          "--as", "archivist"});
  std::vector<std::string> resume = import;
  resume.emplace_back("--resume");
  const auto result = Json(0, resume);
  EXPECT_EQ(result.at("entered"), kRows);
  EXPECT_EQ(result.at("refused_rows"), 0);
  EXPECT_EQ(Number(count) - before, kRows);
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
      "合 计,,,,180,,,,,,\n");
  const std::string path = File("clerk.csv", ToGbk(text));
  const int64_t before = Facilities();
  const std::vector<std::string> import = {"import", "facilities", path, "--as", "archivist"};
  std::vector<std::string> check = import;
  check.emplace_back("--validate-only");
  for (const bool only_check : {true, false}) {
    const auto result = Json(1, only_check ? check : import);
    EXPECT_EQ(result.at("rows"), 6);
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
                                     "8 备案日期 FILED_SINCE_SYSTEM_START"}));
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

TEST_F(ImportTest, RostersComeByTheCreditCodesOfTheirFacilities) {
  constexpr int kNumber = 20'000;
  Run(0, {"import", "facilities",
          File("home.csv", absl::StrCat(kHead, FacilityRow(kNumber, Uscc(kNumber)))), "--as",
          "archivist"});
  const std::string id = ids::MadeUpResidentId(absl::CivilDay(1990, 5, 6), 1);
  const std::string staff = absl::StrCat(
      "机构信用代码,姓名,身份证号,手机,岗位,专兼职,入职日期,健康证发证日期,职业证书,证书等级,"
      "证书编号,发证日期\n",
      Uscc(kNumber), ",向演练,\t", id,
      ",13900000001,保育员,专职,2024/3/1 8:30,2025年2月20日,保育师,四级/中级,\t2250001234567,"
      "2023.6.1\n",
      Uscc(kNumber), ",向演练,'", id, ",13900000001,负责人,兼职,2024/3/1,,,,,\n", Uscc(kNumber),
      ",钱演练,", id.substr(0, 17), ",13900000001,保安,专职,2024/3/1,,,,,\n");
  const std::vector<std::string> import = {"import", "staff", File("staff.csv", staff), "--as",
                                           "archivist"};
  const int64_t before = Number("SELECT COUNT(*) FROM tuoyu_filing.staff_member");
  const auto result = Json(1, import);
  EXPECT_EQ(result.at("entered"), 2);
  EXPECT_EQ(result.at("refused").at(0).at("row"), 4);
  EXPECT_EQ(result.at("refused").at(0).at("column"), "身份证号");
  EXPECT_EQ(Number("SELECT COUNT(*) FROM tuoyu_filing.staff_member") - before, 1)
      << "one person with two posts";
  EXPECT_EQ(Json(1, import).at("entered"), 2);
  EXPECT_EQ(Number("SELECT COUNT(*) FROM tuoyu_filing.staff_member") - before, 1);

  const std::string facility = FacilityOf(Uscc(kNumber));
  const std::string children = absl::StrCat(
      "姓名,证件号码,服务方式,入托日期,同意日期,告知文本版本,监护人\n", "向小演,",
      ids::MadeUpResidentId(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - 600, 2),
      ",全日托,", absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - 10),
      ",", absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) - 12),
      ",2025年版,向大演\n");
  EXPECT_EQ(Json(0, {"import", "children", File("children.csv", children), "--as", "principal",
                     "--facility", facility})
                .at("entered"),
            1);

  // What an officer may not see is not in the export either; numbers keep their digits.
  Run(0, {"export", "staff", "--csv", Path("out-staff.csv"), "--as", "reviewer", "--facility",
          facility});
  const std::string out = Read(Path("out-staff.csv"));
  EXPECT_THAT(out, HasSubstr("向演练"));
  EXPECT_THAT(out, HasSubstr("保育师 四级"));
  EXPECT_THAT(out, HasSubstr(absl::StrCat("\t", id)));
  Run(0, {"export", "children", "--csv", Path("out-children.csv"), "--as", "reviewer", "--facility",
          facility});
  EXPECT_THAT(Read(Path("out-children.csv")), HasSubstr("全日托"));
  EXPECT_THAT(Read(Path("out-children.csv")), Not(HasSubstr("向小演")));
  Run(0, {"export", "children", "--csv", Path("own-children.csv"), "--as", "principal",
          "--facility", facility});
  EXPECT_THAT(Read(Path("own-children.csv")), HasSubstr("向小演"));
  Run(0, {"export", "facilities", "--csv", Path("public.csv")});
  EXPECT_THAT(Read(Path("public.csv")), HasSubstr("演练托育园20000"));
  EXPECT_THAT(Read(Path("public.csv")), Not(HasSubstr("COORDINATE_SYSTEM")));
  Run(2, {"export", "facilities", "--csv", "/nowhere/a.csv"});
  Run(2, {"export", "facilities"});
}

// A table has one place for a professional certificate, so who has several has several rows.
TEST_F(ImportTest, APersonHasARowForEachCertificateAndShift) {
  constexpr int kNumber = 21'000;
  Run(0, {"import", "facilities",
          File("certified.csv", absl::StrCat(kHead, FacilityRow(kNumber, Uscc(kNumber)))), "--as",
          "archivist"});
  const std::string id = ids::MadeUpResidentId(absl::CivilDay(1991, 5, 6), 1);
  const std::string head =
      "机构信用代码,姓名,身份证号,手机,岗位,专兼职,班次,入职日期,职业证书,证书等级,证书编号,"
      "发证日期\n";
  const auto row = [&](const std::string& shift, const std::string& certificate) {
    return absl::StrCat(Uscc(kNumber), ",向演练,\t", id, ",13900000001,保育员,兼职,", shift,
                        ",2024-03-01,", certificate, "\n");
  };
  const auto import = [&](int exit_code, const std::string& name, const std::string& text) {
    return Json(exit_code, {"import", "staff", File(name, text), "--as", "archivist"});
  };
  const std::string rows = absl::StrCat(row("上午", "保育师,4,A1,2023-06-01"),
                                        row("上午", "育婴员,4,B1,2022-06-01"), row("下午", ",,,"));
  EXPECT_EQ(import(0, "certificates.csv", head + rows).at("entered"), 3);
  Run(0, {"export", "staff", "--csv", Path("certified.out.csv"), "--as", "reviewer", "--facility",
          FacilityOf(Uscc(kNumber))});
  const std::string out = Read(Path("certified.out.csv"));
  EXPECT_THAT(
      out, AllOf(HasSubstr("保育师"), HasSubstr("育婴员"), HasSubstr("上午"), HasSubstr("下午")));
  // The same certificate said otherwise is refused, and so is a file that does not tell full-time from part-time.
  const auto differs =
      import(1, "differs.csv",
             absl::StrCat(head, row("上午", "保育师,4,A1,2023-06-01"), Uscc(kNumber), ",向演练,\t",
                          id, ",13900000002,保育员,兼职,上午,2024-03-01,育婴员,4,B1,2022-06-01\n"));
  EXPECT_EQ(differs.at("refused").at(0).at("reason"), "ROW_DIFFERS");
  const std::string without = absl::StrCat("机构信用代码,姓名,身份证号,岗位,入职日期\n",
                                           Uscc(kNumber), ",向演练,\t", id, ",保育员,2024-03-01\n");
  Run(2, {"import", "staff", File("without.csv", without), "--as", "archivist"});
}

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
  const std::string newer = "stat.births,500111,2023年3月31日,5000,演练,演练-3,";
  const auto released = import(1, File("s7.csv", table(newer + ",是\n")));
  EXPECT_EQ(released.at("refused").at(0).at("reason"), "CHANGES_RELEASED");
  EXPECT_EQ(released.at("refused").at(0).at("column"), "更正原因");
  EXPECT_EQ(import(0, File("s8.csv", table(newer + "年中公报,是\n"))).at("entered"), 1);
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

TEST_F(ImportTest, TemplatesAreTakenAsTheyAre) {
  for (const char* kind : {"facilities", "staff", "children", "statistics"}) {
    const std::string path = Path(absl::StrCat("template-", kind, ".xlsx"));
    Run(0, {"import", "template", kind, path});
    const std::string role = absl::string_view(kind) == "statistics" ? "statistician" : "archivist";
    const auto result =
        system_->Client({"import", kind, path, "--validate-only", "--as", role, "-o", "json"});
    ASSERT_TRUE(result.ok());
    EXPECT_THAT(result->output, HasSubstr("\"rows\":1")) << kind;
    EXPECT_THAT(result->output, HasSubstr("\"unknown_columns\":[]")) << kind;
    // But for the facility of the example, which is not there, nothing of it is refused.
    const auto json = nlohmann::json::parse(result->output);
    for (const auto& fault : json.at("refused")) {
      EXPECT_EQ(fault.at("column"), "机构") << kind << " " << fault;
    }
  }
  Run(0, {"export", "indicators", "--xlsx", Path("indicators.xlsx")});
  EXPECT_EQ(Read(Path("indicators.xlsx")).substr(0, 2), "PK");
}

}  // namespace
}  // namespace tuoyu::system_test
