#include "services/inspection/plan/plan_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/testing/matchers.h"
#include "services/inspection/checklist/checklist_book.h"

namespace tuoyu::inspection {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::UnorderedElementsAre;

constexpr CivilDay kToday(2026, 3, 2);
constexpr char kFacility[] = "facilities/01900000-0000-7000-8000-000000000001";
constexpr char kOther[] = "facilities/01900000-0000-7000-8000-000000000002";

class PlanRulesTest : public ::testing::Test {
 protected:
  static std::string DataFile(absl::string_view path) {
    return absl::StrCat(TUOYU_DATA_DIR, "/", path);
  }

  v1::Plan Plan(v1::PlanKind kind) const {
    v1::Plan plan;
    plan.set_name("plans/01900000-0000-7000-8000-00000000000a");
    plan.set_title("抽查");
    plan.set_basis("文件");
    plan.set_kind(kind);
    v1::PlanUnit& unit = *plan.add_units();
    unit.set_unit("FIRE");
    unit.set_inspectors(2);
    unit.add_domains(v1::CHECK_DOMAIN_FIRE);
    *plan.mutable_first_day() = ToProto(kToday);
    *plan.mutable_last_day() = ToProto(kToday + 10);
    if (kind == v1::PLAN_KIND_RANDOM) {
      plan.set_division_code("500111");
      plan.set_facilities_to_draw(3);
    } else {
      plan.add_facilities(kFacility);
    }
    if (kind == v1::PLAN_KIND_CASE) {
      plan.set_exemption(v1::CAP_EXEMPTION_COMPLAINT);
      plan.set_complaint("cases/01900000-0000-7000-8000-0000000000c1");
    }
    plan.set_state(v1::PLAN_STATE_SUBMITTED);
    return plan;
  }

  // Field and reason of what is wrong, a line each.
  std::vector<std::string> Faults(const v1::Plan& plan) const {
    std::vector<std::string> faults;
    for (const auto& each : CheckPlan(plan, {units_, divisions_, *checklists_.InForce(kToday),
                                             "FIRE", kToday, StartOf(kToday) + absl::Hours(10)})) {
      faults.push_back(absl::StrCat(each.field(), " ", each.reason()));
    }
    return faults;
  }

  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const data::Divisions divisions_ = *data::LoadDivisions(DataFile("divisions/dazu-500111.csv"));
  const ChecklistBook checklists_ = *ChecklistBook::Load(DataFile("checklists"), units_);
};

TEST_F(PlanRulesTest, PlansOfEachKindWithoutFaultPass) {
  for (const v1::PlanKind kind :
       {v1::PLAN_KIND_RANDOM, v1::PLAN_KIND_SPECIAL, v1::PLAN_KIND_CASE}) {
    EXPECT_THAT(Faults(Plan(kind)), IsEmpty()) << v1::PlanKind_Name(kind);
  }
}

TEST_F(PlanRulesTest, EverythingWrongIsNamedAtOnce) {
  v1::Plan plan = Plan(v1::PLAN_KIND_RANDOM);
  plan.clear_title();
  plan.mutable_units(0)->set_inspectors(1);
  plan.mutable_units(0)->add_domains(v1::CHECK_DOMAIN_FOOD);
  *plan.add_units() = plan.units(0);
  plan.add_units()->set_unit("NOBODY");
  plan.set_facilities_to_draw(0);
  plan.set_division_code("500112");
  plan.add_facilities(kFacility);
  plan.set_urgent(true);
  *plan.mutable_last_day() = ToProto(kToday + 400);
  EXPECT_THAT(
      Faults(plan),
      IsSupersetOf({"plan.title FIELD_MISSING", "plan.units[0].inspectors TOO_FEW_INSPECTORS",
                    "plan.units[0].domains[1] DOMAIN_NOT_OF_UNIT", "plan.units[1].unit UNIT_DOUBLE",
                    "plan.units[2].unit UNIT_UNKNOWN", "plan.facilities_to_draw NUMBER_RANGE",
                    "plan.division_code DIVISION_UNKNOWN", "plan.facilities FIELD_NOT_OF_KIND",
                    "plan.urgent FIELD_NOT_OF_KIND", "plan.last_day PLAN_TOO_LONG"}));
}

TEST_F(PlanRulesTest, AUnitOnlyChecksDomainsInWhichTheListGivesItItems) {
  v1::Plan plan = Plan(v1::PLAN_KIND_SPECIAL);
  plan.mutable_units(0)->set_domains(0, v1::CHECK_DOMAIN_PRICE);
  EXPECT_THAT(Faults(plan), ElementsAre("plan.units[0].domains[0] DOMAIN_NOT_OF_UNIT"));
  plan.mutable_units(0)->set_unit("SAMR");
  EXPECT_THAT(Faults(plan), ElementsAre("plan.units[0].unit UNIT_NOT_FIRST"));
}

// Nobody makes a complaint up, and nothing is urgent without a head.
TEST_F(PlanRulesTest, ACaseNamesTheComplaintOrTheDocumentAndWhoConsentedWhenItIsUrgent) {
  v1::Plan plan = Plan(v1::PLAN_KIND_CASE);
  plan.clear_complaint();
  EXPECT_THAT(Faults(plan), ElementsAre("plan.complaint COMPLAINT_MISSING"));
  plan.set_exemption(v1::CAP_EXEMPTION_ASSIGNED);
  EXPECT_THAT(Faults(plan), ElementsAre("plan.basis BASIS_UNNAMED"));
  plan.set_basis("市卫生健康委转办单〔2026〕8号");
  EXPECT_THAT(Faults(plan), IsEmpty());
  plan.set_complaint("cases/01900000-0000-7000-8000-0000000000c1");
  EXPECT_THAT(Faults(plan), ElementsAre("plan.complaint FIELD_NOT_OF_KIND"));
  plan.clear_complaint();
  plan.set_urgent(true);
  EXPECT_THAT(Faults(plan), ElementsAre("plan.oral_consent CONSENT_MISSING"));
  v1::OralConsent& consent = *plan.mutable_oral_consent();
  EXPECT_THAT(Faults(plan), ElementsAre("plan.oral_consent.consented_by FIELD_MISSING",
                                        "plan.oral_consent.consent_time CONSENT_TIME"));
  consent.set_consented_by("区卫生健康委主任 演练甲");
  for (const int hours : {-15, 11}) {
    *consent.mutable_consent_time() = ToProto(StartOf(kToday) + absl::Hours(hours));
    EXPECT_THAT(Faults(plan), ElementsAre("plan.oral_consent.consent_time CONSENT_TIME"));
  }
  *consent.mutable_consent_time() = ToProto(StartOf(kToday) + absl::Hours(9));
  EXPECT_THAT(Faults(plan), IsEmpty());
  plan.set_urgent(false);
  EXPECT_THAT(Faults(plan), ElementsAre("plan.oral_consent FIELD_NOT_OF_KIND"));
}

TEST_F(PlanRulesTest, ACaseIsOneFacilityAndSaysWhyItDoesNotCount) {
  v1::Plan plan = Plan(v1::PLAN_KIND_CASE);
  plan.add_facilities(kOther);
  plan.clear_exemption();
  EXPECT_THAT(Faults(plan),
              UnorderedElementsAre("plan.facilities NUMBER_RANGE", "plan.exemption FIELD_MISSING"));
  v1::Plan special = Plan(v1::PLAN_KIND_SPECIAL);
  special.set_exemption(v1::CAP_EXEMPTION_MEDIA);
  *special.mutable_first_day() = ToProto(kToday - 1);
  EXPECT_THAT(Faults(special), UnorderedElementsAre("plan.exemption FIELD_NOT_OF_KIND",
                                                    "plan.first_day DATE_INVALID"));
}

TEST_F(PlanRulesTest, PlansOfTheSameFacilitiesNearInTimeMustBeOne) {
  v1::InspectionRules rules;
  rules.set_coordination_days(30);
  const v1::Plan random = Plan(v1::PLAN_KIND_RANDOM);
  v1::Plan other = random;
  const auto at = [&](int first, int last) {
    *other.mutable_first_day() = ToProto(kToday + first);
    *other.mutable_last_day() = ToProto(kToday + last);
    return MustBeOne(random, other, rules);
  };
  EXPECT_TRUE(at(0, 10));
  EXPECT_TRUE(at(40, 50));
  EXPECT_FALSE(at(41, 50));
  EXPECT_TRUE(at(-60, -30));
  EXPECT_FALSE(at(-60, -31));
  at(0, 10);
  other.set_division_code("500111003");
  EXPECT_TRUE(MustBeOne(random, other, rules));
  EXPECT_TRUE(MustBeOne(other, random, rules));
  v1::Plan elsewhere = random;
  elsewhere.set_division_code("500111001");
  EXPECT_FALSE(MustBeOne(other, elsewhere, rules));
  for (const v1::PlanState over : {v1::PLAN_STATE_REJECTED, v1::PLAN_STATE_MERGED,
                                   v1::PLAN_STATE_WITHDRAWN, v1::PLAN_STATE_DRAWN}) {
    other.set_state(over);
    EXPECT_FALSE(MustBeOne(random, other, rules)) << over;
  }
}

TEST_F(PlanRulesTest, NamedPlansMeetInAFacilityAndCasesNever) {
  v1::InspectionRules rules;
  const v1::Plan special = Plan(v1::PLAN_KIND_SPECIAL);
  v1::Plan other = special;
  EXPECT_TRUE(MustBeOne(special, other, rules));
  other.set_facilities(0, kOther);
  EXPECT_FALSE(MustBeOne(special, other, rules));
  EXPECT_FALSE(MustBeOne(special, Plan(v1::PLAN_KIND_RANDOM), rules));
  const v1::Plan one_case = Plan(v1::PLAN_KIND_CASE);
  EXPECT_FALSE(MustBeOne(one_case, one_case, rules));
}

TEST_F(PlanRulesTest, APlanJoinsAnotherWithItsUnitsAndFacilities) {
  v1::Plan target = Plan(v1::PLAN_KIND_SPECIAL);
  target.set_state(v1::PLAN_STATE_APPROVED);
  v1::Plan plan = Plan(v1::PLAN_KIND_SPECIAL);
  plan.set_name("plans/01900000-0000-7000-8000-00000000000b");
  plan.mutable_units(0)->set_unit("SAMR");
  plan.add_facilities(kOther);
  EXPECT_THAT(CheckMerge(plan, target), IsEmpty());
  EXPECT_THAT(ApproversOf(plan, &target), ElementsAre("SAMR", "FIRE"));
  Merge(plan, &target);
  EXPECT_TRUE(TakesPart(target, "SAMR"));
  EXPECT_THAT(target.facilities(), ElementsAre(kFacility, kOther));
  EXPECT_THAT(target.merged(), ElementsAre(plan.name()));
  // Now the unit is in it.
  ASSERT_EQ(CheckMerge(plan, target).size(), 1);
  EXPECT_EQ(CheckMerge(plan, target)[0].reason(), "MERGE_UNIT");
  target.set_state(v1::PLAN_STATE_DRAWN);
  EXPECT_EQ(CheckMerge(plan, target)[0].reason(), "MERGE_STATE");
  EXPECT_EQ(CheckMerge(plan, Plan(v1::PLAN_KIND_RANDOM))[0].reason(), "MERGE_KIND");
}

TEST_F(PlanRulesTest, TheCapCountsAcrossUnitsAndWithinOne) {
  v1::InspectionRules rules;
  const v1::Plan plan = Plan(v1::PLAN_KIND_SPECIAL);
  YearVisits visits{4, {{"FIRE", 2}, {"DHC", 2}}};
  EXPECT_EQ(OverCap(visits, plan, rules), "");
  rules.set_yearly_cap(4);
  EXPECT_EQ(OverCap(visits, plan, rules), "4");
  rules.set_yearly_cap(5);
  EXPECT_EQ(OverCap(visits, plan, rules), "");
  rules.set_yearly_cap_of_unit(2);
  EXPECT_EQ(OverCap(visits, plan, rules), "FIRE 2");
  visits.by_unit["FIRE"] = 1;
  EXPECT_EQ(OverCap(visits, plan, rules), "");
}

}  // namespace
}  // namespace tuoyu::inspection
