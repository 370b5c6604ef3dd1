#include "services/aggregator/regulatory/regulatory_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/base/clock.h"

namespace tuoyu::aggregator {
namespace {

namespace cpb = complaint::v1;
namespace ipb = inspection::v1;
using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kCase[] = "cases/01900000-0000-7000-8000-0000000000c1";
constexpr char kFacility[] = "facilities/01900000-0000-7000-8000-0000000000f1";

cpb::CaseClock& AddClock(cpb::ClockStep step, CivilDay due, cpb::Case* of_case) {
  cpb::CaseClock& clock = *of_case->add_clocks();
  clock.set_step(step);
  *clock.mutable_deadline()->mutable_due_date() = ToProto(due);
  return clock;
}

cpb::Case SomeCase() {
  cpb::Case of_case;
  of_case.set_name(kCase);
  of_case.set_facility(kFacility);
  of_case.set_division_code("500111001");
  of_case.set_state(cpb::CASE_STATE_ACCEPTED);
  return of_case;
}

TEST(RegulatoryFactsTest, ClocksOfDaysCountByTheirStep) {
  cpb::Case of_case = SomeCase();
  *AddClock(cpb::CLOCK_STEP_ACCEPT, CivilDay(2026, 3, 11), &of_case).mutable_done_time() =
      ToProto(StartOf(CivilDay(2026, 3, 4)) + absl::Hours(23));
  AddClock(cpb::CLOCK_STEP_DECIDE, CivilDay(2026, 3, 23), &of_case);
  cpb::CaseClock& alert = *of_case.add_clocks();
  alert.set_step(cpb::CLOCK_STEP_ALERT);
  *alert.mutable_due_time() = ToProto(StartOf(CivilDay(2026, 3, 4)));
  AddClock(cpb::CLOCK_STEP_TELL, CivilDay(2026, 4, 1), &of_case);
  const CaseFacts facts = FactsOf(of_case);
  EXPECT_EQ(facts.case_id, "01900000-0000-7000-8000-0000000000c1");
  EXPECT_EQ(facts.facility_id, "01900000-0000-7000-8000-0000000000f1");
  ASSERT_THAT(facts.clocks, SizeIs(3));
  EXPECT_EQ(facts.clocks[0].kind, indicator::v1::REGULATORY_MEASURE_KIND_ACCEPTED_IN_TIME);
  EXPECT_EQ(facts.clocks[0].done_on, CivilDay(2026, 3, 4));
  EXPECT_EQ(facts.clocks[1].kind, indicator::v1::REGULATORY_MEASURE_KIND_RESOLVED_IN_TIME);
  EXPECT_EQ(facts.clocks[1].due_on, CivilDay(2026, 3, 23));
  EXPECT_EQ(facts.clocks[1].done_on, std::nullopt);
  EXPECT_EQ(facts.clocks[0].ended_on(), CivilDay(2026, 3, 4));
  EXPECT_EQ(facts.clocks[1].ended_on(), CivilDay(2026, 3, 23));
  EXPECT_EQ(facts.clocks[2].kind, indicator::v1::REGULATORY_MEASURE_KIND_REPLIED_IN_TIME);
  EXPECT_EQ(facts.clocks[2].position, 3);
}

TEST(RegulatoryFactsTest, AClockEndsWithItsStepAndWithItsDueDayAtTheLatest) {
  ClockFacts clock;
  clock.due_on = CivilDay(2026, 3, 11);
  EXPECT_EQ(clock.ended_on(), CivilDay(2026, 3, 11));
  clock.done_on = CivilDay(2026, 3, 20);
  EXPECT_EQ(clock.ended_on(), CivilDay(2026, 3, 11));
  clock.done_on = CivilDay(2026, 3, 2);
  EXPECT_EQ(clock.ended_on(), CivilDay(2026, 3, 2));
}

TEST(RegulatoryFactsTest, AClockThatStandsStillHasNoDueDayAndOneBeyondTheCalendarNeither) {
  cpb::Case of_case = SomeCase();
  cpb::CaseClock& clock = AddClock(cpb::CLOCK_STEP_RESOLVE, CivilDay(2026, 5, 8), &of_case);
  *clock.add_pauses()->mutable_since() = ToProto(CivilDay(2026, 3, 3));
  EXPECT_THAT(FactsOf(of_case).clocks, IsEmpty());
  *of_case.mutable_clocks(0)->mutable_pauses(0)->mutable_until() = ToProto(CivilDay(2026, 3, 9));
  EXPECT_THAT(FactsOf(of_case).clocks, SizeIs(1));
  of_case.mutable_clocks(0)->mutable_deadline()->clear_due_date();
  EXPECT_THAT(FactsOf(of_case).clocks, IsEmpty());
}

TEST(RegulatoryFactsTest, OfWhatBecamePartOfAnotherOrWasWithdrawnOnlyWhatWasDoneOrLateCounts) {
  cpb::Case of_case = SomeCase();
  AddClock(cpb::CLOCK_STEP_ACCEPT, CivilDay(2026, 3, 11), &of_case);
  for (const cpb::CaseState state : {cpb::CASE_STATE_MERGED, cpb::CASE_STATE_WITHDRAWN}) {
    of_case.set_state(state);
    cpb::CaseClock& clock = *of_case.mutable_clocks(0);
    clock.set_stopped(true);
    clock.set_late(false);
    EXPECT_THAT(FactsOf(of_case).clocks, IsEmpty());
    clock.set_late(true);
    EXPECT_THAT(FactsOf(of_case).clocks, SizeIs(1));
    clock.set_stopped(false);
    EXPECT_THAT(FactsOf(of_case).clocks, SizeIs(1));
  }
}

TEST(RegulatoryFactsTest, OfAConfidentialCaseNeitherItselfNorItsPlaceIsKept) {
  cpb::Case of_case = SomeCase();
  AddClock(cpb::CLOCK_STEP_ACCEPT, CivilDay(2026, 3, 11), &of_case);
  const std::string key = FactsOf(of_case).key;
  of_case.set_confidential(true);
  const CaseFacts facts = FactsOf(of_case);
  EXPECT_EQ(facts.key, key);
  EXPECT_THAT(facts.key, SizeIs(32));
  EXPECT_EQ(facts.case_id + facts.facility_id + facts.division_code, "");
  EXPECT_THAT(facts.clocks, SizeIs(1));
}

void AddStep(ipb::FindingStepKind kind, CivilDay on, std::optional<CivilDay> due,
             ipb::Finding* finding) {
  ipb::FindingStep& step = *finding->add_steps();
  step.set_kind(kind);
  *step.mutable_step_time() = ToProto(StartOf(on) + absl::Hours(10));
  if (!due) return;
  *step.mutable_due_date() = ToProto(*due);
  if (kind != ipb::FINDING_STEP_KIND_EXTENSION_ASKED) {
    *finding->mutable_due_date() = ToProto(*due);
  }
}

// A visit with one finding, ordered on March 2nd to be mended by the 12th.
ipb::Visit SomeVisit() {
  ipb::Visit visit;
  visit.set_name("visits/01900000-0000-7000-8000-0000000000a1");
  visit.set_facility(kFacility);
  visit.set_division_code("500111001");
  ipb::Finding& finding = *visit.add_findings();
  finding.set_item("B01");
  finding.set_state(ipb::FINDING_STATE_OPEN);
  *finding.mutable_found_on() = ToProto(CivilDay(2026, 3, 2));
  AddStep(ipb::FINDING_STEP_KIND_ORDERED, CivilDay(2026, 3, 2), CivilDay(2026, 3, 12), &finding);
  return visit;
}

FindingFacts FindingOf(const ipb::Visit& visit) {
  const VisitFacts facts = FactsOf(visit);
  EXPECT_THAT(facts.findings, SizeIs(1));
  return facts.findings.empty() ? FindingFacts() : facts.findings[0];
}

TEST(RegulatoryFactsTest, AFindingIsOverdueFromTheDayAfterItsDueDayUntilItIsCorrected) {
  ipb::Visit visit = SomeVisit();
  EXPECT_THAT(FindingOf(visit).overdue,
              ElementsAre(OverdueDays{CivilDay(2026, 3, 13), std::nullopt}));
  ipb::Finding& finding = *visit.mutable_findings(0);
  finding.set_state(ipb::FINDING_STATE_CORRECTED);
  *finding.mutable_corrected_on() = ToProto(CivilDay(2026, 3, 20));
  EXPECT_THAT(FindingOf(visit).overdue,
              ElementsAre(OverdueDays{CivilDay(2026, 3, 13), CivilDay(2026, 3, 20)}));
  for (const int day : {12, 13}) {
    *finding.mutable_corrected_on() = ToProto(CivilDay(2026, 3, day));
    EXPECT_THAT(FindingOf(visit).overdue, IsEmpty()) << day;
  }
}

TEST(RegulatoryFactsTest, AnExtensionMovesTheDeadlineAndAFailedRecheckDoesNot) {
  ipb::Visit visit = SomeVisit();
  ipb::Finding& finding = *visit.mutable_findings(0);
  AddStep(ipb::FINDING_STEP_KIND_EXTENSION_ASKED, CivilDay(2026, 3, 10), CivilDay(2026, 3, 18),
          &finding);
  EXPECT_EQ(FindingOf(visit).deadline, CivilDay(2026, 3, 12));
  AddStep(ipb::FINDING_STEP_KIND_EXTENDED, CivilDay(2026, 3, 12), CivilDay(2026, 3, 18), &finding);
  EXPECT_EQ(FindingOf(visit).deadline, CivilDay(2026, 3, 18));
  AddStep(ipb::FINDING_STEP_KIND_RECHECK_FAILED, CivilDay(2026, 3, 20), CivilDay(2026, 3, 30),
          &finding);
  AddStep(ipb::FINDING_STEP_KIND_EXTENDED, CivilDay(2026, 3, 25), CivilDay(2026, 4, 2), &finding);
  const FindingFacts facts = FindingOf(visit);
  EXPECT_EQ(facts.deadline, CivilDay(2026, 3, 18));
  EXPECT_THAT(facts.overdue, ElementsAre(OverdueDays{CivilDay(2026, 3, 19), CivilDay(2026, 3, 20)},
                                         OverdueDays{CivilDay(2026, 4, 3), std::nullopt}));
}

TEST(RegulatoryFactsTest, AnExtensionGrantedLateChangesNothingThatIsOver) {
  ipb::Visit visit = SomeVisit();
  ipb::Finding& finding = *visit.mutable_findings(0);
  AddStep(ipb::FINDING_STEP_KIND_EXTENDED, CivilDay(2026, 4, 16), CivilDay(2026, 5, 18), &finding);
  const FindingFacts facts = FindingOf(visit);
  EXPECT_EQ(facts.deadline, CivilDay(2026, 3, 12));
  EXPECT_THAT(facts.overdue, ElementsAre(OverdueDays{CivilDay(2026, 3, 13), CivilDay(2026, 4, 16)},
                                         OverdueDays{CivilDay(2026, 5, 19), std::nullopt}));
}

TEST(RegulatoryFactsTest, FindingsFromPapersHaveADueDayWithoutStepsAndNobodyJudgedThem) {
  ipb::Visit visit = SomeVisit();
  visit.mutable_findings(0)->clear_steps();
  visit.mutable_findings(0)->set_repeated(true);
  EXPECT_EQ(FindingOf(visit).repeated, true);
  visit.mutable_source()->set_source_system("papers");
  EXPECT_EQ(FindingOf(visit).repeated, std::nullopt);
  EXPECT_EQ(FindingOf(visit).deadline, CivilDay(2026, 3, 12));
  EXPECT_THAT(FindingOf(visit).overdue,
              ElementsAre(OverdueDays{CivilDay(2026, 3, 13), std::nullopt}));
}

TEST(RegulatoryFactsTest, AWithdrawnFindingWasNoBreach) {
  ipb::Visit visit = SomeVisit();
  visit.mutable_findings(0)->set_state(ipb::FINDING_STATE_WITHDRAWN);
  EXPECT_THAT(FactsOf(visit).findings, IsEmpty());
}

}  // namespace
}  // namespace tuoyu::aggregator
