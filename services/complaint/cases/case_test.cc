#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/complaint/cases/case_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class CaseTest : public CaseFixture {
 protected:
  absl::StatusOr<v1::Case> Split(const v1::Case& of_case, v1::CaseKind kind,
                                 const std::string& category,
                                 const std::string& request_id = NewRequestId(),
                                 const std::string& text = "另称一个老师带十五个孩子。") const {
    v1::SplitCaseRequest request;
    request.set_request_id(request_id);
    request.set_name(of_case.name());
    request.set_kind(kind);
    request.set_category(category);
    request.set_text(text);
    return Call(&Cases::SplitCase, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> Merge(const v1::Case& from, const v1::Case& into) const {
    v1::MergeCaseRequest request;
    request.set_name(from.name());
    request.set_into(into.name());
    return Call(&Cases::MergeCase, Officer(from.unit()), request);
  }
  absl::StatusOr<v1::Case> Disclose(const v1::Case& of_case) const {
    v1::DiscloseCaseRequest request;
    request.set_name(of_case.name());
    request.set_redacted_text("家长反映退园后预付费未退。");
    return Call(&Cases::DiscloseCase, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::DisclosedCase> State(const v1::Case& of_case, const std::string& facility,
                                          bool agrees = true) const {
    v1::StateFacilityRequest request;
    request.set_name(of_case.name());
    request.set_statement("愿意协商退费。");
    request.set_agrees_to_mediation(agrees);
    return Call(&Cases::StateFacility, Principal(facility), request);
  }
  absl::StatusOr<v1::Case> Mediate(const v1::Case& of_case) const {
    v1::StartMediationRequest request;
    request.set_name(of_case.name());
    return Call(&Cases::StartMediation, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> Pause(const v1::Case& of_case, v1::ClockStep step) const {
    v1::PauseClockRequest request;
    request.set_name(of_case.name());
    request.set_step(step);
    request.set_cause("APPRAISAL");
    request.set_note("送检留样");
    return Call(&Cases::PauseClock, Officer(of_case.unit()), request);
  }
  absl::StatusOr<v1::Case> Resume(const v1::Case& of_case, v1::ClockStep step) const {
    v1::ResumeClockRequest request;
    request.set_name(of_case.name());
    request.set_step(step);
    return Call(&Cases::ResumeClock, Officer(of_case.unit()), request);
  }
};

TEST_F(CaseTest, ACaseGoesFromFilingToReplyAndItsComplainantSeesEachStep) {
  const v1::Case of_case = Replied(FeesComplaint(facility_));
  EXPECT_EQ(of_case.state(), v1::CASE_STATE_REPLIED);
  EXPECT_THAT(StepsOf(of_case),
              ElementsAre(v1::CASE_STEP_KIND_REGISTERED, v1::CASE_STEP_KIND_ACCEPTED,
                          v1::CASE_STEP_KIND_ASSIGNED, v1::CASE_STEP_KIND_RESOLVED,
                          v1::CASE_STEP_KIND_REPLIED));
  for (const v1::CaseClock& clock : of_case.clocks()) EXPECT_TRUE(clock.has_done_time());
  EXPECT_THAT(Actions(), ElementsAre("case.registered", "case.accepted", "case.assigned",
                                     "case.result", "case.resolved", "case.replied"));
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).steps_size(), 5);
  EXPECT_EQ(seen->cases(0).result(), "经核查，机构应退还剩余预付费。");
}

TEST_F(CaseTest, TheResultIsToldWithTheReplyAndNotBefore) {
  const auto resolved = Resolve(Assigned(FeesComplaint(facility_)), v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_THAT(seen->cases(0).result(), IsEmpty());
  EXPECT_EQ(seen->cases(0).outcome(), v1::CASE_OUTCOME_UNSPECIFIED);
  // Seven working days to tell.
  EXPECT_EQ(DueOn(ClockOf(*resolved, v1::CLOCK_STEP_TELL)), CivilDay(2026, 3, 11));
}

TEST_F(CaseTest, StepsOutOfTurnAndOfOthersAreRefused) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(Assign(filed).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Reply(filed).status()), "WRONG_STATE");
  v1::AcceptCaseRequest request;
  request.set_name(filed.name());
  EXPECT_EQ(ReasonOf(Call(&Cases::AcceptCase, Officer("DHC"), request).status()),
            "CASE_OF_OTHER_UNIT");
  EXPECT_EQ(ReasonOf(Call(&Cases::AcceptCase, Officer("FIRE"), request).status()),
            "CASE_NOT_FOUND");
  const auto accepted = Accept(filed);
  ASSERT_OK(accepted);
  EXPECT_EQ(ReasonOf(Accept(filed).status()), "ETAG_MISMATCH");
  EXPECT_EQ(ReasonOf(Refuse(*accepted).status()), "WRONG_STATE");
  EXPECT_EQ(ReasonOf(Transfer(*accepted, "DRC", Officer("SAMR")).status()), "WRONG_STATE");
  const auto assigned = Assign(*accepted, 1);
  ASSERT_OK(assigned);
  EXPECT_EQ(ReasonOf(Resolve(*assigned, v1::CASE_OUTCOME_UPHELD, 2).status()), "NOT_THE_HANDLER");
  EXPECT_EQ(ReasonOf(Resolve(*assigned, v1::CASE_OUTCOME_SETTLED).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Resolve(*assigned, v1::CASE_OUTCOME_ANSWERED).status()), "FORM_INVALID");
}

TEST_F(CaseTest, ARefusalIsToldWithItsReasonAndEndsTheClocks) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const auto refused = Refuse(filed);
  ASSERT_OK(refused);
  EXPECT_EQ(refused->state(), v1::CASE_STATE_NOT_ACCEPTED);
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).refusal(), v1::REFUSAL_REASON_ELSEWHERE);
  EXPECT_EQ(seen->cases(0).result(), "法院已经受理，请等待判决。");
  EXPECT_TRUE(seen->cases(0).clocks(0).done());
  // The same words make a new case afterwards.
  EXPECT_NE(Filed(FeesComplaint(facility_)).name(), filed.name());
}

TEST_F(CaseTest, ATransferredCaseIsTheOtherUnitsAndComesBackOnlyWithTheHeadsReason) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const auto sent = Transfer(filed, "DRC", Officer("SAMR"));
  ASSERT_OK(sent);
  EXPECT_EQ(sent->unit(), "DRC");
  EXPECT_THAT(sent->assists(), ElementsAre("DHC"));
  EXPECT_EQ(ReasonOf(Get(filed.name(), Officer("SAMR")).status()), "CASE_NOT_FOUND");
  ASSERT_OK(Get(filed.name(), Officer("DRC")));
  // The clock runs on.
  EXPECT_EQ(DueOn(ClockOf(*sent, v1::CLOCK_STEP_ACCEPT)), CivilDay(2026, 3, 11));
  const auto back = Return(*sent);
  ASSERT_OK(back);
  EXPECT_EQ(back->unit(), "SAMR");
  EXPECT_EQ(ReasonOf(Get(filed.name(), Officer("DRC")).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Transfer(*back, "NOBODY", Officer("SAMR")).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Transfer(*back, "SAMR", Officer("SAMR")).status()), "FIELD_INVALID");
  // Sent back once more it is with who sent it; the lead takes what its category sent.
  EXPECT_EQ(Return(*back)->unit(), "DRC");
}

TEST_F(CaseTest, WhoDecidedOnThePlaceInTheLastMonthsIsNotItsHandler) {
  ASSERT_OK(db::RunRead(database_.pool(), absl::Now() + absl::Seconds(5),
                        [&](db::Transaction& transaction) {
                          return transaction.ExecuteText(
                              "INSERT INTO facility_contact VALUES (?, ?, ?)",
                              {facility_.substr(11), "accounts/SAMR/1", CivilDay(2025, 9, 2)});
                        }));
  const auto accepted = Accept(Filed(FeesComplaint(facility_)));
  ASSERT_OK(accepted);
  EXPECT_EQ(ReasonOf(Assign(*accepted, 1).status()), "HANDLER_CONFLICT");
  ASSERT_OK(Assign(*accepted, 2));
  clock_.Advance(absl::Hours(24));
  ASSERT_OK(Assign(*accepted, 1));
}

TEST_F(CaseTest,
       TeachingInAKindergartenIsForTheEducationCommissionAndOfOthersForTheHealthCommission) {
  const std::string kindergarten =
      Register("向阳幼儿园", "500111001", filing::v1::FACILITY_TYPE_KINDERGARTEN);
  const v1::Case teaching = Filed(AnonymousReport(kindergarten, "TEACHING", "托班上小学课程。"));
  EXPECT_EQ(teaching.unit(), "EDU");
  EXPECT_OK(Accept(teaching));
  const v1::Case other = Filed(AnonymousReport(facility_, "TEACHING", "托班上小学课程。"));
  const auto refused = Accept(other);
  EXPECT_EQ(ReasonOf(refused.status()), "NOT_A_KINDERGARTEN");
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("health commission"));
  // Sent there it is accepted, under the category it has.
  const auto sent = Transfer(other, "DHC", Officer("EDU"));
  ASSERT_OK(sent);
  EXPECT_OK(Accept(*sent));
}

TEST_F(CaseTest, AMixedTextIsSplitLaterWithClocksFromTheDayItWasFiled) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  GoTo(CivilDay(2026, 3, 5));
  EXPECT_EQ(ReasonOf(Split(filed, v1::CASE_KIND_PETITION, "ADVICE").status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Split(filed, v1::CASE_KIND_REPORT, "ABUSE").status()), "FORM_INVALID");
  const auto beside = Split(filed, v1::CASE_KIND_REPORT, "STAFFING");
  ASSERT_OK(beside);
  EXPECT_THAT(beside->case_number(), ::testing::MatchesRegex("TS-500111-2026-[0-9]{8}-2"));
  EXPECT_EQ(beside->unit(), "DHC");
  EXPECT_EQ(beside->sibling(), filed.name());
  EXPECT_EQ(DueOn(ClockOf(*beside, v1::CLOCK_STEP_DECIDE)), CivilDay(2026, 3, 23));
  EXPECT_EQ(ReasonOf(Split(filed, v1::CASE_KIND_REPORT, "STAFFING").status()), "WRONG_STATE");
  // The complainant follows both with the code it has.
  EXPECT_EQ(Follow(code_)->cases_size(), 2);
}

TEST_F(CaseTest, WhatIsSplitOffSaysNotTheSameAsAnOpenCase) {
  const v1::Case first = Filed(FeesComplaint(facility_));
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("预付费拖了两个月没有退。");
  const v1::Case second = Filed(other);
  const auto beside = Split(first, v1::CASE_KIND_REPORT, "ADVERTISING");
  ASSERT_OK(beside);
  // The same words of the same place, which the officer's own unit has.
  const auto refused = Split(second, v1::CASE_KIND_REPORT, "ADVERTISING");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(refused.status()), "SAME_CASE_OPEN");
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr(beside->case_number()));
  EXPECT_THAT(Get(second.name(), Officer("SAMR"))->sibling(), IsEmpty()) << "nothing is half done";
  // Written as it is in this case it is split.
  EXPECT_OK(
      Split(second, v1::CASE_KIND_REPORT, "ADVERTISING", NewRequestId(), "宣传单上写有公办字样。"));
}

TEST_F(CaseTest, AnOpenCaseOfAnotherUnitThatSaysTheSameIsToldByItsUnit) {
  const v1::Case report =
      Filed(AnonymousReport(facility_, "STAFFING", "另称一个老师带十五个孩子。"));
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const auto refused = Split(filed, v1::CASE_KIND_REPORT, "STAFFING");
  EXPECT_EQ(ReasonOf(refused.status()), "SAME_CASE_OPEN");
  const std::string told(refused.status().message());
  EXPECT_THAT(told, HasSubstr("卫生健康"));
  EXPECT_THAT(told, Not(HasSubstr(report.case_number())));
}

TEST_F(CaseTest, ASplitThatIsRepeatedIsAnsweredAsTheFirstTime) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const std::string id = NewRequestId();
  const auto first = Split(filed, v1::CASE_KIND_REPORT, "STAFFING", id);
  const auto again = Split(filed, v1::CASE_KIND_REPORT, "STAFFING", id);
  ASSERT_OK(first);
  ASSERT_OK(again);
  EXPECT_EQ(first->SerializeAsString(), again->SerializeAsString());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "2");
}

TEST_F(CaseTest, SplitsOfTheSameWordsAtOnceAreOneAndTheOthersAreToldOfIt) {
  constexpr int kThreads = 4;
  std::vector<v1::Case> filed;
  filed.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    v1::Filing filing = FeesComplaint(facility_);
    filing.mutable_matters(0)->set_text(absl::StrCat("预付费拖了", i + 2, "个月没有退。"));
    filed.push_back(Filed(filing));
  }
  std::vector<std::string> answers(kThreads);
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const auto beside = Split(filed[i], v1::CASE_KIND_REPORT, "ADVERTISING");
      answers[i] = beside.ok() ? "split" : ReasonOf(beside.status());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(answers, Contains("split").Times(1));
  EXPECT_THAT(answers, Contains("SAME_CASE_OPEN").Times(kThreads - 1));
}

TEST_F(CaseTest, ANumberThatIsTakenIsToldAsAConflict) {
  const v1::Case filed = Filed(FeesComplaint(facility_));
  const v1::Case other = Filed(AnonymousReport(facility_, "STAFFING", "一个老师带十五个孩子。"));
  std::string taken = filed.case_number();
  taken.back() = '2';
  const std::string id = other.name().substr(6);
  ASSERT_OK(db::RunRead(
      database_.pool(), absl::Now() + absl::Seconds(10), [&](db::Transaction& transaction) {
        return transaction.ExecuteText("UPDATE complaint_case SET case_number = ? WHERE id = ?",
                                       {taken, id});
      }));
  EXPECT_EQ(ReasonOf(Split(filed, v1::CASE_KIND_REPORT, "STAFFING").status()), "CONFLICT");
}

TEST_F(CaseTest, MergedCasesKeepTheRightsOfAllTheirComplainants) {
  const v1::Case first = Filed(FeesComplaint(facility_));
  const std::string first_code = code_;
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("预付费拖了两个月没有退。");
  other.set_consents_disclosure(false);
  const v1::Case second = Filed(other);
  const std::string second_code = code_;
  const v1::Case report = Filed(AnonymousReport(facility_, "FEES", "收费没有公示价目。"));
  EXPECT_EQ(ReasonOf(Merge(report, first).status()), "CASES_DIFFER");
  EXPECT_EQ(ReasonOf(Merge(first, first).status()), "FIELD_INVALID");
  const auto merged = Merge(second, first);
  ASSERT_OK(merged);
  EXPECT_EQ(merged->name(), first.name());
  EXPECT_EQ(merged->complainants(), 2);
  EXPECT_FALSE(merged->consents_disclosure());
  EXPECT_EQ(Get(second.name(), Officer("SAMR"))->merged_into(), first.name());
  EXPECT_EQ(ReasonOf(Merge(second, first).status()), "WRONG_STATE");
  ASSERT_OK(Accept(*Get(first.name(), Officer("SAMR"))));
  for (const std::string& code : {first_code, second_code}) {
    const auto seen = Follow(code);
    ASSERT_OK(seen);
    ASSERT_EQ(seen->cases_size(), 1);
    EXPECT_EQ(seen->cases(0).case_number(), first.case_number());
    EXPECT_EQ(seen->cases(0).state(), v1::CASE_STATE_ACCEPTED);
  }
}

TEST_F(CaseTest, ALateCaseIsNotMadePartOfANewerOneAndTheFirstToEndOfTwoClocksGoesOn) {
  const v1::Case earlier = Filed(FeesComplaint(facility_));
  GoTo(CivilDay(2026, 3, 4));
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("预付费拖了两个月没有退。");
  const v1::Case later = Filed(other);
  EXPECT_EQ(ReasonOf(Merge(earlier, later).status()), "MERGE_INTO_EARLIER");
  // The later one was accepted first: its complainants do not wait longer than they were told.
  const auto accepted = Accept(later);
  ASSERT_OK(accepted);
  EXPECT_EQ(ReasonOf(Merge(*accepted, earlier).status()), "WRONG_STATE");
  GoTo(CivilDay(2026, 3, 9));
  ASSERT_OK(Accept(earlier));
  const CivilDay due = DueOn(ClockOf(*accepted, v1::CLOCK_STEP_RESOLVE));
  ASSERT_LT(due, DueOn(ClockOf(*Get(earlier.name(), Officer("SAMR")), v1::CLOCK_STEP_RESOLVE)));
  const auto merged = Merge(*accepted, earlier);
  ASSERT_OK(merged);
  EXPECT_EQ(DueOn(ClockOf(*merged, v1::CLOCK_STEP_RESOLVE)), due);
  EXPECT_TRUE(ClockOf(*Get(later.name(), Officer("SAMR")), v1::CLOCK_STEP_RESOLVE).stopped());
}

TEST_F(CaseTest, AConfidentialCaseIsFoundNeitherByMergingNorByItsTicketNorInAClusterOfOthers) {
  const v1::Case open = Filed(FeesComplaint(facility_));
  v1::Filing secret = FeesComplaint(facility_);
  secret.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  secret.mutable_matters(0)->set_text("园长让我们签空白合同。");
  const v1::Case confidential = Filed(secret);
  EXPECT_EQ(ReasonOf(Merge(confidential, open).status()), "CASES_DIFFER");
  EXPECT_EQ(ReasonOf(Merge(open, confidential).status()), "CASES_DIFFER");

  // Two that others see, and this one, are no three for those others.
  v1::Filing second = FeesComplaint(facility_);
  second.mutable_matters(0)->set_text("押金也没有退。");
  EXPECT_THAT(StepsOf(Filed(second)), Not(Contains(v1::CASE_STEP_KIND_CLUSTER)));
  v1::Filing third = FeesComplaint(facility_);
  third.mutable_matters(0)->set_text("伙食费没有退。");
  EXPECT_THAT(StepsOf(Filed(third)), Contains(v1::CASE_STEP_KIND_CLUSTER));

  v1::RegisterComplaintRequest ticket;
  *ticket.mutable_filing() = secret;
  ticket.mutable_filing()->mutable_matters(0)->set_text("园长又让我们签空白合同。");
  ticket.set_channel(v1::CASE_CHANNEL_HOTLINE);
  ticket.set_external_number("CQ12345-0007");
  ASSERT_OK(
      CallOn(*intake_stub_, &v1::IntakeService::Stub::RegisterComplaint, Officer("SAMR"), ticket));
  const auto again = [&](const std::string& token) {
    ticket.clear_request_id();
    return CallOn(*intake_stub_, &v1::IntakeService::Stub::RegisterComplaint, token, ticket)
        .status();
  };
  // Who sees the case and who doesn't are told the same.
  EXPECT_EQ(ReasonOf(again(Officer("FIRE"))), "EXTERNAL_NUMBER_KNOWN");
  EXPECT_EQ(again(Officer("SAMR")).message(), again(Officer("FIRE")).message());
}

TEST_F(CaseTest, TheFacilityIsShownATextWithoutTheReporterAndOnlyWithConsent) {
  const v1::Case of_case = Assigned(FeesComplaint(facility_));
  EXPECT_EQ(ReasonOf(State(of_case, facility_).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Mediate(of_case).status()), "NOT_DISCLOSED");
  ASSERT_OK(Disclose(of_case));
  EXPECT_EQ(ReasonOf(Mediate(of_case).status()), "NOT_DISCLOSED");
  const std::string other = Register("蒲公英托育园");
  EXPECT_EQ(ReasonOf(State(of_case, other).status()), "CASE_NOT_FOUND");
  const auto stated = State(of_case, facility_);
  ASSERT_OK(stated);
  EXPECT_EQ(stated->redacted_text(), "家长反映退园后预付费未退。");
  const auto mediated = Mediate(of_case);
  ASSERT_OK(mediated);
  EXPECT_EQ(mediated->state(), v1::CASE_STATE_MEDIATION);
  EXPECT_EQ(mediated->facility_statement(), "愿意协商退费。");
  ASSERT_OK(Resolve(*mediated, v1::CASE_OUTCOME_SETTLED));
  const auto shown =
      Call(&Cases::ListDisclosedCases, Principal(facility_), v1::ListDisclosedCasesRequest());
  ASSERT_OK(shown);
  ASSERT_EQ(shown->cases_size(), 1);
  EXPECT_EQ(shown->cases(0).outcome(), v1::CASE_OUTCOME_SETTLED);
  EXPECT_THAT(
      Call(&Cases::ListDisclosedCases, Principal(other), v1::ListDisclosedCasesRequest())->cases(),
      IsEmpty());
}

TEST_F(CaseTest, AConfidentialCaseIsNeverDisclosedAndUnrelatedOfficersDoNotSeeThatItExists) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  filing.mutable_matters(0)->set_category("FIRE_RISK");
  const v1::Case of_case = Assigned(filing);
  EXPECT_EQ(of_case.unit(), "FIRE");
  EXPECT_EQ(ReasonOf(Disclose(of_case).status()), "DISCLOSURE_REFUSED");
  // Not even who leads childcare; the street helps and sees it.
  EXPECT_EQ(ReasonOf(Get(of_case.name(), Officer("DHC")).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Get(of_case.case_number(), Head("DHC")).status()), "CASE_NOT_FOUND");
  ASSERT_OK(Get(of_case.name(), Town("500111001")));
  EXPECT_EQ(ReasonOf(Get(of_case.name(), Town("500111100")).status()), "CASE_NOT_FOUND");
  v1::Filing open = filing;
  open.set_mode(v1::REPORTER_MODE_NAMED);
  const v1::Case seen = Filed(open);
  const auto by_lead = Get(seen.name(), Officer("DHC"));
  ASSERT_OK(by_lead);
  // Who leads sees how it stands, not what was said.
  EXPECT_THAT(by_lead->text(), IsEmpty());
  EXPECT_THAT(by_lead->claim(), IsEmpty());
}

TEST_F(CaseTest, AClockStandsStillForACauseInLawAndIsExtendedOnce) {
  const v1::Case report = Assigned(AnonymousReport(facility_, "FOOD", "厨房留样没有做。"));
  EXPECT_EQ(DueOn(ClockOf(report, v1::CLOCK_STEP_DECIDE)), CivilDay(2026, 3, 23));
  EXPECT_EQ(ReasonOf(Pause(report, v1::CLOCK_STEP_TELL).status()), "FORM_INVALID");
  EXPECT_EQ(ReasonOf(Resume(report, v1::CLOCK_STEP_DECIDE).status()), "CLOCK_NOT_PAUSED");
  ASSERT_OK(Pause(report, v1::CLOCK_STEP_DECIDE));
  EXPECT_EQ(ReasonOf(Pause(report, v1::CLOCK_STEP_DECIDE).status()), "CLOCK_NOT_RUNNING");
  const auto shown = Follow(code_);
  ASSERT_OK(shown);
  EXPECT_EQ(shown->cases(0).clocks(1).paused_for(), "检定、检验、检测、鉴定");
  GoTo(CivilDay(2026, 3, 9));
  const auto resumed = Resume(report, v1::CLOCK_STEP_DECIDE);
  ASSERT_OK(resumed);
  EXPECT_EQ(DueOn(ClockOf(*resumed, v1::CLOCK_STEP_DECIDE)), CivilDay(2026, 3, 30));
  const auto extended = Extend(report, v1::CLOCK_STEP_DECIDE);
  ASSERT_OK(extended);
  EXPECT_EQ(DueOn(ClockOf(*extended, v1::CLOCK_STEP_DECIDE)), CivilDay(2026, 4, 21));
  EXPECT_EQ(ReasonOf(Extend(report, v1::CLOCK_STEP_DECIDE).status()), "EXTENSION_REFUSED");
  EXPECT_EQ(ReasonOf(Extend(report, v1::CLOCK_STEP_ACCEPT).status()), "CLOCK_NOT_RUNNING");
}

TEST_F(CaseTest, ALateCaseIsToldUpwardsOnceALevel) {
  const v1::Case of_case = Filed(FeesComplaint(facility_));
  GoTo(CivilDay(2026, 3, 11));
  EXPECT_EQ(Wake(), 0);
  GoTo(CivilDay(2026, 3, 12));
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(Wake(), 0);
  GoTo(CivilDay(2026, 4, 1));
  EXPECT_EQ(Wake(), 1);
  const auto late = Get(of_case.name(), Officer("SAMR"));
  ASSERT_OK(late);
  std::vector<std::string> told;
  for (const v1::CaseStep& step : late->steps()) {
    if (step.kind() == v1::CASE_STEP_KIND_ESCALATED) told.push_back(step.to_unit());
  }
  EXPECT_THAT(told, ElementsAre("SAMR", "DHC", "GOV_OFFICE"));
  EXPECT_TRUE(ClockOf(*late, v1::CLOCK_STEP_ACCEPT).late());
  EXPECT_THAT(Actions(), Contains("case.escalated").Times(2));
}

}  // namespace
}  // namespace tuoyu::complaint
