#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class CaseBackEntryTest : public ComplaintFixture {
 protected:
  std::string Archivist(const std::string& division = "500111") const {
    return TokenOf(common::v1::ROLE_DHC_ARCHIVIST, "accounts/archivist", {division});
  }
  // A report of 2024, handled in time: accepted on a Monday, resolved and told within the limits.
  v1::CaseBackEntry Entry(const std::string& id) const {
    v1::CaseBackEntry entry;
    entry.set_facility(facility_);
    entry.set_kind(v1::CASE_KIND_REPORT);
    entry.set_category("FOOD");
    entry.set_channel(v1::CASE_CHANNEL_LETTER);
    entry.set_text("厨房留样没有做。");
    *entry.mutable_filed_on() = ToProto(CivilDay(2024, 5, 6));
    *entry.mutable_decided_on() = ToProto(CivilDay(2024, 5, 13));
    entry.set_outcome(v1::CASE_OUTCOME_UPHELD);
    entry.set_result("属实，已责令改正。");
    *entry.mutable_resolved_on() = ToProto(CivilDay(2024, 5, 20));
    *entry.mutable_replied_on() = ToProto(CivilDay(2024, 5, 22));
    entry.set_satisfaction(v1::SATISFACTION_CONTENT);
    entry.set_evidence("信访档案2024年第3卷");
    entry.mutable_source()->set_source_system("paper");
    entry.mutable_source()->set_source_id(id);
    return entry;
  }
  absl::StatusOr<v1::BackEnterCasesResponse> Enter(const std::vector<v1::CaseBackEntry>& entries,
                                                   const std::string& division = "500111") const {
    v1::BackEnterCasesRequest request;
    for (const auto& entry : entries) *request.add_entries() = entry;
    return Call(&v1::CaseService::Stub::BackEnterCases, Archivist(division), request);
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(CaseBackEntryTest, ACaseFromPapersStandsAsItEndedWithTheClocksOfItsDays) {
  const auto entered = Enter({Entry("1")});
  ASSERT_OK(entered);
  EXPECT_EQ(entered->entered(), 1);
  const auto of_case = Get(entered->names(0), Officer("SAMR"));
  ASSERT_OK(of_case);
  EXPECT_EQ(of_case->state(), v1::CASE_STATE_ARCHIVED);
  EXPECT_EQ(of_case->case_number(), "TS-500111-2024-000001-1");
  EXPECT_EQ(of_case->unit(), "SAMR");
  EXPECT_EQ(of_case->text(), "厨房留样没有做。");
  EXPECT_EQ(DueOn(ClockOf(*of_case, v1::CLOCK_STEP_ACCEPT)), CivilDay(2024, 5, 14));
  // Saturday the 11th was worked.
  EXPECT_EQ(DueOn(ClockOf(*of_case, v1::CLOCK_STEP_DECIDE)), CivilDay(2024, 5, 24));
  EXPECT_EQ(DueOn(ClockOf(*of_case, v1::CLOCK_STEP_TELL)), CivilDay(2024, 5, 27));
  for (const v1::CaseClock& clock : of_case->clocks()) {
    EXPECT_TRUE(clock.has_done_time());
    EXPECT_FALSE(clock.late()) << v1::ClockStep_Name(clock.step());
  }
  EXPECT_THAT(StepsOf(*of_case),
              ElementsAre(v1::CASE_STEP_KIND_REGISTERED, v1::CASE_STEP_KIND_ACCEPTED,
                          v1::CASE_STEP_KIND_RESOLVED, v1::CASE_STEP_KIND_REPLIED,
                          v1::CASE_STEP_KIND_ARCHIVED));
  EXPECT_THAT(Actions(), ElementsAre("case.result", "case.back_entered"));
  // Nothing of it waits, and what was said is sealed.
  EXPECT_EQ(Wake(), 0);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case WHERE message LIKE '%留样%'"),
            "0");
}

TEST_F(CaseBackEntryTest, WhatWasLateOrRefusedIsSo) {
  v1::CaseBackEntry late = Entry("1");
  *late.mutable_replied_on() = ToProto(CivilDay(2024, 5, 28));
  v1::CaseBackEntry refused = Entry("2");
  refused.set_refusal(v1::REFUSAL_REASON_NOT_COMPETENT);
  refused.clear_outcome();
  refused.clear_resolved_on();
  refused.clear_replied_on();
  const auto entered = Enter({late, refused});
  ASSERT_OK(entered);
  const auto first = Get(entered->names(0), Officer("SAMR"));
  ASSERT_OK(first);
  EXPECT_TRUE(ClockOf(*first, v1::CLOCK_STEP_TELL).late());
  const auto second = Get(entered->names(1), Officer("SAMR"));
  ASSERT_OK(second);
  EXPECT_EQ(second->state(), v1::CASE_STATE_NOT_ACCEPTED);
  EXPECT_EQ(second->refusal(), v1::REFUSAL_REASON_NOT_COMPETENT);
  EXPECT_THAT(Actions(), ElementsAre("case.result", "case.back_entered", "case.back_entered"));
}

TEST_F(CaseBackEntryTest, AnIdOfTheSourceKeepsItsContentAndNothingIsHalfEntered) {
  const auto entered = Enter({Entry("1"), Entry("2"), Entry("1")});
  ASSERT_OK(entered);
  EXPECT_EQ(entered->entered(), 2);
  EXPECT_EQ(entered->names(0), entered->names(2));
  const auto again = Enter({Entry("2"), Entry("3")});
  ASSERT_OK(again);
  EXPECT_EQ(again->entered(), 1);
  EXPECT_EQ(again->names(0), entered->names(1));
  v1::CaseBackEntry other = Entry("1");
  other.set_result("另一说法");
  EXPECT_EQ(ReasonOf(Enter({Entry("9"), other}).status()), "SOURCE_ID_EXISTS");
  v1::CaseBackEntry unknown = Entry("8");
  unknown.set_facility("facilities/01900000-0000-7000-8000-000000000099");
  EXPECT_EQ(ReasonOf(Enter({Entry("9"), unknown}).status()), "FACILITY_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Enter({Entry("9")}, "500112").status()), "OUT_OF_SCOPE");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM complaint_case"), "3");
}

TEST_F(CaseBackEntryTest, ATicketIsTakenOnce) {
  v1::CaseBackEntry first = Entry("1");
  first.set_channel(v1::CASE_CHANNEL_HOTLINE);
  first.set_external_number("12345-2024-1");
  ASSERT_OK(Enter({first}));
  v1::CaseBackEntry second = first;
  second.mutable_source()->set_source_id("2");
  EXPECT_EQ(ReasonOf(Enter({second}).status()), "EXTERNAL_NUMBER_KNOWN");
}

TEST_F(CaseBackEntryTest, EverythingWrongIsNamedWithItsEntry) {
  v1::CaseBackEntry entry = Entry("1");
  entry.set_facility("facilities/1");
  entry.set_category("ABUSE");
  entry.set_external_number("12345-1");
  *entry.mutable_filed_on() = ToProto(today() + 1);
  *entry.mutable_replied_on() = ToProto(CivilDay(2024, 5, 19));
  entry.set_outcome(v1::CASE_OUTCOME_ANSWERED);
  entry.clear_evidence();
  const auto refused = Enter({Entry("2"), entry});
  std::vector<std::string> faults;
  for (const auto& each : rpc::ViolationsOf(refused.status())) {
    faults.push_back(absl::StrCat(each.field(), " ", each.reason()));
  }
  EXPECT_THAT(
      faults,
      UnorderedElementsAre(
          "entries[1].facility NAME_INVALID", "entries[1].filed_on DATE_INVALID",
          "entries[1].category CATEGORY_UNKNOWN", "entries[1].external_number FIELD_NOT_OF_KIND",
          "entries[1].decided_on RECORD_ORDER", "entries[1].replied_on RECORD_ORDER",
          "entries[1].outcome OUTCOME_NOT_OF_CASE", "entries[1].evidence FIELD_MISSING"));
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), "0");
}

}  // namespace
}  // namespace tuoyu::complaint
