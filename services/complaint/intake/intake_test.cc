#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/access_matrix.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Intake = v1::IntakeService::Stub;

class IntakeTest : public ComplaintFixture {
 protected:
  absl::StatusOr<v1::FileComplaintResponse> Enter(const v1::Filing& filing, v1::CaseChannel channel,
                                                  const std::string& external,
                                                  const std::string& token) const {
    v1::RegisterComplaintRequest request;
    *request.mutable_filing() = filing;
    request.set_channel(channel);
    request.set_external_number(external);
    return CallOn(*intake_stub_, &Intake::RegisterComplaint, token, request);
  }
  v1::ListSimilarCasesResponse Similar(const std::string& facility,
                                       const std::string& category) const {
    v1::ListSimilarCasesRequest request;
    request.set_facility(facility);
    request.set_category(category);
    const auto found = CallOn(*intake_stub_, &Intake::ListSimilarCases, "", request);
    EXPECT_OK(found);
    return found.value_or(v1::ListSimilarCasesResponse());
  }
  absl::StatusOr<v1::FileComplaintResponse> Join(const std::string& name,
                                                 v1::ReporterMode mode) const {
    v1::JoinCaseRequest request;
    request.set_name(name);
    request.set_mode(mode);
    request.mutable_reporter()->set_relation("PARENT");
    if (mode == v1::REPORTER_MODE_NAMED) {
      request.mutable_reporter()->set_person_name("演练乙");
      request.mutable_reporter()->set_phone("19900000002");
    }
    request.set_wants_reply(true);
    request.set_text("我家也是。");
    return CallOn(*intake_stub_, &Intake::JoinCase, "", request);
  }
  absl::StatusOr<v1::CaseProgress> Rate(const std::string& code, v1::Satisfaction satisfaction,
                                        bool reopen = false) const {
    v1::RateHandlingRequest request;
    request.set_query_code(code);
    request.set_satisfaction(satisfaction);
    request.set_reopen(reopen);
    if (reopen) request.set_reason("退费仍未到账");
    return CallOn(*intake_stub_, &Intake::RateHandling, "", request);
  }
  absl::StatusOr<v1::CaseProgress> Withdraw(const std::string& code) const {
    v1::WithdrawComplaintRequest request;
    request.set_query_code(code);
    return CallOn(*intake_stub_, &Intake::WithdrawComplaint, "", request);
  }
  absl::StatusOr<v1::CaseProgress> State(const std::string& code, const std::string& text) const {
    v1::AddStatementRequest request;
    request.set_query_code(code);
    request.set_text(text);
    return CallOn(*intake_stub_, &Intake::AddStatement, "", request);
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(IntakeTest, AComplaintIsNumberedSentToItsUnitAndFollowedByItsCodeAlone) {
  const auto filed = File(FeesComplaint(facility_));
  ASSERT_OK(filed);
  EXPECT_THAT(filed->receipt_number(), ::testing::MatchesRegex("TS-500111-2026-[0-9]{8}"));
  ASSERT_EQ(filed->cases_size(), 1);
  EXPECT_EQ(filed->cases(0).case_number(), filed->receipt_number() + "-1");
  EXPECT_EQ(filed->cases(0).unit_name(), "区市场监管局");
  EXPECT_FALSE(filed->emergency());
  ASSERT_EQ(filed->cases(0).clocks_size(), 1);
  EXPECT_EQ(*FromProto(filed->cases(0).clocks(0).due_date()), CivilDay(2026, 3, 11));
  const auto seen = Follow(absl::StrCat(" ", filed->query_code(), " "));
  ASSERT_OK(seen);
  EXPECT_EQ(seen->receipt_number(), filed->receipt_number());
  EXPECT_EQ(seen->cases(0).state(), v1::CASE_STATE_SUBMITTED);
  EXPECT_EQ(ReasonOf(Follow("0000-0000-0000-0000-0000").status()), "QUERY_CODE_UNKNOWN");
  EXPECT_EQ(ReasonOf(Follow("x").status()), "QUERY_CODE_UNKNOWN");
  EXPECT_EQ(ReasonOf(Follow(filed->receipt_number()).status()), "QUERY_CODE_UNKNOWN");
}

TEST_F(IntakeTest, NeitherWhoComplainedNorTheCodeNorTheWordsStandAnywhereUnsealed) {
  const auto filed = File(FeesComplaint(facility_));
  ASSERT_OK(filed);
  for (const char* column : {"complaint_case WHERE message", "complainant WHERE reporter",
                             "request_log WHERE reply", "journal_entry WHERE payload"}) {
    for (const std::string& secret :
         {std::string("演练甲"), std::string("19900000001"), std::string("演练路"),
          std::string("预付费不退"), filed->query_code()}) {
      EXPECT_EQ(
          database_.Value(absl::StrCat("SELECT COUNT(*) FROM ", column, " LIKE '%", secret, "%'")),
          "0")
          << column << secret;
    }
  }
}

TEST_F(IntakeTest, WhoCallsWithAnAccountIsWrittenDownNowhere) {
  const std::string teacher =
      TokenOf(common::v1::ROLE_FACILITY_STAFF, "accounts/teacher-7", {"500111"}, facility_);
  v1::FileComplaintRequest file;
  *file.mutable_filing() = FeesComplaint(facility_);
  file.mutable_filing()->set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  file.mutable_filing()->mutable_reporter()->set_relation("STAFF");
  const auto filed = CallOn(*intake_stub_, &Intake::FileComplaint, teacher, file);
  ASSERT_OK(filed);
  v1::AddStatementRequest add;
  add.set_query_code(filed->query_code());
  add.set_text("园长要求签空白合同。");
  ASSERT_OK(CallOn(*intake_stub_, &Intake::AddStatement, teacher, add));
  const auto seen = Get(filed->cases(0).case_number(), Officer("SAMR"));
  ASSERT_OK(seen);
  for (const v1::CaseStep& step : seen->steps()) EXPECT_EQ(step.actor(), "");
  for (const char* column :
       {"complaint_case WHERE message", "request_log WHERE caller", "request_log WHERE reply",
        "journal_entry WHERE actor", "journal_entry WHERE payload"}) {
    EXPECT_EQ(database_.Value(absl::StrCat("SELECT COUNT(*) FROM ", column, " LIKE '%teacher-7%'")),
              "0")
        << column;
  }
  log_.Flush();
  std::rewind(log_file_);
  std::string log;
  for (int c = std::fgetc(log_file_); c != EOF; c = std::fgetc(log_file_)) {
    log += static_cast<char>(c);
  }
  EXPECT_THAT(log, ::testing::HasSubstr("FileComplaint"));
  EXPECT_THAT(log, Not(::testing::HasSubstr("teacher-7")));
}

TEST_F(IntakeTest, ARepeatedCallFilesOnceAndTellsTheSameCode) {
  v1::FileComplaintRequest request;
  *request.mutable_filing() = FeesComplaint(facility_);
  request.set_request_id(NewRequestId());
  const auto first = CallOn(*intake_stub_, &Intake::FileComplaint, "", request);
  const auto again = CallOn(*intake_stub_, &Intake::FileComplaint, "", request);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->query_code(), again->query_code());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant"), "1");
}

TEST_F(IntakeTest, AMixedTextBecomesTwoCasesWithClocksOfTheirOwnUnderOneCode) {
  v1::Filing filing = FeesComplaint(facility_);
  v1::Matter& report = *filing.add_matters();
  report.set_kind(v1::CASE_KIND_REPORT);
  report.set_category("STAFFING");
  report.set_text("一个老师带十五个孩子。");
  const auto filed = File(filing);
  ASSERT_OK(filed);
  const auto seen = Follow(filed->query_code());
  ASSERT_OK(seen);
  ASSERT_EQ(seen->cases_size(), 2);
  EXPECT_EQ(seen->cases(0).kind(), v1::CASE_KIND_COMPLAINT);
  EXPECT_EQ(seen->cases(0).unit_name(), "区市场监管局");
  EXPECT_EQ(seen->cases(1).kind(), v1::CASE_KIND_REPORT);
  EXPECT_EQ(seen->cases(1).unit_name(), "区卫生健康委");
  EXPECT_EQ(seen->cases(0).clocks_size(), 1);
  EXPECT_EQ(seen->cases(1).clocks_size(), 2);
  const auto complaint = Get(seen->cases(0).case_number(), Officer("SAMR"));
  const auto beside = Get(seen->cases(1).case_number(), Officer("DHC"));
  ASSERT_OK(complaint);
  ASSERT_OK(beside);
  EXPECT_EQ(complaint->sibling(), beside->name());
  EXPECT_EQ(beside->sibling(), complaint->name());
  // With two cases behind a code, the number says which one is meant.
  EXPECT_EQ(ReasonOf(State(filed->query_code(), "补充").status()), "FORM_INVALID");
}

TEST_F(IntakeTest, ATicketOfTheHotlineIsTakenOnceAndItsOwnLimitHolds) {
  const auto filed =
      Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_HOTLINE, "CQ12345-0001", Officer("DHC"));
  ASSERT_OK(filed);
  EXPECT_EQ(*FromProto(filed->cases(0).clocks(0).due_date()), CivilDay(2026, 3, 3));
  const auto again =
      Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_HOTLINE, "CQ12345-0001", Officer("DHC"));
  EXPECT_EQ(ReasonOf(again.status()), "EXTERNAL_NUMBER_KNOWN");
  // Another ticket is another case, whatever it says; so is one that came by telephone.
  ASSERT_OK(
      Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_HOTLINE, "CQ12345-0002", Officer("DHC")));
  ASSERT_OK(Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_PHONE, "", Officer("DHC")));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "3");
  EXPECT_EQ(
      ReasonOf(Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_WEB, "", Officer("DHC")).status()),
      "FORM_INVALID");
  EXPECT_EQ(
      ReasonOf(Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_HOTLINE, "工单", Officer("DHC"))
                   .status()),
      "FORM_INVALID");
}

TEST_F(IntakeTest, AThousandIdenticalComplaintsAreOneCaseAndEachHasItsCode) {
  constexpr int kThreads = 8;
  constexpr int kEach = 125;
  std::vector<std::vector<std::string>> codes(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < kEach; ++n) {
        const auto filed = File(FeesComplaint(facility_));
        if (filed.ok()) codes[i].push_back(filed->query_code());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> all;
  for (const auto& each : codes) all.insert(each.begin(), each.end());
  EXPECT_EQ(all.size(), kThreads * kEach);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "1");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant_case"), "1000");
  EXPECT_EQ(database_.Value("SELECT COUNT(DISTINCT receipt_number) FROM complainant"), "1000");
  const auto seen = Follow(*all.begin());
  ASSERT_OK(seen);
  const auto of_case = Get(seen->cases(0).case_number(), Officer("SAMR"));
  ASSERT_OK(of_case);
  EXPECT_EQ(of_case->complainants(), 1000);
  EXPECT_EQ(of_case->replies_wanted(), 1000);
}

TEST_F(IntakeTest, ATicketEnteredByTwoOfficersAtOnceIsOneCase) {
  constexpr int kThreads = 8;
  std::vector<std::string> answers(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto entered = Enter(FeesComplaint(facility_), v1::CASE_CHANNEL_HOTLINE, "CQ12345-0009",
                                 Officer("DHC", i + 1));
      answers[i] = entered.ok() ? "entered" : ReasonOf(entered.status());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, Contains("entered").Times(1));
  EXPECT_THAT(answers, Contains("EXTERNAL_NUMBER_KNOWN").Times(kThreads - 1));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant"), "1");
}

TEST_F(IntakeTest, WhatIsClosedOrConfidentialIsJoinedByNobody) {
  Replied(FeesComplaint(facility_));
  Filed(FeesComplaint(facility_));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "2");
  v1::Filing confidential = FeesComplaint(facility_);
  confidential.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  Filed(confidential);
  Filed(confidential);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "4");
  EXPECT_EQ(Similar(facility_, "FEES").cases_size(), 1);
}

TEST_F(IntakeTest, SimilarCasesAreSuggestedAndWhoJoinsHasARightToAReplyOfItsOwn) {
  const v1::Case first = Filed(FeesComplaint(facility_));
  const auto similar = Similar(facility_, "FEES");
  ASSERT_EQ(similar.cases_size(), 1);
  EXPECT_EQ(*FromProto(similar.cases(0).week()), CivilDay(2026, 3, 2));
  EXPECT_THAT(similar.cases(0).redacted_text(), IsEmpty());
  EXPECT_THAT(Similar(facility_, "FOOD").cases(), IsEmpty());
  const auto joined = Join(similar.cases(0).name(), v1::REPORTER_MODE_NAMED);
  ASSERT_OK(joined);
  EXPECT_NE(joined->receipt_number(), "");
  EXPECT_EQ(joined->cases(0).case_number(), first.case_number());
  EXPECT_EQ(ReasonOf(Join(first.name(), v1::REPORTER_MODE_CONFIDENTIAL).status()), "FORM_INVALID");
  const auto of_case = Get(first.name(), Officer("SAMR"));
  ASSERT_OK(of_case);
  EXPECT_EQ(of_case->complainants(), 2);
  EXPECT_EQ(of_case->replies_wanted(), 2);
  ASSERT_EQ(of_case->statements_size(), 1);
  EXPECT_EQ(of_case->statements(0).text(), "我家也是。");
  // One that withdraws leaves the other's case as it is.
  ASSERT_OK(Withdraw(joined->query_code()));
  EXPECT_EQ(Follow(code_)->cases(0).state(), v1::CASE_STATE_SUBMITTED);
  EXPECT_EQ(Follow(joined->query_code())->cases(0).state(), v1::CASE_STATE_WITHDRAWN);
  EXPECT_EQ(Get(first.name(), Officer("SAMR"))->complainants(), 1);
}

TEST_F(IntakeTest, CasesOfOthersThatMayNotBeJoinedAreNotTold) {
  v1::Filing staff = FeesComplaint(facility_);
  staff.mutable_reporter()->set_relation("STAFF");
  const v1::Case of_staff = Filed(staff);
  const v1::Case report = Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  EXPECT_THAT(Similar(facility_, "FEES").cases(), IsEmpty());
  EXPECT_THAT(Similar(facility_, "FOOD").cases(), IsEmpty());
  for (const std::string& name : {of_staff.name(), report.name(),
                                  std::string("cases/01900000-0000-7000-8000-000000000099")}) {
    EXPECT_EQ(ReasonOf(Join(name, v1::REPORTER_MODE_NAMED).status()), "CASE_NOT_FOUND");
  }
  // What failed left nothing behind.
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant"), "2");
}

TEST_F(IntakeTest, AComplaintEndsWithItsLastComplainantAReportDoesNot) {
  const v1::Case complaint = Filed(FeesComplaint(facility_));
  ASSERT_OK(Withdraw(code_));
  EXPECT_EQ(Get(complaint.name(), Officer("SAMR"))->state(), v1::CASE_STATE_WITHDRAWN);
  EXPECT_EQ(ReasonOf(Withdraw(code_).status()), "WRONG_STATE");
  const v1::Case report = Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  ASSERT_OK(Withdraw(code_));
  EXPECT_EQ(Get(report.name(), Officer("SAMR"))->state(), v1::CASE_STATE_SUBMITTED);
  EXPECT_EQ(ReasonOf(State(code_, "补充").status()), "WRONG_STATE");
}

TEST_F(IntakeTest, StatementsAreReadByTheUnitAndEndAtTwenty) {
  const v1::Case of_case = Filed(FeesComplaint(facility_));
  for (int i = 0; i < 20; ++i) {
    clock_.Advance(absl::Milliseconds(1));  // ids are in the order of their making
    ASSERT_OK(State(code_, absl::StrCat("补充", i)));
  }
  EXPECT_EQ(ReasonOf(State(code_, "再补充").status()), "LIST_TOO_LONG");
  const auto seen = Get(of_case.name(), Officer("SAMR"));
  ASSERT_OK(seen);
  ASSERT_EQ(seen->statements_size(), 20);
  EXPECT_EQ(seen->statements(19).text(), "补充19");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM statement WHERE message LIKE '%补充%'"), "0");
}

TEST_F(IntakeTest, WhoIsNotContentHasTheCaseOpenedOnceMoreAndNotTwice) {
  Replied(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(Rate(code_, v1::SATISFACTION_CONTENT, /*reopen=*/true).status()),
            "FORM_INVALID");
  const auto reopened = Rate(code_, v1::SATISFACTION_NOT_CONTENT, /*reopen=*/true);
  ASSERT_OK(reopened);
  EXPECT_EQ(reopened->state(), v1::CASE_STATE_ACCEPTED);
  EXPECT_THAT(reopened->result(), IsEmpty());
  EXPECT_FALSE(reopened->may_reopen());
  auto of_case = Get(reopened->case_number(), Officer("SAMR"));
  ASSERT_OK(of_case);
  EXPECT_THAT(of_case->handler(), IsEmpty());
  EXPECT_FALSE(ClockOf(*of_case, v1::CLOCK_STEP_RESOLVE).has_done_time());
  EXPECT_EQ(of_case->statements(0).text(), "退费仍未到账");
  ASSERT_OK(Assign(*of_case, 2));
  of_case = Resolve(*of_case, v1::CASE_OUTCOME_UPHELD, 2);
  ASSERT_OK(of_case);
  ASSERT_OK(Reply(*of_case));
  EXPECT_EQ(ReasonOf(Rate(code_, v1::SATISFACTION_NOT_CONTENT_AT_ALL, true).status()),
            "ALREADY_REOPENED");
  ASSERT_OK(Rate(code_, v1::SATISFACTION_CONTENT));
  EXPECT_EQ(ReasonOf(Rate(code_, v1::SATISFACTION_CONTENT).status()), "ALREADY_RATED");
  EXPECT_EQ(Get(reopened->case_number(), Officer("SAMR"))->satisfaction(),
            v1::SATISFACTION_NOT_CONTENT);
}

TEST_F(IntakeTest, TheTimeToSayHowContentOneIsEndsWithTheCase) {
  const v1::Case of_case = Replied(FeesComplaint(facility_));
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(*FromProto(seen->cases(0).rate_until()), CivilDay(2026, 3, 17));
  EXPECT_EQ(seen->cases(0).outcome(), v1::CASE_OUTCOME_UPHELD);
  GoTo(CivilDay(2026, 3, 17));
  EXPECT_EQ(Wake(), 0);
  GoTo(CivilDay(2026, 3, 18));
  EXPECT_EQ(ReasonOf(Rate(code_, v1::SATISFACTION_CONTENT).status()), "SATISFACTION_OVER");
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(Wake(), 0);
  EXPECT_EQ(Get(of_case.name(), Officer("SAMR"))->state(), v1::CASE_STATE_CLOSED);
  EXPECT_EQ(ReasonOf(Rate(code_, v1::SATISFACTION_CONTENT).status()), "SATISFACTION_OVER");
  // What was found and done is still told.
  EXPECT_THAT(Follow(code_)->cases(0).result(), Not(IsEmpty()));
}

TEST_F(IntakeTest, SeveralCasesAboutOnePlaceWithinAWeekAreACluster) {
  Filed(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  Filed(AnonymousReport(facility_, "HYGIENE", "没有消毒记录。"));
  const v1::Case third = Filed(AnonymousReport(facility_, "STAFFING", "一个老师带十五个孩子。"));
  EXPECT_THAT(StepsOf(third), Contains(v1::CASE_STEP_KIND_CLUSTER));
  clock_.Advance(absl::Hours(24 * 8));
  EXPECT_THAT(StepsOf(Filed(AnonymousReport(facility_, "FEES", "收费没有公示价目。"))),
              Not(Contains(v1::CASE_STEP_KIND_CLUSTER)));
}

TEST_F(IntakeTest, APlaceThatIsNotFiledIsReportedByItsAddress) {
  v1::Filing filing = AnonymousReport("", "UNFILED", "居民楼里办托，没有牌子。");
  filing.mutable_place()->set_address("演练路2号底楼");
  filing.mutable_place()->set_division_code("500111001");
  const v1::Case of_case = Filed(filing);
  EXPECT_EQ(of_case.unit(), "SAMR");
  EXPECT_EQ(of_case.place().address(), "演练路2号底楼");
  EXPECT_THAT(of_case.assists(), ElementsAre("DHC", "T_500111001"));
  v1::Filing unknown = FeesComplaint("facilities/01900000-0000-7000-8000-000000000099");
  EXPECT_EQ(ReasonOf(File(unknown).status()), "FACILITY_NOT_FOUND");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complainant"), "1");
}

TEST_F(IntakeTest, EveryMethodOfTheServiceAsksForItsRoles) {
  EXPECT_THAT(rpc::CheckAccessMatrix(
                  channel_, tokens_, clock_.Now(),
                  {rpc::DescriptorOf<v1::IntakeService>(), rpc::DescriptorOf<v1::CaseService>(),
                   rpc::DescriptorOf<v1::ReporterService>(), rpc::DescriptorOf<v1::ReviewService>(),
                   rpc::DescriptorOf<v1::StatisticService>()}),
              IsEmpty());
}

}  // namespace
}  // namespace tuoyu::complaint
