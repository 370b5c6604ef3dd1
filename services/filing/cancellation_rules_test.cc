#include <functional>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::On;
using testing::ValidCancellation;
using testing::ValidFacility;

// "cancellation.last_day LAST_DAY_PAST NATIONAL advises" of each violation.
std::vector<std::string> Found(const v1::Filing& filing, const v1::Facility* in_force) {
  return LinesWithLevel(CheckSubmission(filing, in_force, On()));
}

std::vector<std::string> With(const std::function<void(v1::Cancellation&)>& set) {
  v1::Filing filing = ValidCancellation();
  set(*filing.mutable_cancellation());
  const v1::Facility facility = ValidFacility();
  return Found(filing, &facility);
}

TEST(CancellationRulesTest, ChildrenInCareArePlacedFirst) {
  const auto end = [](int children, const char* plan) {
    return With([=](v1::Cancellation& c) {
      c.set_children_in_care(children);
      c.set_placement_plan(plan);
    });
  };
  constexpr char kPlanMissing[] =
      "cancellation.placement_plan PLACEMENT_PLAN_REQUIRED NATIONAL blocks";
  EXPECT_THAT(end(0, ""), IsEmpty());
  EXPECT_THAT(end(1, ""), ElementsAre(kPlanMissing));
  EXPECT_THAT(end(1, " \n"), ElementsAre(kPlanMissing));
  EXPECT_THAT(end(1, "转入附近托育机构。"), IsEmpty());
}

TEST(CancellationRulesTest, MoreChildrenThanPlacesAreAskedAbout) {
  EXPECT_THAT(With([](v1::Cancellation& c) { c.set_children_in_care(45); }), IsEmpty());
  EXPECT_THAT(With([](v1::Cancellation& c) { c.set_children_in_care(46); }),
              ElementsAre("cancellation.children_in_care CHILDREN_OVER_CAPACITY SYSTEM advises"));
  for (const int impossible : {-1, 10001}) {
    EXPECT_THAT(With([=](v1::Cancellation& c) { c.set_children_in_care(impossible); }),
                ::testing::Contains("cancellation.children_in_care NUMBER_RANGE SYSTEM blocks"));
  }
}

TEST(CancellationRulesTest, TheLastDayLiesInTheVersionInForceAndWithinAYear) {
  struct Case {
    CivilDay day;
    std::vector<std::string> found;
  };
  for (const Case& c : std::vector<Case>{
           {CivilDay(2025, 1, 5), {"cancellation.last_day LAST_DAY_BEFORE_VERSION SYSTEM blocks"}},
           {CivilDay(2025, 1, 6), {"cancellation.last_day LAST_DAY_PAST NATIONAL advises"}},
           {kToday - 1, {"cancellation.last_day LAST_DAY_PAST NATIONAL advises"}},
           {kToday, {}},
           {kToday + 366, {}},
           {kToday + 367, {"cancellation.last_day LAST_DAY_TOO_FAR SYSTEM blocks"}}}) {
    EXPECT_EQ(With([&](v1::Cancellation& e) { *e.mutable_last_day() = ToProto(c.day); }), c.found)
        << FormatDay(c.day);
  }
}

TEST(CancellationRulesTest, DayReasonAndChildrenAreStated) {
  EXPECT_THAT(With([](v1::Cancellation& c) { c.Clear(); }),
              ElementsAre("cancellation.last_day FIELD_REQUIRED NATIONAL blocks",
                          "cancellation.reason FIELD_REQUIRED NATIONAL blocks",
                          "cancellation.children_in_care FIELD_REQUIRED NATIONAL blocks"));
  v1::Filing filing = ValidCancellation();
  filing.clear_cancellation();
  const v1::Facility facility = ValidFacility();
  EXPECT_THAT(Found(filing, &facility), ElementsAre("cancellation FIELD_REQUIRED NATIONAL blocks"));
}

TEST(CancellationRulesTest, OnlyWhatIsInForceIsCancelled) {
  EXPECT_THAT(Found(ValidCancellation(), nullptr),
              ElementsAre("facility FACILITY_NOT_IN_FORCE NATIONAL blocks"));
  v1::Facility facility = ValidFacility();
  facility.set_state(v1::FACILITY_STATE_SUSPENDED);
  EXPECT_THAT(Found(ValidCancellation(), &facility), IsEmpty());
  for (const auto state : {v1::FACILITY_STATE_CANCELLED, v1::FACILITY_STATE_REVOKED_REGISTRATION}) {
    facility.set_state(state);
    EXPECT_THAT(Found(ValidCancellation(), &facility),
                ElementsAre("facility FACILITY_CLOSED NATIONAL blocks"));
  }
}

TEST(CancellationRulesTest, TheFormIsNotLookedAtAgainAndNoMaterialIsAskedFor) {
  v1::Filing filing = ValidCancellation();
  filing.mutable_content()->Clear();
  const v1::Facility facility = ValidFacility();
  EXPECT_THAT(Found(filing, &facility), IsEmpty());
  *filing.mutable_effective_date() = ToProto(kToday);
  EXPECT_THAT(Found(filing, &facility),
              ElementsAre("effective_date EFFECTIVE_DATE_UNUSED SYSTEM advises"));
}

}  // namespace
}  // namespace tuoyu::filing
