#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "common/base/civil.h"
#include "services/inspection/inspection_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Reasons(const absl::Status& status) {
  std::vector<std::string> reasons;
  for (const auto& each : rpc::ViolationsOf(status)) reasons.push_back(each.reason());
  return reasons;
}

class VisitTest : public InspectionFixture {
 protected:
  void SetUp() override {
    RecordInspectors({"DHC", "FIRE"});
    facility_ = Register("向日葵");
  }
  absl::StatusOr<v1::Visit> Publish(const v1::Visit& visit) const {
    v1::PublishVisitRequest request;
    request.set_name(visit.name());
    return Call(&Stub::PublishVisit, Officer("DHC"), request);
  }
  absl::StatusOr<v1::Visit> Cancel(const v1::Visit& visit, const std::string& head) const {
    v1::CancelVisitRequest request;
    request.set_name(visit.name());
    request.set_reason("重复安排");
    return Call(&Stub::CancelVisit, head, request);
  }

  std::string facility_;
};

TEST_F(VisitTest, ACaseGoesFromNoticeToItsCloseAndPublication) {
  v1::Visit visit = Opened(facility_);
  EXPECT_EQ(visit.exemption(), v1::CAP_EXEMPTION_COMPLAINT);
  v1::NotifyVisitRequest notify;
  notify.set_name(visit.name());
  ASSERT_OK(Call(&Stub::NotifyVisit, Officer("DHC"), notify));
  EXPECT_OK(Get(visit.name(), Principal(facility_)));
  visit = Recorded(visit);
  EXPECT_EQ(visit.state(), v1::VISIT_STATE_RECORDED);
  EXPECT_EQ(FormatDay(*FromProto(visit.visited_on())), "2026-03-02");
  EXPECT_EQ(ReasonOf(Publish(visit).status()), "WRONG_STATE");
  const auto concluded = Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->state(), v1::VISIT_STATE_CLOSED);
  // 20 working days from 2 March 2026, a day off in between (清明 is later).
  EXPECT_EQ(FormatDay(*FromProto(concluded->publish_deadline().due_date())), "2026-03-30");
  EXPECT_EQ(ReasonOf(Get(visit.name(), "").status()), "VISIT_NOT_FOUND");
  ASSERT_OK(Publish(visit));
  const auto seen = Get(visit.name(), "");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->outcome(), v1::VISIT_OUTCOME_NO_PROBLEM);
  EXPECT_THAT(Actions(), Contains("visit.published"));
}

TEST_F(VisitTest, ThePublicSeesAnAllowListOfFields) {
  v1::Visit visit = WithFindings(facility_, {"B02"});
  ASSERT_OK(Publish(visit));
  const auto seen = Get(visit.name(), "");
  ASSERT_OK(seen);
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  seen->GetReflection()->ListFields(*seen, &fields);
  std::vector<std::string> names;
  for (const auto* field : fields) names.push_back(std::string(field->name()));
  EXPECT_THAT(names, ::testing::UnorderedElementsAre(
                         "name", "kind", "facility", "facility_name", "division_code", "units",
                         "checklist_version", "state", "visited_on", "items", "outcome",
                         "outcome_text", "concluded_on", "findings", "published_on"));
  fields.clear();
  const v1::Finding& finding = seen->findings(0);
  finding.GetReflection()->ListFields(finding, &fields);
  names.clear();
  for (const auto* field : fields) names.push_back(std::string(field->name()));
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("name", "item", "unit", "key", "requirement",
                                                     "due_date", "state", "facility",
                                                     "facility_name", "division_code", "found_on"));
  for (const v1::ItemResult& item : seen->items()) EXPECT_THAT(item.note(), IsEmpty());
}

TEST_F(VisitTest, AWithdrawnPublicationIsGoneAtOnce) {
  const auto concluded = Conclude(Recorded(Opened(facility_)), v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  ASSERT_OK(Publish(*concluded));
  v1::WithdrawPublicationRequest withdraw;
  withdraw.set_name(concluded->name());
  withdraw.set_reason("结果已更正");
  ASSERT_OK(Call(&Stub::WithdrawPublication, Head("DHC"), withdraw));
  EXPECT_EQ(ReasonOf(Get(concluded->name(), "").status()), "VISIT_NOT_FOUND");
  EXPECT_EQ(Get(concluded->name(), Officer("DHC"))->withdraw_reason(), "结果已更正");
}

TEST_F(VisitTest, AnOutcomeIsBorneByTheRecord) {
  const v1::Visit visit = Recorded(Opened(facility_), {"B01", "A04"});
  EXPECT_THAT(Reasons(Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM).status()),
              Contains("OUTCOME_NOT_BORNE"));
  const auto refused = Conclude(visit, v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"B01", "C02"});
  EXPECT_THAT(Reasons(refused.status()),
              ::testing::UnorderedElementsAre("PHOTO_NEEDED", "ORDER_UNFOUNDED", "ORDER_MISSING"));
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->state(), v1::VISIT_STATE_RECORDED);
}

TEST_F(VisitTest, AllKeyItemsAreLookedAt) {
  v1::Visit visit = Opened(facility_);
  ASSERT_OK(Send(visit, {Arrival(visit), Item("B01", v1::ITEM_VERDICT_PASS), Close()}));
  const auto refused = Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_THAT(Reasons(refused.status()), ElementsAre("KEY_ITEM_MISSING"));
  EXPECT_THAT(rpc::ViolationsOf(refused.status())[0].message_en(), ::testing::HasSubstr("B02"));
}

TEST_F(VisitTest, ClosedDoorsRefusalsAndMovesAreOutcomesOfTheirOwn) {
  v1::Visit visit = Opened(facility_);
  v1::RecordPart close = Close(v1::RECORD_SIGNING_ABSENT);
  close.mutable_close()->set_obstacle(v1::VISIT_OUTCOME_UNREACHABLE);
  ASSERT_OK(Send(visit, {Arrival(visit), close}));
  EXPECT_THAT(Reasons(Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM).status()),
              ElementsAre("OUTCOME_NOT_BORNE"));
  const auto concluded = Conclude(visit, v1::VISIT_OUTCOME_UNREACHABLE);
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->state(), v1::VISIT_STATE_CLOSED);
  // Refusal to sign is no obstacle: it is noted and the visit goes on.
  visit = Opened(facility_);
  std::vector<v1::RecordPart> parts = {Arrival(visit)};
  close = Close(v1::RECORD_SIGNING_REFUSED);
  close.mutable_close()->clear_statement();
  parts.push_back(close);
  EXPECT_THAT(Reasons(Send(visit, parts).status()), ElementsAre("FIELD_MISSING"));
}

TEST_F(VisitTest, TwoCertifiedInspectorsWhoAreNotRecusedGo) {
  const v1::Plan plan = Approved(Case("DHC", facility_));
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  auto inspectors =
      *CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  v1::OpenVisitRequest request;
  request.set_plan(plan.name());
  request.add_inspectors(inspectors.inspectors(0).name());
  EXPECT_THAT(Reasons(Call(&Stub::OpenVisit, Officer("DHC"), request).status()),
              ElementsAre("TOO_FEW_INSPECTORS"));
  request.add_inspectors(inspectors.inspectors(1).name());
  v1::DeclareRecusalRequest recuse;
  recuse.set_inspector(inspectors.inspectors(1).name());
  recuse.mutable_recusal()->set_facility(facility_);
  recuse.mutable_recusal()->set_reason(v1::RECUSAL_REASON_INTEREST);
  ASSERT_OK(
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::DeclareRecusal, Head("DHC"), recuse));
  EXPECT_THAT(Reasons(Call(&Stub::OpenVisit, Officer("DHC"), request).status()),
              ElementsAre("RECUSED"));
  EXPECT_EQ(ReasonOf(Call(&Stub::OpenVisit, Officer("FIRE"), request).status()),
            "PLAN_OF_OTHER_UNIT");
}

TEST_F(VisitTest, AnUrgentCaseGoesBeforeItsApprovalAndIsConcludedAfterIt) {
  v1::Plan plan = Case("DHC", facility_);
  auto submitted = Submit(plan);
  ASSERT_OK(submitted);
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  const auto inspectors =
      *CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  v1::OpenVisitRequest request;
  for (const auto& each : inspectors.inspectors()) request.add_inspectors(each.name());
  request.set_plan(submitted->name());
  EXPECT_EQ(ReasonOf(Call(&Stub::OpenVisit, Officer("DHC"), request).status()),
            "PLAN_NOT_APPROVED");
  plan.set_urgent(true);
  submitted = Submit(plan);
  request.set_plan(submitted->name());
  request.set_visit_id("01900000-0000-7000-8000-0000000000ff");
  auto visit = Call(&Stub::OpenVisit, Officer("DHC"), request);
  ASSERT_OK(visit);
  EXPECT_EQ(visit->name(), "visits/01900000-0000-7000-8000-0000000000ff");
  EXPECT_EQ(ReasonOf(Call(&Stub::OpenVisit, Officer("DHC"), request).status()), "VISIT_EXISTS");
  *visit = Recorded(*visit);
  EXPECT_EQ(ReasonOf(Conclude(*visit, v1::VISIT_OUTCOME_NO_PROBLEM).status()), "PLAN_NOT_APPROVED");
  ASSERT_OK(Decide(*submitted, "DHC"));
  EXPECT_OK(Conclude(*visit, v1::VISIT_OUTCOME_NO_PROBLEM));
}

TEST_F(VisitTest, OnlyItsInspectorsWithAValidCertificateRecordIt) {
  v1::Visit visit = Opened(facility_);
  v1::RecordVisitRequest request;
  request.set_name(visit.name());
  *request.mutable_device_now() = ToProto(clock_.Now());
  *request.add_parts() = Arrival(visit);
  EXPECT_EQ(ReasonOf(Call(&Stub::RecordVisit, Officer("DHC", 3), request).status()),
            "NOT_ON_VISIT");
  EXPECT_EQ(ReasonOf(Call(&Stub::RecordVisit, Officer("FIRE"), request).status()), "NOT_ON_VISIT");
  // The certificate was lost after the visit was planned.
  v1::ListInspectorsRequest list;
  list.set_unit("DHC");
  const auto inspectors =
      *CallOn(*inspector_stub_, &v1::InspectorService::Stub::ListInspectors, Officer("DHC"), list);
  v1::UpdateInspectorRequest update;
  *update.mutable_inspector() = inspectors.inspectors(1);
  *update.mutable_inspector()->mutable_certified_until() = ToProto(today() - 1);
  ASSERT_OK(
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::UpdateInspector, Head("DHC"), update));
  EXPECT_THAT(Reasons(Call(&Stub::RecordVisit, Officer("DHC", 1), request).status()),
              ElementsAre("NOT_CERTIFIED"));
  EXPECT_EQ(ReasonOf(Call(&Stub::RecordVisit, Officer("DHC", 2), request).status()),
            "INSPECTOR_NOT_CERTIFIED");
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->state(), v1::VISIT_STATE_PLANNED);
}

TEST_F(VisitTest, AFacilityCancelledMidVisitIsFinishedAllTheSame) {
  const v1::Visit visit = Opened(facility_);
  ASSERT_OK(Send(visit, {Arrival(visit)}));
  registry_.Change(facility_, filing::v1::FACILITY_STATE_CANCELLED, today());
  CatchUp();
  const auto concluded =
      Conclude(Recorded(visit, {"B01"}), v1::VISIT_OUTCOME_CORRECTION_ORDERED, {"B01"});
  ASSERT_OK(concluded);
  EXPECT_EQ(concluded->state(), v1::VISIT_STATE_RECTIFYING);
}

TEST_F(VisitTest, AVisitThatHasNotBegunIsCancelledByTheHeadOfItsUnit) {
  const v1::Visit visit = Opened(facility_);
  EXPECT_EQ(ReasonOf(Cancel(visit, Head("FIRE")).status()), "NOT_ON_VISIT");
  EXPECT_EQ(Cancel(visit, Head("DHC"))->state(), v1::VISIT_STATE_CANCELLED);
  EXPECT_EQ(ReasonOf(Send(visit, {Arrival(visit)}).status()), "WRONG_STATE");
  const v1::Visit begun = Opened(facility_);
  ASSERT_OK(Send(begun, {Arrival(begun)}));
  EXPECT_EQ(ReasonOf(Cancel(begun, Head("DHC")).status()), "WRONG_STATE");
}

TEST_F(VisitTest, TheFacilityRatesItsInspectionOnce) {
  const v1::Visit visit = Opened(facility_);
  v1::RateVisitRequest rate;
  rate.set_name(visit.name());
  rate.set_rating(4);
  rate.set_text("文明规范");
  EXPECT_EQ(ReasonOf(Call(&Stub::RateVisit, Principal(facility_), rate).status()),
            "VISIT_NOT_FOUND");
  Recorded(visit);
  EXPECT_EQ(ReasonOf(Call(&Stub::RateVisit, Principal(Register("别园")), rate).status()),
            "VISIT_NOT_FOUND");
  ASSERT_OK(Call(&Stub::RateVisit, Principal(facility_), rate));
  EXPECT_EQ(ReasonOf(Call(&Stub::RateVisit, Principal(facility_), rate).status()), "WRONG_STATE");
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->rating(), 4);
}

TEST_F(VisitTest, TheSamePartsSentAtOnceByTwoThreadsAreOneRecord) {
  const v1::Visit visit = Opened(facility_);
  const std::vector<v1::RecordPart> parts = {Arrival(visit), Item("B01", v1::ITEM_VERDICT_PASS)};
  std::vector<std::thread> threads;
  std::vector<absl::Status> statuses(4);
  for (absl::Status& status : statuses) {
    threads.emplace_back([&] { status = Send(visit, parts).status(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const absl::Status& status : statuses) EXPECT_OK(status);
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM record_part"), "2");
  const auto actions = Actions();
  EXPECT_EQ(std::count(actions.begin(), actions.end(), "visit.recorded"), 1);
}

}  // namespace
}  // namespace tuoyu::inspection
