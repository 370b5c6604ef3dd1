// Domain description 2.2: every site rule at its threshold and just beside it.
#include <functional>
#include <string>
#include <vector>

#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::On;
using ::testing::UnorderedElementsAre;
using testing::ValidFiling;
using Site = v1::SiteConditions;

// "rail_height_m SITE_RAIL_HEIGHT TECHNICAL blocks" of each violation of the form.
std::vector<std::string> Found(const v1::Filing& filing, const RuleSet& rules = National()) {
  std::vector<std::string> lines =
      LinesWithLevel(CheckSubmission(filing, nullptr, On(kToday, rules)));
  for (std::string& line : lines) line.erase(0, line.rfind('.', line.find(' ')) + 1);
  return lines;
}

std::vector<std::string> With(const std::function<void(Site&)>& set,
                              v1::FacilityType type = v1::FACILITY_TYPE_ORDINARY) {
  v1::Filing filing = ValidFiling(type);
  set(*filing.mutable_content()->mutable_site());
  return Found(filing);
}

TEST(SiteRulesTest, AMeasureAtItsThresholdIsMetAndBeyondItIsNot) {
  struct Case {
    void (*set)(Site*, double);
    double met;
    double better;
    double breach;
    const char* found;
  };
  for (const Case& c : std::vector<Case>{
           {[](Site*s, double v) { s->set_window_floor_ratio(v); }, 0.2, 0.5, 0.199,
            "window_floor_ratio SITE_WINDOW_RATIO RECOMMENDED advises"},
           {[](Site*s, double v) { s->set_winter_sunlight_hours(v); }, 3, 5, 2.99,
            "winter_sunlight_hours SITE_SUNLIGHT TECHNICAL blocks"},
           {[](Site*s, double v) { s->set_rail_height_m(v); }, 1.3, 1.5, 1.299,
            "rail_height_m SITE_RAIL_HEIGHT TECHNICAL blocks"},
           {[](Site*s, double v) { s->set_rail_bar_gap_m(v); }, 0.09, 0.05, 0.0901,
            "rail_bar_gap_m SITE_RAIL_GAP TECHNICAL blocks"},
           {[](Site*s, double v) { s->set_stairwell_width_m(v); }, 0.11, 0, 0.111,
            "stairwell_width_m SITE_STAIRWELL TECHNICAL blocks"},
           {[](Site*s, double v) { s->set_observation_room_area_m2(v); }, 6, 12, 5.99,
            "observation_room_area_m2 SITE_OBSERVATION_ROOM NATIONAL blocks"},
           {[](Site*s, double v) { s->set_observation_beds(static_cast<int>(v)); }, 1, 3, 0,
            "observation_beds SITE_OBSERVATION_BED NATIONAL blocks"},
           {[](Site*s, double v) { s->set_surveillance_days(static_cast<int>(v)); }, 90, 365, 89,
            "surveillance_days SITE_SURVEILLANCE_DAYS NATIONAL blocks"}}) {
    EXPECT_THAT(With([&](Site& site) { c.set(&site, c.met); }), IsEmpty()) << c.found;
    EXPECT_THAT(With([&](Site& site) { c.set(&site, c.better); }), IsEmpty()) << c.found;
    EXPECT_THAT(With([&](Site& site) { c.set(&site, c.breach); }), ElementsAre(c.found));
  }
}

TEST(SiteRulesTest, ChildrensRoomsAreAboveGroundAndAtTheThirdFloorOrBelow) {
  struct Case {
    int lowest;
    int highest;
    std::vector<std::string> found;
  };
  const std::string basement = "lowest_floor SITE_BASEMENT TECHNICAL blocks";
  const std::string high = "highest_floor SITE_FLOOR_TOO_HIGH RECOMMENDED advises";
  for (const Case& c : std::vector<Case>{{1, 1, {}},
                                         {1, 3, {}},
                                         {3, 3, {}},
                                         {-1, 1, {basement}},
                                         {-2, -1, {basement}},
                                         {2, 4, {high}},
                                         {-1, 4, {basement, high}}}) {
    // A home as well as a nursery.
    for (const auto type : {v1::FACILITY_TYPE_ORDINARY, v1::FACILITY_TYPE_HOME_BASED}) {
      EXPECT_EQ(With(
                    [&](Site& site) {
                      site.set_lowest_floor(c.lowest);
                      site.set_highest_floor(c.highest);
                    },
                    type),
                c.found)
          << c.lowest << " to " << c.highest;
    }
  }
}

TEST(SiteRulesTest, TheLowestFloorIsNotAboveTheHighestAndThereIsNoFloorZero) {
  EXPECT_THAT(With([](Site& site) {
                site.set_lowest_floor(3);
                site.set_highest_floor(2);
              }),
              ElementsAre("lowest_floor SITE_FLOOR_ORDER SYSTEM blocks"));
  EXPECT_THAT(With([](Site& site) { site.set_lowest_floor(0); }),
              ElementsAre("lowest_floor NUMBER_RANGE SYSTEM blocks"));
  EXPECT_THAT(With([](Site& site) { site.set_highest_floor(0); }),
              ElementsAre("highest_floor NUMBER_RANGE SYSTEM blocks"));
}

TEST(SiteRulesTest, AWideStairwellNeedsProtection) {
  EXPECT_THAT(With([](Site& site) {
                site.set_stairwell_width_m(0.5);
                site.set_stairwell_protected(true);
              }),
              IsEmpty());
  EXPECT_THAT(With([](Site& site) {
                site.set_stairwell_width_m(0.5);
                site.set_stairwell_protected(false);
              }),
              ElementsAre("stairwell_width_m SITE_STAIRWELL TECHNICAL blocks"));
}

TEST(SiteRulesTest, BedsAreSingleDeckAndAwayFromOuterWalls) {
  EXPECT_THAT(With([](Site& site) {
                site.set_double_deck_beds(true);
                site.set_beds_against_outer_wall(true);
              }),
              ElementsAre("double_deck_beds SITE_DOUBLE_DECK_BEDS TECHNICAL blocks",
                          "beds_against_outer_wall SITE_BEDS_OUTER_WALL TECHNICAL blocks"));
}

TEST(SiteRulesTest, ANurseryBuiltWithAKindergartenIsAZoneOfItsOwn) {
  const auto built = [](bool with_kindergarten, bool separate) {
    return With([=](Site& site) {
      site.set_built_with_kindergarten(with_kindergarten);
      site.set_separate_zone_and_exit(separate);
    });
  };
  EXPECT_THAT(built(true, true), IsEmpty());
  EXPECT_THAT(built(false, false), IsEmpty());
  EXPECT_THAT(built(true, false),
              ElementsAre("separate_zone_and_exit SITE_NOT_SEPARATE TECHNICAL blocks"));
}

TEST(SiteRulesTest, IndoorAirConforms) {
  EXPECT_THAT(With([](Site& site) { site.set_air_quality_passed(false); }),
              ElementsAre("air_quality_passed SITE_AIR_QUALITY NATIONAL blocks"));
}

TEST(SiteRulesTest, WithoutAnOutdoorAreaASafePublicSiteIsNamed) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->set_outdoor_area_m2(0);
  EXPECT_THAT(Found(filing),
              ElementsAre("shared_outdoor_site SITE_OUTDOOR_MISSING NATIONAL blocks"));
  filing.mutable_content()->mutable_site()->set_shared_outdoor_site(" \xE3\x80\x80");
  EXPECT_THAT(Found(filing),
              ElementsAre("shared_outdoor_site SITE_OUTDOOR_MISSING NATIONAL blocks"));
  filing.mutable_content()->mutable_site()->set_shared_outdoor_site("市民公园，步行3分钟");
  EXPECT_THAT(Found(filing), IsEmpty());
}

TEST(SiteRulesTest, TheSmallestUnitsOfTheClassesFitIntoTheIndoorAreaWhichAdvises) {
  // Infants 61, toddlers 94, seniors 105.
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->set_indoor_usable_area_m2(260);
  EXPECT_THAT(Found(filing), IsEmpty());
  filing.mutable_content()->set_indoor_usable_area_m2(259.9);
  EXPECT_THAT(Found(filing), ElementsAre("indoor_usable_area_m2 SITE_CLASS_AREA SYSTEM advises"));
  // Nothing is known of mixed classes, and homes have no such units.
  v1::Filing employer = ValidFiling(v1::FACILITY_TYPE_EMPLOYER);
  employer.mutable_content()->set_indoor_usable_area_m2(94);
  EXPECT_THAT(Found(employer), IsEmpty());
  v1::Filing home = ValidFiling(v1::FACILITY_TYPE_HOME_BASED);
  home.mutable_content()->mutable_classes(0)->set_kind(v1::CLASS_KIND_SENIOR);
  home.mutable_content()->set_indoor_usable_area_m2(50);
  EXPECT_THAT(Found(home), IsEmpty());
}

TEST(SiteRulesTest, WhatIsNotStatedIsAskedForInOneAdvice) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->clear_site();
  EXPECT_THAT(Found(filing), ElementsAre("site SITE_NOT_STATED SYSTEM advises"));
  v1::Filing home = ValidFiling(v1::FACILITY_TYPE_HOME_BASED);
  home.mutable_content()->mutable_site()->clear_rail_height_m();
  EXPECT_THAT(Found(home), IsEmpty());
}

TEST(SiteRulesTest, TheBuildingRulesOfNurseriesAreNotThoseOfHomes) {
  EXPECT_THAT(With(
                  [](Site& site) {
                    site.set_rail_height_m(1);
                    site.set_winter_sunlight_hours(1);
                    site.set_double_deck_beds(true);
                    site.set_observation_beds(0);
                    site.set_surveillance_days(10);
                  },
                  v1::FACILITY_TYPE_HOME_BASED),
              IsEmpty());
}

TEST(SiteRulesTest, EveryBreachIsFoundAtOnce) {
  EXPECT_THAT(With([](Site& site) {
                site.set_lowest_floor(-1);
                site.set_highest_floor(5);
                site.set_rail_height_m(1);
                site.set_rail_bar_gap_m(0.2);
                site.set_observation_beds(0);
                site.set_surveillance_days(30);
              }),
              UnorderedElementsAre("lowest_floor SITE_BASEMENT TECHNICAL blocks",
                                   "highest_floor SITE_FLOOR_TOO_HIGH RECOMMENDED advises",
                                   "rail_height_m SITE_RAIL_HEIGHT TECHNICAL blocks",
                                   "rail_bar_gap_m SITE_RAIL_GAP TECHNICAL blocks",
                                   "observation_beds SITE_OBSERVATION_BED NATIONAL blocks",
                                   "surveillance_days SITE_SURVEILLANCE_DAYS NATIONAL blocks"));
}

TEST(SiteRulesTest, AMeasureThatCannotBeHidesNoOtherBreach) {
  EXPECT_THAT(With([](Site& site) {
                site.set_lowest_floor(0);
                site.set_window_floor_ratio(20);
                site.set_rail_height_m(-1);
                site.set_rail_bar_gap_m(0.2);
              }),
              UnorderedElementsAre("lowest_floor NUMBER_RANGE SYSTEM blocks",
                                   "window_floor_ratio NUMBER_RANGE SYSTEM blocks",
                                   "rail_height_m NUMBER_RANGE SYSTEM blocks",
                                   "rail_bar_gap_m SITE_RAIL_GAP TECHNICAL blocks"));
}

TEST(SiteRulesTest, ADistrictSwitchesARuleOffOrChangesItsThresholdAndLevel) {
  RuleSet rules = National();
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->mutable_site()->set_rail_height_m(1.2);
  for (v1::SiteRule& rule : *rules.mutable_site()) {
    if (rule.code() == "S6a") rule.set_threshold(1.25);
  }
  EXPECT_THAT(Found(filing, rules), ElementsAre("rail_height_m SITE_RAIL_HEIGHT TECHNICAL blocks"));
  for (v1::SiteRule& rule : *rules.mutable_site()) {
    rule.set_level(common::v1::RULE_LEVEL_RECOMMENDED);
  }
  EXPECT_THAT(Found(filing, rules),
              ElementsAre("rail_height_m SITE_RAIL_HEIGHT RECOMMENDED advises"));
  for (v1::SiteRule& rule : *rules.mutable_site()) rule.set_enabled(false);
  filing.mutable_content()->clear_site();
  filing.mutable_content()->set_outdoor_area_m2(0);
  filing.mutable_content()->set_indoor_usable_area_m2(10);
  EXPECT_THAT(Found(filing, rules), IsEmpty());
}

}  // namespace
}  // namespace tuoyu::filing
