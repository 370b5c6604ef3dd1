// Cases that are closed and over are archived (归档).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using Cases = v1::CaseService::Stub;

class ArchiveTest : public ComplaintFixture {
 protected:
  // A case that was replied to on 2026-03-02, closed on the first day to do so.
  v1::Case Closed(const v1::Filing& filing) {
    v1::Case replied = Replied(filing);
    GoTo(CivilDay(2026, 3, 18));
    EXPECT_EQ(Wake(), 1);
    return replied;
  }
  v1::Case Archived(const v1::Filing& filing) {
    v1::Case closed = Closed(filing);
    GoTo(CivilDay(2026, 4, 17));
    EXPECT_EQ(Wake(), 1);
    return closed;
  }
  v1::CaseState StateOf(const v1::Case& of_case) const {
    const auto seen = Get(of_case.name(), Officer(of_case.unit()));
    EXPECT_OK(seen);
    return seen.ok() ? seen->state() : v1::CASE_STATE_UNSPECIFIED;
  }
  int Listed(v1::CaseState state) const {
    v1::ListCasesRequest request;
    request.set_state(state);
    const auto found = Call(&Cases::ListCases, Officer("SAMR"), request);
    EXPECT_OK(found);
    return found.ok() ? found->cases_size() : -1;
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(ArchiveTest, AClosedCaseIsArchivedOnceItsTimeIsPast) {
  const v1::Case of_case = Closed(FeesComplaint(facility_));
  EXPECT_EQ(StateOf(of_case), v1::CASE_STATE_CLOSED);
  GoTo(CivilDay(2026, 4, 16));
  EXPECT_EQ(Wake(), 0);
  EXPECT_EQ(StateOf(of_case), v1::CASE_STATE_CLOSED);
  GoTo(CivilDay(2026, 4, 17));
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(StateOf(of_case), v1::CASE_STATE_ARCHIVED);
  // Once, however often the watch looks.
  GoTo(CivilDay(2036, 1, 2));
  EXPECT_EQ(Wake(), 0);
  EXPECT_THAT(Actions(), Contains("case.archived").Times(1));
  EXPECT_THAT(StepsOf(*Get(of_case.name(), Officer("SAMR"))),
              Contains(v1::CASE_STEP_KIND_ARCHIVED).Times(1));
}

TEST_F(ArchiveTest, AServerThatWasDownClosesAndArchivesInTurn) {
  const v1::Case of_case = Replied(FeesComplaint(facility_));
  GoTo(CivilDay(2026, 8, 3));
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(StateOf(of_case), v1::CASE_STATE_CLOSED);
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(StateOf(of_case), v1::CASE_STATE_ARCHIVED);
}

TEST_F(ArchiveTest, AnArchivedCaseIsFoundAndSaysWhatItSaid) {
  const v1::Case of_case = Archived(FeesComplaint(facility_));
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).state(), v1::CASE_STATE_ARCHIVED);
  EXPECT_EQ(seen->cases(0).result(), "经核查，机构应退还剩余预付费。");
  EXPECT_EQ(seen->cases(0).outcome(), v1::CASE_OUTCOME_UPHELD);
  EXPECT_EQ(Get(of_case.case_number(), Officer("SAMR"))->name(), of_case.name());
  EXPECT_EQ(Listed(v1::CASE_STATE_ARCHIVED), 1);
  EXPECT_EQ(Listed(v1::CASE_STATE_CLOSED), 0);
  EXPECT_EQ(Listed(v1::CASE_STATE_UNSPECIFIED), 1);
}

TEST_F(ArchiveTest, WhatIsCountedIsTheSameBeforeAndAfter) {
  for (int i = 0; i < 6; ++i) {
    v1::Filing filing = FeesComplaint(facility_);
    filing.mutable_matters(0)->set_text(absl::StrCat("预付费不退，第", i, "起。"));
    Replied(filing);
  }
  GoTo(CivilDay(2026, 4, 16));
  EXPECT_EQ(Wake(), 6);
  const auto counted = [&] {
    v1::GetComplaintStatisticsRequest request;
    request.set_year(2026);
    request.set_quarter(1);
    auto stub = v1::StatisticService::NewStub(channel_);
    const auto found =
        CallOn(*stub, &v1::StatisticService::Stub::GetComplaintStatistics, "", request);
    EXPECT_OK(found);
    return found.ok() ? found->DebugString() : "";
  };
  const std::string before = counted();
  EXPECT_THAT(before, HasSubstr("CASE_OUTCOME_UPHELD"));
  GoTo(CivilDay(2026, 4, 17));
  EXPECT_EQ(Wake(), 6);
  EXPECT_EQ(Listed(v1::CASE_STATE_ARCHIVED), 6);
  EXPECT_EQ(counted(), before);
}

TEST_F(ArchiveTest, AnArchivedCaseChangesNoMore) {
  const v1::Case of_case = Archived(FeesComplaint(facility_));
  const std::string before = database_.Value("SELECT MD5(message) FROM complaint_case");
  EXPECT_EQ(ReasonOf(Accept(of_case).status()), "CASE_ARCHIVED");
  EXPECT_EQ(ReasonOf(Assign(of_case).status()), "CASE_ARCHIVED");
  EXPECT_EQ(ReasonOf(Resolve(of_case, v1::CASE_OUTCOME_NOT_UPHELD).status()), "CASE_ARCHIVED");
  EXPECT_EQ(ReasonOf(Reply(of_case).status()), "CASE_ARCHIVED");
  v1::SplitCaseRequest split;
  split.set_name(of_case.name());
  split.set_kind(v1::CASE_KIND_REPORT);
  split.set_category("STAFFING");
  split.set_text("另称一个老师带十五个孩子。");
  EXPECT_EQ(ReasonOf(Call(&Cases::SplitCase, Officer("SAMR"), split).status()), "CASE_ARCHIVED");
  v1::RateHandlingRequest rate;
  rate.set_query_code(code_);
  rate.set_satisfaction(v1::SATISFACTION_CONTENT);
  const auto rated = CallOn(*intake_stub_, &v1::IntakeService::Stub::RateHandling, "", rate);
  EXPECT_EQ(ReasonOf(rated.status()), "CASE_ARCHIVED");
  EXPECT_THAT(std::string(rated.status().message()), HasSubstr("file what is new by itself"));
  v1::AddStatementRequest add;
  add.set_query_code(code_);
  add.set_text("退费仍未到账。");
  EXPECT_EQ(
      ReasonOf(CallOn(*intake_stub_, &v1::IntakeService::Stub::AddStatement, "", add).status()),
      "CASE_ARCHIVED");
  v1::WithdrawComplaintRequest withdraw;
  withdraw.set_query_code(code_);
  EXPECT_EQ(
      ReasonOf(CallOn(*intake_stub_, &v1::IntakeService::Stub::WithdrawComplaint, "", withdraw)
                   .status()),
      "CASE_ARCHIVED");
  // Who does not see it is not told that it is archived, either.
  v1::AcceptCaseRequest accept;
  accept.set_name(of_case.name());
  EXPECT_EQ(ReasonOf(Call(&Cases::AcceptCase, Officer("FIRE"), accept).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(database_.Value("SELECT MD5(message) FROM complaint_case"), before);
  // What is said anew is a case of its own, also in the same words.
  EXPECT_NE(Filed(FeesComplaint(facility_)).name(), of_case.name());
}

TEST_F(ArchiveTest, AnEmergencyThatIsArchivedTakesNoReportAnyMore) {
  const v1::Case of_case = Assigned(AnonymousReport(facility_, "INJURY", "孩子从滑梯上摔下受伤。"));
  v1::RecordMandatoryReportRequest report;
  report.set_name(of_case.name());
  report.mutable_report()->set_told("110");
  *report.mutable_report()->mutable_told_time() = ToProto(clock_.Now());
  report.mutable_report()->set_note("电话报警，警情已受理");
  ASSERT_OK(Call(&Cases::RecordMandatoryReport, Officer("DHC"), report));
  const auto resolved = Resolve(of_case, v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  ASSERT_OK(Reply(*resolved));
  GoTo(CivilDay(2026, 3, 18));
  EXPECT_EQ(Wake(), 1);
  EXPECT_OK(Call(&Cases::RecordMandatoryReport, Officer("DHC"), report)) << "a late paper";
  GoTo(CivilDay(2026, 4, 17));
  EXPECT_EQ(Wake(), 1);
  report.mutable_report()->set_told("120");
  EXPECT_EQ(ReasonOf(Call(&Cases::RecordMandatoryReport, Officer("DHC"), report).status()),
            "CASE_ARCHIVED");
}

TEST_F(ArchiveTest, TheFacilityStillSeesWhatItWasShown) {
  const v1::Case assigned = Assigned(FeesComplaint(facility_));
  v1::DiscloseCaseRequest disclose;
  disclose.set_name(assigned.name());
  disclose.set_redacted_text("家长反映退园后预付费未退。");
  ASSERT_OK(Call(&Cases::DiscloseCase, Officer("SAMR"), disclose));
  const auto resolved = Resolve(assigned, v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  ASSERT_OK(Reply(*resolved));
  GoTo(CivilDay(2026, 4, 17));
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(Wake(), 1);
  const auto shown =
      Call(&Cases::ListDisclosedCases, Principal(facility_), v1::ListDisclosedCasesRequest());
  ASSERT_OK(shown);
  ASSERT_EQ(shown->cases_size(), 1);
  EXPECT_EQ(shown->cases(0).state(), v1::CASE_STATE_ARCHIVED);
  EXPECT_EQ(shown->cases(0).outcome(), v1::CASE_OUTCOME_UPHELD);
}

}  // namespace
}  // namespace tuoyu::complaint
