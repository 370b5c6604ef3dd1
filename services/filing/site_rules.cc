#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/ids/text.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/rule_set.h"

// Domain description 2.2. S13 (area per child) is not confirmed and S14 is of a draft: neither is enforced.
namespace tuoyu::filing {
namespace {

using v1::FilingContent;
using v1::SiteConditions;
using v1::SiteRule;

constexpr TextBounds kSharedSiteBounds{0, 200};
// Measures are decimals; the thresholds are met when equal.
constexpr double kTolerance = 1e-9;
constexpr double kMinFloor = -5;
constexpr double kMaxFloor = 100;
constexpr double kMaxLengthM = 100;
constexpr double kMaxRoomM2 = 1000;
constexpr double kMaxHours = 24;
constexpr double kMaxBeds = 1000;
constexpr double kMaxBuildingAge = 300;
constexpr double kMaxDays = 3650;

bool Below(double value, double threshold) { return value < threshold - kTolerance; }
bool Above(double value, double threshold) { return value > threshold + kTolerance; }

// The rule of `code` if it is in force in this district.
const SiteRule* Enabled(const Findings& findings, absl::string_view code) {
  const SiteRule* rule = FindSiteRule(findings.rules(), code);
  return rule != nullptr && rule->enabled() ? rule : nullptr;
}

// A kindergarten's nursery is built together with it, whether the form says so or not.
bool IsWithKindergarten(const FilingContent& content) {
  return content.site().built_with_kindergarten() ||
         content.facility_type() == v1::FACILITY_TYPE_KINDERGARTEN;
}

void Breach(Findings& findings, const SiteRule& rule, absl::string_view member, ReasonName reason,
            absl::string_view zh, absl::string_view en) {
  findings.Add({"content.site", member}, reason, rule.level(), rule.source(), zh, en);
}

// Takes a fact that can't be so out of the form.
void Forget(absl::string_view member, SiteConditions* site) {
  const auto* field = site->GetDescriptor()->FindFieldByName(std::string(member));
  site->GetReflection()->ClearField(site, field);
}

// Every number within what can be measured; floor 0 does not exist. The site without the numbers that are not.
SiteConditions CheckRanges(const SiteConditions& site, Findings& findings) {
  SiteConditions measured = site;
  const auto number = [&](bool stated, absl::string_view member, const Label& label, double value,
                          double minimum, double maximum, absl::string_view unit) {
    if (stated &&
        !CheckNumber(findings, {"content.site", member}, label, value, minimum, maximum, unit)) {
      Forget(member, &measured);
    }
  };
  const auto floor = [&](bool stated, absl::string_view member, const Label& label, int value) {
    if (stated && value == 0) {
      findings.Add({"content.site", member}, "NUMBER_RANGE",
                   absl::StrCat(label.zh, "没有0层：1为地面首层，-1为地下一层"),
                   absl::StrCat(label.en,
                                ": there is no floor 0; 1 is the ground floor, -1 the "
                                "first basement"));
      Forget(member, &measured);
      return;
    }
    number(stated, member, label, value, kMinFloor, kMaxFloor, "");
  };
  floor(site.has_lowest_floor(), "lowest_floor", {"生活用房最低楼层", "lowest_floor"},
        site.lowest_floor());
  floor(site.has_highest_floor(), "highest_floor", {"生活用房最高楼层", "highest_floor"},
        site.highest_floor());
  number(site.has_window_floor_ratio(), "window_floor_ratio", {"窗地面积比", "window_floor_ratio"},
         site.window_floor_ratio(), 0, 1, "");
  number(site.has_winter_sunlight_hours(), "winter_sunlight_hours",
         {"冬至日日照", "winter_sunlight_hours"}, site.winter_sunlight_hours(), 0, kMaxHours, "h");
  number(site.has_rail_height_m(), "rail_height_m", {"护栏高度", "rail_height_m"},
         site.rail_height_m(), 0, kMaxLengthM, "m");
  number(site.has_rail_bar_gap_m(), "rail_bar_gap_m", {"护栏杆件净距", "rail_bar_gap_m"},
         site.rail_bar_gap_m(), 0, kMaxLengthM, "m");
  number(site.has_stairwell_width_m(), "stairwell_width_m", {"梯井净宽", "stairwell_width_m"},
         site.stairwell_width_m(), 0, kMaxLengthM, "m");
  number(site.has_observation_room_area_m2(), "observation_room_area_m2",
         {"保健观察室面积", "observation_room_area_m2"}, site.observation_room_area_m2(), 0,
         kMaxRoomM2, "m²");
  number(site.has_observation_beds(), "observation_beds", {"观察床位", "observation_beds"},
         site.observation_beds(), 0, kMaxBeds, "");
  number(site.has_building_age_years(), "building_age_years", {"房龄", "building_age_years"},
         site.building_age_years(), 0, kMaxBuildingAge, "");
  number(site.has_surveillance_days(), "surveillance_days",
         {"监控录像保存天数", "surveillance_days"}, site.surveillance_days(), 0, kMaxDays, "");
  return measured;
}

// S2, S3.
void CheckFloors(const SiteConditions& site, Findings& findings) {
  if (site.has_lowest_floor() && site.has_highest_floor() &&
      site.lowest_floor() > site.highest_floor()) {
    findings.Add({"content.site", "lowest_floor"}, "SITE_FLOOR_ORDER",
                 absl::StrCat("最低楼层（", site.lowest_floor(), "）高于最高楼层（",
                              site.highest_floor(), "），请核对"),
                 absl::StrCat("the lowest floor (", site.lowest_floor(), ") is above the highest (",
                              site.highest_floor(), ")"));
  }
  const SiteRule* basement = Enabled(findings, "S2");
  if (basement != nullptr && site.has_lowest_floor() &&
      Below(site.lowest_floor(), basement->threshold())) {
    Breach(
        findings, *basement, "lowest_floor", "SITE_BASEMENT",
        absl::StrCat("婴幼儿生活用房不得设在地下室或半地下室（现为", site.lowest_floor(), "层）"),
        absl::StrCat("children's rooms can't be in a basement (floor ", site.lowest_floor(), ")"));
  }
  const SiteRule* height = Enabled(findings, "S3");
  if (height != nullptr && site.has_highest_floor() &&
      Above(site.highest_floor(), height->threshold())) {
    Breach(findings, *height, "highest_floor", "SITE_FLOOR_TOO_HIGH",
           absl::StrCat("婴幼儿生活用房宜设在", Number(height->threshold()), "层及以下，现为",
                        site.highest_floor(), "层"),
           absl::StrCat("children's rooms should be on floor ", Number(height->threshold()),
                        " or below, not ", site.highest_floor()));
  }
}

// S4, S5.
void CheckLight(const SiteConditions& site, Findings& findings) {
  const SiteRule* windows = Enabled(findings, "S4");
  if (windows != nullptr && site.has_window_floor_ratio() &&
      Below(site.window_floor_ratio(), windows->threshold())) {
    Breach(findings, *windows, "window_floor_ratio", "SITE_WINDOW_RATIO",
           absl::StrCat("窗地面积比不宜小于", Number(windows->threshold()), "，现为",
                        Number(site.window_floor_ratio())),
           absl::StrCat("window area should be ", Number(windows->threshold()),
                        " of the floor area or more, not ", Number(site.window_floor_ratio())));
  }
  const SiteRule* sunlight = Enabled(findings, "S5");
  if (sunlight != nullptr && site.has_winter_sunlight_hours() &&
      Below(site.winter_sunlight_hours(), sunlight->threshold())) {
    Breach(findings, *sunlight, "winter_sunlight_hours", "SITE_SUNLIGHT",
           absl::StrCat("冬至日底层满窗日照不应少于", Number(sunlight->threshold()), "小时，现为",
                        Number(site.winter_sunlight_hours()), "小时"),
           absl::StrCat("the ground floor has ", Number(sunlight->threshold()),
                        " hours of sunlight on the winter solstice or more, not ",
                        Number(site.winter_sunlight_hours())));
  }
}

// S6: rails and stairwell.
void CheckRails(const SiteConditions& site, Findings& findings) {
  const SiteRule* height = Enabled(findings, "S6a");
  if (height != nullptr && site.has_rail_height_m() &&
      Below(site.rail_height_m(), height->threshold())) {
    Breach(findings, *height, "rail_height_m", "SITE_RAIL_HEIGHT",
           absl::StrCat("护栏高度不应低于", Number(height->threshold()), "m，现为",
                        Number(site.rail_height_m()), "m，请加高"),
           absl::StrCat("guard rails are ", Number(height->threshold()), " m high or more, not ",
                        Number(site.rail_height_m()), " m: raise them"));
  }
  const SiteRule* gap = Enabled(findings, "S6b");
  if (gap != nullptr && site.has_rail_bar_gap_m() &&
      Above(site.rail_bar_gap_m(), gap->threshold())) {
    Breach(findings, *gap, "rail_bar_gap_m", "SITE_RAIL_GAP",
           absl::StrCat("护栏杆件净距不应大于", Number(gap->threshold()), "m，现为",
                        Number(site.rail_bar_gap_m()), "m"),
           absl::StrCat("the gap between rail bars is ", Number(gap->threshold()),
                        " m or less, not ", Number(site.rail_bar_gap_m()), " m"));
  }
  const SiteRule* stairwell = Enabled(findings, "S6c");
  if (stairwell != nullptr && site.has_stairwell_width_m() &&
      Above(site.stairwell_width_m(), stairwell->threshold()) && !site.stairwell_protected()) {
    Breach(findings, *stairwell, "stairwell_width_m", "SITE_STAIRWELL",
           absl::StrCat("梯井净宽大于", Number(stairwell->threshold()), "m（现为",
                        Number(site.stairwell_width_m()), "m）时应有防攀滑措施，请加装后注明"),
           absl::StrCat("a stairwell wider than ", Number(stairwell->threshold()), " m (",
                        Number(site.stairwell_width_m()),
                        " m) needs protection against climbing: install it and state it"));
  }
}

// S7, S8.
void CheckLayout(const SiteConditions& site, bool with_kindergarten, Findings& findings) {
  if (const SiteRule* beds = Enabled(findings, "S7"); beds != nullptr) {
    if (site.double_deck_beds()) {
      Breach(findings, *beds, "double_deck_beds", "SITE_DOUBLE_DECK_BEDS",
             "睡眠区不应使用双层床，请更换", "double-deck beds are not allowed: replace them");
    }
    if (site.beds_against_outer_wall()) {
      Breach(findings, *beds, "beds_against_outer_wall", "SITE_BEDS_OUTER_WALL",
             "床位不应紧靠外墙，请移开", "beds can't stand against an outer wall: move them");
    }
  }
  const SiteRule* separate = Enabled(findings, "S8");
  if (separate != nullptr && with_kindergarten && site.has_separate_zone_and_exit() &&
      !site.separate_zone_and_exit()) {
    Breach(findings, *separate, "separate_zone_and_exit", "SITE_NOT_SEPARATE",
           "与幼儿园合建的，托育生活部分应独立分区并设独立安全出入口",
           "a nursery built with a kindergarten is a zone of its own with its own exit");
  }
}

// S10, S11, O1.
void CheckHealthAndSafety(const SiteConditions& site, Findings& findings) {
  if (const SiteRule* room = Enabled(findings, "S10"); room != nullptr) {
    if (site.has_observation_room_area_m2() &&
        Below(site.observation_room_area_m2(), room->threshold())) {
      Breach(findings, *room, "observation_room_area_m2", "SITE_OBSERVATION_ROOM",
             absl::StrCat("保健观察室不应小于", Number(room->threshold()), "m²，现为",
                          Number(site.observation_room_area_m2()), "m²"),
             absl::StrCat("the health observation room has ", Number(room->threshold()),
                          " m² or more, not ", Number(site.observation_room_area_m2()), " m²"));
    }
    if (site.has_observation_beds() && site.observation_beds() < 1) {
      Breach(findings, *room, "observation_beds", "SITE_OBSERVATION_BED",
             "保健观察室应至少设1张观察床", "the health observation room has at least 1 bed");
    }
  }
  const SiteRule* air = Enabled(findings, "S11");
  if (air != nullptr && site.has_air_quality_passed() && !site.air_quality_passed()) {
    Breach(findings, *air, "air_quality_passed", "SITE_AIR_QUALITY",
           "室内空气质量应符合 GB/T 18883，请治理并检测合格后再提交",
           "indoor air must conform to GB/T 18883: mend it and have it measured again");
  }
  const SiteRule* recordings = Enabled(findings, "O1");
  if (recordings != nullptr && site.has_surveillance_days() &&
      Below(site.surveillance_days(), recordings->threshold())) {
    Breach(findings, *recordings, "surveillance_days", "SITE_SURVEILLANCE_DAYS",
           absl::StrCat("监控录像应保存不少于", Number(recordings->threshold()), "日，现为",
                        site.surveillance_days(), "日"),
           absl::StrCat("surveillance recordings are kept ", Number(recordings->threshold()),
                        " days or more, not ", site.surveillance_days()));
  }
}

// S12.
void CheckOutdoors(const FilingContent& content, Findings& findings) {
  const SiteRule* outdoors = Enabled(findings, "S12");
  if (outdoors != nullptr && content.outdoor_area_m2() == 0 &&
      ids::TrimBlanks(content.site().shared_outdoor_site()).empty()) {
    Breach(findings, *outdoors, "shared_outdoor_site", "SITE_OUTDOOR_MISSING",
           "没有室外活动场地的，请写明附近可安全使用的公共场地",
           "without an outdoor area of your own, name the public site nearby that is used safely");
  }
}

// One piece of advice for everything a rule would look at that the form does not say.
void CheckStated(const FilingContent& content, Findings& findings) {
  const SiteConditions& site = content.site();
  struct Fact {
    absl::string_view code;
    bool stated;
    absl::string_view zh;
    absl::string_view en;
  };
  const Fact facts[] = {
      {"S2", site.has_lowest_floor(), "最低楼层", "lowest_floor"},
      {"S3", site.has_highest_floor(), "最高楼层", "highest_floor"},
      {"S4", site.has_window_floor_ratio(), "窗地面积比", "window_floor_ratio"},
      {"S5", site.has_winter_sunlight_hours(), "冬至日日照", "winter_sunlight_hours"},
      {"S6a", site.has_rail_height_m(), "护栏高度", "rail_height_m"},
      {"S6b", site.has_rail_bar_gap_m(), "护栏杆件净距", "rail_bar_gap_m"},
      {"S6c", site.has_stairwell_width_m(), "梯井净宽", "stairwell_width_m"},
      {"S7", site.has_double_deck_beds(), "是否双层床", "double_deck_beds"},
      {"S7", site.has_beds_against_outer_wall(), "床位是否靠外墙", "beds_against_outer_wall"},
      {"S8", !IsWithKindergarten(content) || site.has_separate_zone_and_exit(),
       "是否独立分区和出入口", "separate_zone_and_exit"},
      {"S10", site.has_observation_room_area_m2(), "保健观察室面积", "observation_room_area_m2"},
      {"S10", site.has_observation_beds(), "观察床位", "observation_beds"},
      {"S11", site.has_air_quality_passed(), "空气质量是否合格", "air_quality_passed"},
      {"O1", site.has_surveillance_days(), "监控录像保存天数", "surveillance_days"},
  };
  std::vector<absl::string_view> zh;
  std::vector<absl::string_view> en;
  for (const Fact& fact : facts) {
    if (!fact.stated && Enabled(findings, fact.code) != nullptr) {
      zh.push_back(fact.zh);
      en.push_back(fact.en);
    }
  }
  if (zh.empty()) return;
  findings.Add("content.site", "SITE_NOT_STATED",
               absl::StrCat("场地情况未填：", absl::StrJoin(zh, "、"), "；将在现场核查"),
               absl::StrCat("site facts not stated: ", absl::StrJoin(en, ", "),
                            "; they will be looked at on the spot"));
}

}  // namespace

void CheckSite(const FilingContent& content, Findings& findings) {
  const SiteConditions& site = content.site();
  const SiteConditions measured = CheckRanges(site, findings);
  CheckText(findings, "content.site.shared_outdoor_site", {"公共室外场地", "shared_outdoor_site"},
            site.shared_outdoor_site(), kSharedSiteBounds);
  if (!findings.complete()) return;
  CheckOutdoors(content, findings);
  CheckFloors(measured, findings);
  // The building rules are those of nurseries; a home is judged by its floor and its surroundings.
  if (content.facility_type() == v1::FACILITY_TYPE_HOME_BASED) return;
  CheckLight(measured, findings);
  CheckRails(measured, findings);
  CheckLayout(measured, IsWithKindergarten(content), findings);
  CheckHealthAndSafety(measured, findings);
  CheckStated(content, findings);
}

// S9: the rooms of all classes fit into the indoor usable area.
void CheckRoomAreas(const FilingContent& content, Findings& findings) {
  static constexpr absl::string_view kCodes[] = {"", "S9a", "S9b", "S9c", ""};
  if (!findings.complete() || content.facility_type() == v1::FACILITY_TYPE_HOME_BASED) return;
  double needed = 0;
  const SiteRule* rule = nullptr;
  for (const auto& plan : content.classes()) {
    if (!v1::ClassKind_IsValid(plan.kind())) continue;
    if (const SiteRule* unit = Enabled(findings, kCodes[plan.kind()]); unit != nullptr) {
      rule = unit;
      needed += unit->threshold();
    }
  }
  const double area = content.indoor_usable_area_m2();
  if (rule == nullptr || !(area > 0) || !Below(area, needed)) return;
  findings.Add("content.indoor_usable_area_m2", "SITE_CLASS_AREA", rule->level(), rule->source(),
               absl::StrCat("按各班生活单元最小面积合计约需", Number(needed),
                            "m²，室内使用面积现为", Number(area), "m²，请核对"),
               absl::StrCat("the smallest units of the classes add up to about ", Number(needed),
                            " m²; the indoor usable area is ", Number(area), " m²: check"));
}

}  // namespace tuoyu::filing
