#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/inspection/penalty/penalty_fixture.h"

namespace tuoyu::inspection {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Facilities filed on 2 January 2024, on 2 March 2026.
class RiskTest : public PenaltyFixture {
 protected:
  using Risks = v1::RiskService::Stub;

  absl::StatusOr<v1::FacilityRisk> Risk(const std::string& facility,
                                        const std::string& token) const {
    v1::GetFacilityRiskRequest request;
    request.set_facility(facility);
    return CallOn(*risk_stub_, &Risks::GetFacilityRisk, token, request);
  }
  v1::FacilityRisk Seen(const std::string& facility) const {
    const auto risk = Risk(facility, Officer("DHC"));
    EXPECT_OK(risk);
    return risk.value_or(v1::FacilityRisk());
  }
  static v1::RiskFactor Factor(const v1::FacilityRisk& risk, const std::string& name) {
    for (const v1::RiskFactor& factor : risk.factors()) {
      if (factor.factor() == name) return factor;
    }
    return {};
  }
  std::vector<std::string> Names(v1::ListFacilityRisksRequest request,
                                 const std::string& token) const {
    std::vector<std::string> names;
    do {
      const auto reply = CallOn(*risk_stub_, &Risks::ListFacilityRisks, token, request);
      if (!reply.ok()) return {ReasonOf(reply.status())};
      for (const auto& each : reply->risks()) names.push_back(each.facility_name());
      request.set_page_token(reply->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
};

TEST_F(RiskTest, TheScoreIsCountedFromFindingsPenaltiesAndVisitsAsTheyStandToday) {
  v1::FacilityRisk risk = Seen(facility_);
  EXPECT_EQ(risk.score(), 10);  // nobody was there yet
  EXPECT_EQ(risk.level(), v1::RISK_LEVEL_A);
  EXPECT_EQ(risk.facility_name(), "向日葵");
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  risk = Seen(facility_);
  EXPECT_EQ(risk.score(), 30);
  EXPECT_EQ(risk.level(), v1::RISK_LEVEL_B);
  EXPECT_THAT(Factor(risk, "PENALTIES").evidence(), ElementsAre(decided.name()));
  EXPECT_THAT(Factor(risk, "OPEN_KEY_FINDINGS").evidence(),
              ElementsAre(decided.visit() + "/findings/B01"));
  EXPECT_EQ(Factor(risk, "NOT_INSPECTED").count(), 0);
  GoTo(today() + 11);
  risk = Seen(facility_);
  EXPECT_EQ(Factor(risk, "OVERDUE_RECTIFICATION").points(), 15);
  EXPECT_EQ(risk.level(), v1::RISK_LEVEL_C);
  EXPECT_EQ(risk.proposed_visits_per_year(), 3);
  // The same item again.
  WithFindings(facility_, {"B01"});
  EXPECT_EQ(Factor(Seen(facility_), "REPEATED_FINDINGS").count(), 1);
  // What time and correction take away is gone.
  GoTo(CivilDay(2027, 3, 14));
  risk = Seen(facility_);
  EXPECT_EQ(Factor(risk, "PENALTIES").count(), 0);
  EXPECT_EQ(Factor(risk, "REPEATED_FINDINGS").count(), 0);
  EXPECT_EQ(Factor(risk, "NOT_INSPECTED").evidence_size(), 1);
}

TEST_F(RiskTest, AnAnnulledPenaltyAndACorrectedFindingCountNoMore) {
  const v1::PenaltyCase decided = DecidedCase(facility_, Fine());
  v1::AnnulPenaltyRequest annul;
  annul.set_name(decided.name());
  annul.set_kind(v1::ANNULMENT_KIND_VOID);
  annul.set_decided_by("区人民法院");
  annul.set_reason("程序有误");
  *annul.mutable_annulled_on() = ToProto(today());
  ASSERT_OK(Ask(&Cases::AnnulPenalty, Head("DHC"), annul));
  ASSERT_OK(Call(&Stub::RecheckFinding, Officer("DHC"),
                 RecheckOf(decided.visit() + "/findings/B01", true)));
  EXPECT_EQ(Seen(facility_).score(), 0);
}

TEST_F(RiskTest, ClosingAndFilingAnewLeavesNothingBehind) {
  DecidedCase(facility_, Fine());
  registry_.Change(facility_, filing::v1::FACILITY_STATE_CANCELLED, today());
  const std::string middle = Register("向日葵（新址）", "500111001", today());
  const std::string last = Register("向日葵（再迁）", "500111001", today());
  registry_.Link(middle, facility_);
  registry_.Link(last, middle);
  CatchUp();
  const v1::FacilityRisk risk = Seen(last);
  EXPECT_EQ(risk.score(), 30);
  EXPECT_EQ(Factor(risk, "NEW_FACILITY").count(), 0);
  EXPECT_EQ(Factor(Seen(Register("新园", "500111001", today())), "NEW_FACILITY").points(), 10);
  // The predecessor does not answer for its successor.
  WithFindings(last, {"C02"});
  EXPECT_EQ(Factor(Seen(facility_), "OPEN_KEY_FINDINGS").count(), 1);
  EXPECT_EQ(Factor(Seen(last), "OPEN_KEY_FINDINGS").count(), 2);
}

TEST_F(RiskTest, OfficersOfTheDivisionAndTheFacilityItselfReadIt) {
  const std::string other = Register("蒲公英", "500111100");
  EXPECT_EQ(Risk(facility_, Principal(facility_))->score(), 10);
  EXPECT_EQ(ReasonOf(Risk(facility_, Principal(other)).status()), "FACILITY_NOT_FOUND");
  const std::string town =
      TokenOf(common::v1::ROLE_TOWN_OFFICER, "accounts/town", {"500111100"}, "", absl::Hours(9999));
  EXPECT_OK(Risk(other, town));
  EXPECT_EQ(ReasonOf(Risk(facility_, town).status()), "FACILITY_NOT_FOUND");
  EXPECT_THAT(Names({}, town), ElementsAre("蒲公英"));
  EXPECT_EQ(ReasonOf(Risk("no name", Officer("DHC")).status()), "NAME_INVALID");
  EXPECT_THAT(Names({}, Principal(facility_)), ElementsAre("ROLE_NOT_ALLOWED"));
}

TEST_F(RiskTest, FacilitiesAreListedByDivisionAndLevelPageByPage) {
  const std::string second = Register("蒲公英", "500111100");
  Register("小太阳", "500111100");
  const std::string closed = Register("旧园", "500111100");
  registry_.Change(closed, filing::v1::FACILITY_STATE_CANCELLED, today() - 1);
  CatchUp();
  DecidedCase(second, Fine());
  v1::ListFacilityRisksRequest request;
  EXPECT_THAT(Names(request, Officer("SAMR")), ElementsAre("向日葵", "蒲公英", "小太阳"));
  request.set_page_size(1);
  EXPECT_THAT(Names(request, Officer("SAMR")), ElementsAre("向日葵", "蒲公英", "小太阳"));
  request.set_division_prefix("500111100");
  EXPECT_THAT(Names(request, Officer("SAMR")), ElementsAre("蒲公英", "小太阳"));
  request.set_level(v1::RISK_LEVEL_B);
  EXPECT_THAT(Names(request, Officer("SAMR")), ElementsAre("蒲公英"));
  request.set_level(v1::RISK_LEVEL_A);
  request.clear_division_prefix();
  EXPECT_THAT(Names(request, Auditor()), ElementsAre("向日葵", "小太阳"));
  request.set_level(v1::RISK_LEVEL_D);
  EXPECT_THAT(Names(request, Auditor()), IsEmpty());
  request.set_level(static_cast<v1::RiskLevel>(9));
  EXPECT_THAT(Names(request, Auditor()), ElementsAre("FIELD_INVALID"));
}

TEST_F(RiskTest, TheYearlyCapOfTheDistrictHoldsWhatIsProposed) {
  v1::InspectionRules rules = rules_.On(today());
  rules.set_yearly_cap(1);
  rules.set_version("演练");
  rules_ = *InspectionRuleBook::Make({rules});
  DecidedCase(facility_, Fine());
  const v1::FacilityRisk risk = Seen(facility_);
  EXPECT_EQ(risk.level(), v1::RISK_LEVEL_B);
  EXPECT_EQ(risk.proposed_visits_per_year(), 1);
  EXPECT_TRUE(risk.capped());
  EXPECT_EQ(risk.rules_version(), "演练");
}

TEST_F(RiskTest, UpheldComplaintsOfTheYearCountAndOthersDoNot) {
  const int before = Seen(facility_).score();
  const std::string id = facility_.substr(facility_.find('/') + 1);
  database_.Run(
      absl::StrCat("INSERT INTO case_result (case_id, facility_id, outcome, resolved_on) VALUES "
                   "('01900000-0000-7000-8000-0000000000c1', '",
                   id,
                   "', 1, '2026-01-10'), "
                   "('01900000-0000-7000-8000-0000000000c2', '",
                   id,
                   "', 2, '2025-12-01'), "
                   "('01900000-0000-7000-8000-0000000000c3', '",
                   id,
                   "', 3, '2026-01-10'), "
                   "('01900000-0000-7000-8000-0000000000c4', '",
                   id,
                   "', 0, '2026-01-10'), "
                   "('01900000-0000-7000-8000-0000000000c5', '",
                   id, "', 1, '2025-03-01')"));
  const v1::FacilityRisk risk = Seen(facility_);
  EXPECT_EQ(Factor(risk, "UPHELD_COMPLAINTS").count(), 2);
  EXPECT_THAT(Factor(risk, "UPHELD_COMPLAINTS").evidence(), IsEmpty());
  EXPECT_EQ(risk.score(), before + 20);
}

}  // namespace
}  // namespace tuoyu::inspection
