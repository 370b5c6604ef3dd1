#include <cmath>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/ids/coordinate.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"
#include "services/filing/content_checks.h"
#include "services/filing/names.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing {
namespace {

using v1::FilingContent;

constexpr TextBounds kAddressBounds{4, 120};
constexpr TextBounds kPointSourceBounds{0, 60};
constexpr TextBounds kHoursBounds{0, 120};
constexpr TextBounds kBrandBounds{0, 60};
constexpr size_t kCommunityDigits = 12;
constexpr int kMaxServiceModes = 8;
constexpr double kMaxAreaM2 = 100000;
constexpr int kMaxAccuracyM = 100000;
constexpr double kAreaTolerance = 1e-6;
// A map point has at least 5 decimals, about 1 m.
constexpr double kFourDecimals = 1e4;
constexpr double kDecimalTolerance = 1e-6;
constexpr absl::string_view kLeaseRule = "S1";

// The town or street in its short form, with what is wrong with it.
void CheckDivision(const FilingContent& content, Findings& findings) {
  const FieldPath field("content.division_code");
  if (ids::TrimBlanks(content.division_code()).empty()) {
    findings.Require(field, {"镇街代码", "division_code"});
    return;
  }
  const auto code = ids::NormaliseDivisionCode(content.division_code());
  if (!code.ok()) {
    findings.Add(field, code.error());
    return;
  }
  if (!findings.complete()) return;
  const data::Divisions& divisions = findings.context().divisions;
  const std::string& district = divisions.district_code();
  if (!ids::DivisionContains(district, code.value())) {
    findings.Add(
        field, "DIVISION_OTHER_DISTRICT",
        absl::StrCat("代码 ", code.value(), " 不在", divisions.NameOf(district, findings.today()),
                     "（", district, "）范围内，请向机构所在地的卫生健康部门备案"),
        absl::StrCat("division ", code.value(), " is not in district ", district,
                     ": file where the facility lies"));
  } else if (code.value().size() != ids::kTownDigits) {
    findings.Add(
        field, "DIVISION_NOT_TOWN", absl::StrCat("请填写9位镇街代码，", code.value(), " 不是镇街"),
        absl::StrCat("state the 9 digits of a town or street: ", code.value(), " is none"));
  } else if (divisions.Find(code.value(), findings.today()) == nullptr) {
    findings.Add(field, "DIVISION_UNKNOWN",
                 absl::StrCat("没有代码为 ", code.value(), " 的镇街（", FormatDay(findings.today()),
                              "），请核对"),
                 absl::StrCat("there is no town or street ", code.value(), " on ",
                              FormatDay(findings.today())));
  }
}

void CheckCommunity(const FilingContent& content, Findings& findings) {
  const FieldPath field("content.community_code");
  if (ids::TrimBlanks(content.community_code()).empty()) return;
  const auto code = ids::NormaliseDivisionCode(content.community_code());
  if (!code.ok() || code.value().size() != kCommunityDigits) {
    findings.Add(field, "COMMUNITY_FORMAT", "社区代码应为12位数字，如 500111001001；不清楚可不填",
                 "a community code has 12 digits, such as 500111001001; it may be left empty");
    return;
  }
  const auto town = ids::NormaliseDivisionCode(content.division_code());
  if (findings.complete() && town.ok() && !absl::StartsWith(code.value(), town.value())) {
    findings.Add(
        field, "COMMUNITY_OTHER_TOWN",
        absl::StrCat("社区代码 ", code.value(), " 不属于所填镇街 ", town.value()),
        absl::StrCat("community ", code.value(), " is not in town or street ", town.value()));
  }
}

// True if there are no more than four decimals.
bool IsCoarse(double degrees) {
  const double scaled = degrees * kFourDecimals;
  return std::fabs(scaled - std::round(scaled)) < kDecimalTolerance;
}

void CheckLocation(const FilingContent& content, Findings& findings) {
  const FieldPath field("content.location");
  if (!content.has_location()) {
    findings.Require(field, {"地图位置（经纬度）", "location, the point on the map"});
    return;
  }
  const common::v1::Coordinate& location = content.location();
  CheckValue(findings, "content.location.system", {"坐标系", "system"}, location.system(),
             common::v1::CoordinateSystem_IsValid, false);
  CheckText(findings, "content.location.source", {"坐标来源", "source"}, location.source(),
            kPointSourceBounds);
  CheckNumber(findings, "content.location.accuracy_m", {"坐标精度", "accuracy_m"},
              location.accuracy_m(), 0, kMaxAccuracyM, "m");
  if (!findings.complete()) {
    if (!std::isfinite(location.longitude()) || !std::isfinite(location.latitude())) {
      findings.Add(field, "COORDINATE_RANGE", "经纬度应为数字",
                   "longitude and latitude are numbers");
    }
    return;
  }
  if (const auto fault = PointFault(location, findings.rules())) {
    findings.Add(field, *fault);
  } else if (IsCoarse(location.longitude()) && IsCoarse(location.latitude())) {
    findings.Add(field, "COORDINATE_PRECISION",
                 "经纬度请保留至少5位小数（约1米），否则地图位置不准",
                 "give longitude and latitude with 5 decimals or more (about 1 m)");
  }
}

// S1: own site or a lease of at least min_lease_years, its last day included.
void CheckLeaseTerm(std::optional<absl::CivilDay> start, absl::CivilDay end, Findings& findings) {
  const int years = findings.rules().min_lease_years();
  const v1::SiteRule* rule = FindSiteRule(findings.rules(), kLeaseRule);
  if (rule == nullptr || !rule->enabled()) return;
  const absl::CivilDay shortest =
      start ? absl::CivilDay(start->year() + years, start->month(), start->day()) - 1 : end;
  if (end < shortest) {
    findings.Add(
        "content.lease_end", "LEASE_TOO_SHORT", rule->level(), rule->source(),
        absl::StrCat("租期应不少于", years, "年：自 ", FormatDay(*start), " 起租的，应租至 ",
                     FormatDay(shortest), " 或以后，现为 ", FormatDay(end)),
        absl::StrCat("a lease runs for ", years, " years at least: one from ", FormatDay(*start),
                     " ends on ", FormatDay(shortest), " or later, not ", FormatDay(end)));
  }
  if (end < findings.today()) {
    findings.Add(
        "content.lease_end", "LEASE_EXPIRED", rule->level(), rule->source(),
        absl::StrCat("租约已于 ", FormatDay(end), " 到期，请续租后填写新的租期"),
        absl::StrCat("the lease ended on ", FormatDay(end), ": renew it and state the new term"));
  }
}

void CheckLease(const FilingContent& content, Findings& findings) {
  const auto start = CheckDay(findings, "content.lease_start", {"租期起始日", "lease_start"},
                              content.lease_start());
  const auto end =
      CheckDay(findings, "content.lease_end", {"租期终止日", "lease_end"}, content.lease_end());
  if (!findings.complete()) return;
  if (start.has_value() && *start > findings.today()) {
    findings.Add("content.lease_start", "LEASE_NOT_STARTED",
                 absl::StrCat("租期自 ", FormatDay(*start), " 才开始，请在取得场地后备案"),
                 absl::StrCat("the lease starts only on ", FormatDay(*start),
                              ": file once you have the premises"));
  }
  if (!end.has_value()) return;
  if (start.has_value() && *end <= *start) {
    findings.Add(
        "content.lease_end", "LEASE_ORDER",
        absl::StrCat("租期终止日（", FormatDay(*end), "）应晚于起始日（", FormatDay(*start), "）"),
        absl::StrCat("the lease ends (", FormatDay(*end), ") before it starts (", FormatDay(*start),
                     ")"));
    return;
  }
  CheckLeaseTerm(start, *end, findings);
}

}  // namespace

ids::Box DistrictBox(const v1::RuleSet& rules) {
  const auto& box = rules.bounding_box_gcj02();
  return {box[0], box[1], box[2], box[3]};
}

std::optional<ids::IdError> PointFault(const common::v1::Coordinate& location,
                                       const v1::RuleSet& rules) {
  if ((location.longitude() == 0.0) != (location.latitude() == 0.0)) {
    return ids::IdError{"COORDINATE_HALF", "只填了经度或纬度，请把两个都填上，或者都不填",
                        "only one of longitude and latitude is given: give both, or neither"};
  }
  const auto stated = ids::NormaliseCoordinate(location, DistrictBox(rules));
  if (stated.ok()) return std::nullopt;
  // That it lies elsewhere in any system is told before that its own can't be guessed.
  common::v1::Coordinate point = location;
  if (point.system() == common::v1::COORDINATE_SYSTEM_UNSPECIFIED ||
      !common::v1::CoordinateSystem_IsValid(point.system())) {
    point.set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  }
  const auto assumed = ids::NormaliseCoordinate(point, DistrictBox(rules));
  return assumed.ok() ? stated.error() : assumed.error();
}

void CheckPlace(const FilingContent& content, Findings& findings) {
  CheckText(findings, "content.address", {"机构住所", "address"}, content.address(),
            kAddressBounds);
  CheckDivision(content, findings);
  CheckCommunity(content, findings);
  CheckLocation(content, findings);
}

void CheckPremises(const FilingContent& content, Findings& findings) {
  CheckValue(findings, "content.premises_tenure", {"服务场所性质", "premises_tenure"},
             content.premises_tenure(), v1::PremisesTenure_IsValid);
  if (content.premises_tenure() == v1::PREMISES_TENURE_LEASED) {
    CheckLease(content, findings);
    return;
  }
  CheckDay(findings, "content.lease_start", {"租期起始日", "lease_start"}, content.lease_start(),
           false);
  CheckDay(findings, "content.lease_end", {"租期终止日", "lease_end"}, content.lease_end(), false);
  if (findings.complete() && content.premises_tenure() == v1::PREMISES_TENURE_OWNED &&
      (IsSet(content.lease_start()) || IsSet(content.lease_end()))) {
    findings.Add("content.lease_start", "LEASE_UNUSED", "自有场所不填租期，请删去或更正场所性质",
                 "own premises have no lease: leave the dates empty or correct the tenure");
  }
}

void CheckAreas(const FilingContent& content, Findings& findings) {
  const Label gross{"建筑面积", "gross_floor_area_m2"};
  const Label indoor{"室内使用面积", "indoor_usable_area_m2"};
  const double gross_area = content.gross_floor_area_m2();
  const double indoor_area = content.indoor_usable_area_m2();
  if (gross_area == 0) findings.Require("content.gross_floor_area_m2", gross);
  if (indoor_area == 0) findings.Require("content.indoor_usable_area_m2", indoor);
  const bool gross_known =
      CheckNumber(findings, "content.gross_floor_area_m2", gross, gross_area, 0, kMaxAreaM2, "m²");
  const bool indoor_known = CheckNumber(findings, "content.indoor_usable_area_m2", indoor,
                                        indoor_area, 0, kMaxAreaM2, "m²");
  CheckNumber(findings, "content.outdoor_area_m2", {"室外活动场地面积", "outdoor_area_m2"},
              content.outdoor_area_m2(), 0, kMaxAreaM2, "m²");
  if (findings.complete() && gross_known && indoor_known && gross_area > 0 &&
      indoor_area > gross_area + kAreaTolerance) {
    findings.Add(
        "content.indoor_usable_area_m2", "AREA_INDOOR_OVER_GROSS",
        absl::StrCat("室内使用面积（", Number(indoor_area), "m²）不能大于建筑面积（",
                     Number(gross_area), "m²）"),
        absl::StrCat("the indoor usable area (", Number(indoor_area),
                     " m²) can't exceed the gross floor area (", Number(gross_area), " m²)"));
  }
}

void CheckService(const FilingContent& content, Findings& findings) {
  const Label modes{"服务范围（至少一项）", "service_modes, at least one"};
  if (content.service_modes().empty()) findings.Require("content.service_modes", modes);
  if (CheckListSize(findings, "content.service_modes", modes, content.service_modes_size(),
                    kMaxServiceModes)) {
    uint32_t seen = 0;
    for (int i = 0; i < content.service_modes_size(); ++i) {
      const FieldPath field("content.service_modes", i);
      const int mode = content.service_modes(i);
      if (!CheckValue(findings, field, {"服务范围", "service mode"}, mode,
                      v1::ServiceMode_IsValid)) {
        continue;
      }
      if (findings.complete() && (seen & (1U << mode)) != 0) {
        const Label name = NameOf(static_cast<v1::ServiceMode>(mode));
        findings.Add(field, "SERVICE_MODE_DOUBLE", absl::StrCat(name.zh, "重复，请删去一个"),
                     absl::StrCat(name.en, " is given twice: remove one"));
      }
      seen |= 1U << mode;
    }
  }
  CheckValue(findings, "content.meals", {"供餐方式", "meals"}, content.meals(), v1::Meals_IsValid);
  CheckText(findings, "content.opening_hours", {"营业时间", "opening_hours"},
            content.opening_hours(), kHoursBounds);
  CheckText(findings, "content.chain_brand", {"连锁品牌", "chain_brand"}, content.chain_brand(),
            kBrandBounds);
}

}  // namespace tuoyu::filing
