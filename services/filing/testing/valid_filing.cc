#include "services/filing/testing/valid_filing.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/base/civil.h"
#include "services/filing/rule_set.h"

namespace tuoyu::filing::testing {
namespace {

using v1::FacilityType;
using v1::FilingContent;
using v1::MaterialKind;

constexpr char kFacilityName[] = "facilities/01940000-0000-7000-8000-000000000001";
constexpr char kFilingName[] = "filings/01940000-0000-7000-8000-000000000002";
constexpr absl::CivilDay kRegistered(2021, 3, 15);
constexpr absl::CivilDay kLeaseStart(2024, 3, 1);
constexpr absl::CivilDay kLeaseEnd(2029, 2, 28);
constexpr absl::CivilDay kIssued(2026, 3, 2);
constexpr absl::CivilDay kSigned(2026, 3, 10);
constexpr absl::CivilDay kInForce(2025, 1, 6);
constexpr absl::CivilDay kFiledLongAgo(2021, 5, 6);

void AddClass(v1::ClassKind kind, int capacity, const std::string& label, FilingContent* content) {
  v1::ClassPlan& plan = *content->add_classes();
  plan.set_kind(kind);
  plan.set_capacity(capacity);
  plan.set_label(label);
  content->set_approved_capacity(content->approved_capacity() + capacity);
}

void AddStaff(v1::StaffRole role, int headcount, FilingContent* content) {
  v1::StaffPlan& plan = *content->add_staff();
  plan.set_role(role);
  plan.set_headcount(headcount);
}

void FillRegistration(v1::LegalForm form, v1::Registrar registrar,
                      const std::string& registrar_name, const std::string& uscc,
                      FilingContent* content) {
  content->set_legal_form(form);
  content->set_registrar(registrar);
  content->set_registrar_name(registrar_name);
  content->set_uscc(uscc);
  content->set_profit_nature(form == v1::LEGAL_FORM_FOR_PROFIT ? v1::PROFIT_NATURE_FOR_PROFIT
                                                               : v1::PROFIT_NATURE_NONPROFIT);
  content->set_ownership(form == v1::LEGAL_FORM_PUBLIC_INSTITUTION ? v1::OWNERSHIP_PUBLIC
                                                                   : v1::OWNERSHIP_PRIVATE);
}

void FillSite(v1::SiteConditions* site) {
  site->set_lowest_floor(1);
  site->set_highest_floor(2);
  site->set_window_floor_ratio(0.2);
  site->set_winter_sunlight_hours(3);
  site->set_rail_height_m(1.3);
  site->set_rail_bar_gap_m(0.09);
  site->set_stairwell_width_m(0.11);
  site->set_double_deck_beds(false);
  site->set_beds_against_outer_wall(false);
  site->set_observation_room_area_m2(6);
  site->set_observation_beds(1);
  site->set_air_quality_passed(true);
  site->set_building_age_years(6);
  site->set_surveillance_days(90);
}

// What all types have in common.
void FillCommon(FilingContent* content) {
  content->set_filing_authority("DHC");
  *content->mutable_registered_on() = ToProto(kRegistered);
  content->set_address("重庆市大足区龙岗街道示例路1号");
  content->set_division_code("500111001");
  content->set_community_code("500111001001");
  content->mutable_location()->set_longitude(105.71234);
  content->mutable_location()->set_latitude(29.70345);
  content->mutable_location()->set_system(common::v1::COORDINATE_SYSTEM_CGCS2000);
  content->mutable_location()->set_source("self-declared");
  content->set_business_scope("托育服务");
  content->set_principal_name("李示例");
  content->set_principal_id_number("500111198802299964");
  content->add_service_modes(v1::SERVICE_MODE_FULL_DAY);
  content->add_service_modes(v1::SERVICE_MODE_HALF_DAY);
  content->set_premises_tenure(v1::PREMISES_TENURE_LEASED);
  *content->mutable_lease_start() = ToProto(kLeaseStart);
  *content->mutable_lease_end() = ToProto(kLeaseEnd);
  content->set_gross_floor_area_m2(600);
  content->set_indoor_usable_area_m2(420.5);
  content->set_outdoor_area_m2(120);
  content->set_contact_name("王示例");
  content->set_contact_phone("13900000001");
  content->set_meals(v1::MEALS_SELF);
  content->set_opening_hours("周一至周五 07:30-18:00");
  FillSite(content->mutable_site());
  content->set_signed_by("李示例");
  *content->mutable_signed_on() = ToProto(kSigned);
  content->set_seal_ref("示例电子印章 0001");
}

void FillOrdinary(FilingContent* content) {
  content->set_name("大足区示例托育园");
  FillRegistration(v1::LEGAL_FORM_FOR_PROFIT, v1::REGISTRAR_SAMR, "重庆市大足区市场监督管理局",
                   "91500111MAQQ000327", content);
  AddClass(v1::CLASS_KIND_INFANT, 10, "乳儿一班", content);
  AddClass(v1::CLASS_KIND_TODDLER, 15, "托小一班", content);
  AddClass(v1::CLASS_KIND_SENIOR, 20, "托大一班", content);
  AddStaff(v1::STAFF_ROLE_CARER, 10, content);
}

void FillKindergarten(FilingContent* content) {
  content->set_name("大足区示例幼儿园");
  FillRegistration(v1::LEGAL_FORM_NONPROFIT, v1::REGISTRAR_CIVIL, "重庆市大足区民政局",
                   "52500111MJQQ000277", content);
  content->set_business_scope("学前教育、托育服务");
  content->set_parent_organisation_uscc("52500111MJQQ000277");
  content->mutable_site()->set_built_with_kindergarten(true);
  content->mutable_site()->set_separate_zone_and_exit(true);
  AddClass(v1::CLASS_KIND_SENIOR, 20, "托大一班", content);
  AddClass(v1::CLASS_KIND_SENIOR, 15, "托大二班", content);
  AddStaff(v1::STAFF_ROLE_CARER, 6, content);
}

void FillEmployer(FilingContent* content) {
  content->set_name("大足区示例医院职工托育中心");
  FillRegistration(v1::LEGAL_FORM_PUBLIC_INSTITUTION, v1::REGISTRAR_ORG_ESTAB,
                   "中共重庆市大足区委机构编制委员会办公室", "12500111QQ0000012N", content);
  content->set_parent_organisation_uscc("12500111QQ0000012N");
  content->set_open_to_public(true);
  content->set_meals(v1::MEALS_DELIVERED);
  content->set_premises_tenure(v1::PREMISES_TENURE_OWNED);
  content->clear_lease_start();
  content->clear_lease_end();
  AddClass(v1::CLASS_KIND_TODDLER, 12, "托小一班", content);
  AddClass(v1::CLASS_KIND_MIXED, 18, "混合一班", content);
  AddStaff(v1::STAFF_ROLE_CARER, 7, content);
}

void FillHomeBased(FilingContent* content) {
  content->set_name("大足区示例家庭托育点");
  FillRegistration(v1::LEGAL_FORM_FOR_PROFIT, v1::REGISTRAR_SAMR, "重庆市大足区市场监督管理局",
                   "92500111MAQQ00040Y", content);
  content->set_business_scope("家庭托育服务");
  content->set_meals(v1::MEALS_NONE);
  content->set_gross_floor_area_m2(120);
  content->set_indoor_usable_area_m2(96);
  content->set_outdoor_area_m2(0);
  content->mutable_site()->set_shared_outdoor_site("小区中心花园，步行2分钟");
  AddClass(v1::CLASS_KIND_MIXED, 5, "", content);
  AddStaff(v1::STAFF_ROLE_CARER, 2, content);
}

FilingContent ValidContent(FacilityType type) {
  FilingContent content;
  content.set_facility_type(type);
  FillCommon(&content);
  switch (type) {
    case v1::FACILITY_TYPE_KINDERGARTEN:
      FillKindergarten(&content);
      break;
    case v1::FACILITY_TYPE_EMPLOYER:
      FillEmployer(&content);
      break;
    case v1::FACILITY_TYPE_HOME_BASED:
      FillHomeBased(&content);
      return content;
    default:
      FillOrdinary(&content);
  }
  AddStaff(v1::STAFF_ROLE_PRINCIPAL, 1, &content);
  AddStaff(v1::STAFF_ROLE_HEALTH, 1, &content);
  AddStaff(v1::STAFF_ROLE_GUARD, 1, &content);
  AddStaff(v1::STAFF_ROLE_COOK, 1, &content);
  return content;
}

void AddMaterial(MaterialKind kind, v1::Filing* filing) {
  const int serial = filing->materials_size() + 1;
  v1::Material& material = *filing->add_materials();
  material.set_kind(kind);
  material.set_file_name(absl::StrCat(MaterialCode(kind), "-", serial, ".pdf"));
  material.set_content_type("application/pdf");
  material.set_size_bytes(1024);
  material.set_sha256(absl::StrFormat("%064x", serial));
  material.set_issuer("示例出具单位");
  *material.mutable_issued_on() = ToProto(kIssued);
  material.set_verify_state(v1::VERIFY_STATE_UNVERIFIED);
  if (kind == v1::MATERIAL_KIND_HYGIENE_EVALUATION) material.set_result("合格");
  if (kind == v1::MATERIAL_KIND_FIRE_SAFETY) {
    material.set_fire_document(v1::FIRE_DOCUMENT_INSPECTION);
  }
  if (kind == v1::MATERIAL_KIND_STAFF_QUALIFICATION || kind == v1::MATERIAL_KIND_STAFF_HEALTH ||
      kind == v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK) {
    int staff = 0;
    for (const v1::StaffPlan& plan : filing->content().staff()) staff += plan.headcount();
    material.set_persons_covered(staff);
  }
}

void AddMaterials(FacilityType type, v1::Filing* filing) {
  for (const MaterialKind kind :
       {v1::MATERIAL_KIND_REGISTRATION_CERTIFICATE, v1::MATERIAL_KIND_PREMISES_PROOF,
        v1::MATERIAL_KIND_STAFF_QUALIFICATION, v1::MATERIAL_KIND_STAFF_HEALTH,
        v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK}) {
    AddMaterial(kind, filing);
  }
  if (type == v1::FACILITY_TYPE_HOME_BASED) return;
  AddMaterial(v1::MATERIAL_KIND_HYGIENE_EVALUATION, filing);
  AddMaterial(v1::MATERIAL_KIND_FIRE_SAFETY, filing);
  AddMaterial(v1::MATERIAL_KIND_FOOD_LICENCE, filing);
  if (type == v1::FACILITY_TYPE_KINDERGARTEN) {
    AddMaterial(v1::MATERIAL_KIND_KINDERGARTEN_LICENCE, filing);
  }
  if (type == v1::FACILITY_TYPE_EMPLOYER) {
    // The supplier's contract beside its licence.
    AddMaterial(v1::MATERIAL_KIND_FOOD_LICENCE, filing);
    AddMaterial(v1::MATERIAL_KIND_EMPLOYER_AGREEMENT, filing);
  }
}

void AddCommitment(v1::Filing* filing) {
  filing->mutable_commitment()->set_text_version("2019-58");
  filing->mutable_commitment()->set_signed_by("李示例");
  *filing->mutable_commitment()->mutable_signed_on() = ToProto(kSigned);
}

}  // namespace

v1::Filing ValidFiling(FacilityType type) {
  v1::Filing filing;
  filing.set_kind(v1::FILING_KIND_INITIAL);
  filing.set_state(v1::FILING_STATE_DRAFT);
  *filing.mutable_content() = ValidContent(type);
  AddMaterials(type, &filing);
  AddCommitment(&filing);
  return filing;
}

void CoverStaff(v1::Filing* filing) {
  for (v1::Material& material : *filing->mutable_materials()) {
    if (material.has_persons_covered()) material.set_persons_covered(10000);
  }
}

v1::Facility ValidFacility(FacilityType type) {
  v1::Facility facility;
  facility.set_name(kFacilityName);
  facility.set_state(v1::FACILITY_STATE_ACTIVE);
  *facility.mutable_content() = ValidContent(type);
  facility.set_version(1);
  *facility.mutable_valid_from() = ToProto(kInForce);
  facility.set_receipt_number("TYBA-500111-2025-00001");
  *facility.mutable_filed_on() = ToProto(kInForce);
  facility.set_filing(kFilingName);
  return facility;
}

v1::Filing ValidChange(FacilityType type) {
  v1::Filing filing;
  filing.set_kind(v1::FILING_KIND_CHANGE);
  filing.set_state(v1::FILING_STATE_DRAFT);
  filing.set_facility(kFacilityName);
  FilingContent& content = *filing.mutable_content();
  content = ValidContent(type);
  if (type == v1::FACILITY_TYPE_HOME_BASED) {
    content.set_contact_phone("17300000002");
  } else {
    AddClass(v1::CLASS_KIND_SENIOR, 10, "托大三班", &content);
    content.mutable_staff(0)->set_headcount(content.staff(0).headcount() + 2);
  }
  *content.mutable_signed_on() = ToProto(kSigned + 1);
  AddCommitment(&filing);
  return filing;
}

v1::Filing ValidCancellation(FacilityType type) {
  v1::Filing filing;
  filing.set_kind(v1::FILING_KIND_CANCELLATION);
  filing.set_state(v1::FILING_STATE_DRAFT);
  filing.set_facility(kFacilityName);
  *filing.mutable_content() = ValidContent(type);
  v1::Cancellation& cancellation = *filing.mutable_cancellation();
  *cancellation.mutable_last_day() = ToProto(kToday + 30);
  cancellation.set_reason("租约到期，不再续租。");
  cancellation.set_children_in_care(3);
  cancellation.set_placement_plan("3名婴幼儿转入附近托育机构，工作人员依法安置。");
  return filing;
}

v1::BackEntry ValidBackEntry(FacilityType type) {
  v1::BackEntry entry;
  entry.set_kind(v1::FILING_KIND_INITIAL);
  FilingContent& content = *entry.mutable_content();
  content = ValidContent(type);
  if (content.premises_tenure() == v1::PREMISES_TENURE_LEASED) {
    *content.mutable_lease_start() = ToProto(absl::CivilDay(2021, 3, 1));
    *content.mutable_lease_end() = ToProto(absl::CivilDay(2026, 2, 28));
  }
  *content.mutable_signed_on() = ToProto(kFiledLongAgo - 2);
  *entry.mutable_filed_on() = ToProto(kFiledLongAgo);
  entry.set_receipt_number("大足托备2021-007");
  entry.set_evidence("2021年纸质备案回执（示例）");
  entry.mutable_source()->set_source_system("paper-archive");
  entry.mutable_source()->set_source_id("2021-007");
  return entry;
}

}  // namespace tuoyu::filing::testing
