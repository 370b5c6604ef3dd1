#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/journal/journal.h"
#include "common/testing/made_up_journal.h"
#include "services/complaint/complaint_fixture.h"
#include "services/complaint/inspection/inspection_feed.h"
#include "tuoyu/inspection/v1/inspector.pb.h"
#include "tuoyu/inspection/v1/penalty.pb.h"
#include "tuoyu/inspection/v1/plan.pb.h"

namespace tuoyu::complaint {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using Cases = v1::CaseService::Stub;
namespace ipb = ::tuoyu::inspection::v1;

// With a made-up inspection service whose journal is followed.
class InspectionLoopTest : public ComplaintFixture {
 protected:
  InspectionLoopTest()
      : inspections_({.source = "inspection",
                      .consumer = "complaint",
                      .payload_types = InspectionPayloads()},
                     database_.pool(), journal_.Fetch(), InspectionFeed(writes_, deps_, clock_),
                     clock_, metrics_, log_) {}

  absl::StatusOr<v1::Case> Ask(const v1::Case& of_case) const {
    v1::AskInspectionRequest request;
    request.set_name(of_case.name());
    *request.mutable_first_day() = ToProto(today());
    *request.mutable_last_day() = ToProto(today() + 10);
    request.set_note("查看收费记录");
    return Call(&Cases::AskInspection, Officer(of_case.unit()), request);
  }
  v1::Case Now(const v1::Case& of_case) {
    EXPECT_OK(inspections_.CatchUp());
    const auto got = Get(of_case.name(), Officer(of_case.unit()));
    EXPECT_OK(got);
    return got.value_or(v1::Case());
  }
  // What the inspection service makes of the asking.
  ipb::Plan PlanOf(const v1::Case& of_case) const {
    ipb::Plan plan;
    plan.set_name(of_case.inspections(of_case.inspections_size() - 1).plan());
    plan.set_complaint(of_case.name());
    plan.set_state(ipb::PLAN_STATE_SUBMITTED);
    return plan;
  }
  void Tell(const ipb::Plan& plan) { journal_.Append("plan.entered", plan.name(), plan); }
  ipb::Visit VisitOf(const ipb::Plan& plan, int number = 1) const {
    ipb::Visit visit;
    visit.set_name(absl::StrCat("visits/01900000-0000-7000-8000-00000000000", number));
    visit.set_plan(plan.name());
    visit.set_facility(facility_);
    visit.set_state(ipb::VISIT_STATE_PLANNED);
    return visit;
  }
  void Tell(const ipb::Visit& visit) { journal_.Append("visit.entered", visit.name(), visit); }
  // The visit concluded today with a finding.
  static ipb::Visit Concluded(ipb::Visit visit, CivilDay day) {
    visit.set_state(ipb::VISIT_STATE_RECTIFYING);
    visit.set_outcome(ipb::VISIT_OUTCOME_CORRECTION_ORDERED);
    visit.set_outcome_text("收费未公示，责令限期改正");
    *visit.mutable_concluded_on() = ToProto(day);
    ipb::Finding& finding = *visit.add_findings();
    finding.set_name(absl::StrCat(visit.name(), "/findings/I01"));
    finding.set_state(ipb::FINDING_STATE_OPEN);
    return visit;
  }
  // Proposed, and rests on the visit.
  static ipb::PenaltyCase PenaltyOf(const ipb::Visit& visit) {
    ipb::PenaltyCase penalty;
    penalty.set_name("penaltyCases/01900000-0000-7000-8000-000000000011");
    penalty.set_case_number("CF-500111-2026-0001");
    penalty.set_visit(visit.name());
    penalty.set_party(ipb::PENALTY_PARTY_PERSON);
    penalty.set_person_name("封存的姓名");
    penalty.set_state(ipb::PENALTY_STATE_PROPOSED);
    return penalty;
  }
  void Tell(const ipb::PenaltyCase& penalty) {
    journal_.Append("penalty.entered", penalty.name(), penalty);
  }
  absl::StatusOr<v1::CaseChain> Chain(const std::string& name, const std::string& token) const {
    v1::GetCaseChainRequest request;
    request.set_name(name);
    return Call(&Cases::GetCaseChain, token, request);
  }

  const std::string facility_ = Register("向日葵托育园");
  ::tuoyu::testing::MadeUpJournal journal_{"inspection"};
  rpc::JournalFollower inspections_;
};

TEST_F(InspectionLoopTest, TheAskingWaitsInTheJournalAndTellsNothingOfWhoSaidWhat) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  EXPECT_EQ(asked->state(), v1::CASE_STATE_INSPECTION);
  ASSERT_EQ(asked->inspections_size(), 1);
  EXPECT_EQ(asked->inspections(0).progress(), v1::INSPECTION_PROGRESS_ASKED);
  const std::string payload =
      database_.Value("SELECT payload FROM journal_entry WHERE action = 'case.inspection_asked'");
  v1::InspectionAsk ask;
  ASSERT_TRUE(ask.ParseFromString(payload));
  EXPECT_EQ(ask.case_(), asked->name());
  EXPECT_EQ(ask.unit(), "SAMR");
  EXPECT_FALSE(ask.urgent());
  EXPECT_EQ(payload.find("收费"), std::string::npos);
  EXPECT_EQ(ReasonOf(Ask(*asked).status()), "INSPECTION_PENDING");
  EXPECT_EQ(ReasonOf(Resolve(*asked, v1::CASE_OUTCOME_UPHELD).status()), "INSPECTION_PENDING");
}

TEST_F(InspectionLoopTest, ResultFindingsAndCorrectionsComeBackToCaseAndComplainant) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  Tell(plan);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_PLANNED);
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  Tell(plan);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_APPROVED);
  ipb::Visit visit = VisitOf(plan);
  Tell(visit);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_VISITING);
  visit = Concluded(visit, today());
  Tell(visit);
  const v1::Case concluded = Now(*asked);
  EXPECT_EQ(concluded.state(), v1::CASE_STATE_ASSIGNED);
  EXPECT_EQ(concluded.inspections(0).outcome(), "VISIT_OUTCOME_CORRECTION_ORDERED");
  EXPECT_EQ(concluded.inspections(0).open_findings(), 1);
  EXPECT_THAT(StepsOf(concluded), Contains(v1::CASE_STEP_KIND_INSPECTION_CONCLUDED));
  // The complainant learns that there is one, and what it came to with the reply.
  EXPECT_EQ(Follow(code_)->cases(0).inspections(0).progress(), v1::INSPECTION_PROGRESS_RECTIFYING);
  EXPECT_EQ(Follow(code_)->cases(0).inspections(0).findings(), 0);
  const auto resolved = Resolve(concluded, v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  ASSERT_OK(Reply(*resolved));
  EXPECT_EQ(Follow(code_)->cases(0).inspections(0).open_findings(), 1);
  // What is mended later still reaches both.
  visit.set_state(ipb::VISIT_STATE_CLOSED);
  visit.mutable_findings(0)->set_state(ipb::FINDING_STATE_CORRECTED);
  Tell(visit);
  const v1::Case mended = Now(*asked);
  EXPECT_EQ(mended.state(), v1::CASE_STATE_REPLIED);
  EXPECT_THAT(StepsOf(mended), Contains(v1::CASE_STEP_KIND_INSPECTION_CORRECTED).Times(1));
  const auto seen = Follow(code_);
  ASSERT_OK(seen);
  EXPECT_EQ(seen->cases(0).inspections(0).progress(), v1::INSPECTION_PROGRESS_DONE);
  EXPECT_EQ(seen->cases(0).inspections(0).open_findings(), 0);
}

TEST_F(InspectionLoopTest, WhatIsToldAgainChangesNothing) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  const ipb::Visit visit = Concluded(VisitOf(plan), today());
  Tell(plan);
  Tell(visit);
  const v1::Case before = Now(*asked);
  const std::string entries = database_.Value("SELECT COUNT(*) FROM journal_entry");
  Tell(plan);
  Tell(visit);
  EXPECT_EQ(Now(*asked).etag(), before.etag());
  // A journal restored from elsewhere is read from its beginning: the case stays as it is.
  journal_.Clear();
  Tell(plan);
  Tell(visit);
  EXPECT_EQ(Now(*asked).etag(), before.etag());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry"), entries);
}

TEST_F(InspectionLoopTest, ARefusedPlanGivesTheCaseBackWithTheReason) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  plan.set_state(ipb::PLAN_STATE_REJECTED);
  plan.add_approvals()->set_reason("可先书面核实");
  Tell(plan);
  const v1::Case refused = Now(*asked);
  EXPECT_EQ(refused.state(), v1::CASE_STATE_ASSIGNED);
  EXPECT_EQ(refused.inspections(0).progress(), v1::INSPECTION_PROGRESS_ENDED);
  EXPECT_EQ(refused.inspections(0).end_reason(), "可先书面核实");
  // Another one may be asked for.
  const auto again = Ask(refused);
  ASSERT_OK(again);
  EXPECT_EQ(again->inspections_size(), 2);
  EXPECT_NE(again->inspections(0).plan(), again->inspections(1).plan());
}

TEST_F(InspectionLoopTest, ARefusedPlanWhoseUrgentVisitIsGivenUpDoesNotHoldTheCase) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  Tell(plan);
  ipb::Visit visit = VisitOf(plan);
  Tell(visit);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_VISITING);
  plan.set_state(ipb::PLAN_STATE_REJECTED);
  Tell(plan);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_ENDED);
  visit.set_state(ipb::VISIT_STATE_CANCELLED);
  Tell(visit);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_ENDED);
  EXPECT_OK(Resolve(*asked, v1::CASE_OUTCOME_UPHELD));
}

TEST_F(InspectionLoopTest, WhatWasFoundGoesWithTheCaseThatTakesItIn) {
  v1::Filing other = FeesComplaint(facility_);
  other.mutable_matters(0)->set_text("押金也没有退。");
  const v1::Case into = Assigned(other);
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  v1::MergeCaseRequest merge;
  merge.set_name(asked->name());
  merge.set_into(into.name());
  EXPECT_EQ(ReasonOf(Call(&Cases::MergeCase, Officer("SAMR"), merge).status()),
            "INSPECTION_PENDING");
  ipb::Plan plan = PlanOf(*asked);
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  Tell(plan);
  ipb::Visit visit = Concluded(VisitOf(plan), today());
  Tell(visit);
  Now(*asked);
  ASSERT_OK(Call(&Cases::MergeCase, Officer("SAMR"), merge));
  EXPECT_EQ(Now(into).inspections(0).progress(), v1::INSPECTION_PROGRESS_RECTIFYING);
  visit.mutable_findings(0)->set_state(ipb::FINDING_STATE_CORRECTED);
  visit.set_state(ipb::VISIT_STATE_CLOSED);
  Tell(visit);
  EXPECT_EQ(Now(into).inspections(0).progress(), v1::INSPECTION_PROGRESS_DONE);
  EXPECT_EQ(Chain(visit.name(), Officer("SAMR"))->case_().name(), into.name());
}

TEST_F(InspectionLoopTest, AVisitThatIsCancelledLeavesThePlanForAnother) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  Tell(plan);
  ipb::Visit first = VisitOf(plan);
  Tell(first);
  first.set_state(ipb::VISIT_STATE_CANCELLED);
  Tell(first);
  EXPECT_EQ(Now(*asked).inspections(0).progress(), v1::INSPECTION_PROGRESS_APPROVED);
  Tell(Concluded(VisitOf(plan, 2), today()));
  const v1::Case concluded = Now(*asked);
  EXPECT_EQ(concluded.inspections(0).visit(), VisitOf(plan, 2).name());
  EXPECT_EQ(concluded.state(), v1::CASE_STATE_ASSIGNED);
}

TEST_F(InspectionLoopTest, ACaseIsArchivedOnceWhatWasFoundIsMendedAndChangesNoMore) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  const ipb::Plan plan = PlanOf(*asked);
  ipb::Visit visit = Concluded(VisitOf(plan), today());
  Tell(plan);
  Tell(visit);
  const auto resolved = Resolve(Now(*asked), v1::CASE_OUTCOME_UPHELD);
  ASSERT_OK(resolved);
  ASSERT_OK(Reply(*resolved));
  GoTo(CivilDay(2026, 6, 1));
  EXPECT_EQ(Wake(), 1);
  EXPECT_EQ(Wake(), 0) << "something is left to mend";
  EXPECT_EQ(Now(*asked).state(), v1::CASE_STATE_CLOSED);
  visit.set_state(ipb::VISIT_STATE_CLOSED);
  visit.mutable_findings(0)->set_state(ipb::FINDING_STATE_CORRECTED);
  Tell(visit);
  ipb::PenaltyCase penalty = PenaltyOf(visit);
  penalty.set_state(ipb::PENALTY_STATE_DECIDED);
  Tell(penalty);
  EXPECT_EQ(Now(*asked).inspections(0).open_findings(), 0);
  EXPECT_EQ(Wake(), 0) << "a fine is to be paid";
  penalty.set_state(ipb::PENALTY_STATE_CLOSED);
  Tell(penalty);
  EXPECT_EQ(Now(*asked).state(), v1::CASE_STATE_CLOSED);
  EXPECT_EQ(Wake(), 1);
  const v1::Case archived = Now(*asked);
  EXPECT_EQ(archived.state(), v1::CASE_STATE_ARCHIVED);
  // What the inspection service says later is read with the visit, and the case stays as it is.
  visit.set_outcome_text("结论更正");
  visit.mutable_findings(0)->set_state(ipb::FINDING_STATE_OPEN);
  Tell(visit);
  EXPECT_EQ(Now(*asked).etag(), archived.etag());
  const auto chain = Chain(asked->name(), Officer("SAMR"));
  ASSERT_OK(chain);
  EXPECT_EQ(chain->visits(0).outcome_text(), "结论更正");
}

TEST_F(InspectionLoopTest, TheWholeChainIsReadByAnyOfItsIdsAndByNobodyElse) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  plan.set_plan_number("JC-500111-2026-0007");
  const ipb::Visit visit = Concluded(VisitOf(plan), today());
  const ipb::PenaltyCase penalty = PenaltyOf(visit);
  Tell(plan);
  Tell(visit);
  Tell(penalty);
  Now(*asked);
  for (const std::string& name :
       {asked->name(), asked->case_number(), plan.name(), plan.plan_number(), visit.name(),
        visit.findings(0).name(), penalty.name(), penalty.case_number()}) {
    const auto chain = Chain(name, Officer("SAMR"));
    ASSERT_OK(chain);
    EXPECT_EQ(chain->case_().name(), asked->name());
    ASSERT_EQ(chain->visits_size(), 1);
    EXPECT_EQ(chain->visits(0).findings(0).name(), visit.findings(0).name());
    ASSERT_EQ(chain->plans_size(), 1);
    EXPECT_EQ(chain->plans(0).plan_number(), plan.plan_number());
    ASSERT_EQ(chain->penalty_cases_size(), 1);
    EXPECT_EQ(chain->penalty_cases(0).case_number(), penalty.case_number());
    EXPECT_EQ(chain->penalty_cases(0).person_name(), "");
    EXPECT_EQ(ReasonOf(Chain(name, Officer("FIRE")).status()), "CASE_NOT_FOUND");
  }
  EXPECT_EQ(
      ReasonOf(Chain("visits/01900000-0000-7000-8000-000000000009", Officer("SAMR")).status()),
      "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Chain("", Officer("SAMR")).status()), "CASE_NOT_FOUND");
}

TEST_F(InspectionLoopTest, APlanIsInTheChainBeforeAndAfterItsJournalTellsOfIt) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  const ipb::Plan plan = PlanOf(*asked);
  auto chain = Chain(plan.name(), Officer("SAMR"));
  ASSERT_OK(chain);
  ASSERT_EQ(chain->plans_size(), 1);
  EXPECT_EQ(chain->plans(0).name(), plan.name());
  Tell(plan);
  const ipb::Visit visit = Concluded(VisitOf(plan), today());
  Tell(visit);
  Tell(PenaltyOf(visit));
  Now(*asked);
  // The journal is another one, of which nothing is told yet: the plan is still the case's.
  journal_.Clear();
  Tell(VisitOf(ipb::Plan(), 5));
  ASSERT_OK(inspections_.CatchUp());
  chain = Chain(plan.name(), Officer("SAMR"));
  ASSERT_OK(chain);
  EXPECT_EQ(chain->plans_size(), 1);
  EXPECT_EQ(chain->visits_size(), 0);
  EXPECT_EQ(chain->penalty_cases_size(), 0);
}

TEST_F(InspectionLoopTest, APlanThatInspectorsMadeForACaseIsInItsChainAndHoldsItUpNowhere) {
  const v1::Case of_case = Assigned(FeesComplaint(facility_));
  ipb::Plan plan;
  plan.set_name("plans/01900000-0000-7000-8000-000000000021");
  plan.set_complaint(of_case.name());
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  Tell(plan);
  Tell(VisitOf(plan));
  ipb::Plan other = plan;
  other.set_name("plans/01900000-0000-7000-8000-000000000022");
  other.set_complaint("cases/01900000-0000-7000-8000-000000000099");
  Tell(other);
  ASSERT_OK(inspections_.CatchUp());
  const auto chain = Chain(VisitOf(plan).name(), Officer("SAMR"));
  ASSERT_OK(chain);
  EXPECT_EQ(chain->case_().name(), of_case.name());
  EXPECT_EQ(chain->plans_size(), 1);
  EXPECT_EQ(chain->case_().inspections_size(), 0);
  EXPECT_OK(Resolve(of_case, v1::CASE_OUTCOME_UPHELD));
}

TEST_F(InspectionLoopTest, PenaltyCasesAreStepsOfTheCaseEachOnce) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  const ipb::Plan plan = PlanOf(*asked);
  const ipb::Visit visit = Concluded(VisitOf(plan), today());
  ipb::PenaltyCase penalty = PenaltyOf(visit);
  Tell(plan);
  Tell(visit);
  Tell(penalty);
  v1::Case now = Now(*asked);
  ASSERT_EQ(now.inspections(0).penalties_size(), 1);
  EXPECT_EQ(now.inspections(0).penalties(0).state(), "PENALTY_STATE_PROPOSED");
  EXPECT_THAT(StepsOf(now), Not(Contains(v1::CASE_STEP_KIND_PENALTY_OPENED)));
  penalty.set_state(ipb::PENALTY_STATE_OPEN);
  *penalty.mutable_opened_on() = ToProto(today());
  Tell(penalty);
  penalty.set_state(ipb::PENALTY_STATE_DECIDED);
  *penalty.mutable_decision()->mutable_decided_on() = ToProto(today());
  Tell(penalty);
  Tell(penalty);
  now = Now(*asked);
  EXPECT_THAT(StepsOf(now), Contains(v1::CASE_STEP_KIND_PENALTY_OPENED).Times(1));
  EXPECT_THAT(StepsOf(now), Contains(v1::CASE_STEP_KIND_PENALTY_DECIDED).Times(1));
  EXPECT_EQ(now.inspections(0).penalties(0).state(), "PENALTY_STATE_DECIDED");
  // One that rests on a visit of no case is of no case.
  ipb::PenaltyCase other = PenaltyOf(VisitOf(ipb::Plan(), 6));
  other.set_name("penaltyCases/01900000-0000-7000-8000-000000000012");
  other.set_case_number("CF-500111-2026-0002");
  Tell(other);
  EXPECT_EQ(Now(*asked).etag(), now.etag());
  EXPECT_EQ(ReasonOf(Chain(other.name(), Officer("SAMR")).status()), "CASE_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Chain(other.case_number(), Officer("SAMR")).status()), "CASE_NOT_FOUND");
}

TEST_F(InspectionLoopTest, APenaltyCaseThatWasOpenedIsTheDecisionOnAReport) {
  v1::Filing filing = FeesComplaint(facility_);
  filing.mutable_matters(0)->set_kind(v1::CASE_KIND_REPORT);
  const auto asked = Ask(Assigned(filing));
  ASSERT_OK(asked);
  const ipb::Plan plan = PlanOf(*asked);
  const ipb::Visit visit = Concluded(VisitOf(plan), today());
  ipb::PenaltyCase penalty = PenaltyOf(visit);
  penalty.set_state(ipb::PENALTY_STATE_OPEN);
  *penalty.mutable_opened_on() = ToProto(CivilDay(2026, 3, 23));
  // Told of it two days late, the clock that ended on the last day of its fifteen was not late.
  GoTo(CivilDay(2026, 3, 25));
  Tell(plan);
  Tell(visit);
  Tell(penalty);
  const v1::Case now = Now(*asked);
  EXPECT_EQ(now.filing_decision(), v1::FILING_DECISION_FILED);
  EXPECT_TRUE(ClockOf(now, v1::CLOCK_STEP_DECIDE).has_done_time());
  EXPECT_FALSE(ClockOf(now, v1::CLOCK_STEP_DECIDE).late());
  EXPECT_EQ(DueOn(ClockOf(now, v1::CLOCK_STEP_TELL)), CivilDay(2026, 4, 1));
}

TEST_F(InspectionLoopTest, WhatCameOfItIsJournalledForOthersAndTakenBackWhenItIsOpenedOnceMore) {
  Replied(FeesComplaint(facility_));
  v1::RateHandlingRequest rate;
  rate.set_query_code(code_);
  rate.set_satisfaction(v1::SATISFACTION_NOT_CONTENT);
  rate.set_reopen(true);
  rate.set_reason("退费仍未到账");
  ASSERT_OK(CallOn(*intake_stub_, &v1::IntakeService::Stub::RateHandling, "", rate));
  v1::CaseResult first;
  ASSERT_TRUE(first.ParseFromString(database_.Value(
      "SELECT payload FROM journal_entry WHERE action = 'case.result' ORDER BY sequence LIMIT 1")));
  EXPECT_EQ(first.outcome(), v1::CASE_OUTCOME_UPHELD);
  EXPECT_EQ(first.facility(), facility_);
  EXPECT_TRUE(first.in_time());
  v1::CaseResult last;
  ASSERT_TRUE(last.ParseFromString(
      database_.Value("SELECT payload FROM journal_entry WHERE action = 'case.result' ORDER BY "
                      "sequence DESC LIMIT 1")));
  EXPECT_EQ(last.outcome(), v1::CASE_OUTCOME_UNSPECIFIED);
}

TEST_F(InspectionLoopTest, WhoInspectedThePlaceDoesNotHandleALaterComplaintAboutIt) {
  ipb::Inspector inspector;
  inspector.set_name("inspectors/01900000-0000-7000-8000-000000000007");
  inspector.set_account("accounts/SAMR/1");
  journal_.Append("inspector.recorded", inspector.name(), inspector);
  ipb::Visit visit = Concluded(VisitOf(ipb::Plan()), CivilDay(2026, 1, 15));
  visit.add_inspectors(inspector.name());
  Tell(visit);
  ASSERT_OK(inspections_.CatchUp());
  const auto accepted = Accept(Filed(FeesComplaint(facility_)));
  ASSERT_OK(accepted);
  EXPECT_EQ(ReasonOf(Assign(*accepted, 1).status()), "HANDLER_CONFLICT");
  ASSERT_OK(Assign(*accepted, 2));
}

TEST_F(InspectionLoopTest, AComplaintAboutTeachingIsInspectedByTheEducationCommissionWithWhoHelps) {
  const std::string kindergarten =
      Register("向阳幼儿园", "500111001", filing::v1::FACILITY_TYPE_KINDERGARTEN);
  const auto asked = Ask(Assigned(AnonymousReport(kindergarten, "TEACHING", "托班上小学课程。")));
  ASSERT_OK(asked);
  v1::InspectionAsk ask;
  ASSERT_TRUE(ask.ParseFromString(
      database_.Value("SELECT payload FROM journal_entry WHERE action = 'case.inspection_asked'")));
  EXPECT_EQ(ask.unit(), "EDU");
  EXPECT_THAT(ask.assists(), ElementsAre("DHC"));
  // The inspection service makes a plan of both, whose visit comes back to the case.
  ipb::Plan plan = PlanOf(*asked);
  plan.add_units()->set_unit("EDU");
  plan.add_units()->set_unit("DHC");
  plan.set_state(ipb::PLAN_STATE_APPROVED);
  Tell(plan);
  ipb::Visit visit = Concluded(VisitOf(plan), today());
  visit.set_facility(kindergarten);
  Tell(visit);
  const v1::Case concluded = Now(*asked);
  EXPECT_EQ(concluded.state(), v1::CASE_STATE_ASSIGNED);
  EXPECT_EQ(concluded.inspections(0).open_findings(), 1);
  EXPECT_OK(Resolve(concluded, v1::CASE_OUTCOME_UPHELD));
}

TEST_F(InspectionLoopTest, APlanThatIsRefusedForItsPlaceSaysWhoseItIs) {
  const auto asked = Ask(Assigned(FeesComplaint(facility_)));
  ASSERT_OK(asked);
  ipb::Plan plan = PlanOf(*asked);
  plan.set_state(ipb::PLAN_STATE_REJECTED);
  plan.add_approvals()->set_reason("该机构不是幼儿园托班，请由区卫生健康委核查");
  Tell(plan);
  const v1::Case ended = Now(*asked);
  EXPECT_EQ(ended.state(), v1::CASE_STATE_ASSIGNED);
  EXPECT_EQ(ended.inspections(0).end_reason(), "该机构不是幼儿园托班，请由区卫生健康委核查");
}

TEST_F(InspectionLoopTest, WhatCannotBeInspectedIsRefused) {
  v1::Filing filing = AnonymousReport("", "UNFILED", "居民楼里办托，没有牌子。");
  filing.mutable_place()->set_address("演练路2号底楼");
  filing.mutable_place()->set_division_code("500111001");
  EXPECT_EQ(ReasonOf(Ask(Assigned(filing)).status()), "PLACE_NOT_FILED");
  EXPECT_EQ(ReasonOf(Ask(Filed(FeesComplaint(facility_))).status()), "WRONG_STATE");
  EXPECT_THAT(Actions(), Not(Contains("case.inspection_asked")));
  // An emergency goes before the approval.
  const auto urgent = Ask(Assigned(AnonymousReport(facility_, "INJURY", "孩子从滑梯上摔下受伤。")));
  ASSERT_OK(urgent);
  v1::InspectionAsk ask;
  ASSERT_TRUE(ask.ParseFromString(
      database_.Value("SELECT payload FROM journal_entry WHERE action = 'case.inspection_asked'")));
  EXPECT_TRUE(ask.urgent());
}

}  // namespace
}  // namespace tuoyu::complaint
