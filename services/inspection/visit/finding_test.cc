#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/escalation.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FindingTest : public InspectionFixture {
 protected:
  void SetUp() override {
    RecordInspectors({"DHC", "FIRE"});
    facility_ = Register("向日葵");
  }
  absl::StatusOr<v1::Visit> Report(const v1::Finding& finding, const std::string& token) const {
    v1::ReportCorrectionRequest request;
    request.set_name(finding.name());
    request.set_text("已补签并公示");
    return Call(&Stub::ReportCorrection, token, request);
  }
  absl::StatusOr<v1::Visit> Recheck(const v1::Finding& finding, bool passed) const {
    return Call(&Stub::RecheckFinding, Officer("DHC"), RecheckOf(finding.name(), passed));
  }
  static std::vector<std::string> Faults(const absl::Status& status) {
    std::vector<std::string> faults;
    for (const auto& each : rpc::ViolationsOf(status)) {
      faults.push_back(each.field() + " " + each.reason());
    }
    return faults;
  }
  absl::StatusOr<v1::Visit> Ask(const v1::Finding& finding, absl::CivilDay until) const {
    v1::AskExtensionRequest request;
    request.set_name(finding.name());
    request.set_reason("设备到货延迟");
    *request.mutable_until() = ToProto(until);
    return Call(&Stub::AskExtension, Principal(facility_), request);
  }
  absl::StatusOr<v1::Visit> Decide(const v1::Finding& finding, bool grant,
                                   const std::string& token = "") const {
    v1::DecideExtensionRequest request;
    request.set_name(finding.name());
    request.set_grant(grant);
    if (!grant) request.set_reason("不影响整改");
    return Call(&Stub::DecideExtension, token.empty() ? Officer("DHC") : token, request);
  }
  int64_t Escalate() {
    return *EscalateOverdue(writes_, clock_, absl::Now() + absl::Seconds(10), 50);
  }
  v1::ListFindingsResponse List(const v1::ListFindingsRequest& request,
                                const std::string& token) const {
    return *Call(&Stub::ListFindings, token, request);
  }
  static std::vector<v1::FindingStepKind> Steps(const v1::Finding& finding) {
    std::vector<v1::FindingStepKind> kinds;
    for (const v1::FindingStep& step : finding.steps()) kinds.push_back(step.kind());
    return kinds;
  }

  std::string facility_;
};

TEST_F(FindingTest, EachFindingHasItsOwnDayAndTheVisitClosesWithTheLast) {
  v1::Visit visit = WithFindings(facility_, {"B01", "C02"});
  EXPECT_EQ(visit.state(), v1::VISIT_STATE_RECTIFYING);
  ASSERT_EQ(visit.findings_size(), 2);
  EXPECT_TRUE(visit.findings(0).key());
  EXPECT_EQ(visit.findings(0).unit(), "DHC");
  ASSERT_OK(Report(visit.findings(0), Principal(facility_)));
  visit = *Recheck(visit.findings(0), true);
  EXPECT_EQ(visit.findings(0).state(), v1::FINDING_STATE_CORRECTED);
  EXPECT_EQ(visit.state(), v1::VISIT_STATE_RECTIFYING);
  EXPECT_EQ(ReasonOf(Call(&Stub::RecheckFinding, Officer("DHC"),
                          RecheckOf(visit.findings(0).name(), true))
                         .status()),
            "WRONG_STATE");
  visit = *Recheck(visit.findings(1), true);
  EXPECT_EQ(visit.state(), v1::VISIT_STATE_CLOSED);
  EXPECT_THAT(Steps(visit.findings(0)),
              ElementsAre(v1::FINDING_STEP_KIND_ORDERED, v1::FINDING_STEP_KIND_REPORTED,
                          v1::FINDING_STEP_KIND_RECHECK_PASSED));
}

TEST_F(FindingTest, ARecheckThatFailsSetsANewDay) {
  v1::Visit visit = WithFindings(facility_, {"B01"});
  ASSERT_OK(Report(visit.findings(0), Principal(facility_)));
  visit = *Recheck(visit.findings(0), false);
  EXPECT_EQ(visit.findings(0).state(), v1::FINDING_STATE_OPEN);
  EXPECT_EQ(*FromProto(visit.findings(0).due_date()), today() + 5);
}

TEST_F(FindingTest, MoreTimeIsAskedForBeforeTheDayIsOverAndAnswered) {
  v1::Visit visit = WithFindings(facility_, {"B01"});
  const v1::Finding finding = visit.findings(0);
  EXPECT_EQ(ReasonOf(Ask(finding, today() + 10).status()), "FORM_INVALID");
  ASSERT_OK(Ask(finding, today() + 20));
  EXPECT_EQ(ReasonOf(Ask(finding, today() + 25).status()), "WRONG_STATE");
  visit = *Decide(finding, false);
  EXPECT_FALSE(visit.findings(0).extension_asked());
  EXPECT_EQ(ReasonOf(Decide(finding, true).status()), "WRONG_STATE");
  ASSERT_OK(Ask(finding, today() + 20));
  visit = *Decide(finding, true);
  EXPECT_EQ(*FromProto(visit.findings(0).due_date()), today() + 20);
  GoTo(today() + 21);
  EXPECT_EQ(ReasonOf(Ask(finding, today() + 5).status()), "DUE_DATE_OVER");
}

// Silence is no extension: what was not granted by the day is overdue, and stays so.
TEST_F(FindingTest, MoreTimeIsGrantedOnTheDayAtTheLatest) {
  const v1::Finding late = WithFindings(facility_, {"B01"}).findings(0);
  ASSERT_OK(Ask(late, today() + 20));
  GoTo(today() + 11);
  EXPECT_EQ(Escalate(), 1);
  EXPECT_EQ(ReasonOf(Decide(late, true).status()), "DUE_DATE_OVER");
  EXPECT_EQ(ReasonOf(Decide(late, true, Head("DHC")).status()), "DUE_DATE_OVER");
  const auto refused = Decide(late, false);
  ASSERT_OK(refused);
  EXPECT_TRUE(refused->findings(0).overdue());
  EXPECT_TRUE(refused->findings(0).has_escalated_on());
  const v1::Finding in_time = WithFindings(facility_, {"B01"}).findings(0);
  ASSERT_OK(Ask(in_time, today() + 20));
  GoTo(today() + 10);
  EXPECT_OK(Decide(in_time, true));
}

TEST_F(FindingTest, ExtensionsEndTogetherAndTheHeadGrantsTheSecond) {
  const v1::Visit visit = WithFindings(facility_, {"B01", "D02"});
  const absl::CivilDay first = today() + 10;
  ASSERT_TRUE(visit.findings(0).key());
  ASSERT_FALSE(visit.findings(1).key());
  // A key item: 30 days after the first day. Another: 90.
  const auto key = Ask(visit.findings(0), first + 31);
  EXPECT_EQ(ReasonOf(key.status()), "EXTENSION_TOO_LONG");
  EXPECT_EQ(rpc::MetadataOf(key.status()).at("day"), FormatDay(first + 30));
  ASSERT_OK(Ask(visit.findings(0), first + 20));
  ASSERT_OK(Decide(visit.findings(0), true));
  EXPECT_EQ(ReasonOf(Ask(visit.findings(1), first + 91).status()), "EXTENSION_TOO_LONG");
  ASSERT_OK(Ask(visit.findings(1), first + 90));
  ASSERT_OK(Decide(visit.findings(1), true));
  // The second counts from the first day, too, and is the head's.
  GoTo(first + 20);
  EXPECT_EQ(ReasonOf(Ask(visit.findings(0), first + 31).status()), "EXTENSION_TOO_LONG");
  ASSERT_OK(Ask(visit.findings(0), first + 30));
  EXPECT_EQ(ReasonOf(Decide(visit.findings(0), true).status()), "HEAD_NEEDED");
  const auto extended = Decide(visit.findings(0), true, Head("DHC"));
  ASSERT_OK(extended);
  EXPECT_EQ(*FromProto(extended->findings(0).due_date()), first + 30);
  EXPECT_EQ(*FromProto(extended->findings(0).first_due_date()), first);
  // Nor does a re-check that fails give more; without a day what is overdue stays so.
  GoTo(first + 31);
  EXPECT_EQ(ReasonOf(Recheck(visit.findings(0), false).status()), "EXTENSION_TOO_LONG");
  v1::RecheckFindingRequest recheck = RecheckOf(visit.findings(0).name(), false);
  recheck.clear_due_date();
  const auto failed = Call(&Stub::RecheckFinding, Officer("DHC"), recheck);
  ASSERT_OK(failed);
  EXPECT_TRUE(failed->findings(0).overdue());
  EXPECT_EQ(*FromProto(failed->findings(0).due_date()), first + 30);
}

TEST_F(FindingTest, ARecheckIsTwoInspectorsWithAPhotoOrTheRecordOfAVisit) {
  const v1::Finding finding = WithFindings(facility_, {"B01"}).findings(0);
  v1::RecheckFindingRequest request = RecheckOf(finding.name(), true);
  const auto refused = [&](const v1::RecheckFindingRequest& asked) {
    return Faults(Call(&Stub::RecheckFinding, Officer("DHC"), asked).status());
  };
  v1::RecheckFindingRequest alone = request;
  alone.clear_photos();
  alone.mutable_inspectors()->RemoveLast();
  EXPECT_THAT(refused(alone),
              ElementsAre("inspectors TOO_FEW_INSPECTORS", "photos EVIDENCE_NEEDED"));
  alone.add_inspectors(alone.inspectors(0));
  alone.add_inspectors(Library("FIRE")[0].name());
  alone.add_inspectors("inspectors/01900000-0000-7000-8000-000000000099");
  EXPECT_THAT(refused(alone),
              ElementsAre("inspectors[1] INSPECTOR_DOUBLE", "inspectors[2] INSPECTOR_OF_OTHER_UNIT",
                          "inspectors[3] INSPECTOR_UNKNOWN", "photos EVIDENCE_NEEDED"));
  // A visit whose record says otherwise is no evidence, one that has the item mended is.
  clock_.Advance(absl::Hours(24));
  request.clear_photos();
  request.set_visit(ParseFindingName(finding.name()).visit);
  EXPECT_THAT(refused(request), ElementsAre("visit VISIT_UNFOUNDED"));
  request.set_visit(WithFindings(facility_, {"B01"}).name());
  EXPECT_THAT(refused(request), ElementsAre("visit VISIT_UNFOUNDED"));
  request.set_visit(Recorded(Opened(Register("别园"))).name());
  EXPECT_THAT(refused(request), ElementsAre("visit VISIT_UNFOUNDED"));
  request.set_visit(Recorded(Opened(facility_)).name());
  const auto passed = Call(&Stub::RecheckFinding, Officer("DHC"), request);
  ASSERT_OK(passed);
  EXPECT_EQ(passed->state(), v1::VISIT_STATE_CLOSED);
  const v1::FindingStep& step = *passed->findings(0).steps().rbegin();
  EXPECT_EQ(step.visit(), request.visit());
  EXPECT_EQ(step.inspectors_size(), 2);
}

TEST_F(FindingTest, WhatIsOverdueIsToldOnceToTheLeadDepartmentAndTheStreet) {
  const v1::Visit visit = WithFindings(facility_, {"B01", "C02"});
  EXPECT_EQ(Escalate(), 0);
  GoTo(today() + 10);
  EXPECT_EQ(Escalate(), 0);
  GoTo(today() + 1);
  EXPECT_EQ(Escalate(), 1);
  EXPECT_EQ(Escalate(), 0);
  v1::Visit told = *Get(visit.name(), Officer("DHC"));
  EXPECT_TRUE(told.findings(0).overdue());
  const v1::FindingStep& step = *told.findings(0).steps().rbegin();
  EXPECT_EQ(step.kind(), v1::FINDING_STEP_KIND_ESCALATED);
  EXPECT_THAT(step.units(), ElementsAre("DHC", "T_500111001"));
  EXPECT_EQ(Actions().back(), "finding.escalated");
  // A new day may be missed, too.
  ASSERT_OK(Recheck(told.findings(0), false));
  GoTo(today() + 6);
  EXPECT_EQ(Escalate(), 1);
}

TEST_F(FindingTest, TheSameItemAgainWithinTwoYearsIsRepeatedAlsoAtASuccessor) {
  v1::Visit first = WithFindings(facility_, {"B01"});
  EXPECT_FALSE(first.findings(0).repeated());
  const std::string successor = Register("向日葵（新址）");
  registry_.Link(successor, facility_);
  CatchUp();
  clock_.Advance(absl::Hours(24));
  const v1::Visit second = WithFindings(successor, {"B01", "C02"});
  EXPECT_TRUE(second.findings(0).repeated());
  EXPECT_FALSE(second.findings(1).repeated());
  // Closing and filing anew does not hide the open finding: the successor sees and answers it.
  v1::ListFindingsRequest own;
  EXPECT_EQ(List(own, Principal(successor)).findings_size(), 3);
  EXPECT_OK(Report(first.findings(0), Principal(successor)));
  GoTo(CivilDay(2028, 3, 10));
  EXPECT_FALSE(WithFindings(facility_, {"B01"}).findings(0).repeated());
}

// What was no breach was not found: neither before it is found again, nor when it is taken back afterwards.
TEST_F(FindingTest, AWithdrawnFindingMakesNoLaterOneRepeated) {
  const auto withdraw = [&](const v1::Finding& finding) {
    v1::WithdrawFindingRequest request;
    request.set_name(finding.name());
    request.set_reason("认定有误");
    return Call(&Stub::WithdrawFinding, Head("DHC"), request);
  };
  const v1::Visit first = WithFindings(facility_, {"B01"});
  ASSERT_OK(withdraw(first.findings(0)));
  GoTo(today() + 1);
  const v1::Visit second = WithFindings(facility_, {"B01"});
  EXPECT_FALSE(second.findings(0).repeated());
  GoTo(today() + 1);
  const v1::Visit third = WithFindings(facility_, {"B01"});
  EXPECT_TRUE(third.findings(0).repeated());
  GoTo(today() + 1);
  const v1::Visit fourth = WithFindings(facility_, {"B01"});
  EXPECT_TRUE(fourth.findings(0).repeated());
  const auto withdrawn = withdraw(second.findings(0));
  ASSERT_OK(withdrawn);
  EXPECT_EQ(withdrawn->name(), second.name());
  EXPECT_FALSE(Get(third.name(), Officer("DHC"))->findings(0).repeated());
  EXPECT_TRUE(Get(fourth.name(), Officer("DHC"))->findings(0).repeated()) << "the third stands";
  const auto actions = Actions();
  EXPECT_EQ(std::count(actions.begin(), actions.end(), "finding.not_repeated"), 1);
}

TEST_F(FindingTest, OfficersOfItsUnitAloneDecideAndStrangersDoNotSeeIt) {
  const v1::Visit visit = WithFindings(facility_, {"B01"});
  const v1::Finding& finding = visit.findings(0);
  const v1::RecheckFindingRequest recheck = RecheckOf(finding.name(), true);
  EXPECT_EQ(ReasonOf(Call(&Stub::RecheckFinding, Officer("FIRE"), recheck).status()),
            "NOT_ON_VISIT");
  EXPECT_EQ(ReasonOf(Report(finding, Principal(Register("别园"))).status()), "VISIT_NOT_FOUND");
  EXPECT_THAT(List({}, Principal("facilities/01900000-0000-7000-8000-000000000099")).findings(),
              IsEmpty());
  v1::WithdrawFindingRequest withdraw;
  withdraw.set_name(finding.name());
  withdraw.set_reason("经复核不属违规");
  EXPECT_EQ(ReasonOf(Call(&Stub::WithdrawFinding, Head("FIRE"), withdraw).status()),
            "NOT_ON_VISIT");
  EXPECT_EQ(Call(&Stub::WithdrawFinding, Head("DHC"), withdraw)->state(), v1::VISIT_STATE_CLOSED);
}

TEST_F(FindingTest, FindingsAreListedByDayPageByPage) {
  WithFindings(facility_, {"B01", "B02", "C02"});
  clock_.Advance(absl::Hours(24));
  WithFindings(facility_, {"D01", "D03"});
  v1::ListFindingsRequest request;
  request.set_page_size(2);
  std::vector<std::string> items;
  do {
    const auto page = List(request, Officer("DHC"));
    for (const v1::Finding& finding : page.findings()) items.push_back(finding.item());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(items, ElementsAre("B01", "B02", "C02", "D01", "D03"));
  v1::ListFindingsRequest overdue;
  overdue.set_overdue(true);
  EXPECT_THAT(List(overdue, Officer("DHC")).findings(), IsEmpty());
  GoTo(today() + 10);
  EXPECT_EQ(List(overdue, Officer("DHC")).findings_size(), 3);
  v1::ListFindingsRequest elsewhere;
  elsewhere.set_division_prefix("500111002");
  EXPECT_THAT(List(elsewhere, Officer("DHC")).findings(), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::inspection
