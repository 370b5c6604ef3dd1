// Complaints with the client against the real services: from what a parent files to the answer, through an inspection, with services
// down on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/base/quarter.h"
#include "common/ids/made_up.h"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ComplaintTest : public ClientFixture {
 protected:
  static std::string Complaint(const std::string& facility) {
    return Filled("complaint.yaml", "FACILITY", facility);
  }
  // Runs as an officer until what is printed holds the text: what one service does reaches the other in a moment.
  static std::string Await(const std::string& text, const std::vector<std::string>& arguments) {
    std::string shown;
    const absl::Time end = absl::Now() + absl::Seconds(60);
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
  // A paper of the complainant, read by who handles the case; what is no paper is refused.
  const std::string paper = FileOf("receipt.pdf", "%PDF-1.7\n演练收据\n%%EOF\n");
  Run(0, {"attachment", "send", paper, "--code", code});
  Run(0, {"attachment", "send", paper, "--code", code});
  EXPECT_THAT(Run(1, {"attachment", "send", FileOf("receipt.exe", "MZ\x90"), "--code", code}),
              HasSubstr("不接受此文件类型"));
  const std::string attachment = Name("complaint", {"attachment", "list", of_case});
  const std::string copy = absl::StrCat(::testing::TempDir(), "copy-", getpid(), ".pdf");
  As("complaint", 0, {"attachment", "read", attachment, "--to", copy});
  EXPECT_EQ(Content(copy), Content(paper));
  As("inspector", 4, {"attachment", "read", attachment, "--to", copy + "2"});
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
     {"visit", "record", visit, Copy("presence.yaml", Example("visit-presence.yaml"))}, "DHC",
     "inspector-2");
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
  As("inspector", 0, Recheck(visit, "B01"));
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

TEST_F(ComplaintTest, AnEmergencyAlertsItsUnitsUntilOneActs) {
  const std::string facility = Name("reviewer", {"facility", "search"});
  AwaitFacility(facility, "complaint");
  const std::string report = FileOf(
      "emergency.yaml", absl::StrCat("facility: ", facility,
                                     "\nmode: ANONYMOUS\nmatters:\n- {kind: REPORT, category: "
                                     "INJURY, text: 孩子从楼梯上摔下，流血不止。}\n"));
  EXPECT_THAT(Run(0, {"complaint", "file", report}), HasSubstr("110"));
  const std::vector<std::string> look = {"case", "watch", "--times", "2", "--every", "1"};
  const std::string told = As("department", 0, look, "PSB");
  EXPECT_THAT(told, AllOf(HasSubstr("紧急"), HasSubstr("伤害事故")));
  EXPECT_EQ(told.find("伤害事故"), told.rfind("伤害事故")) << "each alert is told once:\n" << told;
  EXPECT_THAT(As("department", 0, {"case", "alerts"}, "FIRE"), HasSubstr("没有预警"));
  // Who is on duty learns that nothing can be learnt, and goes on.
  system_->complaint() = Process();
  As("department", 5, look, "PSB");
  ASSERT_TRUE(system_->StartComplaint().ok());
  const std::string alert = Name("complaint", {"case", "alerts"});
  const std::string of_case = alert.substr(0, alert.find("/alerts"));
  As("complaint", 0, {"case", "act", of_case, "ALERT", "--text", "已派员到现场"});
  EXPECT_THAT(As("department", 0, {"case", "alerts"}, "PSB"), HasSubstr("没有预警"));
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
  // What was handled before the system is entered once.
  const std::string papers = Filled("case-back-entry.yaml", "FACILITY", facility);
  EXPECT_THAT(Run(0, {"case", "back-enter", papers, "--as", "archivist"}),
              HasSubstr("已补录 1 件"));
  EXPECT_THAT(Run(0, {"case", "back-enter", papers, "--as", "archivist"}),
              HasSubstr("已补录 0 件"));
}

TEST_F(ComplaintTest, ARehearsalWithoutTheComplaintServiceIsCompletedByTheNextOne) {
  const std::vector<std::string> rehearse = {"rehearse", "--seed", "16", "--facilities", "24"};
  system_->complaint() = Process();
  EXPECT_THAT(Run(0, rehearse), HasSubstr("投诉举报服务没有运行"));
  ASSERT_TRUE(system_->StartComplaint().ok());
  EXPECT_THAT(Run(0, rehearse), Not(HasSubstr("投诉举报服务没有运行")));
  const auto count = [](const std::string& sql) { return system_->Sql(sql).output; };
  const std::string entered = count("SELECT COUNT(*) FROM tuoyu_complaint.case_source");
  EXPECT_NE(entered, "0\n");
  Run(0, rehearse);
  EXPECT_EQ(count("SELECT COUNT(*) FROM tuoyu_complaint.case_source"), entered);
  // The aggregator has them all, too.
  const std::string cases = count("SELECT COUNT(*) FROM tuoyu_complaint.complaint_case");
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (count("SELECT COUNT(*) FROM tuoyu_aggregator.regulatory_case") != cases &&
         absl::Now() < end) {
    absl::SleepFor(absl::Milliseconds(100));
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM tuoyu_aggregator.regulatory_case"), cases);
}

// The way of reviews: children on the roster, guardians with a proof each, and what is public of what they say.
class ReviewTest : public ComplaintTest {
 protected:
  static void SetUpTestSuite() {
    ComplaintTest::SetUpTestSuite();
    Run(0, {"filing", "back-enter", Example("back-entry.yaml"), "--as", "archivist"});
    facility_ = Name("reviewer", {"facility", "search"});
    AwaitFacility(facility_, "complaint");
  }
  static std::string BirthOf(int child) { return Day(-600 - child); }
  static std::string DocumentOf(int child) {
    return ids::MadeUpResidentId(DayOf(absl::Now()) - 600 - child, 0);
  }
  static std::string FirstLine(const std::string& text) { return text.substr(0, text.find('\n')); }
  // Enters a child, and has its guardian prove that it is in care.
  static std::string ProofOf(int child) {
    Run(0, {"child", "enrol", "--facility", facility_, "--name", "演练娃", "--document-number",
            DocumentOf(child), "--from", Day(-60), "--consent-on", Day(-70), "--consent-text",
            "2026-1", "--guardian", "演练家长", "--as", "principal"});
    return FirstLine(Run(0, Asked(child, {"-o", "name"})));
  }
  static std::vector<std::string> Asked(int child, const std::vector<std::string>& more) {
    std::vector<std::string> command = {"review",
                                        "token",
                                        facility_,
                                        "--name",
                                        "演练娃",
                                        "--document-number",
                                        DocumentOf(child),
                                        "--birth",
                                        BirthOf(child),
                                        "--as",
                                        "guardian",
                                        "--subject",
                                        absl::StrCat("accounts/guardian-", child)};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }
  static std::vector<std::string> Submission(const std::string& proof, int score,
                                             const std::string& text,
                                             const std::vector<std::string>& more = {}) {
    const std::string each = absl::StrCat(score);
    std::vector<std::string> command = {
        "review",  "submit", "--token",         proof, "--safety", each, "--care", each,
        "--meals", each,     "--communication", each,  "--fees",   each, "--text", text};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }
  static std::string Submit(const std::string& proof, int score, const std::string& text) {
    return FirstLine(Run(0, Submission(proof, score, text, {"-o", "name"})));
  }
  // The days until it is public pass: what is public is told by columns of days.
  static void PassNotice() {
    EXPECT_EQ(system_
                  ->Sql("UPDATE tuoyu_complaint.review SET public_from = CURRENT_DATE - INTERVAL 2 "
                        "DAY WHERE public_from < '9999-01-01'")
                  .exit_code,
              0);
  }

  static inline std::string facility_;
};

TEST_F(ReviewTest, FromTheProofOfAttendanceToThePublicSummary) {
  std::vector<std::string> codes;
  std::string proof;
  for (int child = 1; child <= 5; ++child) {
    proof = ProofOf(child);
    codes.push_back(Submit(proof, child, child == 1 ? "沟通不够及时。" : "饭菜新鲜。"));
  }
  EXPECT_THAT(Run(0, {"review", "follow", codes[0]}),
              AllOf(HasSubstr("审核通过"), HasSubstr("沟通不够及时"), HasSubstr("学期")));
  EXPECT_THAT(Run(0, {"review", "list", facility_}), HasSubstr("没有公开的评价"));
  // The same child again, another child's proof altered, staff.
  EXPECT_THAT(Run(1, Submission(proof, 1, "再写一条评价。")), HasSubstr("本学期已有评价"));
  std::string altered = proof;
  altered[30] = altered[30] == 'A' ? 'B' : 'A';
  EXPECT_THAT(Run(1, Submission(altered, 1, "再写一条评价。")), HasSubstr("凭证无效"));
  EXPECT_THAT(Run(3, Submission(ProofOf(6), 5, "我们园最好。",
                                {"--as", "principal", "--facility", facility_})),
              HasSubstr("机构人员不能评价"));
  Run(3, {"review", "token", facility_, "--name", "演练娃", "--document-number", DocumentOf(1),
          "--birth", BirthOf(1), "--as", "principal", "--facility", facility_});
  std::vector<std::string> wrong = Asked(1, {});
  wrong[4] = "演练宝";
  EXPECT_THAT(Run(4, wrong), HasSubstr("未能核实在托情况"));

  // The facility is not told on the day itself, and cannot reply to what it was not told of.
  const std::vector<std::string> principal = {"--as", "principal", "--facility", facility_};
  std::vector<std::string> told = {"review", "told", "--limit", "100"};
  told.insert(told.end(), principal.begin(), principal.end());
  EXPECT_THAT(Run(0, told), HasSubstr("没有评价"));
  const auto cleared = Json(0, {"review", "queue", "--state", "CLEARED", "--as", "complaint"});
  std::string low;
  for (const auto& review : cleared.value("reviews", nlohmann::json::array())) {
    if (review.value("text", "") == "沟通不够及时。") low = review.value("name", "");
  }
  std::vector<std::string> reply = {"review", "reply", low, "--text", "已增加每日反馈。"};
  reply.insert(reply.end(), principal.begin(), principal.end());
  Run(4, reply);
  PassNotice();
  EXPECT_THAT(Run(0, {"review", "list", facility_}),
              AllOf(HasSubstr("沟通不够及时"), HasSubstr("饭菜新鲜")));
  // The service makes the means within its next round.
  EXPECT_THAT(Await("安全 3.0", {"review", "show-summary", facility_}),
              AllOf(HasSubstr("收费透明 3.0"), HasSubstr("5 条")));
  EXPECT_THAT(As("complaint", 0, {"review", "clues"}), HasSubstr("仅为线索"));

  // One below five no mean is told; what is hidden is listed with its reason.
  As("complaint", 0, {"review", "moderate", low, "HIDE", "--reason", "OFF_TOPIC"});
  EXPECT_THAT(Run(0, {"review", "list", facility_}),
              AllOf(HasSubstr("已隐藏：与托育服务无关"), Not(HasSubstr("沟通不够及时"))));
  EXPECT_THAT(Run(0, {"review", "show-summary", facility_}),
              AllOf(HasSubstr("不足 5 条"), Not(HasSubstr("3.0"))));
  EXPECT_THAT(Run(0, {"journal", "verify", "complaint", "--as", "auditor"}), HasSubstr("流水完整"));
}

TEST_F(ReviewTest, PersonalDataWaitsForAModeratorAndAbuseIsReported) {
  const std::string naming = Submit(ProofOf(11), 5, "张老师很好，电话19900000001。");
  EXPECT_THAT(Run(0, {"review", "follow", naming}), AllOf(HasSubstr("待审核"), HasSubstr("人名")));
  const std::string held = Name("complaint", {"review", "queue"});
  As("complaint", 0, {"review", "moderate", held, "ASK_CHANGE", "--note", "请删去姓名和电话"});
  EXPECT_THAT(Run(0, {"review", "edit", naming, "--safety", "5", "--care", "5", "--meals", "5",
                      "--communication", "5", "--fees", "5", "--text", "老师很好。"}),
              HasSubstr("曾被退回或隐藏"));
  As("complaint", 0, {"review", "moderate", held, "PUBLISH"});
  EXPECT_THAT(Run(0, {"review", "follow", naming}), HasSubstr("审核通过"));

  const std::string told = Run(0, Submission(ProofOf(12), 1, "午睡时老师打孩子。"));
  EXPECT_THAT(told, AllOf(HasSubstr("匿名举报"), HasSubstr("110")));
  const std::string of_case = Name("complaint", {"case", "list"});
  EXPECT_THAT(As("complaint", 0, {"case", "show", of_case}),
              AllOf(HasSubstr("安全事件"), HasSubstr("午睡时老师打孩子")));
  PassNotice();
  EXPECT_THAT(Run(0, {"review", "list", facility_}), Not(HasSubstr("打孩子")));
}

}  // namespace
}  // namespace tuoyu::system_test
