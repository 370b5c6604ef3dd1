// Inspections with the client against the real services: from the plan to the correction.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class InspectionTest : public ClientFixture {
 protected:
  static std::string Plan() {
    return FileOf(
        "plan.yaml",
        "title: 春季抽查\nkind: RANDOM\nbasis: 大足府办发〔2024〕16号\nunits:\n"
        "  - {unit: DHC, inspectors: 2, domains: [QUALIFICATION, ENROLMENT, STAFF, HEALTH, "
        "SECURITY]}\nfirst_day: today\nlast_day: today+30\ndivision_code: '500111'\n"
        "facilities_to_draw: 1\n");
  }
};

TEST_F(InspectionTest, APlanBecomesADrawAVisitAFindingAndACorrection) {
  EXPECT_THAT(Run(0, {"checklist", "--unit", "FIRE"}),
              AllOf(HasSubstr("F02"), Not(HasSubstr("B01"))));
  // What is filed while inspections are down is known afterwards.
  system_->inspection() = Process();
  Run(0, {"filing", "back-enter", Example("back-entry.yaml"), "--as", "archivist"});
  ASSERT_TRUE(system_->StartInspection().ok());
  const std::string facility = Name("reviewer", {"facility", "search"});
  AwaitFacility(facility);
  for (const char* account : {"inspector", "inspector-2"}) {
    As("head", 0,
       {"inspector", "record", account, "--name", "演练执法员", "--certificate",
        absl::StrCat("CQ", account[9] == 0 ? 1 : 2, "0011101"), "--from", "2024-01-01", "--until",
        "2099-12-31"});
  }
  const std::string plan = Name("inspector", {"plan", "submit", Plan()});
  As("inspector", 3, {"plan", "approve", plan});
  EXPECT_THAT(As("head", 0, {"plan", "approve", plan}), HasSubstr("已批准"));
  EXPECT_THAT(As("inspector", 1, {"plan", "submit", Plan()}), HasSubstr("综合查一次"));

  const std::string draw = Name("inspector", {"draw", "commit", plan});
  As("inspector", 0, {"draw", "freeze", draw});
  As("inspector", 3,
     {"draw", "perform", draw, "--witness", "区政府办公室", "--word", "福彩3D 501"});
  As("auditor", 0, {"draw", "perform", draw, "--witness", "区政府办公室", "--word", "福彩3D 501"});
  EXPECT_THAT(Run(0, {"draw", "list"}), HasSubstr("已抽取"));
  Run(1, {"draw", "record", draw});
  const std::string record = FileOf("record.json", As("inspector", 0, {"draw", "record", draw}));
  EXPECT_THAT(Run(0, {"draw", "verify", record}),
              AllOf(HasSubstr("复核一致"), HasSubstr("没有核对它就是公布的那一份")));
  EXPECT_THAT(Run(0, {"draw", "verify", record, "--online"}), HasSubstr("与公布的摘要一致"));
  EXPECT_THAT(Run(6, {"draw", "verify", record, "--digest", std::string(64, 'a')}),
              HasSubstr("NOT_AS_PUBLISHED"));

  const std::string visit = Name("inspector", {"visit", "list"});
  As("inspector", 0, {"visit", "notify", visit});
  // Written after the draw: a record that is older says so. Sent twice, as from a bad network.
  // The second inspector says so from an account of its own.
  const std::string old =
      As("inspector", 0, {"visit", "record", visit, Example("visit-record.yaml")});
  EXPECT_THAT(old, AllOf(HasSubstr("到场早于抽取"), Not(HasSubstr("已记录"))));
  constexpr size_t kUuid = 36;
  const std::string early =
      old.substr(old.find("到场早于抽取（") + std::string("到场早于抽取（").size(), kUuid);
  As("inspector", 0, {"visit", "void-part", visit, early, "--reason", "不是本人的"}, "DHC",
     "inspector-2");
  EXPECT_THAT(As("inspector", 0, {"visit", "void-part", visit, early, "--reason", "时间有误"}),
              Not(HasSubstr("到场早于抽取")));
  As("inspector", 0,
     {"visit", "record", visit, Copy("presence.yaml", Example("visit-presence.yaml"))}, "DHC",
     "inspector-2");
  const std::string written = Copy("written.yaml", Example("visit-record.yaml"));
  As("inspector", 0, {"visit", "record", visit, written});
  EXPECT_THAT(As("inspector", 0, {"visit", "record", visit, written}),
              AllOf(HasSubstr("已记录"), HasSubstr("当场改正")));
  EXPECT_THAT(As("inspector", 1, {"visit", "conclude", visit, "NO_PROBLEM", "--text", "无"}),
              HasSubstr("与检查记录不符"));
  As("inspector", 0,
     {"visit", "conclude", visit, "CORRECTION_ORDERED", "--text", "超员", "--order",
      absl::StrCat("B01=", Day(10), "=减至备案人数")});
  EXPECT_THAT(Run(0, {"visit", "list", "--since", Day(-365)}), HasSubstr("没有检查记录"));
  EXPECT_THAT(Run(1, {"visit", "list"}), HasSubstr("不超过 366 日"));
  As("inspector", 0, {"visit", "publish", visit});
  EXPECT_THAT(Run(0, {"visit", "list", "--facility", facility}),
              AllOf(HasSubstr("责令限期改正"), HasSubstr(visit)));
  EXPECT_THAT(Run(0, {"visit", "show", visit}), Not(HasSubstr("22人")));

  // A warning on the spot, public; what the facility is told of its risk; the table for a spreadsheet; the page anyone sees.
  const std::string penalty = Name(
      "inspector", {"penalty", "on-the-spot", Filled("penalty-on-the-spot.yaml", "VISIT", visit)});
  EXPECT_THAT(Run(0, {"penalty", "list"}), HasSubstr("没有处罚案件"));
  EXPECT_THAT(As("inspector", 0, {"penalty", "publish", penalty}), HasSubstr("警告"));
  EXPECT_THAT(Run(0, {"penalty", "list", "--facility", facility}),
              AllOf(HasSubstr("违反托育服务相关标准"), HasSubstr("警告")));
  EXPECT_THAT(As("head", 0, {"penalty", "close", penalty, "EXECUTED", "--text", "已警告"}),
              HasSubstr("已结案"));
  EXPECT_THAT(Run(0, {"risk", "show", facility, "--as", "principal", "--facility", facility}),
              AllOf(HasSubstr("未整改的重点问题"), HasSubstr(penalty)));
  EXPECT_THAT(As("inspector", 0, {"risk", "list"}), HasSubstr(facility));
  const std::string table = ::testing::TempDir() + "visits.csv";
  As("inspector", 0, {"export", "visits", "--csv", table});
  EXPECT_THAT(Content(table), AllOf(HasSubstr("检查编号"), HasSubstr(visit), HasSubstr("B01")));
  EXPECT_THAT(Run(0, {"facility", "page", facility}),
              AllOf(HasSubstr(visit), HasSubstr("减至备案人数"), HasSubstr("警告"),
                    HasSubstr("查实的投诉举报")));

  const std::string finding = absl::StrCat(visit, "/findings/B01");
  Run(0, {"finding", "extend", finding, "--until", Day(20), "--reason", "转园安置", "--as",
          "principal", "--facility", facility});
  As("inspector", 0, {"finding", "decide", finding});
  Run(0, {"finding", "report", finding, "--text", "已减至20人", "--as", "principal", "--facility",
          facility});
  EXPECT_THAT(As("inspector", 0, {"finding", "list"}), HasSubstr("已报整改"));
  EXPECT_THAT(As("inspector", 0, Recheck(visit, "B01")), HasSubstr("已办结"));
  Run(0, {"visit", "rate", visit, "5", "--as", "principal", "--facility", facility});
  const std::string papers = Filled("visit-back-entry.yaml", "FACILITY", facility);
  EXPECT_THAT(Run(0, {"visit", "back-enter", papers, "--as", "archivist"}),
              HasSubstr("已补录 1 件"));
  EXPECT_THAT(Run(0, {"visit", "back-enter", papers, "--as", "archivist"}),
              HasSubstr("已补录 0 件"));
  EXPECT_THAT(Run(0, {"journal", "verify", "inspection", "--as", "auditor"}),
              HasSubstr("流水完整"));
}

}  // namespace
}  // namespace tuoyu::system_test
