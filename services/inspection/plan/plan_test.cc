#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Plans = v1::PlanService::Stub;

class PlanTest : public InspectionFixture {
 protected:
  absl::StatusOr<v1::Plan> Withdraw(const v1::Plan& plan, const std::string& token) const {
    v1::WithdrawPlanRequest request;
    request.set_name(plan.name());
    request.set_reason("改期");
    return CallOn(*plan_stub_, &Plans::WithdrawPlan, token, request);
  }
  v1::Plan Read(const std::string& name) const {
    v1::GetPlanRequest request;
    request.set_name(name);
    return *CallOn(*plan_stub_, &Plans::GetPlan, Officer("DHC"), request);
  }
  std::vector<std::string> Names(const v1::ListPlansRequest& request) const {
    std::vector<std::string> names;
    const auto list = *CallOn(*plan_stub_, &Plans::ListPlans, Officer("DHC"), request);
    for (const v1::Plan& plan : list.plans()) names.push_back(plan.name());
    return names;
  }
};

TEST_F(PlanTest, EveryUnitsHeadApprovesAndTheChecklistIsSet) {
  Register("向日葵");
  auto plan = Submit(Random({"DHC", "FIRE"}, 1));
  ASSERT_OK(plan);
  EXPECT_EQ(plan->plan_number(), "JC-500111-2026-0001");
  EXPECT_THAT(plan->awaits(), ElementsAre("DHC", "FIRE"));
  EXPECT_EQ(ReasonOf(Decide(*plan, "SAMR").status()), "PLAN_NOT_AWAITED");
  plan = Decide(*plan, "FIRE");
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_SUBMITTED);
  EXPECT_EQ(ReasonOf(Decide(*plan, "FIRE").status()), "PLAN_NOT_AWAITED");
  plan = Decide(*plan, "DHC");
  ASSERT_OK(plan);
  EXPECT_EQ(plan->state(), v1::PLAN_STATE_APPROVED);
  EXPECT_EQ(plan->checklist_version(), "dazu-2024");
  EXPECT_EQ(plan->approvals_size(), 2);
  EXPECT_THAT(Actions(), ElementsAre("plan.submitted", "plan.approved", "plan.approved"));
}

TEST_F(PlanTest, OneRefusalEndsItAndWhoReadAnOlderPlanDoesNotDecide) {
  const auto plan = Submit(Random({"DHC", "FIRE"}, 1));
  ASSERT_OK(plan);
  ASSERT_OK(Decide(*plan, "FIRE"));
  EXPECT_EQ(ReasonOf(Decide(*plan, "DHC").status()), "ETAG_MISMATCH");
  const auto refused = Decide(Read(plan->name()), "DHC", /*approve=*/false);
  ASSERT_OK(refused);
  EXPECT_EQ(refused->state(), v1::PLAN_STATE_REJECTED);
  EXPECT_EQ(refused->approvals(1).reason(), "检查力量不足");
  EXPECT_EQ(ReasonOf(Decide(*refused, "DHC").status()), "WRONG_STATE");
}

TEST_F(PlanTest, WhoSubmitsDoesNotApprove) {
  v1::SubmitPlanRequest submit;
  *submit.mutable_plan() = Random({"DHC"}, 1);
  const std::string both =
      *tokens_.Sign({.subject = "accounts/both",
                     .organisation = "DHC",
                     .roles = {common::v1::ROLE_DHC_INSPECTOR, common::v1::ROLE_DEPARTMENT_HEAD},
                     .divisions = {"500111"},
                     .facility = "",
                     .issued_at = clock_.Now(),
                     .expires_at = clock_.Now() + absl::Hours(1)});
  const auto plan = CallOn(*plan_stub_, &Plans::SubmitPlan, both, submit);
  ASSERT_OK(plan);
  v1::DecidePlanRequest decide;
  decide.set_name(plan->name());
  decide.set_etag(plan->etag());
  decide.set_approve(true);
  EXPECT_EQ(ReasonOf(CallOn(*plan_stub_, &Plans::DecidePlan, both, decide).status()), "FOUR_EYES");
}

TEST_F(PlanTest, ASecondPlanInTheWindowIsRefusedWithItsReasonOrJoins) {
  const v1::Plan first = Approved(Random({"DHC"}, 1));
  clock_.Advance(absl::Seconds(1));
  v1::Plan second = Random({"FIRE"}, 1);
  const auto refused = Submit(second);
  EXPECT_EQ(ReasonOf(refused.status()), "PLAN_UNCOORDINATED");
  EXPECT_EQ(rpc::MetadataOf(refused.status()).at("plan"), first.name());
  EXPECT_EQ(rpc::MetadataOf(refused.status()).at("unit"), "DHC");
  second.set_merge_into(first.name());
  auto joined = Submit(second);
  ASSERT_OK(joined);
  EXPECT_THAT(joined->awaits(), ElementsAre("FIRE", "DHC"));
  joined = Decide(*joined, "FIRE");
  ASSERT_OK(joined);
  joined = Decide(*joined, "DHC");
  ASSERT_OK(joined);
  EXPECT_EQ(joined->state(), v1::PLAN_STATE_MERGED);
  const v1::Plan merged = Read(first.name());
  EXPECT_EQ(merged.units_size(), 2);
  EXPECT_EQ(merged.units(1).unit(), "FIRE");
  EXPECT_THAT(merged.merged(), ElementsAre(joined->name()));
  // Numbers have no gap: the refused plan took none.
  EXPECT_EQ(joined->plan_number(), "JC-500111-2026-0002");
  v1::ListPlansRequest of_fire;
  of_fire.set_unit("FIRE");
  EXPECT_THAT(Names(of_fire), ElementsAre(joined->name(), first.name()));
}

TEST_F(PlanTest, ANamedFacilityMustBeKnownOpenAndNotVisitedNearby) {
  const std::string facility = Register("向日葵");
  const std::string closed = Register("已停业");
  registry_.Change(closed, filing::v1::FACILITY_STATE_CANCELLED, CivilDay(2026, 1, 1));
  CatchUp();
  const auto faults = Submit(
      Special({"FIRE"}, {facility, closed, "facilities/01900000-0000-7000-8000-000000000099"}));
  ASSERT_EQ(rpc::ViolationsOf(faults.status()).size(), 2);
  EXPECT_EQ(rpc::ViolationsOf(faults.status())[0].reason(), "FACILITY_NOT_ACTIVE");
  EXPECT_EQ(rpc::ViolationsOf(faults.status())[1].reason(), "FACILITY_UNKNOWN");
  RecordInspectors({"DHC"});
  ASSERT_OK(Drawn(Approved(Special({"DHC"}, {facility}))));
  EXPECT_EQ(ReasonOf(Submit(Special({"FIRE"}, {facility})).status()), "PLAN_UNCOORDINATED");
  // A case goes all the same.
  EXPECT_OK(Submit(Case("FIRE", facility)));
}

TEST_F(PlanTest, TheYearlyCapCountsAllUnitsAndLeavesCasesOut) {
  v1::InspectionRules rules = rules_.On(today());
  rules.set_yearly_cap(1);
  rules.set_coordination_days(0);
  rules_ = *InspectionRuleBook::Make({rules});
  const std::string facility = Register("向日葵");
  RecordInspectors({"DHC", "FIRE"});
  Recorded(Opened(facility));
  v1::Plan special = Special({"DHC"}, {facility});
  ASSERT_OK(Drawn(Approved(special)));
  GoTo(CivilDay(2026, 6, 1));
  const auto refused = Submit(Special({"FIRE"}, {facility}));
  ASSERT_EQ(rpc::ViolationsOf(refused.status()).size(), 1);
  EXPECT_EQ(rpc::ViolationsOf(refused.status())[0].reason(), "FREQUENCY_CAP");
  EXPECT_OK(Submit(Case("FIRE", facility)));
  // The next year counts anew.
  special = Special({"FIRE"}, {facility});
  *special.mutable_first_day() = ToProto(CivilDay(2027, 1, 4));
  *special.mutable_last_day() = ToProto(CivilDay(2027, 1, 20));
  EXPECT_OK(Submit(special));
}

TEST_F(PlanTest, APlanIsWithdrawnByItsUnitBeforeItIsDrawn) {
  RecordInspectors({"DHC"});
  Register("向日葵");
  const v1::Plan plan = Approved(Random({"DHC"}, 1));
  EXPECT_EQ(ReasonOf(Withdraw(plan, Officer("FIRE")).status()), "PLAN_OF_OTHER_UNIT");
  const auto draw = Commit(plan);
  ASSERT_OK(draw);
  EXPECT_EQ(ReasonOf(Withdraw(plan, Officer("DHC")).status()), "WRONG_STATE");
  v1::CancelDrawRequest cancel;
  cancel.set_name(draw->name());
  cancel.set_reason("名单有误");
  ASSERT_OK(CallOn(*draw_stub_, &v1::DrawService::Stub::CancelDraw, Officer("DHC"), cancel));
  EXPECT_EQ(Withdraw(plan, Officer("DHC"))->state(), v1::PLAN_STATE_WITHDRAWN);
  // Then another may stand in its place.
  EXPECT_OK(Submit(Random({"FIRE"}, 1)));
}

TEST_F(PlanTest, PlansAreListedPageByPageTheLatestFirst) {
  const std::string facility = Register("向日葵");
  std::vector<std::string> made;
  for (int i = 0; i < 5; ++i) {
    made.insert(made.begin(), Submit(Case("DHC", facility))->name());
    clock_.Advance(absl::Seconds(1));
  }
  v1::ListPlansRequest request;
  request.set_page_size(2);
  std::vector<std::string> seen;
  do {
    const auto page = CallOn(*plan_stub_, &Plans::ListPlans, Officer("DHC"), request);
    ASSERT_OK(page);
    for (const v1::Plan& plan : page->plans()) seen.push_back(plan.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(seen, made);
  v1::ListPlansRequest later;
  *later.mutable_since() = ToProto(today() + 31);
  EXPECT_THAT(Names(later), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::inspection
