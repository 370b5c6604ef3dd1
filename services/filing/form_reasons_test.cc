// Every reason that a form can give rise to, provoked: field, level, source, texts, and whether it blocks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/filing_rules.h"
#include "services/filing/findings.h"
#include "services/filing/reasons.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using common::v1::Violation;
using testing::ExpectWellSaid;
using testing::Find;
using testing::kToday;
using testing::On;
using testing::Text;
using testing::ValidBackEntry;
using testing::ValidChange;
using testing::ValidFacility;
using testing::ValidFiling;
using Content = v1::FilingContent;
using Violations = std::vector<Violation>;

constexpr auto kOrdinary = v1::FACILITY_TYPE_ORDINARY;
constexpr auto kKindergarten = v1::FACILITY_TYPE_KINDERGARTEN;
constexpr auto kEmployer = v1::FACILITY_TYPE_EMPLOYER;
constexpr auto kHome = v1::FACILITY_TYPE_HOME_BASED;

// A form without fault, and how it is spoilt.
struct ContentCase {
  const char* reason;
  const char* field;
  std::function<void(Content&)> spoil;
  v1::FacilityType type = kOrdinary;
};
using ContentCases = std::vector<ContentCase>;

std::string Repeat(const char* text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

void AddExternalIds(Content& content, int count, bool same) {
  for (int i = 0; i < count; ++i) {
    content.add_external_ids()->set_source_system(same ? "municipal" : absl::StrCat("system-", i));
    content.mutable_external_ids(i)->set_source_id("1");
  }
}

ContentCase Uscc(const char* reason, const char* uscc) {
  return {reason, "content.uscc", [uscc](Content& c) { c.set_uscc(uscc); }};
}

ContentCase Id(const char* reason, const char* number) {
  return {reason, "content.principal_id_number",
          [number](Content& c) { c.set_principal_id_number(number); }};
}

ContentCase Division(const char* reason, const char* code) {
  return {reason, "content.division_code", [code](Content& c) { c.set_division_code(code); }};
}

ContentCase Point(const char* reason, double longitude, double latitude) {
  return {reason, "content.location", [=](Content& c) {
            c.mutable_location()->set_longitude(longitude);
            c.mutable_location()->set_latitude(latitude);
          }};
}

ContentCase Site(const char* reason, const char* field,
                 std::function<void(v1::SiteConditions&)> spoil) {
  return {reason, field, [spoil](Content& c) { spoil(*c.mutable_site()); }};
}

ContentCases ValueCases() {
  return {
      {"FIELD_REQUIRED", "content.registrar_name", [](Content& c) { c.clear_registrar_name(); }},
      {"VALUE_UNKNOWN", "content.meals", [](Content& c) { c.set_meals(v1::Meals{99}); }},
      {"TEXT_TOO_LONG", "content.name", [](Content& c) { c.set_name(Repeat("托", 61)); }},
      {"TEXT_TOO_SHORT", "content.name", [](Content& c) { c.set_name("托"); }},
      {"TEXT_CHARACTER", "content.address", [](Content& c) { c.set_address("大足区\n龙岗街道"); }},
      {"DATE_INVALID", "content.registered_on",
       [](Content& c) {
         c.mutable_registered_on()->set_month(2);
         c.mutable_registered_on()->set_day(29);
       }},
      {"DATE_IN_FUTURE", "content.signed_on",
       [](Content& c) { *c.mutable_signed_on() = ToProto(kToday + 1); }},
      {"NUMBER_RANGE", "content.outdoor_area_m2", [](Content& c) { c.set_outdoor_area_m2(-1); }},
      {"NUMBER_RANGE", "content.outdoor_area_m2", [](Content& c) { c.set_outdoor_area_m2(NAN); }},
      {"LIST_TOO_LONG", "content.external_ids", [](Content& c) { AddExternalIds(c, 21, false); }},
  };
}

ContentCases PartyCases() {
  return {
      {"FILING_AUTHORITY_OTHER", "content.filing_authority",
       [](Content& c) { c.set_filing_authority("EDU"); }},
      {"NAME_CHARACTERS", "content.name", [](Content& c) { c.set_name("大足区示例托育园#"); }},
      {"NAME_CHARACTERS", "content.name", [](Content& c) { c.set_name("Sunflower"); }},
      {"NAME_HOME_BASED", "content.name", [](Content& c) { c.set_name("大足区示例之家"); }, kHome},
      {"PERSON_NAME_CHARACTERS", "content.principal_name",
       [](Content& c) { c.set_principal_name("李1示例"); }},
      {"REGISTRAR_MISMATCH", "content.registrar",
       [](Content& c) { c.set_registrar(v1::REGISTRAR_CIVIL); }},
      {"PROFIT_NATURE_MISMATCH", "content.profit_nature",
       [](Content& c) { c.set_profit_nature(v1::PROFIT_NATURE_NONPROFIT); }},
      {"HOME_BASED_LEGAL_FORM", "content.legal_form",
       [](Content& c) { c.set_legal_form(v1::LEGAL_FORM_NONPROFIT); }, kHome},
      Uscc("REG_ROUTE_MISMATCH", "52500111MJQQ000277"),
      {"OWNERSHIP_MISMATCH", "content.ownership",
       [](Content& c) { c.set_ownership(v1::OWNERSHIP_PRIVATE); }, kEmployer},
      {"REGISTERED_TOO_EARLY", "content.registered_on",
       [](Content& c) { *c.mutable_registered_on() = ToProto(CivilDay(1949, 9, 30)); }},
      {"SIGNED_BEFORE_REGISTRATION", "content.signed_on",
       [](Content& c) { *c.mutable_registered_on() = ToProto(kToday); }},
      {"SCOPE_WORDS_MISSING", "content.business_scope",
       [](Content& c) { c.set_business_scope("教育咨询"); }},
      {"SCOPE_HOME_BASED", "content.business_scope",
       [](Content& c) { c.set_business_scope("托育服务"); }, kHome},
      {"ID_DOCUMENT_FORMAT", "content.principal_id_number",
       [](Content& c) { c.set_principal_id_type(v1::IDENTITY_DOCUMENT_PERMANENT_RESIDENCE); }},
      {"SEAL_NOT_STATED", "content.seal_ref", [](Content& c) { c.clear_seal_ref(); }},
      {"PARENT_UNUSED", "content.parent_organisation_uscc",
       [](Content& c) { c.set_parent_organisation_uscc("12500111QQ0000012N"); }},
      {"EXTERNAL_ID_DOUBLE", "content.external_ids[1]",
       [](Content& c) { AddExternalIds(c, 2, true); }},
      {"PHONE_FORMAT", "content.contact_phone", [](Content& c) { c.set_contact_phone("12345"); }},
      {"PHONE_FULL_WIDTH", "content.contact_phone",
       [](Content& c) { c.set_contact_phone("１3900000001"); }},
  };
}

ContentCases CodeCases() {
  return {
      Uscc("USCC_FULL_WIDTH", "９1500111MAQQ000327"),
      Uscc("USCC_LENGTH", "91500111MAQQ00032"),
      Uscc("USCC_LOWER_CASE", "91500111maqq000327"),
      Uscc("USCC_CHARACTER", "91500111MAQI000327"),
      Uscc("USCC_DEPARTMENT", "01500111MAQQ000327"),
      Uscc("USCC_DIVISION", "9150A111MAQQ000327"),
      Uscc("USCC_ORGANISATION_CHECK_DIGIT", "91500111MAQQ00033A"),
      Uscc("USCC_CHECK_DIGIT", "91500111MAQQ000328"),
      Id("RESIDENT_ID_FULL_WIDTH", "５00111198802299964"),
      Id("RESIDENT_ID_LENGTH", "500111880229996"),
      Id("RESIDENT_ID_CHARACTER", "50011119880229A964"),
      Id("RESIDENT_ID_REGION", "000111198802299964"),
      Id("RESIDENT_ID_DATE", "500111202402309974"),
      Id("RESIDENT_ID_FUTURE_DATE", "500111203001019978"),
      Id("RESIDENT_ID_CHECK_DIGIT", "500111198802299965"),
      Id("PRINCIPAL_UNDER_AGE", "500111202401319978"),
      Division("DIVISION_CODE_FULL_WIDTH", "５00111001"),
      Division("DIVISION_CODE_FORMAT", "500111000"),
      Division("DIVISION_UNKNOWN", "500111101"),
      Division("DIVISION_OTHER_DISTRICT", "500112001"),
      Division("DIVISION_NOT_TOWN", "500111001001"),
      {"COMMUNITY_FORMAT", "content.community_code",
       [](Content& c) { c.set_community_code("500111001"); }},
      {"COMMUNITY_OTHER_TOWN", "content.community_code",
       [](Content& c) { c.set_community_code("500111100001"); }},
  };
}

ContentCases PlaceCases() {
  return {
      {"COORDINATE_SYSTEM", "content.location",
       [](Content& c) { c.mutable_location()->clear_system(); }},
      Point("COORDINATE_ZERO", 0, 0),
      Point("COORDINATE_HALF", 105.71234, 0),
      Point("COORDINATE_RANGE", 200, 29.70345),
      Point("COORDINATE_SWAPPED", 29.70345, 105.71234),
      Point("COORDINATE_OUTSIDE_DISTRICT", 106.51234, 29.51234),
      Point("COORDINATE_PRECISION", 105.7123, 29.7034),
      {"SERVICE_MODE_DOUBLE", "content.service_modes[2]",
       [](Content& c) { c.add_service_modes(v1::SERVICE_MODE_FULL_DAY); }},
      {"LEASE_ORDER", "content.lease_end",
       [](Content& c) { *c.mutable_lease_end() = ToProto(CivilDay(2024, 2, 29)); }},
      {"LEASE_NOT_STARTED", "content.lease_start",
       [](Content& c) {
         *c.mutable_lease_start() = ToProto(kToday + 1);
         *c.mutable_lease_end() = ToProto(kToday + 2000);
       }},
      {"LEASE_TOO_SHORT", "content.lease_end",
       [](Content& c) { *c.mutable_lease_end() = ToProto(CivilDay(2027, 2, 27)); }},
      {"LEASE_EXPIRED", "content.lease_end",
       [](Content& c) {
         *c.mutable_lease_start() = ToProto(CivilDay(2020, 3, 1));
         *c.mutable_lease_end() = ToProto(kToday - 1);
       }},
      {"LEASE_UNUSED", "content.lease_start",
       [](Content& c) { c.set_premises_tenure(v1::PREMISES_TENURE_OWNED); }},
      {"AREA_INDOOR_OVER_GROSS", "content.indoor_usable_area_m2",
       [](Content& c) { c.set_indoor_usable_area_m2(600.1); }},
  };
}

ContentCases ClassAndStaffCases() {
  return {
      {"CAPACITY_SUM", "content.approved_capacity",
       [](Content& c) { c.set_approved_capacity(c.approved_capacity() + 1); }},
      {"CLASS_OVER_LIMIT", "content.classes[0].capacity",
       [](Content& c) { c.mutable_classes(0)->set_capacity(11); }},
      {"CLASS_NOT_FOR_KINDERGARTEN", "content.classes[1].kind",
       [](Content& c) { c.mutable_classes(1)->set_kind(v1::CLASS_KIND_TODDLER); }, kKindergarten},
      {"CLASS_LABEL_DOUBLE", "content.classes[1].label",
       [](Content& c) { c.mutable_classes(1)->set_label(c.classes(0).label()); }},
      {"TOO_MANY_CLASSES", "content.classes",
       [](Content& c) {
         while (c.classes_size() < 11) c.add_classes()->set_kind(v1::CLASS_KIND_SENIOR);
       }},
      {"HOME_BASED_OVER_LIMIT", "content.approved_capacity",
       [](Content& c) { c.set_approved_capacity(6); }, kHome},
      {"STAFF_ROLE_DOUBLE", "content.staff[5].role",
       [](Content& c) { c.add_staff()->set_role(v1::STAFF_ROLE_CARER); }},
      {"STAFF_NOT_STATED", "content.staff", [](Content& c) { c.clear_staff(); }},
      {"STAFF_PRINCIPAL_COUNT", "content.staff",
       [](Content& c) { c.mutable_staff(1)->set_headcount(2); }},
      {"STAFF_CARERS_BELOW_RATIO", "content.staff",
       [](Content& c) { c.mutable_staff(0)->set_headcount(9); }},
      {"STAFF_HEALTH_MISSING", "content.staff",
       [](Content& c) { c.mutable_staff(2)->set_headcount(0); }},
      {"STAFF_HEALTH_FULL_TIME", "content.staff", [](Content& c) { c.set_approved_capacity(150); }},
      {"STAFF_GUARD_MISSING", "content.staff",
       [](Content& c) { c.mutable_staff(3)->set_headcount(0); }},
      {"STAFF_COOKS_BELOW_RATIO", "content.staff",
       [](Content& c) { c.mutable_staff(4)->set_headcount(0); }},
      {"SITE_CLASS_AREA", "content.indoor_usable_area_m2",
       [](Content& c) { c.set_indoor_usable_area_m2(200); }},
      {"SITE_OUTDOOR_MISSING", "content.site.shared_outdoor_site",
       [](Content& c) { c.set_outdoor_area_m2(0); }},
  };
}

ContentCases SiteCases() {
  using S = v1::SiteConditions;
  return {
      Site("SITE_NOT_STATED", "content.site", [](S& s) { s.clear_rail_height_m(); }),
      Site("SITE_FLOOR_ORDER", "content.site.lowest_floor", [](S& s) { s.set_lowest_floor(3); }),
      Site("SITE_BASEMENT", "content.site.lowest_floor", [](S& s) { s.set_lowest_floor(-1); }),
      Site("SITE_FLOOR_TOO_HIGH", "content.site.highest_floor",
           [](S& s) { s.set_highest_floor(4); }),
      Site("SITE_WINDOW_RATIO", "content.site.window_floor_ratio",
           [](S& s) { s.set_window_floor_ratio(0.19); }),
      Site("SITE_SUNLIGHT", "content.site.winter_sunlight_hours",
           [](S& s) { s.set_winter_sunlight_hours(2.9); }),
      Site("SITE_RAIL_HEIGHT", "content.site.rail_height_m",
           [](S& s) { s.set_rail_height_m(1.29); }),
      Site("SITE_RAIL_GAP", "content.site.rail_bar_gap_m",
           [](S& s) { s.set_rail_bar_gap_m(0.091); }),
      Site("SITE_STAIRWELL", "content.site.stairwell_width_m",
           [](S& s) { s.set_stairwell_width_m(0.12); }),
      Site("SITE_DOUBLE_DECK_BEDS", "content.site.double_deck_beds",
           [](S& s) { s.set_double_deck_beds(true); }),
      Site("SITE_BEDS_OUTER_WALL", "content.site.beds_against_outer_wall",
           [](S& s) { s.set_beds_against_outer_wall(true); }),
      Site("SITE_NOT_SEPARATE", "content.site.separate_zone_and_exit",
           [](S& s) {
             s.set_built_with_kindergarten(true);
             s.set_separate_zone_and_exit(false);
           }),
      Site("SITE_OBSERVATION_ROOM", "content.site.observation_room_area_m2",
           [](S& s) { s.set_observation_room_area_m2(5.9); }),
      Site("SITE_OBSERVATION_BED", "content.site.observation_beds",
           [](S& s) { s.set_observation_beds(0); }),
      Site("SITE_AIR_QUALITY", "content.site.air_quality_passed",
           [](S& s) { s.set_air_quality_passed(false); }),
      Site("SITE_SURVEILLANCE_DAYS", "content.site.surveillance_days",
           [](S& s) { s.set_surveillance_days(89); }),
  };
}

ContentCases AllContentCases() {
  ContentCases all;
  for (const auto& cases :
       {ValueCases(), PartyCases(), CodeCases(), PlaceCases(), ClassAndStaffCases(), SiteCases()}) {
    all.insert(all.end(), cases.begin(), cases.end());
  }
  return all;
}

TEST(FormReasonsTest, EveryFaultOfTheFormIsFoundWithItsFieldAndReason) {
  for (const ContentCase& c : AllContentCases()) {
    SCOPED_TRACE(c.reason);
    v1::Filing filing = ValidFiling(c.type);
    c.spoil(*filing.mutable_content());
    const Violations found = CheckSubmission(filing, nullptr, On());
    EXPECT_NE(Find(found, c.reason, c.field), nullptr) << Text(found);
    ExpectWellSaid(found);
  }
}

TEST(FormReasonsTest, AChangeToSomethingFaultyIsFoundTooThoughOnlyWhatItAffectsIsChecked) {
  for (const ContentCase& c : AllContentCases()) {
    SCOPED_TRACE(c.reason);
    v1::Filing filing = ValidChange(c.type);
    const v1::Facility in_force = ValidFacility(c.type);
    *filing.mutable_content() = in_force.content();
    c.spoil(*filing.mutable_content());
    const std::string reason = c.reason == absl::string_view("DIVISION_OTHER_DISTRICT")
                                   ? "MOVED_OUT_OF_DISTRICT"
                                   : c.reason;
    const Violations found = CheckSubmission(filing, &in_force, On());
    EXPECT_NE(Find(found, reason, c.field), nullptr) << Text(found);
  }
}

TEST(FormReasonsTest, OfAnOldPaperOnlyWhatIsImpossibleBlocks) {
  for (const ContentCase& c : AllContentCases()) {
    SCOPED_TRACE(c.reason);
    v1::BackEntry entry = ValidBackEntry(c.type);
    c.spoil(*entry.mutable_content());
    for (const Violation& each : CheckBackEntry(entry, On())) {
      EXPECT_EQ(each.blocking(), FindReason(each.reason())->effect == Effect::kImpossible)
          << each.field() << " " << each.reason();
    }
  }
}

TEST(FormReasonsTest, TextsRepeatNoPersonalData) {
  for (const ContentCase& c : AllContentCases()) {
    v1::Filing filing = ValidFiling(c.type);
    c.spoil(*filing.mutable_content());
    const Content& content = filing.content();
    for (const Violation& each : CheckSubmission(filing, nullptr, On())) {
      for (const std::string& personal : {content.principal_id_number(), content.contact_phone(),
                                          content.contact_name(), content.principal_name()}) {
        EXPECT_THAT(absl::StrCat(each.message_zh(), each.message_en()),
                    ::testing::Not(::testing::HasSubstr(personal)))
            << each.reason();
      }
    }
  }
}

TEST(FormReasonsTest, NoReasonOfTheFormIsOutOfReach) {
  std::set<std::string> provoked;
  for (const ContentCase& c : AllContentCases()) provoked.insert(c.reason);
  std::set<std::string> of_the_form;
  for (const Reason& reason : AllReasons()) {
    if (reason.name == "MATERIAL_MISSING") break;  // from here on not of the form
    // Of requests to the registry (registry_rules.h).
    if (reason.name != "DATE_PAST") of_the_form.insert(std::string(reason.name));
  }
  EXPECT_EQ(provoked, of_the_form);
}

}  // namespace
}  // namespace tuoyu::filing
