// Tables of staff and children, imported and exported with the real client and services.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/ids/made_up.h"
#include "nlohmann/json.hpp"
#include "tests/e2e/import_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(ImportTest, ARosterGoesOnWithFacilitiesThatWereEnteredMeanwhile) {
  constexpr int kNumber = 31'000;
  EnterFacility(kNumber);
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

  EnterFacility(kNumber + 1);
  std::vector<std::string> resume = import;
  resume.emplace_back("--resume");
  const auto result = Json(0, resume);
  EXPECT_EQ(result.at("entered"), kRows);
  EXPECT_EQ(result.at("refused_rows"), 0);
  EXPECT_EQ(Number(count) - before, kRows);
}

TEST_F(ImportTest, RostersComeByTheCreditCodesOfTheirFacilities) {
  constexpr int kNumber = 20'000;
  EnterFacility(kNumber);
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
  EnterFacility(kNumber);
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

TEST_F(ImportTest, AChildHasARowForEachHalfDay) {
  constexpr int kNumber = 22'000;
  EnterFacility(kNumber);
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  const std::string id = ids::MadeUpResidentId(today - 600, 3);
  const auto row = [&](const std::string& part) {
    return absl::StrCat("向小演,", id, ",半日托,", part, ",", absl::FormatCivilTime(today - 10),
                        ",", absl::FormatCivilTime(today - 12), ",2025年版,向大演\n");
  };
  const std::string path =
      File("halves.csv", absl::StrCat("姓名,证件号码,服务方式,在托时段,入托日期,同意日期,"
                                      "告知文本版本,监护人\n",
                                      row("上午"), row("下午")));
  const std::string facility = FacilityOf(Uscc(kNumber));
  EXPECT_EQ(Json(0, {"import", "children", path, "--as", "principal", "--facility", facility})
                .at("entered"),
            2);
  Run(0, {"export", "children", "--csv", Path("halves.out.csv"), "--as", "principal", "--facility",
          facility});
  EXPECT_THAT(Read(Path("halves.out.csv")), AllOf(HasSubstr("上午"), HasSubstr("下午")));
}

}  // namespace
}  // namespace tuoyu::system_test
