// Domain description 2.1 and 2.4: the staff a form states against the places it files.
#include <climits>
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using ::testing::AllOf;
using testing::CoverStaff;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::On;
using ::testing::UnorderedElementsAre;
using testing::ValidFiling;

std::vector<Violation> Check(const v1::Filing& filing, const RuleSet& rules = National()) {
  return CheckSubmission(filing, nullptr, On(kToday, rules));
}

// "content.staff STAFF_GUARD_MISSING SYSTEM advises" of each violation.
std::vector<std::string> Found(const v1::Filing& filing, const RuleSet& rules = National()) {
  return LinesWithLevel(Check(filing, rules));
}

// A form without fault but for the head count of a role; -1 leaves the role out.
v1::Filing Having(v1::StaffRole role, int headcount,
                  v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY) {
  v1::Filing filing = ValidFiling(type);
  CoverStaff(&filing);
  auto& staff = *filing.mutable_content()->mutable_staff();
  for (int i = 0; i < staff.size(); ++i) {
    if (staff[i].role() != role) continue;
    if (headcount >= 0) {
      staff[i].set_headcount(headcount);
    } else {
      staff.DeleteSubrange(i, 1);
    }
    break;
  }
  return filing;
}

constexpr char kBelowRatio[] = "content.staff STAFF_CARERS_BELOW_RATIO NATIONAL blocks";

TEST(StaffRulesTest, CarersBelowTheRatioBlock) {
  // 10 infants, 15 toddlers and 20 seniors need 4 + 3 + 3.
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 10)), IsEmpty());
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 11)), IsEmpty());
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 9)), ElementsAre(kBelowRatio));
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, -1)), ElementsAre(kBelowRatio));
  const auto found = Check(Having(v1::STAFF_ROLE_CARER, 7));
  ASSERT_EQ(found.size(), 1);
  EXPECT_THAT(found[0].message_zh(),
              AllOf(HasSubstr("不少于10人"), HasSubstr("现填7人"), HasSubstr("还差3人")));
  EXPECT_THAT(found[0].message_en(), AllOf(HasSubstr("10 carers"), HasSubstr("3 more")));
}

TEST(StaffRulesTest, TheRatioOfMixedClassesIsADefaultAndAdvises) {
  // 12 toddlers need 3 by the national ratio, 18 of mixed age 4 by ours.
  const auto employer = v1::FACILITY_TYPE_EMPLOYER;
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 7, employer)), IsEmpty());
  for (const int carers : {6, 3}) {
    EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, carers, employer)),
                ElementsAre("content.staff STAFF_CARERS_BELOW_RATIO SYSTEM advises"));
  }
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 2, employer)), ElementsAre(kBelowRatio));
}

TEST(StaffRulesTest, ALocalRatioBlocksAsALocalRuleAndNamesItsRegulation) {
  RuleSet rules = National();
  for (auto& rule : *rules.mutable_classes()) {
    if (rule.kind() != v1::CLASS_KIND_MIXED) continue;
    rule.set_ratio_level(common::v1::RULE_LEVEL_LOCAL);
    rule.set_source("地方标准");
  }
  const auto employer = v1::FACILITY_TYPE_EMPLOYER;
  const auto local = Check(Having(v1::STAFF_ROLE_CARER, 3, employer), rules);
  ASSERT_EQ(local.size(), 1);
  EXPECT_EQ(local[0].level(), common::v1::RULE_LEVEL_LOCAL);
  EXPECT_EQ(local[0].source(), "地方标准");
  EXPECT_TRUE(local[0].blocking());
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 2, employer), rules), ElementsAre(kBelowRatio));
}

TEST(StaffRulesTest, AHomeNeedsOneCarerForThreeChildrenAndNoOtherStaff) {
  const auto home = v1::FACILITY_TYPE_HOME_BASED;
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 2, home)), IsEmpty());
  const auto found = Check(Having(v1::STAFF_ROLE_CARER, 1, home));
  ASSERT_EQ(found.size(), 1);
  EXPECT_EQ(found[0].reason(), "STAFF_CARERS_BELOW_RATIO");
  EXPECT_EQ(found[0].level(), common::v1::RULE_LEVEL_NATIONAL);
  EXPECT_TRUE(found[0].blocking());
  EXPECT_EQ(found[0].source(), "《家庭托育点管理办法（试行）》");
}

TEST(StaffRulesTest, ThereIsOnePrincipal) {
  for (const int principals : {-1, 0, 2}) {
    EXPECT_THAT(Found(Having(v1::STAFF_ROLE_PRINCIPAL, principals)),
                ElementsAre("content.staff STAFF_PRINCIPAL_COUNT NATIONAL blocks"));
  }
}

TEST(StaffRulesTest, ThereIsAHealthWorkerOfWhomOneIsFullTimeFrom150ChildrenOn) {
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_HEALTH, 0)),
              ElementsAre("content.staff STAFF_HEALTH_MISSING NATIONAL blocks"));
  for (const int places : {149, 150}) {
    v1::Filing filing = Having(v1::STAFF_ROLE_CARER, 100);
    CoverStaff(&filing);
    v1::FilingContent& content = *filing.mutable_content();
    content.clear_classes();
    for (int left = places; left > 0; left -= 20) {
      content.add_classes()->set_kind(v1::CLASS_KIND_SENIOR);
      content.mutable_classes()->rbegin()->set_capacity(std::min(left, 20));
    }
    content.set_approved_capacity(places);
    content.mutable_staff(4)->set_headcount(2);
    content.set_gross_floor_area_m2(2000);
    content.set_indoor_usable_area_m2(1000);
    if (places == 149) {
      EXPECT_THAT(Found(filing), IsEmpty());
    } else {
      EXPECT_THAT(Found(filing),
                  ElementsAre("content.staff STAFF_HEALTH_FULL_TIME NATIONAL advises"));
    }
  }
}

TEST(StaffRulesTest, AFacilityOnItsOwnUsuallyHasAGuard) {
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_GUARD, 0)),
              ElementsAre("content.staff STAFF_GUARD_MISSING SYSTEM advises"));
  for (const auto type : {v1::FACILITY_TYPE_KINDERGARTEN, v1::FACILITY_TYPE_EMPLOYER}) {
    EXPECT_THAT(Found(Having(v1::STAFF_ROLE_GUARD, 0, type)), IsEmpty());
  }
}

TEST(StaffRulesTest, AnOwnCanteenUsuallyHasACookForEighty) {
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_COOK, 0)),
              ElementsAre("content.staff STAFF_COOKS_BELOW_RATIO SYSTEM advises"));
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_COOK, 0, v1::FACILITY_TYPE_EMPLOYER)), IsEmpty());
  v1::Filing none = Having(v1::STAFF_ROLE_COOK, 0);
  none.mutable_content()->set_meals(v1::MEALS_NONE);
  EXPECT_THAT(Found(none), IsEmpty());
}

TEST(StaffRulesTest, StaffNotStatedIsAdviceWithTheNumberNeeded) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->clear_staff();
  const auto found = Check(filing);
  EXPECT_THAT(Found(filing), ElementsAre("content.staff STAFF_NOT_STATED SYSTEM advises"));
  EXPECT_THAT(found[0].message_zh(), HasSubstr("10人"));
}

TEST(StaffRulesTest, ARoleStandsOnOneLine) {
  v1::Filing filing = Having(v1::STAFF_ROLE_CARER, 4);
  filing.mutable_content()->add_staff()->set_role(v1::STAFF_ROLE_CARER);
  filing.mutable_content()->mutable_staff()->rbegin()->set_headcount(6);
  EXPECT_THAT(Found(filing), ElementsAre("content.staff[5].role STAFF_ROLE_DOUBLE SYSTEM blocks"));
}

TEST(StaffRulesTest, NumbersBeyondAllMeasureAreRefusedAndDoNotWrapAround) {
  for (const int headcount : {INT_MAX, INT_MIN}) {
    v1::Filing filing = ValidFiling();
    for (int i = 0; i < 3; ++i) {
      filing.mutable_content()->add_staff()->set_role(v1::STAFF_ROLE_CARER);
      filing.mutable_content()->mutable_staff()->rbegin()->set_headcount(headcount);
    }
    for (auto& plan : *filing.mutable_content()->mutable_classes()) plan.set_capacity(INT_MAX);
    const auto found = Found(filing);
    for (const int line : {5, 6, 7}) {
      EXPECT_THAT(found, ::testing::Contains(absl::StrCat(
                             "content.staff[", line, "].headcount NUMBER_RANGE SYSTEM blocks")));
    }
  }
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 1000)), IsEmpty());
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 1001)),
              ElementsAre("content.staff[0].headcount NUMBER_RANGE SYSTEM blocks"));
}

TEST(StaffRulesTest, EverythingMissingIsFoundAtOnce) {
  v1::Filing filing = ValidFiling();
  for (auto& plan : *filing.mutable_content()->mutable_staff()) plan.set_headcount(0);
  EXPECT_THAT(Found(filing), UnorderedElementsAre(
                                 kBelowRatio, "content.staff STAFF_HEALTH_MISSING NATIONAL blocks",
                                 "content.staff STAFF_PRINCIPAL_COUNT NATIONAL blocks",
                                 "content.staff STAFF_GUARD_MISSING SYSTEM advises",
                                 "content.staff STAFF_COOKS_BELOW_RATIO SYSTEM advises"));
}

TEST(StaffRulesTest, ADistrictMayMakeItsOwnRatioBinding) {
  RuleSet rules = National();
  for (v1::ClassRule& rule : *rules.mutable_classes()) {
    if (rule.kind() != v1::CLASS_KIND_MIXED) continue;
    rule.set_children_per_carer(6);
    rule.set_ratio_level(common::v1::RULE_LEVEL_LOCAL);
  }
  // 12 toddlers by the national ratio, 18 of mixed age at 1:6.
  EXPECT_THAT(Found(Having(v1::STAFF_ROLE_CARER, 6, v1::FACILITY_TYPE_EMPLOYER), rules), IsEmpty());
  const auto found = Check(Having(v1::STAFF_ROLE_CARER, 5, v1::FACILITY_TYPE_EMPLOYER), rules);
  ASSERT_EQ(found.size(), 1);
  EXPECT_TRUE(found[0].blocking());
}

}  // namespace
}  // namespace tuoyu::filing
