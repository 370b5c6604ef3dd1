#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/rpc/access_matrix.h"
#include "services/inspection/inspection_fixture.h"
#include "services/inspection/inspector/inspector_rules.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Inspectors = v1::InspectorService::Stub;

class InspectorTest : public InspectionFixture {
 protected:
  absl::StatusOr<v1::Inspector> Update(const v1::Inspector& inspector,
                                       const std::string& token) const {
    v1::UpdateInspectorRequest request;
    *request.mutable_inspector() = inspector;
    return CallOn(*inspector_stub_, &Inspectors::UpdateInspector, token, request);
  }
  absl::StatusOr<v1::Inspector> Recuse(const v1::Inspector& inspector, const std::string& facility,
                                       const std::string& token) const {
    v1::DeclareRecusalRequest request;
    request.set_inspector(inspector.name());
    request.mutable_recusal()->set_facility(facility);
    request.mutable_recusal()->set_reason(v1::RECUSAL_REASON_RELATIVE);
    request.mutable_recusal()->set_note("演练亲属");
    return CallOn(*inspector_stub_, &Inspectors::DeclareRecusal, token, request);
  }
  v1::ListInspectorsResponse List(const v1::ListInspectorsRequest& request,
                                  const std::string& token) const {
    return *CallOn(*inspector_stub_, &Inspectors::ListInspectors, token, request);
  }
};

TEST_F(InspectorTest, AUnitKeepsItsOwnLibraryAndNobodyElsesNamesAreTold) {
  const v1::Inspector fire = Inspector("FIRE", 1);
  EXPECT_EQ(fire.person_name(), "演练执法员");
  Inspector("DHC", 1);
  const auto seen = List({}, Officer("FIRE"));
  ASSERT_EQ(seen.inspectors_size(), 2);
  EXPECT_EQ(seen.inspectors(0).certificate_number(), "CQ500111FIRE1001");
  EXPECT_EQ(seen.inspectors(1).unit(), "DHC");
  EXPECT_THAT(seen.inspectors(1).person_name(), IsEmpty());
  EXPECT_THAT(seen.inspectors(1).certificate_number(), IsEmpty());
  EXPECT_EQ(ReasonOf(Update(fire, Head("DHC")).status()), "INSPECTOR_NOT_FOUND");
  // Stored and journalled without the name.
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM inspector WHERE message LIKE '%演练%'"), "0");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM journal_entry WHERE payload LIKE '%演练%'"), "0");
  EXPECT_THAT(Actions(), ElementsAre("inspector.recorded", "inspector.recorded"));
}

TEST_F(InspectorTest, AnAccountHasOneEntryAndAStrangersOrganisationNone) {
  v1::RecordInspectorRequest request;
  *request.mutable_inspector() = Inspector("DHC", 1);
  EXPECT_EQ(
      ReasonOf(
          CallOn(*inspector_stub_, &Inspectors::RecordInspector, Head("DHC"), request).status()),
      "INSPECTOR_EXISTS");
  EXPECT_EQ(
      ReasonOf(CallOn(*inspector_stub_, &Inspectors::RecordInspector, Head("ELSEWHERE"), request)
                   .status()),
      "NOT_A_UNIT");
  request.mutable_inspector()->clear_person_name();
  request.mutable_inspector()->set_certificate_number("证 1");
  const auto refused = CallOn(*inspector_stub_, &Inspectors::RecordInspector, Head("DHC"), request);
  EXPECT_EQ(rpc::ViolationsOf(refused.status()).size(), 2);
}

TEST_F(InspectorTest, ARenewedCertificateAndASuspensionAreSeenOnTheDay) {
  v1::Inspector inspector = Inspector("DHC", 1, CivilDay(2026, 3, 31));
  v1::ListInspectorsRequest able;
  *able.mutable_able_on() = ToProto(CivilDay(2026, 4, 1));
  EXPECT_THAT(List(able, Officer("DHC")).inspectors(), IsEmpty());
  *inspector.mutable_certified_until() = ToProto(CivilDay(2031, 3, 31));
  auto updated = Update(inspector, Head("DHC"));
  ASSERT_OK(updated);
  EXPECT_EQ(List(able, Officer("DHC")).inspectors_size(), 1);
  EXPECT_EQ(ReasonOf(Update(inspector, Head("DHC")).status()), "ETAG_MISMATCH");
  inspector = *updated;
  inspector.set_suspended(true);
  EXPECT_EQ(ReasonOf(Update(inspector, Head("DHC")).status()), "FORM_INVALID");
  inspector.set_suspension_reason("离岗");
  updated = Update(inspector, Head("DHC"));
  ASSERT_OK(updated);
  EXPECT_EQ(UnableOn(*updated, today()), "SUSPENDED");
  EXPECT_THAT(List(able, Officer("DHC")).inspectors(), IsEmpty());
}

TEST_F(InspectorTest, AnInspectorDeclaresWhomNotToInspectAndTheHeadAloneLiftsIt) {
  const std::string facility = Register("向日葵托育园");
  const v1::Inspector inspector = Inspector("DHC", 1);
  EXPECT_EQ(ReasonOf(Recuse(inspector, facility, Officer("DHC", 2)).status()),
            "INSPECTOR_NOT_FOUND");
  const auto recused = Recuse(inspector, facility, Officer("DHC", 1));
  ASSERT_OK(recused);
  EXPECT_TRUE(IsRecused(*recused, facility));
  // Said again, it stays one.
  EXPECT_EQ(Recuse(inspector, facility, Head("DHC"))->recusals_size(), 1);
  EXPECT_EQ(
      ReasonOf(Recuse(inspector, "facilities/01900000-0000-7000-8000-000000000099", Head("DHC"))
                   .status()),
      "FACILITY_NOT_FOUND");
  v1::LiftRecusalRequest lift;
  lift.set_inspector(inspector.name());
  lift.set_facility(facility);
  EXPECT_EQ(
      CallOn(*inspector_stub_, &Inspectors::LiftRecusal, Officer("DHC", 1), lift).status().code(),
      absl::StatusCode::kPermissionDenied);
  const auto lifted = CallOn(*inspector_stub_, &Inspectors::LiftRecusal, Head("DHC"), lift);
  ASSERT_OK(lifted);
  EXPECT_THAT(lifted->recusals(), IsEmpty());
  EXPECT_EQ(
      ReasonOf(CallOn(*inspector_stub_, &Inspectors::LiftRecusal, Head("DHC"), lift).status()),
      "RECUSAL_NOT_FOUND");
}

TEST_F(InspectorTest, EveryMethodOfTheServiceAsksForItsRoles) {
  EXPECT_THAT(rpc::CheckAccessMatrix(
                  channel_, tokens_, clock_.Now(),
                  {rpc::DescriptorOf<v1::ChecklistService>(),
                   rpc::DescriptorOf<v1::InspectorService>(), rpc::DescriptorOf<v1::PlanService>(),
                   rpc::DescriptorOf<v1::DrawService>(), rpc::DescriptorOf<v1::VisitService>(),
                   rpc::DescriptorOf<v1::PenaltyService>(), rpc::DescriptorOf<v1::RiskService>()}),
              IsEmpty());
}

TEST_F(InspectorTest, AnyoneReadsTheChecklistOfADayAUnitOrADomain) {
  v1::GetChecklistRequest request;
  const auto all = CallOn(*checklist_stub_, &v1::ChecklistService::Stub::GetChecklist, "", request);
  ASSERT_OK(all);
  EXPECT_EQ(all->items_size(), 40);
  request.set_unit("FIRE");
  const auto fire =
      CallOn(*checklist_stub_, &v1::ChecklistService::Stub::GetChecklist, "", request);
  ASSERT_OK(fire);
  EXPECT_EQ(fire->items_size(), 5);
  request.set_domain(v1::CHECK_DOMAIN_FOOD);
  EXPECT_THAT(
      CallOn(*checklist_stub_, &v1::ChecklistService::Stub::GetChecklist, "", request)->items(),
      IsEmpty());
  request.set_unit("NOBODY");
  EXPECT_EQ(
      ReasonOf(CallOn(*checklist_stub_, &v1::ChecklistService::Stub::GetChecklist, "", request)
                   .status()),
      "FIELD_INVALID");
  v1::GetChecklistRequest early;
  *early.mutable_as_of() = ToProto(CivilDay(2023, 12, 31));
  EXPECT_EQ(
      ReasonOf(
          CallOn(*checklist_stub_, &v1::ChecklistService::Stub::GetChecklist, "", early).status()),
      "CHECKLIST_NOT_IN_FORCE");
}

}  // namespace
}  // namespace tuoyu::inspection
