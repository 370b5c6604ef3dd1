#include "clients/cli/rehearsal/forms.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "clients/cli/rehearsal/identifiers.h"
#include "clients/cli/rehearsal/splitmix.h"
#include "common/base/civil.h"
#include "common/ids/made_up.h"

namespace tuoyu::rehearsal {
namespace {

namespace pb = filing::v1;

constexpr absl::string_view kWords[] = {
    "晨曦",   "朝阳",   "春芽",   "星语", "云朵", "萌芽", "童心", "花语", "启明",
    "小橡树", "蒲公英", "向日葵", "小鹿", "悦童", "米乐", "彩虹", "青禾", "海棠",
    "麦田",   "果果",   "蓝天",   "百灵", "石榴", "玉兰", "银杏", "荷塘", "微光",
    "木棉",   "小溪",   "拾光",   "听雨", "松果", "竹马", "暖阳", "繁星", "白鸽"};
constexpr absl::string_view kSurnames[] = {"赵", "钱", "孙", "李", "周", "吴", "郑", "王",
                                           "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨"};
constexpr absl::string_view kGiven[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};

// Where each division's made-up facilities lie: CGCS2000 in millionths of a degree, streets around the district's seat,
// towns in two rings; not the real places of the towns.
struct Spot {
  int longitude;
  int latitude;
};
constexpr Spot kSpots[] = {
    {105730000, 29703000}, {105721000, 29715124}, {105703000, 29715124}, {105694000, 29703000},
    {105703000, 29690876}, {105721000, 29690876}, {105837000, 29615000}, {105801232, 29673637},
    {105720861, 29688120}, {105656408, 29647541}, {105656408, 29582459}, {105720861, 29541880},
    {105801232, 29556363}, {105933113, 29646787}, {105897378, 29711677}, {105830868, 29757418},
    {105746757, 29774952}, {105661704, 29760806}, {105592554, 29717781}, {105553004, 29654398},
    {105550887, 29583213}, {105586622, 29518323}, {105653132, 29472582}, {105737243, 29455048},
    {105822296, 29469194}, {105891446, 29512219}, {105930996, 29575602}};
constexpr int kScatter = 6'000;  // about 600 m
constexpr double kMillion = 1e6;

// Room each class takes with everything around it, m²; above what table 4.2.3 of JGJ 39 adds up to.
constexpr int kAreaPerClass = 150;

struct Registration {
  pb::LegalForm legal_form;
  pb::Registrar registrar;
  pb::ProfitNature profit_nature;
  pb::Ownership ownership;
  absl::string_view registrar_name;
  absl::string_view prefix;
};
constexpr Registration kPublic = {pb::LEGAL_FORM_PUBLIC_INSTITUTION,
                                  pb::REGISTRAR_ORG_ESTAB,
                                  pb::PROFIT_NATURE_NONPROFIT,
                                  pb::OWNERSHIP_PUBLIC,
                                  "中共重庆市大足区委机构编制委员会办公室",
                                  "12"};
constexpr Registration kNonprofit = {
    pb::LEGAL_FORM_NONPROFIT,    pb::REGISTRAR_CIVIL,
    pb::PROFIT_NATURE_NONPROFIT, pb::OWNERSHIP_PRIVATE_WITH_PUBLIC_AID,
    "重庆市大足区民政局",        "52"};
constexpr Registration kEnterprise = {pb::LEGAL_FORM_FOR_PROFIT,    pb::REGISTRAR_SAMR,
                                      pb::PROFIT_NATURE_FOR_PROFIT, pb::OWNERSHIP_PRIVATE,
                                      "重庆市大足区市场监督管理局", "91"};
constexpr Registration kSoleTrader = {pb::LEGAL_FORM_FOR_PROFIT,    pb::REGISTRAR_SAMR,
                                      pb::PROFIT_NATURE_FOR_PROFIT, pb::OWNERSHIP_PRIVATE,
                                      "重庆市大足区市场监督管理局", "92"};

const Registration& RegistrationOf(pb::FacilityType type, SplitMix64& chance) {
  const int roll = chance.Between(0, 99);
  switch (type) {
    case pb::FACILITY_TYPE_KINDERGARTEN:
      return roll < 45 ? kPublic : roll < 85 ? kNonprofit : kEnterprise;
    case pb::FACILITY_TYPE_EMPLOYER:
      return roll < 50 ? kPublic : kEnterprise;
    case pb::FACILITY_TYPE_HOME_BASED:
      return kSoleTrader;
    default:
      return roll < 55 ? kEnterprise : roll < 75 ? kSoleTrader : kNonprofit;
  }
}

std::string FacilityName(const FacilityPlan& plan, absl::string_view town, absl::string_view word) {
  absl::string_view place = town;
  if (!absl::ConsumeSuffix(&place, "街道")) absl::ConsumeSuffix(&place, "镇");
  absl::string_view kind = plan.number % 3 == 0 ? "托育园" : "托育中心";
  if (plan.type == pb::FACILITY_TYPE_KINDERGARTEN) kind = "幼儿园托班";
  if (plan.type == pb::FACILITY_TYPE_EMPLOYER) kind = "职工托育园";
  if (plan.type == pb::FACILITY_TYPE_HOME_BASED) kind = "家庭托育点";
  return absl::StrFormat("大足区%s%s%s（演练%05d）", place, word, kind, plan.number);
}

std::string AdultId(SplitMix64& chance) {
  const absl::CivilDay birth(chance.Between(1970, 1996), chance.Between(1, 12),
                             chance.Between(1, 28));
  return ids::MadeUpResidentId(birth, static_cast<uint32_t>(chance.Below(4)));
}

void SetLocation(const FacilityPlan& plan, const data::Divisions& divisions, SplitMix64& chance,
                 pb::FilingContent* content) {
  const auto all = divisions.Children(divisions.district_code(), plan.filed_on);
  size_t at = 0;
  while (at + 1 < all.size() && all[at]->code != plan.division) ++at;
  const Spot& spot = kSpots[at % std::size(kSpots)];
  common::v1::Coordinate* point = content->mutable_location();
  // Five decimals at least: the last digit is never 0.
  const auto scattered = [&](int centre) {
    const int value = centre + chance.Between(-kScatter, kScatter);
    return (value - value % 10 + 3) / kMillion;
  };
  point->set_longitude(scattered(spot.longitude));
  point->set_latitude(scattered(spot.latitude));
  point->set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  point->set_source("演练");
  point->set_accuracy_m(50);
}

void SetClasses(const std::vector<Class>& classes, pb::FilingContent* content) {
  content->clear_classes();
  int count[pb::ClassKind_ARRAYSIZE] = {};
  static constexpr absl::string_view kLabels[] = {"", "乳儿", "托小", "托大", "混龄"};
  for (const Class& each : classes) {
    pb::ClassPlan* plan = content->add_classes();
    plan->set_kind(each.kind);
    plan->set_capacity(each.capacity);
    plan->set_label(absl::StrCat(kLabels[each.kind], ++count[each.kind], "班"));
  }
  content->set_approved_capacity(PlacesOf(classes));
}

int CarersFor(const FacilityPlan& plan, const std::vector<Class>& classes) {
  if (plan.type == pb::FACILITY_TYPE_HOME_BASED) return (PlacesOf(classes) + 2) / 3;
  static constexpr int kPerCarer[] = {1, 3, 5, 7, 5};  // by ClassKind
  int carers = 0;
  for (const Class& each : classes) {
    carers += (each.capacity + kPerCarer[each.kind] - 1) / kPerCarer[each.kind];
  }
  return carers;
}

void SetStaff(const FacilityPlan& plan, const std::vector<Class>& classes,
              pb::FilingContent* content) {
  content->clear_staff();
  const auto add = [&](pb::StaffRole role, int headcount) {
    if (headcount == 0) return;
    pb::StaffPlan* staff = content->add_staff();
    staff->set_role(role);
    staff->set_headcount(headcount);
  };
  const bool home = plan.type == pb::FACILITY_TYPE_HOME_BASED;
  add(pb::STAFF_ROLE_PRINCIPAL, 1);
  add(pb::STAFF_ROLE_CARER, CarersFor(plan, classes));
  add(pb::STAFF_ROLE_HEALTH, home ? 0 : 1);
  add(pb::STAFF_ROLE_GUARD, home ? 0 : 1);
  add(pb::STAFF_ROLE_COOK, content->meals() == pb::MEALS_SELF ? (PlacesOf(classes) + 49) / 50 : 0);
}

void SetAreas(const FacilityPlan& plan, size_t classes, pb::FilingContent* content) {
  const bool home = plan.type == pb::FACILITY_TYPE_HOME_BASED;
  const double indoor = home ? 60 : static_cast<double>(kAreaPerClass * classes + 80);
  content->set_indoor_usable_area_m2(indoor);
  content->set_gross_floor_area_m2(home ? 90 : indoor + 40.0 * static_cast<double>(classes));
  if (content->outdoor_area_m2() > 0) {
    content->set_outdoor_area_m2(static_cast<double>(60 * classes));
  }
}

void SetSite(const FacilityPlan& plan, SplitMix64& chance, pb::SiteConditions* site) {
  site->set_lowest_floor(1);
  site->set_highest_floor(chance.Between(1, 3));
  site->set_window_floor_ratio(chance.Between(20, 28) / 100.0);
  site->set_winter_sunlight_hours(chance.Between(30, 50) / 10.0);
  site->set_rail_height_m(chance.Between(130, 140) / 100.0);
  site->set_rail_bar_gap_m(chance.Between(80, 90) / 1000.0);
  site->set_stairwell_width_m(0.1);
  site->set_stairwell_protected(true);
  site->set_double_deck_beds(false);
  site->set_beds_against_outer_wall(false);
  const bool kindergarten = plan.type == pb::FACILITY_TYPE_KINDERGARTEN;
  site->set_built_with_kindergarten(kindergarten);
  if (kindergarten) site->set_separate_zone_and_exit(true);
  site->set_observation_room_area_m2(chance.Between(60, 120) / 10.0);
  site->set_observation_beds(chance.Between(1, 2));
  site->set_air_quality_passed(true);
  site->set_building_age_years(chance.Between(2, 15));
  site->set_surveillance_days(chance.Between(90, 180));
}

void SetParties(const FacilityPlan& plan, uint64_t seed, SplitMix64& chance,
                pb::FilingContent* content) {
  const Registration& registration = RegistrationOf(plan.type, chance);
  content->set_legal_form(registration.legal_form);
  content->set_registrar(registration.registrar);
  content->set_registrar_name(std::string(registration.registrar_name));
  content->set_profit_nature(registration.profit_nature);
  content->set_ownership(registration.ownership);
  const auto number = static_cast<uint32_t>(plan.number);
  content->set_uscc(MadeUpUscc(registration.prefix, seed, 2 * number));
  *content->mutable_registered_on() = ToProto(plan.filed_on - chance.Between(40, 400));
  content->set_business_scope(plan.type == pb::FACILITY_TYPE_HOME_BASED
                                  ? "家庭托育服务；托育服务（演练）"
                                  : "托育服务（演练）");
  if (plan.type == pb::FACILITY_TYPE_KINDERGARTEN) {
    content->set_parent_organisation_uscc(content->uscc());
  } else if (plan.type == pb::FACILITY_TYPE_EMPLOYER) {
    content->set_parent_organisation_uscc(MadeUpUscc(registration.prefix, seed, 2 * number + 1));
    content->set_open_to_public(chance.Percent(50));
  }
  content->set_principal_name(MadeUpName(chance));
  content->set_principal_id_number(AdultId(chance));
  content->set_contact_name(content->principal_name());
  content->set_contact_phone(MadeUpPhone(number));
  content->set_signed_by(content->principal_name());
  content->set_seal_ref("演练电子印章");
  *content->mutable_signed_on() = ToProto(plan.filed_on);
}

void SetService(const FacilityPlan& plan, SplitMix64& chance, pb::FilingContent* content) {
  content->add_service_modes(pb::SERVICE_MODE_FULL_DAY);
  if (chance.Percent(40)) content->add_service_modes(pb::SERVICE_MODE_HALF_DAY);
  if (plan.type == pb::FACILITY_TYPE_ORDINARY && chance.Percent(30)) {
    content->add_service_modes(pb::SERVICE_MODE_HOURLY);
    content->add_service_modes(pb::SERVICE_MODE_TEMPORARY);
  }
  const bool home = plan.type == pb::FACILITY_TYPE_HOME_BASED;
  content->set_meals(home                 ? pb::MEALS_NONE
                     : chance.Percent(65) ? pb::MEALS_SELF
                                          : pb::MEALS_DELIVERED);
  content->set_opening_hours("周一至周五 07:30-18:00");
  if (plan.type == pb::FACILITY_TYPE_KINDERGARTEN || chance.Percent(30)) {
    content->set_premises_tenure(pb::PREMISES_TENURE_OWNED);
  } else {
    content->set_premises_tenure(pb::PREMISES_TENURE_LEASED);
    const auto registered = FromProto(content->registered_on());
    const absl::CivilDay start = registered.ok() ? *registered - 20 : plan.filed_on;
    *content->mutable_lease_start() = ToProto(start);
    // Ten years: none ends before a rehearsal is over.
    *content->mutable_lease_end() =
        ToProto(absl::CivilDay(start.year() + 10, start.month(), start.day()) - 1);
  }
  if (chance.Percent(80)) {
    content->set_outdoor_area_m2(1);
  } else {
    content->mutable_site()->set_shared_outdoor_site("200米内社区广场（演练）");
  }
}

void ApplyChange(const FacilityPlan& plan, uint64_t seed, absl::string_view town,
                 pb::FilingContent* content) {
  SplitMix64 chance(seed, kPurposeChange, static_cast<uint64_t>(plan.number) + (1U << 24));
  switch (plan.change) {
    case ChangeKind::kCapacity:
      SetClasses(plan.classes_after, content);
      SetStaff(plan, plan.classes_after, content);
      SetAreas(plan, plan.classes_after.size(), content);
      break;
    case ChangeKind::kPrincipal:
      content->set_principal_name(absl::StrCat(chance.Pick(kSurnames), "新演练"));
      content->set_principal_id_number(AdultId(chance));
      break;
    case ChangeKind::kName:
      content->set_name(FacilityName(plan, town, absl::StrCat("新", chance.Pick(kWords))));
      break;
    default:
      content->set_meals(content->meals() == pb::MEALS_SELF ? pb::MEALS_DELIVERED : pb::MEALS_SELF);
      SetStaff(plan, plan.classes, content);
  }
  content->set_signed_by(content->principal_name());
  *content->mutable_signed_on() = ToProto(plan.changed_on);
}

void SetSource(absl::string_view tag, int number, int step, pb::BackEntry* entry) {
  entry->mutable_source()->set_source_system(kSourceSystem);
  entry->mutable_source()->set_source_id(absl::StrFormat("%s-%05d-%d", tag, number, step));
  entry->set_evidence(absl::StrFormat("演练档案 %s 第%05d号之%d", tag, number, step));
}

void AddRecognitions(const FacilityPlan& plan, absl::string_view tag, absl::CivilDay until,
                     pb::BackEntry* entry) {
  for (const RecognitionPlan& each : plan.recognitions) {
    if (each.from > until) continue;
    pb::Recognition* recognition = entry->add_recognitions();
    *recognition->mutable_valid_from() = ToProto(each.from);
    *recognition->mutable_valid_to() = ToProto(each.to);
    *recognition->mutable_decided_on() = ToProto(each.from);
    recognition->set_criteria_version("演练认定办法");
    recognition->set_document_number(
        absl::StrFormat("演练普惠〔%d〕%s-%05d号", each.from.year(), tag, plan.number));
    recognition->set_places_covered(each.places_covered);
    if (!each.revoked_on.has_value() || *each.revoked_on > until) continue;
    *recognition->mutable_revoked_on() = ToProto(*each.revoked_on);
    recognition->set_revoke_reason("收费超出普惠标准（演练）");
  }
}

}  // namespace

pb::FilingContent MakeContent(const FacilityPlan& plan, uint64_t seed,
                              const data::Divisions& divisions, bool after_change) {
  SplitMix64 chance(seed, kPurposeForm, static_cast<uint64_t>(plan.number));
  pb::FilingContent content;
  const std::string town = divisions.NameOf(plan.division, plan.filed_on);
  content.set_filing_authority("DHC");
  content.set_facility_type(plan.type);
  content.set_name(FacilityName(plan, town, chance.Pick(kWords)));
  content.set_address(absl::StrFormat("重庆市大足区%s演练路%d号", town, chance.Between(1, 299)));
  content.set_division_code(plan.division);
  SetLocation(plan, divisions, chance, &content);
  SetParties(plan, seed, chance, &content);
  SetService(plan, chance, &content);
  SetClasses(plan.classes, &content);
  SetStaff(plan, plan.classes, &content);
  SetAreas(plan, plan.classes.size(), &content);
  SetSite(plan, chance, content.mutable_site());
  content.set_claims_inclusive(!plan.recognitions.empty());
  if (after_change && plan.change != ChangeKind::kNone) ApplyChange(plan, seed, town, &content);
  return content;
}

std::vector<pb::BackEntry> MakeEntries(const FacilityPlan& plan, uint64_t seed,
                                       absl::string_view tag, const data::Divisions& divisions,
                                       absl::CivilDay until) {
  std::vector<pb::BackEntry> entries;
  if (plan.filed_on > until) return entries;
  pb::BackEntry& first = entries.emplace_back();
  first.set_kind(pb::FILING_KIND_INITIAL);
  *first.mutable_content() = MakeContent(plan, seed, divisions);
  *first.mutable_filed_on() = ToProto(plan.filed_on);
  first.set_receipt_number(
      absl::StrFormat("YL-%s-%d-%05d", tag, plan.filed_on.year(), plan.number));
  SetSource(tag, plan.number, 1, &first);
  AddRecognitions(plan, tag, until, &first);
  if (plan.change != ChangeKind::kNone && plan.changed_on <= until) {
    pb::BackEntry& change = entries.emplace_back();
    change.set_kind(pb::FILING_KIND_CHANGE);
    *change.mutable_content() = MakeContent(plan, seed, divisions, true);
    *change.mutable_filed_on() = ToProto(plan.changed_on);
    change.set_receipt_number(
        absl::StrFormat("YL-%s-%d-%05d-B", tag, plan.changed_on.year(), plan.number));
    SetSource(tag, plan.number, 2, &change);
  }
  if (plan.cancelled_on.has_value() && *plan.cancelled_on <= until) {
    pb::BackEntry& end = entries.emplace_back();
    end.set_kind(pb::FILING_KIND_CANCELLATION);
    end.mutable_content()->set_uscc(entries.front().content().uscc());
    *end.mutable_filed_on() = ToProto(*plan.cancelled_on);
    SetSource(tag, plan.number, 3, &end);
  }
  return entries;
}

std::string MadeUpName(SplitMix64& chance) {
  return absl::StrCat(chance.Pick(kSurnames), chance.Pick(kGiven), "演练");
}

std::vector<pb::MaterialKind> MaterialsFor(const pb::FilingContent& content) {
  std::vector<pb::MaterialKind> kinds = {
      pb::MATERIAL_KIND_REGISTRATION_CERTIFICATE, pb::MATERIAL_KIND_PREMISES_PROOF,
      pb::MATERIAL_KIND_STAFF_QUALIFICATION,      pb::MATERIAL_KIND_STAFF_HEALTH,
      pb::MATERIAL_KIND_HYGIENE_EVALUATION,       pb::MATERIAL_KIND_FIRE_SAFETY,
      pb::MATERIAL_KIND_CRIMINAL_RECORD_CHECK};
  if (content.meals() == pb::MEALS_SELF || content.meals() == pb::MEALS_DELIVERED) {
    kinds.push_back(pb::MATERIAL_KIND_FOOD_LICENCE);
  }
  if (content.facility_type() == pb::FACILITY_TYPE_KINDERGARTEN) {
    kinds.push_back(pb::MATERIAL_KIND_KINDERGARTEN_LICENCE);
  }
  if (content.facility_type() == pb::FACILITY_TYPE_EMPLOYER) {
    kinds.push_back(pb::MATERIAL_KIND_EMPLOYER_AGREEMENT);
  }
  return kinds;
}

pb::Material MakeMaterial(const pb::FilingContent& content, pb::MaterialKind kind,
                          absl::CivilDay day) {
  pb::Material material;
  material.set_kind(kind);
  material.set_issuer("演练出具单位");
  material.set_document_number(
      kind == pb::MATERIAL_KIND_REGISTRATION_CERTIFICATE
          ? content.uscc()
          : absl::StrFormat("演练-M%02d-%s", static_cast<int>(kind), content.uscc().substr(10, 6)));
  *material.mutable_issued_on() = ToProto(day - 60);
  if (kind == pb::MATERIAL_KIND_HYGIENE_EVALUATION) material.set_result("合格");
  if (kind == pb::MATERIAL_KIND_FIRE_SAFETY) {
    material.set_fire_document(pb::FIRE_DOCUMENT_INSPECTION);
  }
  if (kind == pb::MATERIAL_KIND_STAFF_QUALIFICATION || kind == pb::MATERIAL_KIND_STAFF_HEALTH ||
      kind == pb::MATERIAL_KIND_CRIMINAL_RECORD_CHECK) {
    int staff = 0;
    for (const pb::StaffPlan& plan : content.staff()) staff += plan.headcount();
    material.set_persons_covered(staff);
  }
  if (kind == pb::MATERIAL_KIND_PREMISES_PROOF && content.has_lease_end()) {
    *material.mutable_valid_to() = content.lease_end();
  }
  if (kind == pb::MATERIAL_KIND_FOOD_LICENCE) {
    *material.mutable_valid_to() = ToProto(absl::CivilDay(day.year() + 4, day.month(), 1));
  }
  return material;
}

}  // namespace tuoyu::rehearsal
