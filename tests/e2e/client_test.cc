// The client against the real services: exit codes, JSON for programs, what officers and facilities do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <iterator>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "nlohmann/json.hpp"
#include "tests/system/client_fixture.h"

namespace tuoyu::system_test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string InDays(int days) {
  return absl::FormatCivilTime(absl::ToCivilDay(absl::Now(), absl::FixedTimeZone(8 * 3600)) + days);
}

class ClientTest : public ClientFixture {
 protected:
  // The sunflower filing under another credit code, so that each test has its own.
  static std::string FilingFile(const std::string& uscc) {
    std::ifstream in(Example("sunflower.yaml"));
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    for (size_t at; (at = text.find("91500111MAQQ000327")) != std::string::npos;) {
      text.replace(at, 18, uscc);
    }
    for (size_t at = 0; (at = text.find("path: materials/", at)) != std::string::npos; at += 6) {
      text.insert(at + 6, Example(""));
    }
    const std::string path = absl::StrCat(system_->directory(), "/", uscc, ".yaml");
    std::ofstream(path) << text;
    return path;
  }
  static std::string Submitted(const std::string& uscc) {
    const std::string name =
        Run(0, {"filing", "submit", FilingFile(uscc), "--as", "principal", "-o", "name"});
    const std::vector<std::string> lines = absl::StrSplit(name, '\n', absl::SkipEmpty());
    for (const std::string& line : lines) {
      if (absl::StartsWith(line, "filings/")) return line;
    }
    ADD_FAILURE() << name;
    return "";
  }
};

TEST_F(ClientTest, ExitCodesTellWhatKindOfFailureItWas) {
  const std::string absent = "filings/01900000-0000-7000-8000-000000000001";
  Run(2, {"filing", "unheard-of"});
  Run(2, {"filing", "submit", "/nowhere.yaml", "--as", "principal"});
  Run(2, {"facility", "search", "--external", "national"});
  Run(3, {"worklist"});
  Run(3, {"decide", absent, "--accept", "--as", "statistician"});
  Run(4, {"filing", "show", absent, "--as", "reviewer"});
  Run(5, {"indicator", "list", "--aggregator-address", "127.0.0.1:1", "--timeout", "1"});
  Run(1, {"filing", "check", Example("sunflower-bad.yaml"), "--as", "principal"});
  Run(0, {"--help"});
}

TEST_F(ClientTest, ProgramsGetJsonForEveryFailure) {
  const auto usage = Json(2, {"filing", "unheard-of"});
  EXPECT_EQ(usage.at("error").at("reason"), "USAGE");
  EXPECT_THAT(usage.at("error").at("message_zh").get<std::string>(), HasSubstr("命令有误"));
  EXPECT_EQ(Json(3, {"worklist"}).at("error").at("reason"), "TOKEN_MISSING");
  const auto token = Json(0, {"token", "--role", "reviewer"});
  EXPECT_FALSE(token.at("token").get<std::string>().empty());
}

TEST_F(ClientTest, FalseAndZeroAreWrittenForPrograms) {
  const auto result = system_->Client({"filing", "check", Example("sunflower-bad.yaml"), "--as",
                                       "principal", "--subject", "json", "-o", "json"});
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result->exit_code, 1);
  const auto json = nlohmann::json::parse(result->output, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << result->output;
  ASSERT_TRUE(json.contains("submittable"));
  EXPECT_EQ(json.at("submittable"), false);
  EXPECT_GE(json.at("violations").size(), 8u);
}

TEST_F(ClientTest, ADecisionIsAboutTheStateThatWasShown) {
  const std::string filing = Submitted("91500111MAQQ001040");
  if (filing.empty()) GTEST_FAIL();
  EXPECT_THAT(Run(0, {"worklist", "--state", "SUBMITTED", "--as", "intake"}), HasSubstr("向日葵"));
  EXPECT_THAT(Run(1, {"decide", filing, "--receive", "--etag", "stale", "--as", "intake"}),
              HasSubstr("ETAG_MISMATCH"));
  const std::string etag = Json(0, {"filing", "show", filing, "--as", "intake"}).at("etag");
  Run(2, {"decide", filing, "--receive", "--accept", "--as", "intake"});
  EXPECT_THAT(Run(0, {"decide", filing, "--receive", "--etag", etag, "--as", "intake"}),
              HasSubstr("已收件"));
  EXPECT_THAT(Run(1, {"decide", filing, "--accept", "--etag", etag, "--as", "approver"}),
              HasSubstr("ETAG_MISMATCH"));
  const std::string accepted = Run(0, {"decide", filing, "--accept", "--as", "approver"});
  EXPECT_THAT(accepted, HasSubstr("办理  filings/")) << "what is decided is shown first";
  EXPECT_THAT(Run(0, {"filing", "receipt", filing, "--as", "principal", "-o", "name"}),
              StartsWith("TYBA-500111-"));
}

TEST_F(ClientTest, EvidenceGoesWithTheReportOfWhatWasMended) {
  const std::string filing = Submitted("91500111MAQQ00112T");
  if (filing.empty()) GTEST_FAIL();
  Run(0, {"decide", filing, "--receive", "--as", "intake"});
  Run(0, {"decide", filing, "--notice", "58号 第三十二条: 一处没有监控 => 补装", "--rectify-by",
          InDays(30), "--as", "reviewer"});
  const auto materials = [&] {
    return Json(0, {"filing", "show", filing, "--as", "principal"}).at("materials").size();
  };
  const size_t before = materials();
  Run(0, {"material", "upload", filing, Example("materials/M02-new-lease.pdf"), "--kind", "M08",
          "--as", "principal"});
  EXPECT_EQ(materials(), before + 1);
  const std::string path = absl::StrCat(system_->directory(), "/evidence.yaml");
  std::ofstream(path) << "attachments:\n  - {kind: OTHER, path: "
                      << Example("materials/M06-fire.pdf") << "}\n";
  EXPECT_THAT(Run(0, {"filing", "rectify", filing, "--report", "已补装", "--file", path, "--as",
                      "principal"}),
              HasSubstr("整改中"));
  EXPECT_EQ(materials(), before + 2) << "the evidence was added, nothing taken off";
  Run(2, {"material", "upload", filing, path, "--kind", "M99", "--as", "principal"});
}

TEST_F(ClientTest, StatisticsAreReportedCorrectedAndListed) {
  const auto report = [](int exit_code, const std::string& value, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"statistic",   "report",   "stat.births", value,
                                          "--unit",      "人",       "--on",        "2024-12-31",
                                          "--publisher", "演练数据", "--document",  "演练-1",
                                          "--rehearsal", "--as",     "statistician"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return Run(exit_code, arguments);
  };
  EXPECT_THAT(report(0, "830000", {"-o", "name"}), StartsWith("statistics/"));
  EXPECT_THAT(report(1, "840000", {}), HasSubstr("STATISTIC_EXISTS"));
  EXPECT_THAT(report(1, "-1", {}), HasSubstr("FORM_INVALID"));
  report(0, "840000", {"--reason", "普查修订"});
  const auto listed = Json(0, {"statistic", "list"});
  ASSERT_EQ(listed.at("statistics").size(), 2u);
  EXPECT_EQ(listed.at("statistics")[1].at("revision"), 2);
}

TEST_F(ClientTest, FilingsOlderThanTheSystemAreEnteredFromAFile) {
  const std::vector<std::string> enter = {"filing", "back-enter", Example("back-entry.yaml"),
                                          "--as", "archivist"};
  std::vector<std::string> check = enter;
  check.push_back("--validate-only");
  EXPECT_THAT(Run(0, check), HasSubstr("尚未补录"));
  EXPECT_THAT(Run(0, {"facility", "search", "--uscc", "52500111MJQQ000277", "-o", "name"}),
              Not(HasSubstr("facilities/")));
  EXPECT_THAT(Run(0, enter), HasSubstr("已补录"));
  EXPECT_THAT(Run(0, {"facility", "search", "--uscc", "52500111MJQQ000277", "-o", "name"}),
              HasSubstr("facilities/"));
  const std::string before = Run(0, {"facility", "search", "-o", "name"});
  EXPECT_THAT(Run(0, enter), HasSubstr("此前已按相同内容补录")) << "twice is no double";
  EXPECT_EQ(Run(0, {"facility", "search", "-o", "name"}), before);
  Run(3, {"filing", "back-enter", Example("back-entry.yaml"), "--as", "reviewer"});
}

TEST_F(ClientTest, MeasuresAreRebuiltWhenAskedFor) {
  Run(0, {"indicator", "wait"});
  const std::string before = Run(0, {"indicator", "list"});
  Run(0, {"indicator", "rebuild", "--as", "sysadmin"});
  EXPECT_EQ(Run(0, {"indicator", "list"}), before);
  Run(3, {"indicator", "rebuild", "--as", "reviewer"});
}

TEST_F(ClientTest, ARehearsalBrokenOffAnywhereIsCompletedByTheNext) {
  // A draft that was made but not yet written, as a run leaves it that ends between the two calls.
  const std::string path = absl::StrCat(system_->directory(), "/empty.yaml");
  std::ofstream(path) << "kind: INITIAL\n";
  Run(0, {"filing", "draft", path, "--as", "principal", "--subject", "rehearsal-16-24-01"});
  const std::vector<std::string> rehearse = {absl::StrCat(TUOYU_BIN, "/tuoyu"),
                                             "rehearse",
                                             "--seed",
                                             "16",
                                             "--facilities",
                                             "24",
                                             "--filing-address",
                                             system_->filing_address(),
                                             "--aggregator-address",
                                             system_->aggregator_address(),
                                             "--keys",
                                             system_->keys(),
                                             "--data",
                                             absl::StrCat(TUOYU_SOURCE, "/deploy/data")};
  for (const int milliseconds : {100, 300, 500, 700, 900, 1100}) {
    auto run = Process::Spawn(rehearse, system_->directory() + "/rehearse.log");
    ASSERT_TRUE(run.ok()) << run.status();
    absl::SleepFor(absl::Milliseconds(milliseconds));
    run->Signal(SIGKILL);
    ASSERT_TRUE(run->Wait(absl::Seconds(10)).ok());
  }
  const auto complete = Json(0, {"rehearse", "--seed", "16", "--facilities", "24"});
  EXPECT_GE(complete.at("current_filings"), 12);
  const auto list = Json(0, {"filing", "list", "--all", "--kind", "INITIAL", "--as", "auditor"});
  std::map<std::string, int> states;
  for (const auto& filing : list.at("filings")) {
    if (absl::StartsWith(filing.value("owner", ""), "rehearsal-16-24-")) {
      ++states[filing.at("state").get<std::string>()];
    }
  }
  // The one that stays a draft is nobody's business but the facility's.
  const std::map<std::string, int> expected = {{"FILING_STATE_COMPLETED", 2},
                                               {"FILING_STATE_FILED", 1},
                                               {"FILING_STATE_NONCONFORMITY_NOTICED", 1},
                                               {"FILING_STATE_RECTIFYING", 1},
                                               {"FILING_STATE_SUBMITTED", 2},
                                               {"FILING_STATE_RETURNED_INCOMPLETE", 1},
                                               {"FILING_STATE_RECEIVED", 1},
                                               {"FILING_STATE_WITHDRAWN", 2}};
  EXPECT_EQ(states, expected);
  const auto again = Json(0, {"rehearse", "--seed", "16", "--facilities", "24"});
  EXPECT_EQ(again.at("journal_entries_added"), 0);
}

TEST_F(ClientTest, AFacilityIsLinkedToItsPredecessorAndAWrongLinkTakenOff) {
  Run(0, {"rehearse", "--seed", "16", "--facilities", "24"});
  const std::vector<std::string> names = absl::StrSplit(
      Run(0, {"facility", "search", "--limit", "2", "-o", "name"}), '\n', absl::SkipEmpty());
  ASSERT_EQ(names.size(), 2);
  Run(0, {"facility", "link", names[0], names[1], "--as", "approver"});
  EXPECT_THAT(Run(0, {"facility", "show", names[0], "-o", "json"}), HasSubstr(names[1]));
  const std::vector<std::string> unlink = {"facility", "unlink", names[0],  "--reason",
                                           "录错",     "--as",   "approver"};
  Run(0, unlink);
  EXPECT_THAT(Run(0, {"facility", "show", names[0], "-o", "json"}), Not(HasSubstr(names[1])));
  EXPECT_THAT(Run(4, unlink), HasSubstr("LINK_NOT_FOUND"));
}

// Of a street, so that the figures of the rehearsal district stay what they are.
TEST_F(ClientTest, ASurveyAndACentreAreReportedAndShown) {
  const auto report = [](std::vector<std::string> what) {
    what.insert(what.begin(), {"statistic", "report"});
    what.insert(what.end(), {"--on", InDays(-1), "--of", "500111001", "--publisher", "演练数据",
                             "--document", "演练-6", "--rehearsal", "--as", "statistician"});
    return what;
  };
  const std::vector<std::string> survey = {"stat.parenting_survey",
                                           "365",
                                           "--unit",
                                           "份",
                                           "--valid",
                                           "400",
                                           "--instrument",
                                           "演练问卷第1版",
                                           "--pass-mark",
                                           "80分及以上",
                                           "--method",
                                           "分层随机抽样",
                                           "--from",
                                           InDays(-20)};
  EXPECT_THAT(Run(1, report(survey)), HasSubstr("调查起止日期"));
  std::vector<std::string> whole = survey;
  whole.insert(whole.end(), {"--to", InDays(-10)});
  Run(0, report(whole));
  const std::string six = Run(0, {"indicator", "show", "6", "--of", "500111001"});
  for (const char* part : {"91.3", "365/400", "88.1 至 93.6", "Wilson", "演练问卷第1版",
                           "80分及以上", "分层随机抽样", "?/400"}) {
    EXPECT_THAT(six, HasSubstr(part));
  }
  EXPECT_THAT(Run(0, {"indicator", "show", "6", "--of", "500111001", "--lang", "en"}),
              HasSubstr("88.1 to 93.6"));
  EXPECT_THAT(Run(0, {"statistic", "list", "stat.parenting_survey", "--of", "500111001"}),
              HasSubstr("365/400"));

  const auto centre = [&](const std::string& value, const std::string& stage) {
    return report({"stat.guidance_centres", value, "--unit", "个", "--project", "演练指导中心",
                   "--stage", stage});
  };
  EXPECT_THAT(Run(1, centre("1", "PLANNED")), HasSubstr("应为0"));
  Run(2, centre("1", "BUILT"));
  Run(0, centre("1", "completed"));
  const std::string seven = Run(0, {"indicator", "show", "7", "--of", "500111001"});
  EXPECT_THAT(seven, HasSubstr("建成"));
  EXPECT_THAT(seven, Not(HasSubstr("1/")));
  EXPECT_THAT(Run(0, {"indicator", "members", "7", "--of", "500111001", "--as", "statistician"}),
              HasSubstr("statistics/"));
}

TEST_F(ClientTest, AFacilityEnteredIsWhatChangedTheIndicator) {
  // Unless another test has.
  ASSERT_TRUE(
      system_->Client({"filing", "back-enter", Example("back-entry.yaml"), "--as", "archivist"})
          .ok());
  Run(0, {"indicator", "wait"});
  const std::vector<std::string> changes = {"indicator",  "changes", "1",           "--since",
                                            "2019-12-31", "--as",    "statistician"};
  EXPECT_THAT(Run(0, changes), AllOf(HasSubstr("备案登记"), HasSubstr("facilities/")));
  Run(3, {"indicator", "changes", "1", "--since", "2019-12-31"});
  Run(2, {"indicator", "changes", "1", "--as", "statistician"});
  EXPECT_THAT(Run(0, {"indicator", "series", "1", "2", "--from", "2025-01", "--to", "2025-03"}),
              AllOf(HasSubstr("2025-01-31"), HasSubstr("2025-03-31"), HasSubstr("2 普惠")));
  EXPECT_THAT(Run(2, {"indicator", "series", "--from", "2025-13"}), HasSubstr("2026-02"));
  EXPECT_THAT(Run(0, {"indicator", "tree", "1", "3"}),
              AllOf(HasSubstr("500111 大足区"), HasSubstr("500111001 龙岗街道")));
}

TEST_F(ClientTest, AUnitReportsAndTheGovernmentOfficeReads) {
  const std::string path = absl::StrCat(system_->directory(), "/programme.yaml");
  std::ofstream(path) << "summary: 分三年开设托班\nadopted_on: 2024-04-01\n"
                         "measures:\n  - {text: 每年新增托班, due_on: 2025-12-31}\n";
  const std::vector<std::string> education = {"--as", "department", "--org", "EDU"};
  const auto as_education = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), education.begin(), education.end());
    return arguments;
  };
  EXPECT_THAT(Run(0, as_education({"task", "programme", "1", path, "--unit", "EDU"})),
              HasSubstr("每年新增托班"));
  EXPECT_THAT(Run(1, as_education({"task", "report", "1", "--unit", "EDU", "--status", "COMPLETED",
                                   "--text", "已完成"})),
              HasSubstr("佐证"));
  Run(0, as_education({"task", "report", "1", "--unit", "EDU", "--status", "COMPLETED", "--text",
                       "已完成", "--evidence", "托班名单|大教发〔2025〕12号"}));
  EXPECT_THAT(Run(3, as_education({"task", "report", "1", "--unit", "DHC", "--status",
                                   "IN_PROGRESS", "--text", "推进"})),
              HasSubstr("区卫生健康委"));
  EXPECT_THAT(Run(0, {"task", "list", "--as", "gov"}), HasSubstr("强化安全监管"));
  EXPECT_THAT(Run(0, {"task", "show", "1", "--as", "gov"}),
              AllOf(HasSubstr("大教发〔2025〕12号"), HasSubstr("龙岗街道")));
  EXPECT_THAT(Run(0, {"task", "units", "--unit", "EDU", "--as", "gov"}),
              HasSubstr("落实运营补贴政策"));
  EXPECT_THAT(Run(0, {"task", "reports", "1", "--as", "gov"}), HasSubstr("tasks/1/units/EDU"));
  Run(3, {"task", "list"});
}

// No service is asked: the record alone is enough.
TEST_F(ClientTest, AnyoneDoesAPublishedDrawAgain) {
  const std::string example = Example("draw.json");
  EXPECT_THAT(Run(0, {"draw", "verify", example}), HasSubstr("复核一致"));
  std::ifstream file(example);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const size_t name = text.find("演练托育园3");
  ASSERT_NE(name, std::string::npos);
  text[name + std::string("演练托育园").size()] = '8';
  const std::string altered = absl::StrCat(system_->directory(), "/draw.json");
  std::ofstream(altered) << text;
  EXPECT_THAT(Run(6, {"draw", "verify", altered}), HasSubstr("LIST_DIGEST_DIFFERS"));
  EXPECT_EQ(Json(6, {"draw", "verify", altered}).at("verified"), false);
  // What is in a broken file is not sent to the terminal as it is.
  std::ofstream(altered) << "{\"name\": \x1B[2J\x07\xFF" << std::string(5000, 'x');
  const std::string fault = Run(1, {"draw", "verify", altered});
  EXPECT_THAT(fault,
              AllOf(HasSubstr("不是抽取记录"), Not(HasSubstr("\x1B")), Not(HasSubstr("\x07"))));
  EXPECT_LT(fault.size(), 2000u);
  Run(4, {"draw", "verify", altered + ".none"});
}

}  // namespace
}  // namespace tuoyu::system_test
