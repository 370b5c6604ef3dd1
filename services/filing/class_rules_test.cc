// Domain description 2.1: classes, ages, places.
#include "services/filing/class_rules.h"

#include <climits>
#include <string>
#include <utility>
#include <vector>

#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using testing::CoverStaff;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::On;
using ::testing::UnorderedElementsAre;
using testing::ValidFiling;

using Classes = std::vector<std::pair<v1::ClassKind, int>>;

constexpr auto kInfant = v1::CLASS_KIND_INFANT;
constexpr auto kToddler = v1::CLASS_KIND_TODDLER;
constexpr auto kSenior = v1::CLASS_KIND_SENIOR;
constexpr auto kMixed = v1::CLASS_KIND_MIXED;

// A form with these classes, the carers they need, and room for them.
v1::Filing Having(v1::FacilityType type, const Classes& classes) {
  v1::Filing filing = ValidFiling(type);
  v1::FilingContent& content = *filing.mutable_content();
  content.clear_classes();
  content.set_approved_capacity(0);
  for (const auto& [kind, capacity] : classes) {
    v1::ClassPlan& plan = *content.add_classes();
    plan.set_kind(kind);
    plan.set_capacity(capacity);
    content.set_approved_capacity(content.approved_capacity() + capacity);
  }
  content.mutable_staff(0)->set_headcount(CarersNeeded(content, National()));
  content.mutable_staff()->rbegin()->set_headcount(10);
  CoverStaff(&filing);
  content.set_gross_floor_area_m2(5000);
  content.set_indoor_usable_area_m2(4000);
  return filing;
}

// "content.classes[0].capacity CLASS_OVER_LIMIT NATIONAL blocks" of each violation.
std::vector<std::string> Found(const v1::Filing& filing, const RuleSet& rules = National()) {
  return LinesWithLevel(CheckSubmission(filing, nullptr, On(kToday, rules)));
}

TEST(ClassRulesTest, CarersAreRoundedUp) {
  struct Case {
    int children;
    int per_carer;
    int carers;
  };
  for (const Case& c : std::vector<Case>{{10, 3, 4},
                                         {9, 3, 3},
                                         {15, 5, 3},
                                         {20, 7, 3},
                                         {14, 7, 2},
                                         {18, 5, 4},
                                         {18, 6, 3},
                                         {1, 7, 1},
                                         {0, 3, 0},
                                         {-4, 3, 0},
                                         {5, 0, 0},
                                         {INT_MAX, 1, INT_MAX}}) {
    EXPECT_EQ(CarersFor(c.children, c.per_carer), c.carers) << c.children << " by " << c.per_carer;
  }
}

TEST(ClassRulesTest, CarersAreNeededClassByClassByTheNationalRatios) {
  const auto needed = [](v1::FacilityType type, const Classes& classes) {
    return CarersNeeded(Having(type, classes).content(), National());
  };
  const auto ordinary = v1::FACILITY_TYPE_ORDINARY;
  EXPECT_EQ(needed(ordinary, {{kInfant, 10}}), 4);
  EXPECT_EQ(needed(ordinary, {{kInfant, 9}}), 3);
  EXPECT_EQ(needed(ordinary, {{kToddler, 15}}), 3);
  EXPECT_EQ(needed(ordinary, {{kSenior, 20}}), 3);
  EXPECT_EQ(needed(ordinary, {{kSenior, 14}}), 2);
  EXPECT_EQ(needed(ordinary, {{kMixed, 18}}), 4);
  EXPECT_EQ(needed(ordinary, {{kInfant, 10}, {kToddler, 15}, {kSenior, 20}}), 10);
  // 16 seniors in one class need 3 carers, in two classes of 8 they need 4.
  EXPECT_EQ(needed(ordinary, {{kSenior, 16}}), 3);
  EXPECT_EQ(needed(ordinary, {{kSenior, 8}, {kSenior, 8}}), 4);
  EXPECT_EQ(needed(v1::FACILITY_TYPE_HOME_BASED, {{kMixed, 5}}), 2);
  EXPECT_EQ(needed(v1::FACILITY_TYPE_HOME_BASED, {{kSenior, 3}}), 1);
  EXPECT_EQ(needed(v1::FACILITY_TYPE_HOME_BASED, {{kInfant, 1}, {kSenior, 2}}), 1);
}

TEST(ClassRulesTest, NumbersBeyondAllMeasureDoNotWrapAround) {
  v1::FilingContent content;
  for (int i = 0; i < 10; ++i) {
    content.add_classes()->set_kind(kInfant);
    content.mutable_classes(i)->set_capacity(INT_MAX);
  }
  EXPECT_EQ(CarersNeeded(content, National()), INT_MAX);
}

TEST(ClassRulesTest, AClassHasAtMostTheNationalNumberOfChildren) {
  for (const auto& [kind, most] :
       Classes{{kInfant, 10}, {kToddler, 15}, {kSenior, 20}, {kMixed, 18}}) {
    EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_ORDINARY, {{kind, most}})), IsEmpty()) << kind;
    EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_ORDINARY, {{kSenior, 20}, {kind, most + 1}})),
                ElementsAre("content.classes[1].capacity CLASS_OVER_LIMIT NATIONAL blocks"))
        << kind;
  }
}

TEST(ClassRulesTest, AKindergartenTakesTwoToThreeYearsOnly) {
  for (const v1::ClassKind kind : {kInfant, kToddler, kMixed}) {
    EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_KINDERGARTEN, {{kSenior, 20}, {kind, 10}})),
                ElementsAre("content.classes[1].kind CLASS_NOT_FOR_KINDERGARTEN LOCAL blocks"))
        << kind;
    for (const auto type : {v1::FACILITY_TYPE_ORDINARY, v1::FACILITY_TYPE_EMPLOYER}) {
      EXPECT_THAT(Found(Having(type, {{kSenior, 20}, {kind, 10}})), IsEmpty()) << kind;
    }
  }
}

TEST(ClassRulesTest, AHomeBasedSiteTakesFiveChildrenInClassesOrNot) {
  const auto home = v1::FACILITY_TYPE_HOME_BASED;
  EXPECT_THAT(Found(Having(home, {{kMixed, 5}})), IsEmpty());
  EXPECT_THAT(Found(Having(home, {{kInfant, 2}, {kSenior, 3}})), IsEmpty());
  EXPECT_THAT(Found(Having(home, {{kMixed, 6}})),
              ElementsAre("content.approved_capacity HOME_BASED_OVER_LIMIT NATIONAL blocks"));
  v1::Filing undivided = Having(home, {});
  undivided.mutable_content()->set_approved_capacity(5);
  undivided.mutable_content()->mutable_staff(0)->set_headcount(2);
  EXPECT_THAT(Found(undivided), IsEmpty());
}

TEST(ClassRulesTest, PlacesAreTheSumOverTheClasses) {
  for (const int off : {-1, 1}) {
    v1::Filing filing = Having(v1::FACILITY_TYPE_ORDINARY, {{kInfant, 10}, {kSenior, 20}});
    filing.mutable_content()->set_approved_capacity(30 + off);
    EXPECT_THAT(Found(filing), ElementsAre("content.approved_capacity CAPACITY_SUM SYSTEM blocks"));
  }
}

TEST(ClassRulesTest, PlacesAndClassesAreStated) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->clear_classes();
  filing.mutable_content()->clear_approved_capacity();
  EXPECT_THAT(Found(filing), ElementsAre("content.approved_capacity FIELD_REQUIRED NATIONAL blocks",
                                         "content.classes FIELD_REQUIRED NATIONAL blocks"));
  filing = ValidFiling();
  filing.mutable_content()->mutable_classes(2)->Clear();
  EXPECT_THAT(Found(filing),
              UnorderedElementsAre("content.classes[2].kind FIELD_REQUIRED NATIONAL blocks",
                                   "content.classes[2].capacity FIELD_REQUIRED NATIONAL blocks",
                                   "content.approved_capacity CAPACITY_SUM SYSTEM blocks"));
  EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_ORDINARY, {{kSenior, 20}, {kSenior, -1}})),
              ElementsAre("content.classes[1].capacity NUMBER_RANGE SYSTEM blocks"));
}

TEST(ClassRulesTest, AFacilityHasAtMostTenClasses) {
  Classes classes(10, {kSenior, 14});
  EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_ORDINARY, classes)), IsEmpty());
  classes.emplace_back(kSenior, 9);
  EXPECT_THAT(Found(Having(v1::FACILITY_TYPE_ORDINARY, classes)),
              ElementsAre("content.classes TOO_MANY_CLASSES TECHNICAL blocks"));
}

TEST(ClassRulesTest, TwoClassesOfOneNameAreAskedAbout) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->mutable_classes(2)->set_label(filing.content().classes(0).label());
  EXPECT_THAT(Found(filing),
              ElementsAre("content.classes[2].label CLASS_LABEL_DOUBLE SYSTEM advises"));
  filing.mutable_content()->mutable_classes(0)->clear_label();
  filing.mutable_content()->mutable_classes(2)->clear_label();
  EXPECT_THAT(Found(filing), IsEmpty());
}

TEST(ClassRulesTest, AnAgeFindsItsClassInHalfOpenBands) {
  struct Case {
    v1::ClassKind kind;
    int youngest;
    int end;
  };
  for (const Case& c : std::vector<Case>{
           {kInfant, 6, 12}, {kToddler, 12, 24}, {kSenior, 24, 36}, {kMixed, 18, 36}}) {
    const v1::Filing filing = Having(v1::FACILITY_TYPE_ORDINARY, {{c.kind, 10}});
    for (int months = -1; months <= 40; ++months) {
      EXPECT_EQ(ServesAge(filing.content(), months, National()),
                months >= c.youngest && months < c.end)
          << c.kind << " at " << months;
    }
  }
}

TEST(ClassRulesTest, AHomeServesAnyAgeUnderThreeAndAKindergartenNoneUnderTwo) {
  const v1::Filing home = ValidFiling(v1::FACILITY_TYPE_HOME_BASED);
  v1::Filing kindergarten = Having(v1::FACILITY_TYPE_KINDERGARTEN, {{kMixed, 10}, {kToddler, 10}});
  for (int months = -1; months <= 40; ++months) {
    EXPECT_EQ(ServesAge(home.content(), months, National()), months >= 0 && months < 36) << months;
    EXPECT_EQ(ServesAge(kindergarten.content(), months, National()), months >= 24 && months < 36)
        << months;
  }
  kindergarten.mutable_content()->mutable_classes(0)->set_capacity(0);
  EXPECT_FALSE(ServesAge(kindergarten.content(), 30, National()));
}

}  // namespace
}  // namespace tuoyu::filing
