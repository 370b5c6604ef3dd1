// What other units do with the client against the real services: registrars, the education commission, the guidance centre.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class RegistrarsTest : public ClientFixture {
 protected:
  // The same as an officer of a unit.
  static std::string RunAs(const std::string& unit, int exit_code,
                           std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--as", "department", "--org", unit});
    return Run(exit_code, arguments);
  }
  static std::string FirstLine(const std::string& text) {
    return std::string(*absl::StrSplit(text, '\n').begin());
  }
  static std::string FileOf(const std::string& name, const std::string& text) {
    const std::string path = absl::StrCat(system_->directory(), "/", name);
    std::ofstream(path) << text;
    return path;
  }
};

TEST_F(RegistrarsTest, ARegistrationIsPushedListedAndPutOff) {
  Run(3, {"registration", "push", Example("registrations.yaml"), "--as", "reviewer"});
  RunAs("EDU", 3, {"registration", "push", Example("registrations.yaml")});
  RunAs("SAMR", 0, {"registration", "push", Example("registrations.yaml"), "--check"});
  EXPECT_THAT(RunAs("SAMR", 0, {"registration", "push", Example("registrations.yaml")}),
              HasSubstr("新增"));
  EXPECT_THAT(RunAs("SAMR", 0, {"registration", "push", Example("registrations.yaml")}),
              HasSubstr("无变化"));
  EXPECT_THAT(RunAs("SAMR", 0, {"registration", "list"}), HasSubstr("92500111MAQQ00040Y"));
  EXPECT_THAT(Run(0, {"registration", "unfiled", "--childcare", "--as", "reviewer"}),
              AllOf(HasSubstr("小木马"), HasSubstr("45")));
  const std::string name =
      FirstLine(Run(0, {"registration", "unfiled", "--as", "reviewer", "-o", "name"}));
  Run(1, {"registration", "contact", name, "--outcome", "ASKED_TO_FILE", "--note", "电话告知",
          "--as", "reviewer"});
  Run(0, {"registration", "contact", name, "--outcome", "NOT_REACHED", "--note", "无人接听", "--as",
          "reviewer"});
  EXPECT_THAT(Run(0, {"registration", "show", name, "--as", "reviewer"}),
              AllOf(HasSubstr("存续"), HasSubstr("无人接听")));
}

TEST_F(RegistrarsTest, WhoseEachFieldIsCanBeReadByAnyone) {
  EXPECT_THAT(Run(0, {"change-request", "fields"}),
              AllOf(HasSubstr("机构名称"), HasSubstr("REGISTRAR"), HasSubstr("approver")));
  EXPECT_THAT(Run(0, {"change-request", "list", "--as", "reviewer"}), HasSubstr("没有变更提请"));
  Run(4, {"change-request", "accept", "01900000-0000-7000-8000-000000000001", "--as", "reviewer"});
  Run(2, {"change-request", "refuse", "01900000-0000-7000-8000-000000000001", "--as", "reviewer"});
}

TEST_F(RegistrarsTest, DuplicatesAreListedAndDecidedWithAReason) {
  const std::string pair =
      "duplicates/01900000-0000-7000-8000-000000000001_01900000-0000-7000-8000-000000000002";
  EXPECT_THAT(Run(0, {"duplicate", "list", "--as", "reviewer"}), HasSubstr("没有疑似重复"));
  Run(2, {"duplicate", "decide", pair, "--reason", "两处", "--as", "reviewer"});
  Run(4, {"duplicate", "decide", pair, "--different", "--reason", "两处", "--as", "reviewer"});
}

TEST_F(RegistrarsTest, TheEducationCommissionKeepsTheKindergartens) {
  RunAs("SAMR", 3, {"directory", "report", Example("kindergartens.yaml")});
  const std::string name = FirstLine(
      RunAs("EDU", 0, {"directory", "report", Example("kindergartens.yaml"), "-o", "name"}));
  EXPECT_THAT(Run(0, {"directory", "list", "--kind", "KINDERGARTENS", "--as", "reviewer"}),
              AllOf(HasSubstr("蒲公英幼儿园"), HasSubstr("拟办")));
  EXPECT_THAT(Run(0, {"directory", "list", "--kind", "KINDERGARTENS", "--as-of", "2025-08-31",
                      "--as", "reviewer"}),
              HasSubstr("名录是空的"));
  RunAs("EDU", 0, {"directory", "remove", name, "--reason", "撤并"});
  EXPECT_THAT(Run(0, {"directory", "show", name, "--as", "reviewer"}), HasSubstr("撤并"));
  EXPECT_THAT(Run(0, {"directory", "list", "--kind", "KINDERGARTENS", "--as", "reviewer"}),
              Not(HasSubstr("蒲公英")));
}

TEST_F(RegistrarsTest, TheGuidanceCentreRecordsWhatItDoesAndTrains) {
  const std::string centre =
      FirstLine(RunAs("GUIDE_CENTRE", 0,
                      {"guidance", "record", "大足区托育服务指导中心（演练）", "--host",
                       "大足区妇幼保健院", "--address", "龙岗街道演练路3号", "--opened",
                       "2026-01-05", "--document", "演练1号", "-o", "name"}));
  RunAs("GUIDE_CENTRE", 0,
        {"guidance", "hold", centre, "--kind", "PARENT_CLASS", "--subject", "科学喂养", "--of",
         "500111001", "--families", "32"});
  EXPECT_THAT(Run(0, {"guidance", "activities", centre, "--as", "reviewer"}),
              AllOf(HasSubstr("家长课堂"), HasSubstr("32")));
  EXPECT_THAT(Run(0, {"guidance", "list"}), HasSubstr("指导中心（演练）"));
  const std::string course = FirstLine(
      RunAs("GUIDE_CENTRE", 0, {"training", "record", Example("training.yaml"), "-o", "name"}));
  EXPECT_THAT(Run(0, {"training", "list", "--as", "reviewer"}), HasSubstr("保育培训合格证"));
  const std::string people =
      FileOf("people.yaml", "participants:\n  - {staff: nobody, hours: 121, result: PASSED}\n");
  EXPECT_THAT(RunAs("GUIDE_CENTRE", 1, {"training", "update", course, people}), HasSubstr("120"));
  Run(0, {"guidance", "close", centre, "--as", "approver"});
}

}  // namespace
}  // namespace tuoyu::system_test
