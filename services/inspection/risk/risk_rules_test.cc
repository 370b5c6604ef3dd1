#include "services/inspection/risk/risk_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/base/civil.h"
#include "common/data/source_error.h"
#include "services/inspection/plan/inspection_rules.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr CivilDay kToday(2026, 3, 2);

std::string RulesText() {
  return *data::ReadFile(absl::StrCat(TUOYU_DATA_DIR, "/inspection/dazu-2024.yaml"));
}

class RiskRulesTest : public ::testing::Test {
 protected:
  RiskRulesTest() {
    facts_.facility.id = "01900000-0000-7000-8000-000000000001";
    facts_.facility.name = "向日葵";
    facts_.facility.division_code = "500111001";
    facts_.filed_on = CivilDay(2024, 1, 2);
    facts_.last_visit = DatedName{"visits/last", kToday - 100};
  }

  v1::Finding& AddFinding(CivilDay found_on) {
    v1::Finding& finding = facts_.findings.emplace_back();
    finding.set_name(absl::StrCat("visits/v/findings/", facts_.findings.size()));
    finding.set_state(v1::FINDING_STATE_OPEN);
    *finding.mutable_found_on() = ToProto(found_on);
    *finding.mutable_due_date() = ToProto(kToday);
    return finding;
  }
  v1::FacilityRisk Risk() const { return RiskOf(facts_, rules_, kToday); }
  v1::RiskFactor Factor(absl::string_view name) const {
    const v1::FacilityRisk risk = Risk();
    for (const v1::RiskFactor& factor : risk.factors()) {
      if (factor.factor() == name) return factor;
    }
    ADD_FAILURE() << name;
    return {};
  }

  v1::InspectionRules rules_ = *ParseInspectionRules(RulesText(), "r.yaml");
  RiskFacts facts_;
};

TEST_F(RiskRulesTest, AFacilityWithoutAnythingAgainstItIsOfLevelA) {
  const v1::FacilityRisk risk = Risk();
  EXPECT_EQ(risk.score(), 0);
  EXPECT_EQ(risk.level(), v1::RISK_LEVEL_A);
  EXPECT_EQ(risk.proposed_visits_per_year(), 1);
  EXPECT_EQ(risk.facility(), "facilities/01900000-0000-7000-8000-000000000001");
  EXPECT_EQ(risk.rules_version(), "dazu-2024");
  EXPECT_EQ(*FromProto(risk.as_of()), kToday);
  // Every factor is named, also those that add nothing.
  EXPECT_EQ(risk.factors_size(), 7);
}

TEST_F(RiskRulesTest, KeyFindingsCountWhileTheyAreOpen) {
  AddFinding(kToday - 3).set_key(true);
  v1::Finding& reported = AddFinding(kToday - 3);
  reported.set_key(true);
  reported.set_state(v1::FINDING_STATE_REPORTED);
  v1::Finding& corrected = AddFinding(kToday - 3);
  corrected.set_key(true);
  corrected.set_state(v1::FINDING_STATE_CORRECTED);
  AddFinding(kToday - 3);  // no key item
  const v1::RiskFactor factor = Factor("OPEN_KEY_FINDINGS");
  EXPECT_EQ(factor.count(), 2);
  EXPECT_EQ(factor.points(), 20);
  EXPECT_THAT(factor.evidence(), ElementsAre("visits/v/findings/1", "visits/v/findings/2"));
  EXPECT_FALSE(factor.has_since());
}

TEST_F(RiskRulesTest, AFactorAddsNoMoreThanItsMost) {
  for (int i = 0; i < 30; ++i) AddFinding(kToday - 3).set_key(true);
  const v1::RiskFactor factor = Factor("OPEN_KEY_FINDINGS");
  EXPECT_EQ(factor.count(), 30);
  EXPECT_EQ(factor.points(), 40);
  EXPECT_EQ(factor.evidence_size(), kMostEvidence);
}

TEST_F(RiskRulesTest, RectificationIsOverdueTheDayAfterItsDay) {
  v1::Finding& finding = AddFinding(kToday - 30);
  EXPECT_EQ(Factor("OVERDUE_RECTIFICATION").count(), 0);
  *finding.mutable_due_date() = ToProto(kToday - 1);
  EXPECT_EQ(Factor("OVERDUE_RECTIFICATION").points(), 15);
}

TEST_F(RiskRulesTest, RepeatedFindingsAndPenaltiesCountForTwelveMonths) {
  struct Case {
    CivilDay day;
    int count;
  };
  for (const Case& each : {Case{CivilDay(2025, 3, 2), 1}, Case{CivilDay(2025, 3, 1), 0}}) {
    facts_.findings.clear();
    v1::Finding& finding = AddFinding(each.day);
    finding.set_repeated(true);
    finding.set_state(v1::FINDING_STATE_CORRECTED);
    facts_.penalties = {{"penaltyCases/p", each.day}};
    EXPECT_EQ(Factor("REPEATED_FINDINGS").count(), each.count) << each.day;
    EXPECT_EQ(Factor("PENALTIES").count(), each.count) << each.day;
  }
  v1::Finding& withdrawn = AddFinding(kToday);
  withdrawn.set_repeated(true);
  withdrawn.set_state(v1::FINDING_STATE_WITHDRAWN);
  EXPECT_EQ(Factor("REPEATED_FINDINGS").count(), 0);
  EXPECT_EQ(*FromProto(Factor("PENALTIES").since()), CivilDay(2025, 3, 2));
}

TEST_F(RiskRulesTest, AFacilityIsNewForLessThanSixMonths) {
  facts_.filed_on = CivilDay(2025, 9, 3);
  EXPECT_EQ(Factor("NEW_FACILITY").points(), 10);
  facts_.filed_on = CivilDay(2025, 9, 2);
  EXPECT_EQ(Factor("NEW_FACILITY").points(), 0);
}

TEST_F(RiskRulesTest, NotInspectedIsWhoWasThereAllTheTimeWithoutAVisit) {
  facts_.last_visit->day = kToday - 365;
  EXPECT_EQ(Factor("NOT_INSPECTED").count(), 0);
  facts_.last_visit->day = kToday - 366;
  EXPECT_THAT(Factor("NOT_INSPECTED").evidence(), ElementsAre("visits/last"));
  facts_.last_visit = absl::nullopt;
  EXPECT_EQ(Factor("NOT_INSPECTED").points(), 10);
  EXPECT_THAT(Factor("NOT_INSPECTED").evidence(), IsEmpty());
  // Filed since: nobody could have been there.
  facts_.filed_on = kToday - 365;
  EXPECT_EQ(Factor("NOT_INSPECTED").count(), 0);
}

TEST_F(RiskRulesTest, TheLevelFollowsTheThresholdsAndTheCapHoldsTheVisits) {
  struct Case {
    int score;
    v1::RiskLevel level;
    int visits;
  };
  v1::InspectionRules rules = rules_;
  rules.mutable_risk()->clear_factors();
  v1::RiskWeight& weight = *rules.mutable_risk()->add_factors();
  weight.set_factor("PENALTIES");
  weight.set_months(12);
  weight.set_points(1);
  weight.set_most(1000);
  for (const Case& each :
       {Case{19, v1::RISK_LEVEL_A, 1}, Case{20, v1::RISK_LEVEL_B, 2}, Case{39, v1::RISK_LEVEL_B, 2},
        Case{40, v1::RISK_LEVEL_C, 3}, Case{69, v1::RISK_LEVEL_C, 3}, Case{70, v1::RISK_LEVEL_D, 4},
        Case{700, v1::RISK_LEVEL_D, 4}}) {
    facts_.penalties.assign(static_cast<size_t>(each.score), DatedName{"penaltyCases/p", kToday});
    rules.set_yearly_cap(0);
    v1::FacilityRisk risk = RiskOf(facts_, rules, kToday);
    EXPECT_EQ(risk.score(), each.score);
    EXPECT_EQ(risk.level(), each.level) << each.score;
    EXPECT_EQ(risk.proposed_visits_per_year(), each.visits) << each.score;
    EXPECT_FALSE(risk.capped());
    rules.set_yearly_cap(2);
    risk = RiskOf(facts_, rules, kToday);
    EXPECT_EQ(risk.proposed_visits_per_year(), std::min(2, each.visits));
    EXPECT_EQ(risk.capped(), each.visits > 2);
    EXPECT_EQ(risk.level(), each.level);
  }
}

TEST_F(RiskRulesTest, TheScoreIsTheSumOfItsFactors) {
  v1::Finding& finding = AddFinding(kToday - 40);
  finding.set_key(true);
  finding.set_repeated(true);
  *finding.mutable_due_date() = ToProto(kToday - 30);
  facts_.penalties = {{"penaltyCases/p", kToday - 10}};
  facts_.last_visit->day = kToday - 400;
  // 10 + 15 + 10 + 20 + 0 + 10.
  EXPECT_EQ(Risk().score(), 65);
  EXPECT_EQ(Risk().level(), v1::RISK_LEVEL_C);
  EXPECT_EQ(LooksBackTo(rules_.risk(), kToday), CivilDay(2025, 3, 2));
}

TEST_F(RiskRulesTest, EachFaultOfTheFileIsNamedWithItsLine) {
  const auto fault = [](absl::string_view from, absl::string_view to) {
    const std::string text = RulesText();
    const std::string changed = absl::StrReplaceAll(text, {{from, to}});
    EXPECT_NE(text, changed) << from;
    return std::string(ParseInspectionRules(changed, "r.yaml").status().message());
  };
  EXPECT_THAT(fault("factor: PENALTIES", "factor: NOBODY"), HasSubstr("risk.factors[3].factor"));
  EXPECT_THAT(fault("factor: PENALTIES", "factor: REPEATED_FINDINGS"), HasSubstr("重复"));
  EXPECT_THAT(fault("points: 20, most: 40", "points: 20, most: 19"), HasSubstr("most"));
  EXPECT_THAT(fault("most: 10, months: 6", "most: 10"), HasSubstr("months"));
  EXPECT_THAT(fault("most: 10, months: 6", "most: 10, months: 6, days: 3"), HasSubstr("days"));
  EXPECT_THAT(fault("most: 10, days: 365", "most: 10"), HasSubstr("days"));
  EXPECT_THAT(fault("{level: B, from_points: 20", "{level: B, from_points: 0"),
              HasSubstr("from_points"));
  EXPECT_THAT(fault("{level: A, from_points: 0", "{level: A, from_points: 1"),
              HasSubstr("from_points"));
  EXPECT_THAT(fault("{level: C, from_points: 40, visits_per_year: 3",
                    "{level: C, from_points: 40, visits_per_year: 1"),
              HasSubstr("visits_per_year"));
  EXPECT_THAT(fault("    - {level: D, from_points: 70, visits_per_year: 4}\n", ""),
              HasSubstr("risk.bands"));
}

}  // namespace
}  // namespace tuoyu::inspection
