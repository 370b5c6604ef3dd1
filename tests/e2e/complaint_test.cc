// Complaints with the client against the real services: from what a parent files to the answer, through an inspection, with services
// down on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/quarter.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ComplaintTest : public ClientFixture {
 protected:
  static std::string Complaint(const std::string& facility) {
    std::ostringstream text;
    text << std::ifstream(Example("complaint.yaml")).rdbuf();
    return FileOf(
        "complaint.yaml",
        absl::StrReplaceAll(text.str(), {{"facility: FACILITY", "facility: " + facility}}));
  }
  // Runs as an officer until what is printed holds the text: what one service does reaches the other in a moment.
  static std::string Await(const std::string& text, const std::vector<std::string>& arguments) {
    std::string shown;
    const absl::Time end = absl::Now() + absl::Seconds(20);
    while (absl::Now() < end) {
      std::vector<std::string> command = arguments;
      command.insert(command.end(), {"--as", "complaint"});
      const auto result = system_->Client(command);
      if (result.ok()) shown = result->output;
      if (shown.find(text) != std::string::npos) return shown;
      absl::SleepFor(absl::Milliseconds(100));
    }
    ADD_FAILURE() << "没有等到 " << text << "\n" << shown;
    return shown;
  }
  // "1/2" of a measure of supervision of the quarter under way, as the aggregator counts it now; the reason where it can't.
  static std::string Measure(const std::string& kind) {
    const absl::CivilDay today = DayOf(absl::Now());
    const auto listed =
        Json(0, {"measure", "regulatory", "--to", absl::StrCat(today.year(), "Q", QuarterOf(today)),
                 "--as", "statistician"});
    for (const auto& each : listed.value("measures", nlohmann::json::array())) {
      if (each.value("kind", "") != "REGULATORY_MEASURE_KIND_" + kind) continue;
      const std::string reason = each.value("not_computable_reason", "");
      if (!reason.empty()) return reason;
      return absl::StrCat(each.value("numerator", "?"), "/", each.value("denominator", "?"));
    }
    return "";
  }
  // Waits until the aggregator, which follows both journals, has it.
  static void AwaitMeasure(const std::string& kind, const std::string& share) {
    const absl::Time end = absl::Now() + absl::Seconds(20);
    std::string measured;
    while (absl::Now() < end) {
      measured = Measure(kind);
      if (measured == share) return;
      absl::SleepFor(absl::Milliseconds(100));
    }
    ADD_FAILURE() << kind << " is " << measured << ", not " << share;
  }
  static void RecordInspectors() {
    for (const char* account : {"inspector", "inspector-2"}) {
      As("head", 0,
         {"inspector", "record", account, "--name", "演练执法员", "--certificate",
          absl::StrCat("CQ", account[9] == 0 ? 1 : 2, "0011101"), "--from", "2024-01-01", "--until",
          "2099-12-31"});
    }
  }
};

TEST_F(ComplaintTest, AComplaintBecomesAVisitAFindingACorrectionAndAnAnswer) {
  Run(0, {"filing", "back-enter", Example("back-entry.yaml"), "--as", "archivist"});
  const std::string facility = Name("reviewer", {"facility", "search"});
  AwaitFacility(facility, "complaint");
  AwaitFacility(facility);
  RecordInspectors();
  EXPECT_THAT(Run(0, {"complaint", "rules"}),
              AllOf(HasSubstr("STAFFING"), HasSubstr("45 个工作日")));

  // Filed while inspections are down.
  system_->inspection() = Process();
  std::string code = Run(0, {"complaint", "file", Complaint(facility), "-o", "name"});
  code.resize(code.find('\n'));
  EXPECT_THAT(Run(0, {"complaint", "follow", code}),
              AllOf(HasSubstr("待受理"), HasSubstr("区卫生健康委"), Not(HasSubstr("演练家长甲"))));
  const std::string of_case = Name("complaint", {"case", "list"});
  AwaitMeasure("ACCEPTED_IN_TIME", "0/0");
  As("complaint", 0, {"case", "accept", of_case});
  AwaitMeasure("ACCEPTED_IN_TIME", "1/1");
  EXPECT_EQ(Measure("RESOLVED_IN_TIME"), "0/0");
  As("complaint", 0, {"case", "assign", of_case, "--to", "complaint"});
  EXPECT_THAT(
      As("complaint", 0, {"case", "inspect", of_case, "--to", Day(10), "--text", "查看托大班配比"}),
      HasSubstr("核查中"));
  EXPECT_THAT(As("complaint", 1, {"case", "resolve", of_case, "UPHELD", "--text", "属实，已处理"}),
              HasSubstr("尚未有结果"));
  ASSERT_TRUE(system_->StartInspection().ok());
  Await("待批准", {"case", "show", of_case});

  const std::string plan = Name("inspector", {"plan", "list"});
  EXPECT_THAT(As("department", 0, {"plan", "show", plan}, "FIRE"), Not(HasSubstr("投诉举报")));
  As("head", 0, {"plan", "approve", plan});
  std::vector<std::string> open = {"visit", "open", plan};
  for (const absl::string_view inspector : absl::StrSplit(
           As("head", 0, {"inspector", "list", "-o", "name"}), '\n', absl::SkipEmpty())) {
    open.insert(open.end(), {"--inspector", std::string(inspector)});
  }
  const std::string visit = Name("inspector", open);
  As("inspector", 0,
     {"visit", "record", visit, Copy("written.yaml", Example("visit-record.yaml"))});
  // The visit closes while complaints are down.
  system_->complaint() = Process();
  As("inspector", 0,
     {"visit", "conclude", visit, "CORRECTION_ORDERED", "--text", "托大班超员", "--order",
      absl::StrCat("B01=", Day(10), "=减至备案人数")});
  AwaitMeasure("OVERDUE", "0/1");
  EXPECT_EQ(Measure("REPEATED"), "0/1");
  EXPECT_EQ(Measure("CORRECTED_IN_TIME"), "0/0");
  ASSERT_TRUE(system_->StartComplaint().ok());
  EXPECT_THAT(Await("核查有结果", {"case", "show", of_case}), HasSubstr("托大班超员"));
  As("complaint", 0,
     {"case", "resolve", of_case, "UPHELD", "--text", "经核查属实，已责令机构限期改正。"});
  AwaitMeasure("RESOLVED_IN_TIME", "1/1");
  EXPECT_EQ(Measure("REPLIED_IN_TIME"), "0/0");
  As("complaint", 0, {"case", "reply", of_case});
  AwaitMeasure("REPLIED_IN_TIME", "1/1");
  EXPECT_THAT(Run(0, {"complaint", "follow", code}),
              AllOf(HasSubstr("已答复"), HasSubstr("限期改正"), HasSubstr("未整改 1")));

  const std::string finding = absl::StrCat(visit, "/findings/B01");
  Run(0, {"finding", "report", finding, "--text", "已减至20人", "--as", "principal", "--facility",
          facility});
  As("inspector", 0, {"finding", "recheck", finding, "--text", "现场点数相符"});
  AwaitMeasure("OVERDUE", "0/0");
  const std::string chain = Await("整改完成", {"case", "chain", finding});
  EXPECT_THAT(chain, AllOf(HasSubstr(of_case), HasSubstr(visit), HasSubstr("B01")));
  EXPECT_THAT(Run(0, {"complaint", "follow", code}), HasSubstr("未整改 0"));
  EXPECT_THAT(Run(0, {"complaint", "rate", code, "--satisfaction", "CONTENT"}), HasSubstr("满意"));
  EXPECT_THAT(Run(0, {"journal", "verify", "complaint", "--as", "auditor"}), HasSubstr("流水完整"));

  // What was counted, and the same again from the journals.
  EXPECT_EQ(Name("statistician",
                 {"measure", "members", "REPLIED_IN_TIME", "--quarter",
                  absl::StrCat(DayOf(absl::Now()).year(), "Q", QuarterOf(DayOf(absl::Now())))}),
            of_case);
  Run(0, {"measure", "rebuild", "--as", "sysadmin"});
  AwaitMeasure("REPLIED_IN_TIME", "1/1");
  AwaitMeasure("REPEATED", "0/1");
  EXPECT_EQ(Measure("ACCEPTED_IN_TIME"), "1/1");
  EXPECT_EQ(Measure("RESOLVED_IN_TIME"), "1/1");
}

TEST_F(ComplaintTest, WhoComplainedIsLearntWithAnApprovalAndEachReadingIsEntered) {
  const std::string facility = Name("reviewer", {"facility", "search"});
  Run(0, {"complaint", "file", Complaint(facility)});
  const std::string of_case = Name("complaint", {"case", "list"});
  EXPECT_THAT(As("complaint", 0, {"case", "show", of_case}), Not(HasSubstr("演练家长甲")));
  const std::string asked = Name(
      "complaint", {"reporter", "ask", of_case, "--for", "VERIFY", "--reason", "核实时间地点"});
  As("complaint", 1, {"reporter", "read", asked});
  As("head", 0, {"reporter", "approve", asked});
  EXPECT_THAT(As("complaint", 0, {"reporter", "read", asked}), HasSubstr("演练家长甲"));
  EXPECT_THAT(As("head", 0, {"reporter", "list"}), HasSubstr("查看次数"));
  // A wrong code, a wrong file, a wrong role.
  Run(4, {"complaint", "follow", "0000-0000-0000-0000-0000"});
  Run(1, {"complaint", "file",
          FileOf("bad.yaml", "facility: " + facility +
                                 "\nmatters: [{kind: COMPLAINT, category: FEES, text: "
                                 "不退费。}]\nmode: NAMED\nreporter: {relation: PARENT}\n")});
  Run(2, {"complaint", "file", FileOf("worse.yaml", "facility: x\nmatter: []\n")});
  As("inspector", 3, {"case", "accept", of_case});
}

}  // namespace
}  // namespace tuoyu::system_test
