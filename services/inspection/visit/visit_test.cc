#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <thread>

#include "absl/time/clock.h"
#include "absl/types/optional.h"
#include "common/base/civil.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/plan/plan_acts.h"

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

  // Enters inspector `index` of the library of DHC anew, changed.
  void Update(size_t index, const std::function<void(v1::Inspector&)>& change) const {
    v1::UpdateInspectorRequest update;
    *update.mutable_inspector() = Library("DHC")[index];
    change(*update.mutable_inspector());
    ASSERT_OK(CallOn(*inspector_stub_, &v1::InspectorService::Stub::UpdateInspector, Head("DHC"),
                     update));
  }
  void CertifyUntil(size_t index, absl::CivilDay until) const {
    Update(index, [&](v1::Inspector& each) { *each.mutable_certified_until() = ToProto(until); });
  }
  absl::StatusOr<v1::Visit> Ask(const v1::Visit& visit, const std::string& from,
                                const std::string& to, const std::string& token) const {
    v1::AskReplacementRequest request;
    request.set_name(visit.name());
    request.set_from_inspector(from);
    request.set_to_inspector(to);
    request.set_reason("外出培训");
    return Call(&Stub::AskReplacement, token, request);
  }
  absl::StatusOr<v1::Visit> Consent(const v1::Visit& visit, bool consent,
                                    const std::string& token) const {
    v1::DecideReplacementRequest request;
    request.set_name(visit.name());
    request.set_etag(visit.etag());
    request.set_consent(consent);
    if (!consent) request.set_reason("人手足够");
    return Call(&Stub::DecideReplacement, token, request);
  }
  std::string TokenOfDhc(common::v1::Role role, const std::string& account) const {
    return TokenOf(role, account, {"500111"}, "", absl::Hours(24 * 3650), "DHC");
  }

  std::string facility_;
  // The service started anew, of a test that does.
  absl::optional<VisitService> restarted_;
};

TEST_F(VisitTest, ACaseGoesFromNoticeToItsCloseAndPublication) {
  v1::Visit visit = Opened(facility_);
  EXPECT_EQ(visit.exemption(), v1::CAP_EXEMPTION_CLUE);
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

TEST_F(VisitTest, WhatAVisitIsFoundByIsWrittenWhenItChangesAndNotElse) {
  const v1::Visit visit = Opened(facility_);
  const auto rows = [&](const std::string& table) {
    return database_.Value("SELECT COUNT(*) FROM " + table);
  };
  EXPECT_EQ(rows("visit_inspector"), "2");
  database_.Run("DELETE FROM visit_inspector");  // written again, they would be back
  v1::NotifyVisitRequest notify;
  notify.set_name(visit.name());
  ASSERT_OK(Call(&Stub::NotifyVisit, Officer("DHC"), notify));
  EXPECT_EQ(rows("visit_inspector"), "0");
  ASSERT_OK(Send(visit, {Arrival(visit), Item("B01", v1::ITEM_VERDICT_FAIL)}));
  EXPECT_EQ(rows("visit_inspector"), "2");
  EXPECT_EQ(rows("visit_item"), "1");
  clock_.Advance(absl::Minutes(1));
  ASSERT_OK(Send(visit, {Item("B01", v1::ITEM_VERDICT_PASS)}));
  EXPECT_EQ(rows("visit_item"), "0");
}

// The arrangement of 2027 is not out: no day is guessed, and it is told once the table is there.
TEST_F(VisitTest, ADeadlineTheHolidayTableDoesNotReachIsToldOnceItDoes) {
  GoTo(CivilDay(2026, 12, 21));
  const auto concluded = Conclude(Recorded(Opened(facility_)), v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  EXPECT_TRUE(concluded->publish_deadline().uncovered());
  EXPECT_FALSE(concluded->publish_deadline().has_due_date());
  v1::ListVisitsRequest list;
  list.set_awaits_publication(true);
  const auto listed = [&] { return Call(&Stub::ListVisits, Officer("DHC"), list)->visits(0); };
  EXPECT_TRUE(listed().publish_deadline().uncovered()) << "and in the worklist all the same";
  // A year of the test's own, which a service that is started anew reads.
  TearDown();
  calendar_ = *calendar::WorkingDays::Create(CivilDay(2026, 1, 1), CivilDay(2027, 12, 31),
                                             {{CivilDay(2027, 1, 1), false}});
  restarted_.emplace(door_, writes_, deps_);
  Serve({{&*restarted_, restarted_->loops()}});
  EXPECT_EQ(FormatDay(*FromProto(listed().publish_deadline().due_date())), "2027-01-19");
  EXPECT_FALSE(Get(concluded->name(), Officer("DHC"))->publish_deadline().uncovered());
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
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("name", "kind", "facility", "facility_name",
                                                     "division_code", "units", "checklist_version",
                                                     "state", "visited_on", "items", "outcome",
                                                     "outcome_text", "concluded_on", "findings",
                                                     "published_on", "publications"));
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
  EXPECT_EQ(Get(concluded->name(), Officer("DHC"))->withdraw_reason(), "结果已更正");
  // That it was taken off, when and why, is public; the result is not.
  const auto seen = Get(concluded->name(), "");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->outcome(), v1::VISIT_OUTCOME_UNSPECIFIED);
  EXPECT_EQ(seen->facility_name(), "向日葵");
  EXPECT_THAT(seen->items(), IsEmpty());
  ASSERT_EQ(seen->publications_size(), 2);
  EXPECT_EQ(seen->publications(1).act(), v1::PUBLICATION_ACT_WITHDRAWN);
  EXPECT_EQ(seen->publications(1).reason(), "结果已更正");
  EXPECT_THAT(seen->publications(1).actor(), IsEmpty());
}

TEST_F(VisitTest, WhatTheHeadTookOffTheHeadAlonePublishesAgain) {
  const auto concluded = Conclude(Recorded(Opened(facility_)), v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  ASSERT_OK(Publish(*concluded));
  v1::WithdrawPublicationRequest withdraw;
  withdraw.set_name(concluded->name());
  withdraw.set_reason("结果待核");
  GoTo(today() + 1);
  ASSERT_OK(Call(&Stub::WithdrawPublication, Head("DHC"), withdraw));
  v1::PublishVisitRequest again;
  again.set_name(concluded->name());
  EXPECT_EQ(ReasonOf(Call(&Stub::PublishVisit, Officer("DHC"), again).status()), "HEAD_NEEDED");
  EXPECT_EQ(ReasonOf(Call(&Stub::PublishVisit, Head("DHC"), again).status()), "FORM_INVALID");
  again.set_reason("核实无误");
  GoTo(today() + 1);
  ASSERT_OK(Call(&Stub::PublishVisit, Head("DHC"), again));
  const auto seen = Get(concluded->name(), "");
  ASSERT_OK(seen);
  EXPECT_EQ(seen->outcome(), v1::VISIT_OUTCOME_NO_PROBLEM);
  std::vector<std::string> history;
  for (const v1::Publication& each : seen->publications()) {
    history.push_back(FormatDay(*FromProto(each.day())) + " " +
                      v1::PublicationAct_Name(each.act()) + " " + each.reason());
  }
  EXPECT_THAT(history, ElementsAre("2026-03-02 PUBLICATION_ACT_PUBLISHED ",
                                   "2026-03-03 PUBLICATION_ACT_WITHDRAWN 结果待核",
                                   "2026-03-04 PUBLICATION_ACT_PUBLISHED_AGAIN 核实无误"));
}

// Whoever was recused from the facility is recused from the one that continues it.
TEST_F(VisitTest, ARecusalHoldsForTheFacilityThatContinuesIt) {
  v1::DeclareRecusalRequest recuse;
  recuse.set_inspector(Library("DHC")[1].name());
  recuse.mutable_recusal()->set_facility(facility_);
  recuse.mutable_recusal()->set_reason(v1::RECUSAL_REASON_INTEREST);
  ASSERT_OK(
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::DeclareRecusal, Head("DHC"), recuse));
  const std::string successor = Register("向日葵（新址）");
  v1::OpenVisitRequest request;
  request.set_plan(Approved(Case("DHC", successor)).name());
  for (const v1::Inspector& each : Library("DHC")) request.add_inspectors(each.name());
  const auto before = Call(&Stub::OpenVisit, Officer("DHC"), request);
  ASSERT_OK(before);
  registry_.Link(successor, facility_);
  CatchUp();
  // Who arrived is judged by it, too, and nobody names such a one again.
  const auto arrived = Send(*before, {Arrival(*before)});
  ASSERT_OK(arrived);
  ASSERT_EQ(arrived->record_faults_size(), 1);
  EXPECT_EQ(arrived->record_faults(0).reason(), "RECUSED");
  request.set_plan(Approved(Case("DHC", successor)).name());
  EXPECT_THAT(Reasons(Call(&Stub::OpenVisit, Officer("DHC"), request).status()),
              ElementsAre("RECUSED"));
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
  plan.mutable_oral_consent()->set_consented_by("演练主任");
  *plan.mutable_oral_consent()->mutable_consent_time() = ToProto(clock_.Now() - absl::Hours(1));
  submitted = Submit(plan);
  ASSERT_OK(submitted);
  EXPECT_EQ(FormatDay(*FromProto(submitted->approval_deadline().due_date())), "2026-03-04");
  request.set_plan(submitted->name());
  request.set_visit_id("01900000-0000-7000-8000-0000000000ff");
  auto visit = Call(&Stub::OpenVisit, Officer("DHC"), request);
  ASSERT_OK(visit);
  EXPECT_EQ(visit->name(), "visits/01900000-0000-7000-8000-0000000000ff");
  EXPECT_EQ(ReasonOf(Call(&Stub::OpenVisit, Officer("DHC"), request).status()), "VISIT_EXISTS");
  *visit = Recorded(*visit);
  EXPECT_EQ(ReasonOf(Conclude(*visit, v1::VISIT_OUTCOME_NO_PROBLEM).status()), "PLAN_NOT_APPROVED");
  // The approval that does not follow in two working days is told of, once.
  const auto tell = [&] {
    return *TellOverdueApprovals(writes_, deps_, clock_, absl::Now() + absl::Seconds(10), 50);
  };
  GoTo(CivilDay(2026, 3, 4));
  EXPECT_EQ(tell(), 0);
  GoTo(CivilDay(2026, 3, 5));
  EXPECT_EQ(tell(), 1);
  EXPECT_EQ(tell(), 0);
  EXPECT_EQ(Actions().back(), "plan.approval_overdue");
  v1::GetPlanRequest get;
  get.set_name(submitted->name());
  const auto overdue = CallOn(*plan_stub_, &v1::PlanService::Stub::GetPlan, Officer("DHC"), get);
  ASSERT_OK(overdue);
  const auto decided = Decide(*overdue, "DHC");
  ASSERT_OK(decided);
  EXPECT_EQ(*FromProto(decided->approval_deadline().done_date()), today());
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
  const auto arrived = Call(&Stub::RecordVisit, Officer("DHC", 1), request);
  ASSERT_OK(arrived);
  ASSERT_EQ(arrived->record_faults_size(), 1);
  EXPECT_EQ(arrived->record_faults(0).reason(), "NOT_CERTIFIED");
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

TEST_F(VisitTest, AnInspectorOfACaseIsReplacedByTwoPersonsWithTheReason) {
  const std::string third = Inspector("DHC", 3).name();
  const v1::Visit visit = Opened(facility_);
  const std::string& from = visit.inspectors(1);
  EXPECT_THAT(Reasons(Ask(visit, third, from, Officer("DHC")).status()),
              ElementsAre("NOT_ON_VISIT", "NOT_ELIGIBLE"));
  auto asked = Ask(visit, from, third, Officer("DHC", 5));
  ASSERT_OK(asked);
  EXPECT_EQ(ReasonOf(Ask(visit, from, third, Officer("DHC", 5)).status()), "WRONG_STATE");
  EXPECT_THAT(asked->inspectors(), ElementsAre(visit.inspectors(0), from));
  const std::string head = "accounts/DHC/5";  // who asked, with another role
  EXPECT_EQ(
      ReasonOf(Consent(*asked, true, TokenOfDhc(common::v1::ROLE_DEPARTMENT_HEAD, head)).status()),
      "FOUR_EYES");
  EXPECT_EQ(
      ReasonOf(Consent(*asked, true, TokenOfDhc(common::v1::ROLE_DHC_APPROVER, "accounts/DHC/3"))
                   .status()),
      "FOUR_EYES")
      << "who is to go";
  EXPECT_EQ(ReasonOf(Consent(*asked, true, Officer("DHC", 6)).status()), "ROLE_NOT_ALLOWED");
  const auto refused = Consent(*asked, false, Head("DHC"));
  ASSERT_OK(refused);
  EXPECT_EQ(refused->replacements(0).refuse_reason(), "人手足够");
  asked = Ask(*refused, from, third, Officer("DHC", 5));
  ASSERT_OK(asked);
  const auto replaced =
      Consent(*asked, true, TokenOfDhc(common::v1::ROLE_DHC_APPROVER, "accounts/approver"));
  ASSERT_OK(replaced);
  EXPECT_THAT(replaced->inspectors(), ElementsAre(visit.inspectors(0), third));
  EXPECT_EQ(replaced->replacements(1).reason(), "外出培训");
  EXPECT_EQ(replaced->replacements(1).decided_by(), "accounts/approver");
  EXPECT_THAT(Actions(), Contains("visit.inspector_replaced"));
  EXPECT_EQ(ReasonOf(Get(visit.name(), Principal(facility_)).status()), "VISIT_NOT_FOUND");
  ASSERT_OK(Send(*replaced, {Arrival(*replaced)}));
  EXPECT_THAT(Get(visit.name(), Principal(facility_))->replacements(), IsEmpty());
  EXPECT_EQ(ReasonOf(Ask(*replaced, third, from, Officer("DHC", 5)).status()), "WRONG_STATE");
}

TEST_F(VisitTest, NobodyComesInsteadWhoIsRecusedOrLostTheCertificateMeanwhile) {
  const std::string third = Inspector("DHC", 3).name();
  const v1::Visit visit = Opened(facility_);
  const auto asked = Ask(visit, visit.inspectors(1), third, Officer("DHC", 5));
  ASSERT_OK(asked);
  v1::DeclareRecusalRequest recuse;
  recuse.set_inspector(third);
  recuse.mutable_recusal()->set_facility(facility_);
  recuse.mutable_recusal()->set_reason(v1::RECUSAL_REASON_INTEREST);
  ASSERT_OK(
      CallOn(*inspector_stub_, &v1::InspectorService::Stub::DeclareRecusal, Head("DHC"), recuse));
  EXPECT_THAT(Reasons(Consent(*asked, true, Head("DHC")).status()), ElementsAre("RECUSED"));
  CertifyUntil(2, today() - 1);
  EXPECT_THAT(Reasons(Consent(*asked, true, Head("DHC")).status()), ElementsAre("NOT_CERTIFIED"));
  EXPECT_THAT(Get(visit.name(), Officer("DHC"))->inspectors(),
              ElementsAre(visit.inspectors(0), visit.inspectors(1)));
}

// Of two who arrived one loses the certificate before the record ends: it takes two.
TEST_F(VisitTest, ARecordEndsWithTwoValidCertificates) {
  const v1::Visit visit = Opened(facility_);
  CertifyUntil(1, today());
  ASSERT_OK(Send(visit, {Arrival(visit), Item("B01", v1::ITEM_VERDICT_PASS)}));
  GoTo(today() + 1);
  const auto ended = Send(visit, {Close()});
  ASSERT_OK(ended);
  ASSERT_EQ(ended->record_faults_size(), 1);
  EXPECT_EQ(ended->record_faults(0).reason(), "NOT_CERTIFIED");
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->state(), v1::VISIT_STATE_ON_SITE);
  CertifyUntil(1, today() + 1);
  EXPECT_OK(Send(visit, {Close()}));
}

TEST_F(VisitTest, AResultIsSignedByThoseStillCertifiedOrRefusedWithoutTwo) {
  v1::Visit visit = Recorded(Opened(facility_));
  CertifyUntil(1, today());
  GoTo(today() + 1);
  EXPECT_THAT(Reasons(Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM).status()),
              ElementsAre("NOT_CERTIFIED"));
  EXPECT_EQ(Get(visit.name(), Officer("DHC"))->state(), v1::VISIT_STATE_RECORDED);
  // It is given up and done anew; with the certificate renewed it could have been signed.
  EXPECT_EQ(Cancel(visit, Head("DHC"))->state(), v1::VISIT_STATE_CANCELLED);
  CertifyUntil(1, today() + 100);
  visit = Recorded(Opened(facility_));
  const auto concluded = Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  EXPECT_THAT(concluded->signed_by(), ElementsAre(visit.inspectors(0), visit.inspectors(1)));
  EXPECT_EQ(ReasonOf(Cancel(*concluded, Head("DHC")).status()), "WRONG_STATE");
}

TEST_F(VisitTest, OfThreeWhoArrivedTheTwoWhoAreLeftSign) {
  Inspector("DHC", 3);
  v1::Plan plan = Case("DHC", facility_);
  plan.mutable_units(0)->set_inspectors(3);
  plan = Approved(plan);
  v1::OpenVisitRequest request;
  request.set_plan(plan.name());
  for (const v1::Inspector& each : Library("DHC")) request.add_inspectors(each.name());
  const auto opened = Call(&Stub::OpenVisit, Officer("DHC"), request);
  ASSERT_OK(opened);
  const v1::Visit visit = Recorded(*opened);
  CertifyUntil(2, today());
  GoTo(today() + 1);
  const auto concluded = Conclude(visit, v1::VISIT_OUTCOME_NO_PROBLEM);
  ASSERT_OK(concluded);
  EXPECT_THAT(concluded->signed_by(), ElementsAre(visit.inspectors(0), visit.inspectors(1)));
}

// What a device sends late is judged by who could inspect then, not by who can now.
TEST_F(VisitTest, ASuspensionThatIsOverStillCountsForItsTime) {
  const v1::Visit visit = Opened(facility_);
  const auto suspend = [&](bool suspended) {
    Update(1, [&](v1::Inspector& each) {
      each.set_suspended(suspended);
      each.set_suspension_reason(suspended ? "接受调查" : "");
    });
  };
  suspend(true);
  clock_.Advance(absl::Hours(1));
  const v1::RecordPart meanwhile = Arrival(visit);
  clock_.Advance(absl::Hours(1));
  suspend(false);
  EXPECT_EQ(Library("DHC")[1].suspensions(0).reason(), "接受调查");
  const auto then = Send(visit, {meanwhile});
  ASSERT_OK(then);
  EXPECT_EQ(then->state(), v1::VISIT_STATE_PLANNED);
  ASSERT_EQ(then->record_faults_size(), 1);
  EXPECT_EQ(then->record_faults(0).reason(), "NOT_CERTIFIED");
  EXPECT_EQ(Send(visit, {Arrival(visit)})->state(), v1::VISIT_STATE_ON_SITE);
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
