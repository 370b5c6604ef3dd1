#include "services/inspection/complaint/complaint_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/made_up_journal.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/plan/plan_rules.h"
#include "tuoyu/complaint/v1/case.pb.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace cpb = ::tuoyu::complaint::v1;

constexpr char kAsk[] = "01900000-0000-7000-8000-0000000000a1";
constexpr char kCase[] = "cases/01900000-0000-7000-8000-0000000000c1";

// With a made-up complaint service whose journal is followed.
class ComplaintFeedTest : public InspectionFixture {
 protected:
  ComplaintFeedTest()
      : complaints_(
            {.source = "complaint", .consumer = "inspection", .payload_types = ComplaintPayloads()},
            database_.pool(), journal_.Fetch(), ComplaintFeed(writes_, deps_, clock_), clock_,
            metrics_, log_) {}

  cpb::InspectionAsk Ask(const std::string& unit = "DHC") const {
    cpb::InspectionAsk ask;
    ask.set_ask_id(kAsk);
    ask.set_case_(kCase);
    ask.set_facility(facility_);
    ask.set_unit(unit);
    *ask.mutable_first_day() = ToProto(today());
    *ask.mutable_last_day() = ToProto(today() + 10);
    ask.set_asked_by("accounts/DHC/1");
    return ask;
  }
  void Tell(const cpb::InspectionAsk& ask) {
    journal_.Append("case.inspection_asked", ask.case_(), ask);
    ASSERT_OK(complaints_.CatchUp());
  }
  absl::StatusOr<v1::Plan> Get(const std::string& token) const {
    v1::GetPlanRequest request;
    request.set_name(absl::StrCat("plans/", kAsk));
    return CallOn(*plan_stub_, &v1::PlanService::Stub::GetPlan, token, request);
  }

  const std::string facility_ = Register("向日葵托育园");
  ::tuoyu::testing::MadeUpJournal journal_{"complaint"};
  rpc::JournalFollower complaints_;
};

// Opinions of families are no evidence: this service does not even read them.
TEST_F(ComplaintFeedTest, ReviewsReachNeitherRiskNorPenalties) {
  EXPECT_THAT(ComplaintPayloads(),
              ElementsAre("tuoyu.complaint.v1.InspectionAsk", "tuoyu.complaint.v1.CaseResult"));
}

TEST_F(ComplaintFeedTest, AnAskingBecomesOnePlanThatWaitsForTheHead) {
  Tell(Ask());
  Tell(Ask());
  const auto plan = Get(Officer("DHC"));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->kind(), v1::PLAN_KIND_CASE);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_SUBMITTED);
  EXPECT_EQ(plan->exemption(), v1::CAP_EXEMPTION_COMPLAINT);
  EXPECT_EQ(plan->complaint(), kCase);
  EXPECT_EQ(plan->plan_number(), "JC-500111-2026-0001");
  EXPECT_THAT(plan->awaits(), ElementsAre("DHC"));
  EXPECT_THAT(Actions(), ElementsAre("plan.submitted"));
  // A journal restored from elsewhere that tells of it again makes no second one.
  journal_.Clear();
  Tell(Ask());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM plan"), "1");
}

// A plan by hand for a complaint is one for a complaint that there is, of this facility or one of its chain.
TEST_F(ComplaintFeedTest, APlanForAComplaintNamesOneThatWasPassedOn) {
  v1::Plan plan = Case("DHC", facility_);
  plan.set_exemption(v1::CAP_EXEMPTION_COMPLAINT);
  EXPECT_EQ(rpc::ViolationsOf(Submit(plan).status())[0].reason(), "COMPLAINT_MISSING");
  plan.set_complaint(kCase);
  EXPECT_EQ(rpc::ViolationsOf(Submit(plan).status())[0].reason(), "COMPLAINT_UNKNOWN");
  Tell(Ask());
  const auto made = Submit(plan);
  ASSERT_OK(made);
  EXPECT_EQ(made->complaint(), kCase);
  plan.set_facilities(0, Register("别园"));
  EXPECT_EQ(rpc::ViolationsOf(Submit(plan).status())[0].reason(), "COMPLAINT_UNKNOWN");
}

TEST_F(ComplaintFeedTest, AnEmergencyThatWasPassedOnIsApprovedAfterwards) {
  cpb::InspectionAsk ask = Ask();
  ask.set_urgent(true);
  Tell(ask);
  const auto plan = Get(Officer("DHC"));
  ASSERT_OK(plan);
  EXPECT_TRUE(plan->urgent());
  EXPECT_EQ(FormatDay(*FromProto(plan->approval_deadline().due_date())), "2026-03-04");
}

TEST_F(ComplaintFeedTest, WhoIsNotOfThePlanDoesNotLearnThatSomeoneComplained) {
  Tell(Ask());
  const auto seen = Get(Officer("FIRE"));
  ASSERT_OK(seen);
  EXPECT_THAT(seen->complaint(), IsEmpty());
  EXPECT_EQ(seen->exemption(), v1::CAP_EXEMPTION_UNSPECIFIED);
  // As of every CASE of other units.
  EXPECT_EQ(seen->title(), kCaseTitle);
  EXPECT_THAT(seen->basis(), IsEmpty());
  EXPECT_THAT(seen->submitted_by(), IsEmpty());
  const auto listed = CallOn(*plan_stub_, &v1::PlanService::Stub::ListPlans, Officer("FIRE"),
                             v1::ListPlansRequest());
  ASSERT_OK(listed);
  ASSERT_EQ(listed->plans_size(), 1);
  EXPECT_THAT(listed->plans(0).complaint(), IsEmpty());
}

TEST_F(ComplaintFeedTest, TheVisitOfItGoesFromApprovalToResultAndCarriesTheCase) {
  RecordInspectors({"DHC"});
  Tell(Ask());
  const auto approved = Decide(*Get(Officer("DHC")), "DHC");
  ASSERT_OK(approved);
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  v1::OpenVisitRequest open;
  open.set_plan(approved->name());
  const auto inspectors =
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  ASSERT_OK(inspectors);
  for (const v1::Inspector& inspector : inspectors->inspectors()) {
    open.add_inspectors(inspector.name());
  }
  const auto visit = Call(&v1::VisitService::Stub::OpenVisit, Officer("DHC"), open);
  ASSERT_OK(visit);
  EXPECT_EQ(visit->complaint(), kCase);
  const auto recorded = Recorded(*visit, {"B01"});
  const auto concluded = Conclude(recorded, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"B01"});
  ASSERT_OK(concluded);
  // The units on it know why; another department and the facility do not.
  EXPECT_EQ(InspectionFixture::Get(visit->name(), Officer("DHC"))->complaint(), kCase);
  for (const std::string& token : {Officer("FIRE"), Principal(facility_)}) {
    const auto seen = InspectionFixture::Get(visit->name(), token);
    ASSERT_OK(seen);
    EXPECT_THAT(seen->complaint(), IsEmpty());
    EXPECT_EQ(seen->exemption(), v1::CAP_EXEMPTION_UNSPECIFIED);
  }
}

TEST_F(ComplaintFeedTest, TheApproverIsAnotherThanWhoAsked) {
  cpb::InspectionAsk ask = Ask();
  ask.set_asked_by("accounts/DHC/head");
  Tell(ask);
  EXPECT_EQ(ReasonOf(Decide(*Get(Officer("DHC")), "DHC").status()), "FOUR_EYES");
}

TEST_F(ComplaintFeedTest, WhatNoVisitCanBeMadeOfIsRejectedWithItsReason) {
  Tell(Ask("EIC"));
  const auto plan = Get(Officer("DHC"));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_REJECTED);
  ASSERT_EQ(plan->approvals_size(), 1);
  EXPECT_THAT(plan->approvals(0).reason(), HasSubstr("no item for the unit"));
}

// A complaint about teaching in a kindergarten: the education commission asks, the health commission helps.
class KindergartenTest : public ComplaintFeedTest {
 protected:
  KindergartenTest() { GoTo(CivilDay(2026, 12, 2)); }

  cpb::InspectionAsk AskOf(const std::string& facility) const {
    cpb::InspectionAsk ask = Ask("EDU");
    ask.set_facility(facility);
    ask.add_assists("DHC");
    ask.set_asked_by("accounts/EDU/1");
    return ask;
  }
  std::vector<std::string> InspectorsOf(const std::string& unit) const {
    v1::ListInspectorsRequest list;
    list.set_unit(unit);
    const auto found =
        CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer(unit), list);
    EXPECT_OK(found);
    std::vector<std::string> names;
    if (!found.ok()) return names;
    for (const v1::Inspector& inspector : found->inspectors()) names.push_back(inspector.name());
    return names;
  }

  const std::string kindergarten_ = Register("向阳幼儿园", "500111001", CivilDay(2024, 1, 2),
                                             filing::v1::FACILITY_TYPE_KINDERGARTEN);
};

TEST_F(KindergartenTest, BothUnitsGoFromTheAskingToTheCorrection) {
  RecordInspectors({"EDU", "DHC"});
  Tell(AskOf(kindergarten_));
  auto plan = Get(Officer("EDU"));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_SUBMITTED);
  ASSERT_EQ(plan->units_size(), 2);
  EXPECT_EQ(plan->units(0).unit(), "EDU");
  EXPECT_EQ(plan->units(1).unit(), "DHC");
  EXPECT_THAT(
      plan->units(1).domains(),
      ElementsAre(v1::CHECK_DOMAIN_ENROLMENT, v1::CHECK_DOMAIN_STAFF, v1::CHECK_DOMAIN_SECURITY));
  EXPECT_THAT(plan->awaits(), ElementsAre("EDU", "DHC"));
  plan = Decide(*plan, "EDU");
  ASSERT_OK(plan);
  plan = Decide(*plan, "DHC");
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_APPROVED);
  EXPECT_EQ(plan->checklist_version(), "dazu-2026");

  v1::OpenVisitRequest open;
  open.set_plan(plan->name());
  for (const char* unit : {"EDU", "DHC"}) {
    for (const std::string& inspector : InspectorsOf(unit)) open.add_inspectors(inspector);
  }
  const auto visit = Call(&v1::VisitService::Stub::OpenVisit, Officer("EDU"), open);
  ASSERT_OK(visit);
  EXPECT_EQ(visit->complaint(), kCase);
  std::vector<v1::RecordPart> parts = {Arrival(*visit)};
  for (const char* item : {"B01", "B04", "C02", "C03", "C06", "H01"}) {
    parts.push_back(Item(item, v1::ITEM_VERDICT_PASS));
  }
  parts.push_back(Item("B02", v1::ITEM_VERDICT_FAIL));
  parts.push_back(Close());
  const auto recorded = Send(*visit, parts);
  ASSERT_OK(recorded);
  const auto concluded = Conclude(*recorded, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"B02"});
  ASSERT_OK(concluded);
  ASSERT_EQ(concluded->findings_size(), 1);
  EXPECT_EQ(concluded->findings(0).item(), "B02");
}

TEST_F(KindergartenTest, AFacilityThatIsNoneIsForTheHealthCommission) {
  Tell(AskOf(facility_));
  const auto plan = Get(Officer("EDU"));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_REJECTED);
  EXPECT_THAT(plan->awaits(), IsEmpty());
  ASSERT_EQ(plan->approvals_size(), 1);
  EXPECT_THAT(plan->approvals(0).reason(), HasSubstr("请由区卫生健康委核查"));
  EXPECT_THAT(Actions(), ElementsAre("plan.rejected"));
}

TEST_F(KindergartenTest, BeforeThatListIsInForceTheUnitHasNoItem) {
  GoTo(CivilDay(2026, 11, 30));
  Tell(AskOf(kindergarten_));
  EXPECT_THAT(Get(Officer("EDU"))->approvals(0).reason(), HasSubstr("no item for the unit"));
}

TEST_F(KindergartenTest, NoPlanOfTheUnitNamesAnotherFacilityOrLeavesItToADraw) {
  const auto mixed = Submit(Special({"DHC", "EDU"}, {kindergarten_, facility_}));
  ASSERT_EQ(rpc::ViolationsOf(mixed.status()).size(), 1U);
  EXPECT_EQ(rpc::ViolationsOf(mixed.status())[0].reason(), "NOT_A_KINDERGARTEN");
  EXPECT_EQ(rpc::ViolationsOf(Submit(Case("EDU", facility_)).status())[0].reason(),
            "NOT_A_KINDERGARTEN");
  EXPECT_OK(Submit(Case("EDU", kindergarten_)));
  EXPECT_OK(Submit(Special({"EDU", "DHC"}, {kindergarten_})));
  const auto random = Submit(Random({"DHC", "EDU"}, 1));
  ASSERT_EQ(rpc::ViolationsOf(random.status()).size(), 1U);
  EXPECT_EQ(rpc::ViolationsOf(random.status())[0].reason(), "UNIT_OF_KINDERGARTENS");
}

TEST_F(KindergartenTest, APlanOfOtherFacilitiesIsNotJoined) {
  const auto other = Submit(Special({"DHC"}, {kindergarten_, facility_}));
  ASSERT_OK(other);
  v1::Plan plan = Special({"EDU"}, {kindergarten_});
  plan.set_merge_into(other->name());
  EXPECT_EQ(rpc::ViolationsOf(Submit(plan).status())[0].reason(), "NOT_A_KINDERGARTEN");
}

TEST_F(ComplaintFeedTest, AFacilityTheRegistryHasNotToldOfYetIsWaitedFor) {
  cpb::InspectionAsk ask = Ask();
  ask.set_facility("facilities/01900000-0000-7000-8000-000000000002");
  clock_.Advance(absl::Seconds(11));
  journal_.Append("case.inspection_asked", ask.case_(), ask);
  EXPECT_FALSE(complaints_.CatchUp().ok());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM plan"), "0");
  ASSERT_EQ(Register("蒲公英托育园"), ask.facility());
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(Get(Officer("DHC"))->state(), v1::PLAN_STATE_SUBMITTED);
}

TEST_F(ComplaintFeedTest, TheLastResultOfACaseHolds) {
  cpb::CaseResult result;
  result.set_case_(kCase);
  result.set_facility(facility_);
  result.set_outcome(cpb::CASE_OUTCOME_UPHELD);
  *result.mutable_resolved_on() = ToProto(today());
  journal_.Append("case.result", kCase, result);
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(database_.Value("SELECT outcome FROM case_result"), "1");
  result.clear_outcome();
  journal_.Append("case.result", kCase, result);
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(database_.Value("SELECT outcome FROM case_result"), "0");
  // The facility sees what its risk rests on: of a confidential one it must not learn.
  result.set_case_("cases/01900000-0000-7000-8000-0000000000c2");
  result.set_outcome(cpb::CASE_OUTCOME_UPHELD);
  result.set_confidential(true);
  journal_.Append("case.result", result.case_(), result);
  ASSERT_OK(complaints_.CatchUp());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM case_result"), "1");
}

}  // namespace
}  // namespace tuoyu::inspection
