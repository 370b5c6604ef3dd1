#include "services/filing/filing_rules.h"

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/findings.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using common::v1::Violation;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using testing::kToday;
using testing::Lines;
using testing::On;
using testing::ValidCancellation;
using testing::ValidChange;
using testing::ValidFacility;
using testing::ValidFiling;
using Content = v1::FilingContent;
using Violations = std::vector<Violation>;

constexpr v1::FacilityType kTypes[] = {v1::FACILITY_TYPE_ORDINARY, v1::FACILITY_TYPE_KINDERGARTEN,
                                       v1::FACILITY_TYPE_EMPLOYER, v1::FACILITY_TYPE_HOME_BASED};

Violations Submit(const v1::Filing& filing) { return CheckSubmission(filing, nullptr, On(kToday)); }

TEST(FilingRulesTest, FormsWithoutFaultHaveNothingToRemarkOn) {
  for (const auto type : kTypes) {
    const v1::Facility facility = ValidFacility(type);
    EXPECT_THAT(Lines(Submit(ValidFiling(type))), IsEmpty()) << type;
    EXPECT_THAT(Lines(CheckSubmission(ValidChange(type), &facility, On(kToday))), IsEmpty())
        << type;
    EXPECT_THAT(Lines(CheckSubmission(ValidCancellation(type), &facility, On(kToday))), IsEmpty())
        << type;
    for (const auto& filing : {ValidFiling(type), ValidChange(type), ValidCancellation(type)}) {
      EXPECT_THAT(Lines(CheckSyntax(filing, On(kToday))), IsEmpty()) << type;
    }
  }
}

TEST(FilingRulesTest, TheyHoldUntilACertificateIsAYearOld) {
  const v1::Filing filing = ValidFiling();
  EXPECT_THAT(Lines(CheckSubmission(filing, nullptr, On(CivilDay(2027, 3, 2)))), IsEmpty());
  EXPECT_THAT(Lines(CheckSubmission(filing, nullptr, On(CivilDay(2027, 3, 3)))),
              ElementsAre("materials[M04].issued_on MATERIAL_TOO_OLD blocks",
                          "materials[M13].issued_on MATERIAL_TOO_OLD blocks",
                          "materials[M06].issued_on MATERIAL_TOO_OLD advises"));
}

TEST(FilingRulesTest, AnEmptyFormIsToldEverythingThatIsMissingAtOnce) {
  v1::Filing filing;
  filing.set_kind(v1::FILING_KIND_INITIAL);
  const Violations found = Submit(filing);
  EXPECT_THAT(Lines(found), IsSupersetOf({"content.filing_authority FIELD_REQUIRED blocks",
                                          "content.facility_type FIELD_REQUIRED blocks",
                                          "content.legal_form FIELD_REQUIRED blocks",
                                          "content.registered_on FIELD_REQUIRED blocks",
                                          "content.name FIELD_REQUIRED blocks",
                                          "content.address FIELD_REQUIRED blocks",
                                          "content.division_code FIELD_REQUIRED blocks",
                                          "content.location FIELD_REQUIRED blocks",
                                          "content.registrar FIELD_REQUIRED blocks",
                                          "content.registrar_name FIELD_REQUIRED blocks",
                                          "content.uscc FIELD_REQUIRED blocks",
                                          "content.business_scope FIELD_REQUIRED blocks",
                                          "content.principal_name FIELD_REQUIRED blocks",
                                          "content.principal_id_number FIELD_REQUIRED blocks",
                                          "content.profit_nature FIELD_REQUIRED blocks",
                                          "content.ownership FIELD_REQUIRED blocks",
                                          "content.service_modes FIELD_REQUIRED blocks",
                                          "content.premises_tenure FIELD_REQUIRED blocks",
                                          "content.gross_floor_area_m2 FIELD_REQUIRED blocks",
                                          "content.indoor_usable_area_m2 FIELD_REQUIRED blocks",
                                          "content.approved_capacity FIELD_REQUIRED blocks",
                                          "content.classes FIELD_REQUIRED blocks",
                                          "content.contact_name FIELD_REQUIRED blocks",
                                          "content.contact_phone FIELD_REQUIRED blocks",
                                          "content.meals FIELD_REQUIRED blocks",
                                          "content.signed_by FIELD_REQUIRED blocks",
                                          "content.signed_on FIELD_REQUIRED blocks",
                                          "commitment FIELD_REQUIRED blocks"}));
  for (const Violation& each : found) {
    EXPECT_TRUE(HasHan(each.message_zh())) << each.field();
    EXPECT_FALSE(each.message_en().empty()) << each.field();
  }
}

TEST(FilingRulesTest, WhatBlocksComesFirstElseTheOrderOfTheForm) {
  v1::Filing filing = ValidFiling();
  Content& content = *filing.mutable_content();
  content.set_uscc("52500111MJQQ000277");
  content.set_address("大足");
  content.mutable_site()->set_highest_floor(4);
  content.mutable_classes(0)->set_capacity(11);
  content.set_approved_capacity(46);
  content.clear_contact_name();
  filing.mutable_materials(5)->set_result("不合格");
  filing.clear_commitment();
  EXPECT_THAT(
      Lines(Submit(filing)),
      ElementsAre("content.address TEXT_TOO_SHORT blocks",
                  "content.classes[0].capacity CLASS_OVER_LIMIT blocks",
                  "content.contact_name FIELD_REQUIRED blocks",
                  "materials[M05].result MATERIAL_RESULT blocks",
                  "commitment FIELD_REQUIRED blocks", "content.uscc REG_ROUTE_MISMATCH advises",
                  "content.site.highest_floor SITE_FLOOR_TOO_HIGH advises"));
}

TEST(FilingRulesTest, AViolationSaysWhatToMendInBothLanguagesAtWhichLevelAndWhy) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->mutable_classes(0)->set_capacity(11);
  filing.mutable_content()->set_approved_capacity(46);
  Violation expected;
  expected.set_field("content.classes[0].capacity");
  expected.set_reason("CLASS_OVER_LIMIT");
  expected.set_message_zh("乳儿班每班不超过10人，现填11人，请减少人数或增加班级");
  expected.set_message_en(
      "each infant class has at most 10 children, not 11: lower the number or add a class");
  expected.set_level(common::v1::RULE_LEVEL_NATIONAL);
  expected.set_blocking(true);
  expected.set_source("国卫人口发〔2019〕58号 设置标准 第十九条、第二十条");
  const Violations found = Submit(filing);
  ASSERT_EQ(found.size(), 1);
  EXPECT_THAT(found[0], tuoyu::testing::EqualsProto(expected));
}

TEST(FilingRulesTest, OnlyWhatBlocksKeepsAFormFromBeingSubmitted) {
  v1::Filing filing = ValidFiling();
  EXPECT_FALSE(HasBlocking(Submit(filing)));
  filing.mutable_content()->mutable_site()->set_highest_floor(4);
  EXPECT_EQ(Submit(filing).size(), 1);
  EXPECT_FALSE(HasBlocking(Submit(filing)));
  filing.mutable_content()->mutable_site()->set_lowest_floor(-1);
  EXPECT_TRUE(HasBlocking(Submit(filing)));
}

TEST(FilingRulesTest, AFilingIsOfAKnownKind) {
  v1::Filing filing = ValidFiling();
  filing.clear_kind();
  EXPECT_THAT(Lines(Submit(filing)), ElementsAre("kind FIELD_REQUIRED blocks"));
  filing.set_kind(v1::FilingKind{42});
  EXPECT_THAT(Lines(Submit(filing)), ElementsAre("kind VALUE_UNKNOWN blocks"));
  EXPECT_THAT(Lines(CheckSyntax(filing, On(kToday))), ElementsAre("kind VALUE_UNKNOWN blocks"));
}

TEST(FilingRulesTest, ADraftMayBeEmptyOrAgainstTheRules) {
  EXPECT_THAT(Lines(CheckSyntax(v1::Filing(), On(kToday))), IsEmpty());
  v1::Filing filing = ValidFiling();
  Content& content = *filing.mutable_content();
  content.mutable_classes(0)->set_capacity(500);
  content.set_name("托");
  content.set_division_code("500112001");
  content.mutable_site()->set_lowest_floor(-1);
  content.set_principal_id_number("500111198802299965");
  content.set_uscc("91500111MAQQ000328");
  content.mutable_location()->set_longitude(1);
  *content.mutable_signed_on() = ToProto(kToday + 30);
  filing.clear_materials();
  filing.mutable_commitment()->set_text_version("2018");
  EXPECT_THAT(Lines(CheckSyntax(filing, On(kToday))), IsEmpty());
}

TEST(FilingRulesTest, ADraftIsRefusedWhatCannotBeKept) {
  struct Case {
    std::function<void(v1::Filing&)> spoil;
    const char* found;
  };
  using F = v1::Filing;
  for (const Case& c : std::vector<Case>{
           {[](F& f) { f.mutable_content()->set_name(std::string(61, 'x')); },
            "content.name TEXT_TOO_LONG blocks"},
           {[](F& f) { f.mutable_content()->set_address("大足区\a龙岗街道"); },
            "content.address TEXT_CHARACTER blocks"},
           {[](F& f) { f.mutable_content()->set_ownership(v1::Ownership{9}); },
            "content.ownership VALUE_UNKNOWN blocks"},
           {[](F& f) { f.mutable_content()->mutable_lease_end()->set_day(31); },
            "content.lease_end DATE_INVALID blocks"},
           {[](F& f) { f.mutable_content()->set_gross_floor_area_m2(1e9); },
            "content.gross_floor_area_m2 NUMBER_RANGE blocks"},
           {[](F& f) { f.mutable_content()->mutable_classes(0)->set_capacity(-1); },
            "content.classes[0].capacity NUMBER_RANGE blocks"},
           {[](F& f) { f.mutable_content()->mutable_location()->set_longitude(INFINITY); },
            "content.location COORDINATE_RANGE blocks"},
           {[](F& f) { f.mutable_content()->set_uscc("91500111"); },
            "content.uscc USCC_LENGTH blocks"},
           {[](F& f) { f.mutable_content()->set_principal_id_number("5001"); },
            "content.principal_id_number RESIDENT_ID_LENGTH blocks"},
           {[](F& f) { f.mutable_content()->set_contact_phone("110"); },
            "content.contact_phone PHONE_FORMAT blocks"},
           {[](F& f) { f.mutable_content()->set_division_code("5001"); },
            "content.division_code DIVISION_CODE_FORMAT blocks"},
           {[](F& f) { f.mutable_effective_date()->set_year(2026); },
            "effective_date DATE_INVALID blocks"},
           {[](F& f) { f.mutable_cancellation()->set_children_in_care(-1); },
            "cancellation.children_in_care NUMBER_RANGE blocks"},
           {[](F& f) { f.mutable_commitment()->set_signed_by(std::string(61, 'x')); },
            "commitment.signed_by TEXT_TOO_LONG blocks"}}) {
    F filing = ValidFiling();
    c.spoil(filing);
    EXPECT_THAT(Lines(CheckSyntax(filing, On(kToday))), ElementsAre(c.found));
  }
}

TEST(FilingRulesTest, ListsAreBoundedBeforeTheyAreWalked) {
  v1::Filing filing = ValidFiling();
  for (int i = 0; i < 200; ++i) {
    filing.mutable_content()->add_classes();
    filing.mutable_content()->add_staff();
    filing.mutable_content()->add_service_modes(v1::SERVICE_MODE_HOURLY);
    filing.mutable_commitment()->add_points("同意。");
  }
  EXPECT_THAT(
      Lines(CheckSyntax(filing, On(kToday))),
      ElementsAre("content.service_modes LIST_TOO_LONG blocks",
                  "content.classes LIST_TOO_LONG blocks", "content.staff LIST_TOO_LONG blocks",
                  "commitment.points LIST_TOO_LONG blocks"));
}

TEST(FilingRulesTest, TextsStayReadableWhateverWasTyped) {
  v1::Filing filing = ValidFiling();
  Content& content = *filing.mutable_content();
  content.set_uscc("９１５００１１１ＭＡＱＱ０００３２７");
  content.set_contact_phone("１３９０００００００１");
  content.set_principal_id_number("５００１１１１９８８０２２９９９６４");
  content.set_division_code("５００１１１００１");
  const Violations found = Submit(filing);
  EXPECT_THAT(Lines(found), ElementsAre("content.uscc USCC_FULL_WIDTH blocks",
                                        "content.division_code DIVISION_CODE_FULL_WIDTH blocks",
                                        "content.principal_id_number RESIDENT_ID_FULL_WIDTH blocks",
                                        "content.contact_phone PHONE_FULL_WIDTH blocks"));
  for (const Violation& each : found) {
    EXPECT_GT(CountCharacters(each.message_zh(), false), 0) << each.reason();
    EXPECT_GT(CountCharacters(each.message_en(), false), 0) << each.reason();
  }
}

}  // namespace
}  // namespace tuoyu::filing
