#include "services/filing/change_rules.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "google/protobuf/descriptor.h"
#include "services/filing/content_checks.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kToday;
using testing::Lines;
using testing::On;
using ::testing::UnorderedElementsAre;
using testing::ValidChange;
using testing::ValidFacility;
using Content = v1::FilingContent;

constexpr CivilDay kInForce(2025, 1, 6);

// "content.name NAME_CHARACTERS blocks" of each violation.
std::vector<std::string> Found(const v1::Filing& filing, const v1::Facility* in_force) {
  return Lines(CheckSubmission(filing, in_force, On()));
}

// The facility as it is filed, and a change that so far changes nothing.
struct Case {
  v1::Facility facility = ValidFacility();
  v1::Filing change = ValidChange();
  Case() { *change.mutable_content() = facility.content(); }

  Content& content() { return *change.mutable_content(); }
  Content& old_content() { return *facility.mutable_content(); }
  std::vector<std::string> Found() const { return filing::Found(change, &facility); }
  // "field: old -> new" of each difference.
  std::vector<std::string> Differences() const {
    std::vector<std::string> lines;
    for (const auto& each : filing::Differences(facility.content(), change.content())) {
      lines.push_back(absl::StrCat(each.field(), ": ", each.old_value(), " -> ", each.new_value()));
    }
    return lines;
  }
};

TEST(ChangeRulesTest, EqualFormsDoNotDiffer) { EXPECT_THAT(Case().Differences(), IsEmpty()); }

TEST(ChangeRulesTest, EveryDifferenceIsNamedInTheOrderOfTheForm) {
  Case c;
  c.content().set_name("大足区新名托育园");
  c.content().clear_lease_end();
  c.content().set_gross_floor_area_m2(600.5);
  c.content().mutable_classes(1)->set_capacity(12);
  c.content().set_meals(v1::MEALS_NONE);
  c.content().set_open_to_public(true);
  c.content().mutable_site()->clear_rail_height_m();
  *c.content().mutable_signed_on() = ToProto(kToday);
  EXPECT_THAT(
      c.Differences(),
      ElementsAre(
          "content.name: 大足区示例托育园 -> 大足区新名托育园", "content.lease_end: 2029-02-28 -> ",
          "content.gross_floor_area_m2: 600 -> 600.5", "content.classes[1].capacity: 15 -> 12",
          "content.meals: MEALS_SELF -> MEALS_NONE", "content.open_to_public: false -> true",
          "content.site.rail_height_m: 1.3 -> ", "content.signed_on: 2026-03-10 -> 2026-03-12"));
}

TEST(ChangeRulesTest, AnItemAddedOrTakenOffIsOneDifference) {
  Case c;
  c.content().mutable_classes()->RemoveLast();
  c.content().add_service_modes(v1::SERVICE_MODE_HOURLY);
  c.content().add_external_ids()->set_source_system("municipal");
  c.content().mutable_external_ids(0)->set_source_id("17");
  c.content().add_staff();
  EXPECT_THAT(c.Differences(),
              ElementsAre("content.service_modes[2]:  -> SERVICE_MODE_HOURLY",
                          "content.classes[2]: CLASS_KIND_SENIOR 20 托大一班 -> ",
                          "content.staff[5]:  -> 0", "content.external_ids[0]:  -> municipal 17"));
}

TEST(ChangeRulesTest, PersonalDataIsNamedAsChangedButNotShown) {
  Case c;
  c.content().set_principal_id_number("50011120241111997X");
  c.content().set_contact_name("赵示例");
  EXPECT_THAT(c.Differences(),
              ElementsAre("content.principal_id_number:  -> ", "content.contact_name:  -> "));
}

TEST(ChangeRulesTest, EveryFieldButTheSignatureAndPlainClaimsHasChecks) {
  const std::set<std::string> without = {"open_to_public", "claims_inclusive", "signed_by",
                                         "signed_on", "seal_ref"};
  const auto* form = Content::descriptor();
  for (int i = 0; i < form->field_count(); ++i) {
    const std::string& name = form->field(i)->name();
    v1::ContentDifference difference;
    difference.set_field(absl::StrCat("content.", name));
    EXPECT_EQ(AffectedBy({difference}).checks == 0, without.count(name) == 1) << name;
  }
}

TEST(ChangeRulesTest, AChangedFieldAsksForTheMaterialsThatSayItAnew) {
  struct Row {
    const char* field;
    std::vector<v1::MaterialKind> asked;
    std::vector<v1::MaterialKind> not_asked;
  };
  const auto certificate = v1::MATERIAL_KIND_REGISTRATION_CERTIFICATE;
  const auto premises = v1::MATERIAL_KIND_PREMISES_PROOF;
  const auto fire = v1::MATERIAL_KIND_FIRE_SAFETY;
  const auto hygiene = v1::MATERIAL_KIND_HYGIENE_EVALUATION;
  const auto food = v1::MATERIAL_KIND_FOOD_LICENCE;
  const auto record = v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK;
  for (const Row& row : std::vector<Row>{
           {"content.name", {certificate}, {premises, fire, record}},
           {"content.address", {certificate, premises, fire, hygiene, food}, {record}},
           {"content.division_code", {certificate, premises, fire, hygiene}, {record}},
           {"content.principal_name", {record, v1::MATERIAL_KIND_STAFF_HEALTH}, {certificate}},
           {"content.premises_tenure", {premises}, {certificate, fire}},
           {"content.lease_end", {premises}, {certificate, fire}},
           {"content.meals", {food}, {certificate, fire}},
           {"content.site.highest_floor", {fire}, {certificate, food}},
           {"content.facility_type", {certificate, premises, fire, hygiene, food, record}, {}},
           {"content.classes[0].capacity", {}, {certificate, premises, fire, record}},
           {"content.service_modes[0]", {}, {certificate, premises, fire, record}},
           {"content.site.rail_height_m", {}, {fire, certificate}},
           {"content.names", {}, {certificate}}}) {
    v1::ContentDifference difference;
    difference.set_field(row.field);
    const Affected affected = AffectedBy({difference});
    for (const auto kind : row.asked) EXPECT_NE(affected.materials & Bit(kind), 0U) << row.field;
    for (const auto kind : row.not_asked)
      EXPECT_EQ(affected.materials & Bit(kind), 0U) << row.field;
  }
}

TEST(ChangeRulesTest, WhatIsFiledAlreadyIsNotHeldAgainstAnotherChange) {
  Case c;
  // Filed under older rules: too many children, a low rail, a lease that has ended.
  for (Content* content : {&c.old_content(), &c.content()}) {
    content->mutable_site()->set_rail_height_m(1.1);
    *content->mutable_lease_end() = ToProto(kToday - 1);
    content->set_business_scope("教育咨询");
  }
  c.content().set_contact_phone("17300000002");
  EXPECT_THAT(c.Found(), IsEmpty());
  c.content().mutable_site()->set_observation_beds(2);
  EXPECT_THAT(c.Found(), ElementsAre("content.site.rail_height_m SITE_RAIL_HEIGHT blocks"));
}

TEST(ChangeRulesTest, WhatAChangeAffectsIsCheckedAndItsMaterialsAreAskedFor) {
  Case c;
  c.content().set_name("大足区新名托育园");
  EXPECT_THAT(c.Found(), ElementsAre("materials[M01] MATERIAL_MISSING blocks"));
  c = Case();
  c.content().set_meals(v1::MEALS_DELIVERED);
  EXPECT_THAT(c.Found(), ElementsAre("materials[M07] MATERIAL_MISSING blocks"));
  c.content().set_meals(v1::MEALS_NONE);
  EXPECT_THAT(c.Found(), IsEmpty());
  c = Case();
  c.content().mutable_classes(2)->set_capacity(21);
  c.content().set_approved_capacity(46);
  EXPECT_THAT(c.Found(), ElementsAre("content.classes[2].capacity CLASS_OVER_LIMIT blocks"));
  c = Case();
  c.content().set_address("重庆市大足区棠香街道示例路9号");
  c.content().set_division_code("500111002");
  c.content().set_community_code("500111002001");
  EXPECT_THAT(c.Found(), UnorderedElementsAre("materials[M01] MATERIAL_MISSING blocks",
                                              "materials[M02] MATERIAL_MISSING blocks",
                                              "materials[M05] MATERIAL_MISSING blocks",
                                              "materials[M06] MATERIAL_MISSING blocks",
                                              "materials[M07] MATERIAL_MISSING blocks"));
}

TEST(ChangeRulesTest, ANewSignatureAloneChangesNothing) {
  Case c;
  EXPECT_THAT(c.Found(), ElementsAre("content NOTHING_CHANGED blocks"));
  c.content().set_signed_by("赵示例");
  *c.content().mutable_signed_on() = ToProto(kToday);
  EXPECT_THAT(c.Found(), ElementsAre("content NOTHING_CHANGED blocks"));
  c.content().set_claims_inclusive(true);
  EXPECT_THAT(c.Found(), IsEmpty());
}

TEST(ChangeRulesTest, TheSignatureAndTheCommitmentAreThoseOfTheChange) {
  Case c;
  c.content().set_contact_phone("17300000002");
  c.content().clear_signed_by();
  *c.content().mutable_signed_on() = ToProto(kToday + 1);
  c.change.clear_commitment();
  EXPECT_THAT(c.Found(), ElementsAre("content.signed_by FIELD_REQUIRED blocks",
                                     "content.signed_on DATE_IN_FUTURE blocks",
                                     "commitment FIELD_REQUIRED blocks"));
}

TEST(ChangeRulesTest, OnlyAFacilityInForceIsChanged) {
  EXPECT_THAT(Found(ValidChange(), nullptr), ElementsAre("facility FACILITY_NOT_IN_FORCE blocks"));
  for (const auto state : {v1::FACILITY_STATE_CANCELLED, v1::FACILITY_STATE_REVOKED_REGISTRATION}) {
    v1::Facility facility = ValidFacility();
    facility.set_state(state);
    EXPECT_THAT(Found(ValidChange(), &facility), ElementsAre("facility FACILITY_CLOSED blocks"));
  }
  v1::Facility suspended = ValidFacility();
  suspended.set_state(v1::FACILITY_STATE_SUSPENDED);
  EXPECT_THAT(Found(ValidChange(), &suspended), IsEmpty());
}

TEST(ChangeRulesTest, AMoveOutOfTheDistrictIsANewFilingThere) {
  Case c;
  c.content().set_division_code("500112001");
  const auto found = c.Found();
  EXPECT_THAT(found, ::testing::Contains("content.division_code MOVED_OUT_OF_DISTRICT blocks"));
  EXPECT_THAT(
      found,
      ::testing::Not(::testing::Contains("content.division_code DIVISION_OTHER_DISTRICT blocks")));
}

TEST(ChangeRulesTest, AnotherLegalPersonMakesAFilingOfItsOwnAndNoOtherFaultIsHidden) {
  Case c;
  c.content().set_uscc("91500111MAQQ005184");
  c.content().set_division_code("500111101");
  const auto found = c.Found();
  EXPECT_THAT(found, ::testing::IsSupersetOf({"content.uscc LEGAL_PERSON_CHANGED blocks",
                                              "content.division_code DIVISION_UNKNOWN blocks"}));
}

TEST(ChangeRulesTest, AChangeHoldsFromTheVersionInForceToAYearAhead) {
  struct Row {
    CivilDay day;
    std::vector<std::string> found;
  };
  for (const Row& row :
       std::vector<Row>{{kInForce - 1, {"effective_date EFFECTIVE_DATE_BEFORE_VERSION blocks"}},
                        {kInForce, {}},
                        {kToday, {}},
                        {kToday + 366, {}},
                        {kToday + 367, {"effective_date EFFECTIVE_DATE_TOO_FAR blocks"}}}) {
    v1::Filing change = ValidChange();
    *change.mutable_effective_date() = ToProto(row.day);
    const v1::Facility facility = ValidFacility();
    EXPECT_EQ(Found(change, &facility), row.found) << FormatDay(row.day);
  }
}

TEST(ChangeRulesTest, WhileItIsMendedTheChangeIsLookedAtAgainThoughItIsInForce) {
  for (const auto state : {v1::FILING_STATE_NONCONFORMITY_NOTICED, v1::FILING_STATE_RECTIFYING}) {
    Case c;
    c.change.set_state(state);
    c.change.add_differences()->set_field("content.site.rail_height_m");
    *c.change.mutable_effective_date() = ToProto(kInForce - 30);
    EXPECT_THAT(c.Found(), IsEmpty());
    c.old_content().mutable_site()->set_rail_height_m(1.1);
    c.content().mutable_site()->set_rail_height_m(1.1);
    EXPECT_THAT(c.Found(), ElementsAre("content.site.rail_height_m SITE_RAIL_HEIGHT blocks"));
  }
}

TEST(ChangeRulesTest, WhatTwoAlteredInDifferentWaysIsContested) {
  const v1::FilingContent base = ValidFacility().content();
  v1::FilingContent mine = base;
  v1::FilingContent theirs = base;
  EXPECT_THAT(Contested(base, mine, theirs), IsEmpty());
  mine.set_opening_hours("a");
  theirs.set_contact_phone("b");
  EXPECT_THAT(Contested(base, mine, theirs), IsEmpty()) << "each its own";
  theirs.set_opening_hours("a");
  EXPECT_THAT(Contested(base, mine, theirs), IsEmpty()) << "both the same";
  theirs.set_opening_hours("b");
  mine.mutable_staff(0)->set_headcount(90);
  theirs.mutable_staff(1)->set_headcount(91);
  EXPECT_THAT(Contested(base, mine, theirs), ElementsAre("content.opening_hours", "content.staff"))
      << "a list is one field";
}

}  // namespace
}  // namespace tuoyu::filing
