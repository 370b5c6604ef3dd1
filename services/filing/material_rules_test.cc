// Domain description 1.3: which materials a filing has, and what must be true of each.
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/testing/rules_testing.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;
using common::v1::Violation;
using ::testing::AllOf;
using testing::Dazu;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kToday;
using testing::LinesWithLevel;
using testing::National;
using testing::ValidFiling;
using Spoil = std::function<void(v1::Filing&)>;

constexpr auto kOrdinary = v1::FACILITY_TYPE_ORDINARY;
constexpr auto kKindergarten = v1::FACILITY_TYPE_KINDERGARTEN;
constexpr auto kEmployer = v1::FACILITY_TYPE_EMPLOYER;
constexpr auto kHome = v1::FACILITY_TYPE_HOME_BASED;

// "materials[M05] MATERIAL_MISSING NATIONAL blocks" of each.
std::vector<std::string> Found(const v1::Filing& filing, const RuleSet& rules = National(),
                               CivilDay today = kToday) {
  return LinesWithLevel(CheckSubmission(filing, nullptr, {rules, Dazu(), today}));
}

v1::Material* Of(v1::MaterialKind kind, v1::Filing* filing) {
  for (v1::Material& material : *filing->mutable_materials()) {
    if (material.kind() == kind) return &material;
  }
  return nullptr;
}

void Add(v1::MaterialKind kind, v1::Filing* filing) {
  v1::Material& material = *filing->add_materials();
  material = filing->materials(0);
  material.set_kind(kind);
  material.set_sha256(std::string(64, 'f'));
  if (kind == v1::MATERIAL_KIND_STAFF_HEALTH) material.set_persons_covered(1);
}

// What is missing with no material at all: "M01 M02 …", each blocking unless "(M12)".
std::string Needed(
    v1::FacilityType type, const Spoil& spoil = [](v1::Filing&) {},
    const RuleSet& rules = National()) {
  v1::Filing filing = ValidFiling(type);
  filing.clear_materials();
  spoil(filing);
  std::set<std::string> codes;
  for (const Violation& each : CheckSubmission(filing, nullptr, {rules, Dazu(), kToday})) {
    if (each.reason() != "MATERIAL_MISSING") continue;
    EXPECT_THAT(each.message_zh(), HasSubstr(each.field().substr(10, 3)));
    const std::string code = each.field().substr(10, 3);
    EXPECT_TRUE(codes.insert(each.blocking() ? code : absl::StrCat("(", code, ")")).second) << code;
  }
  std::string text;
  for (const std::string& code : codes) absl::StrAppend(&text, text.empty() ? "" : " ", code);
  return text;
}

TEST(MaterialRulesTest, EachTypeOfFacilityHasItsMaterials) {
  const auto no_meals = [](v1::Filing& f) { f.mutable_content()->set_meals(v1::MEALS_NONE); };
  EXPECT_EQ(Needed(kOrdinary, no_meals), "M01 M02 M03 M04 M05 M06 M13");
  EXPECT_EQ(Needed(kKindergarten, no_meals), "M01 M02 M03 M04 M05 M06 M09 M13");
  EXPECT_EQ(Needed(kEmployer, no_meals), "M01 M02 M03 M04 M05 M06 M13");
  EXPECT_EQ(Needed(kHome, no_meals), "M01 M02 M03 M04 M13");
}

TEST(MaterialRulesTest, WhoProvidesMealsHasAFoodLicence) {
  for (const auto type : {kOrdinary, kKindergarten, kEmployer, kHome}) {
    for (const v1::Meals meals : {v1::MEALS_NONE, v1::MEALS_SELF, v1::MEALS_DELIVERED}) {
      EXPECT_EQ(
          absl::StrContains(
              Needed(type, [&](v1::Filing& f) { f.mutable_content()->set_meals(meals); }), "M07"),
          meals != v1::MEALS_NONE)
          << type << " " << meals;
    }
  }
}

TEST(MaterialRulesTest, DeliveredMealsNeedTheSuppliersLicenceAndTheContract) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->set_meals(v1::MEALS_DELIVERED);
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M07] MATERIAL_SUPPLIER_CONTRACT SYSTEM advises"));
  Add(v1::MATERIAL_KIND_FOOD_LICENCE, &filing);
  EXPECT_THAT(Found(filing), IsEmpty());
  filing.clear_materials();
  const auto found = CheckSubmission(filing, nullptr, {National(), Dazu(), kToday});
  ASSERT_EQ(found.size(), 8);
  EXPECT_THAT(found[6].message_zh(), AllOf(HasSubstr("M07"), HasSubstr("供餐合同")));
}

TEST(MaterialRulesTest, AnEmployersNurseryRunByOthersHasItsAgreementWhichAdvises) {
  const auto other_parent = [](v1::Filing& f) {
    f.mutable_content()->set_parent_organisation_uscc("91500111MAQQ000327");
  };
  const auto run_by_others = [](v1::Filing& f) {
    f.mutable_content()->set_ownership(v1::OWNERSHIP_PUBLIC_BUILT_PRIVATE_RUN);
  };
  EXPECT_THAT(Needed(kEmployer), ::testing::Not(HasSubstr("M12")));
  EXPECT_THAT(Needed(kEmployer, other_parent), HasSubstr("(M12)"));
  EXPECT_THAT(Needed(kEmployer, run_by_others), HasSubstr("(M12)"));
  EXPECT_THAT(Needed(kOrdinary, run_by_others), ::testing::Not(HasSubstr("M12")));
}

TEST(MaterialRulesTest, AnEmployersNurseryInAKindergartenHasTheKindergartensLicence) {
  const auto in_kindergarten = [](v1::Filing& f) {
    f.mutable_content()->mutable_site()->set_built_with_kindergarten(true);
  };
  EXPECT_THAT(Needed(kEmployer, in_kindergarten), HasSubstr("M09"));
  EXPECT_THAT(Needed(kEmployer), ::testing::Not(HasSubstr("M09")));
  EXPECT_THAT(Needed(kOrdinary, in_kindergarten), ::testing::Not(HasSubstr("M09")));
}

TEST(MaterialRulesTest, ADistrictThatAsksForItWantsAnAppraisalOfBuildingsOverTwentyYears) {
  const auto aged = [](int years) {
    return [years](v1::Filing& f) {
      f.mutable_content()->mutable_site()->set_building_age_years(years);
    };
  };
  EXPECT_THAT(Needed(kOrdinary, aged(50)), ::testing::Not(HasSubstr("M10")));
  RuleSet rules = National();
  for (v1::MaterialRule& rule : *rules.mutable_materials()) rule.set_enabled(true);
  EXPECT_THAT(Needed(kOrdinary, aged(20), rules), ::testing::Not(HasSubstr("M10")));
  EXPECT_THAT(Needed(kOrdinary, aged(21), rules), HasSubstr("M10"));
}

TEST(MaterialRulesTest, WhatADistrictDoesNotAskForIsNotHeldAgainstAFacility) {
  v1::Filing filing = ValidFiling();
  Add(v1::MATERIAL_KIND_BUILDING_SAFETY, &filing);
  *filing.mutable_materials()->rbegin()->mutable_valid_to() = ToProto(kToday - 1);
  filing.mutable_materials()->rbegin()->mutable_issued_on()->set_year(2020);
  EXPECT_THAT(Found(filing), IsEmpty());
  RuleSet rules = National();
  for (v1::MaterialRule& rule : *rules.mutable_materials()) rule.set_enabled(true);
  EXPECT_THAT(Found(filing, rules),
              ElementsAre("materials[M10].valid_to MATERIAL_EXPIRED LOCAL blocks"));
}

TEST(MaterialRulesTest, HealthCertificatesAndRecordChecksAreAtMostAYearOld) {
  for (const auto& [kind, code] : {std::pair{v1::MATERIAL_KIND_STAFF_HEALTH, "M04"},
                                   std::pair{v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK, "M13"}}) {
    v1::Filing filing = ValidFiling();
    v1::Material& material = *Of(kind, &filing);
    *material.mutable_issued_on() = ToProto(CivilDay(2025, 3, 12));
    EXPECT_THAT(Found(filing), IsEmpty()) << code;
    *material.mutable_issued_on() = ToProto(CivilDay(2025, 3, 11));
    EXPECT_THAT(Found(filing),
                ElementsAre(absl::StrCat("materials[", code,
                                         "].issued_on MATERIAL_TOO_OLD NATIONAL blocks")));
    material.clear_issued_on();
    EXPECT_THAT(Found(filing),
                ElementsAre(absl::StrCat("materials[", code,
                                         "].issued_on FIELD_REQUIRED NATIONAL blocks")));
  }
}

TEST(MaterialRulesTest, ACertificateOfALeapDayHoldsUntilTheLastOfFebruary) {
  v1::Filing filing = ValidFiling();
  filing.mutable_content()->set_legal_form(v1::LEGAL_FORM_FOR_PROFIT);
  *Of(v1::MATERIAL_KIND_STAFF_HEALTH, &filing)->mutable_issued_on() =
      ToProto(CivilDay(2028, 2, 29));
  *Of(v1::MATERIAL_KIND_CRIMINAL_RECORD_CHECK, &filing)->mutable_issued_on() =
      ToProto(CivilDay(2028, 3, 1));
  *Of(v1::MATERIAL_KIND_FIRE_SAFETY, &filing)->mutable_issued_on() = ToProto(CivilDay(2028, 3, 1));
  EXPECT_THAT(Found(filing, National(), CivilDay(2029, 2, 28)), IsEmpty());
  EXPECT_THAT(Found(filing, National(), CivilDay(2029, 3, 1)),
              ::testing::Contains("materials[M04].issued_on MATERIAL_TOO_OLD NATIONAL blocks"));
}

TEST(MaterialRulesTest, AFireSafetyDocumentOverAYearOldIsRemarkedOnNotRefused) {
  v1::Filing filing = ValidFiling();
  v1::Material& fire = *Of(v1::MATERIAL_KIND_FIRE_SAFETY, &filing);
  *fire.mutable_issued_on() = ToProto(CivilDay(2025, 3, 12));
  EXPECT_THAT(Found(filing), IsEmpty());
  *fire.mutable_issued_on() = ToProto(CivilDay(2025, 3, 11));
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M06].issued_on MATERIAL_TOO_OLD RECOMMENDED advises"));
  fire.clear_issued_on();
  EXPECT_THAT(Found(filing), IsEmpty());
}

TEST(MaterialRulesTest, ADocumentIsInForceOnTheDayOfSubmission) {
  v1::Filing filing = ValidFiling();
  v1::Material& licence = *Of(v1::MATERIAL_KIND_FOOD_LICENCE, &filing);
  *licence.mutable_valid_from() = ToProto(kToday);
  *licence.mutable_valid_to() = ToProto(kToday);
  EXPECT_THAT(Found(filing), IsEmpty());
  *licence.mutable_valid_from() = ToProto(kToday - 9);
  *licence.mutable_valid_to() = ToProto(kToday - 1);
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M07].valid_to MATERIAL_EXPIRED NATIONAL blocks"));
  *licence.mutable_valid_from() = ToProto(kToday + 1);
  *licence.mutable_valid_to() = ToProto(kToday + 1);
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M07].valid_from MATERIAL_NOT_YET_VALID NATIONAL blocks"));
}

TEST(MaterialRulesTest, TheHygieneEvaluationSaysQualified) {
  for (const char* result : {"", "不合格", "合格（整改后）"}) {
    v1::Filing filing = ValidFiling();
    Of(v1::MATERIAL_KIND_HYGIENE_EVALUATION, &filing)->set_result(result);
    EXPECT_THAT(Found(filing), ElementsAre("materials[M05].result MATERIAL_RESULT NATIONAL blocks"))
        << result;
  }
  v1::Filing filing = ValidFiling();
  Of(v1::MATERIAL_KIND_HYGIENE_EVALUATION, &filing)->set_result(" 合格 ");
  EXPECT_THAT(Found(filing), IsEmpty());
}

TEST(MaterialRulesTest, OfPersonsAndContractsThereAreSeveralOfOthersOne) {
  for (int kind = 1; kind < v1::MaterialKind_ARRAYSIZE; ++kind) {
    const bool single = kind == 1 || kind == 5 || kind == 6 || kind == 9 || kind == 10;
    v1::Filing filing = ValidFiling(kind == 12 ? kEmployer : kKindergarten);
    for (int i = 0; i < 2; ++i) {
      Add(static_cast<v1::MaterialKind>(kind), &filing);
      filing.mutable_materials()->rbegin()->set_result("合格");
      filing.mutable_materials()->rbegin()->set_sha256(std::string(64, i == 0 ? 'a' : 'b'));
    }
    const auto found = Found(filing);
    const bool doubled =
        ::testing::Matches(::testing::Contains(HasSubstr("MATERIAL_DOUBLE")))(found);
    EXPECT_EQ(doubled, single) << kind;
  }
}

TEST(MaterialRulesTest, TheSecondOfAKindHasItsOwnPath) {
  v1::Filing filing = ValidFiling();
  Add(v1::MATERIAL_KIND_STAFF_HEALTH, &filing);
  filing.mutable_materials()->rbegin()->mutable_issued_on()->set_year(2024);
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M04#2].issued_on MATERIAL_TOO_OLD NATIONAL blocks"));
}

TEST(MaterialRulesTest, ACertificateOfAnotherCodeIsAskedAboutButNotOfAnEmployer) {
  v1::Filing filing = ValidFiling();
  filing.mutable_materials(0)->set_document_number("91500111MAQQ000327");
  EXPECT_THAT(Found(filing), IsEmpty());
  filing.mutable_materials(0)->set_document_number("渝足登字第7号");
  EXPECT_THAT(Found(filing), IsEmpty());
  filing.mutable_materials(0)->set_document_number("92500111MAQQ00040Y");
  EXPECT_THAT(Found(filing),
              ElementsAre("materials[M01].document_number MATERIAL_NUMBER_DIFFERS SYSTEM advises"));
  v1::Filing employer = ValidFiling(kEmployer);
  employer.mutable_materials(0)->set_document_number("92500111MAQQ00040Y");
  EXPECT_THAT(Found(employer), IsEmpty());
}

TEST(MaterialRulesTest, AFilingHasAtMostSixtyMaterials) {
  v1::Filing filing = ValidFiling();
  while (filing.materials_size() < 60) {
    Add(v1::MATERIAL_KIND_STAFF_HEALTH, &filing);
    filing.mutable_materials()->rbegin()->set_sha256(
        absl::StrCat(std::string(62, 'a'), filing.materials_size()));
  }
  EXPECT_THAT(Found(filing), IsEmpty());
  Add(v1::MATERIAL_KIND_STAFF_HEALTH, &filing);
  EXPECT_THAT(Found(filing), ElementsAre("materials TOO_MANY_MATERIALS SYSTEM blocks"));
}

TEST(MaterialRulesTest, AnUploadIsDeclaredWithinBounds) {
  struct Case {
    std::function<void(v1::Material&)> spoil;
    std::vector<std::string> found;
  };
  using M = v1::Material;
  const std::string digest = "material.sha256 MATERIAL_DIGEST_FORMAT SYSTEM blocks";
  const std::string name = "material.file_name MATERIAL_FILE_NAME SYSTEM blocks";
  for (const Case& c : std::vector<Case>{
           {[](M&) {}, {}},
           {[](M& m) { m.clear_kind(); }, {"material.kind FIELD_REQUIRED NATIONAL blocks"}},
           {[](M& m) { m.set_kind(v1::MaterialKind{77}); },
            {"material.kind VALUE_UNKNOWN SYSTEM blocks"}},
           {[](M& m) { m.clear_file_name(); },
            {"material.file_name FIELD_REQUIRED NATIONAL blocks"}},
           {[](M& m) { m.set_file_name("a/b.pdf"); }, {name}},
           {[](M& m) { m.set_file_name("a\\b.pdf"); }, {name}},
           {[](M& m) { m.set_file_name(".."); }, {name}},
           {[](M& m) { m.set_file_name("证照..pdf"); }, {}},
           {[](M& m) { m.set_size_bytes(0); }, {"material.size_bytes NUMBER_RANGE SYSTEM blocks"}},
           {[](M& m) { m.set_size_bytes(20 << 20); }, {}},
           {[](M& m) { m.set_size_bytes((20 << 20) + 1); },
            {"material.size_bytes MATERIAL_TOO_LARGE SYSTEM blocks"}},
           {[](M& m) { m.clear_sha256(); }, {digest}},
           {[](M& m) { m.set_sha256(std::string(64, 'A')); }, {digest}},
           {[](M& m) { m.set_sha256(std::string(63, 'a')); }, {digest}},
           {[](M& m) { *m.mutable_issued_on() = ToProto(kToday + 1); },
            {"material.issued_on DATE_IN_FUTURE SYSTEM blocks"}},
           {[](M& m) { m.mutable_valid_to()->set_month(13); },
            {"material.valid_to DATE_INVALID SYSTEM blocks"}}}) {
    M material = ValidFiling().materials(0);
    c.spoil(material);
    EXPECT_EQ(LinesWithLevel(CheckMaterial(material, 59, {National(), Dazu(), kToday})), c.found);
  }
}

}  // namespace
}  // namespace tuoyu::filing
