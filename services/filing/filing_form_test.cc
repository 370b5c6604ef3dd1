// Rules on parts of the form and its materials: identity documents, seal, fire documents, papers of staff, S8; rule sets
// by date.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/base/civil.h"
#include "common/data/divisions.h"
#include "common/testing/matchers.h"
#include "services/filing/filing_rules.h"
#include "services/filing/rule_book.h"
#include "services/filing/rule_set.h"
#include "services/filing/testing/valid_filing.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Property;
using ::tuoyu::testing::StatusIs;

class FilingFormTest : public ::testing::Test {
 protected:
  std::vector<Violation> Check(const v1::Filing& filing) const {
    return CheckSubmission(filing, nullptr, {rules_, divisions_, testing::kToday});
  }
  static auto Has(const std::string& reason) {
    return Contains(Property(&Violation::reason, reason));
  }
  static v1::Material* Of(v1::MaterialKind kind, v1::Filing* filing) {
    for (v1::Material& material : *filing->mutable_materials()) {
      if (material.kind() == kind) return &material;
    }
    return nullptr;
  }

  const v1::RuleSet rules_ = *LoadRuleSet(TUOYU_DATA_DIR "/rules/national-2019-58.yaml");
  const data::Divisions divisions_ =
      *data::LoadDivisions(TUOYU_DATA_DIR "/divisions/dazu-500111.csv");
  v1::Filing filing_ = testing::ValidFiling();
};

TEST_F(FilingFormTest, TheHeadMayHaveAnotherDocumentThanAResidentId) {
  EXPECT_THAT(Check(filing_), IsEmpty());
  struct Case {
    v1::IdentityDocument type;
    const char* number;
    bool good;
  };
  const Case cases[] = {
      {v1::IDENTITY_DOCUMENT_RESIDENT_ID, "500111198802299964", true},
      {v1::IDENTITY_DOCUMENT_RESIDENT_ID, "E12345678", false},
      {v1::IDENTITY_DOCUMENT_PASSPORT, "E12345678", true},
      {v1::IDENTITY_DOCUMENT_PASSPORT, "E123", false},
      {v1::IDENTITY_DOCUMENT_PASSPORT, "E12 345678", false},
      {v1::IDENTITY_DOCUMENT_PERMANENT_RESIDENCE, "USA110075010101", true},
      {v1::IDENTITY_DOCUMENT_PERMANENT_RESIDENCE, "91184019880101001X", true},
      {v1::IDENTITY_DOCUMENT_PERMANENT_RESIDENCE, "500111198802299964", false},
      {v1::IDENTITY_DOCUMENT_HK_MACAO_TAIWAN_RESIDENCE, "500111198802299964", false},
      {v1::IDENTITY_DOCUMENT_HK_MACAO_TAIWAN_RESIDENCE, "810000198802299960", false}};
  for (const Case& each : cases) {
    filing_.mutable_content()->set_principal_id_type(each.type);
    filing_.mutable_content()->set_principal_id_number(each.number);
    EXPECT_EQ(!HasBlocking(Check(filing_)), each.good) << each.type << " " << each.number;
  }
  filing_.mutable_content()->set_principal_id_type(static_cast<v1::IdentityDocument>(99));
  EXPECT_THAT(Check(filing_), Has("VALUE_UNKNOWN"));
}

TEST_F(FilingFormTest, ASealIsAskedForAndNotRequired) {
  filing_.mutable_content()->clear_seal_ref();
  const auto found = Check(filing_);
  EXPECT_THAT(found, Has("SEAL_NOT_STATED"));
  EXPECT_FALSE(HasBlocking(found));
}

TEST_F(FilingFormTest, TheKindOfFireDocumentIsAskedFor) {
  Of(v1::MATERIAL_KIND_FIRE_SAFETY, &filing_)->clear_fire_document();
  EXPECT_THAT(Check(filing_), Has("MATERIAL_FIRE_DOCUMENT"));
  EXPECT_FALSE(HasBlocking(Check(filing_)));
}

TEST_F(FilingFormTest, PapersOfStaffCoverAllOfThem) {
  v1::Material& health = *Of(v1::MATERIAL_KIND_STAFF_HEALTH, &filing_);
  const int staff = health.persons_covered();
  health.set_persons_covered(staff - 1);
  EXPECT_THAT(Check(filing_), Has("MATERIAL_PERSONS_TOO_FEW"));
  EXPECT_TRUE(HasBlocking(Check(filing_)));
  v1::Material second = health;
  second.set_sha256(std::string(64, 'a'));
  second.set_persons_covered(1);
  *filing_.add_materials() = second;
  EXPECT_THAT(Check(filing_), IsEmpty()) << "in several files";
  filing_.mutable_materials(filing_.materials_size() - 1)->clear_persons_covered();
  EXPECT_THAT(Check(filing_), Has("MATERIAL_PERSONS_NOT_STATED"));
  EXPECT_FALSE(HasBlocking(Check(filing_)));
  // Cooks have no qualification to prove.
  filing_ = testing::ValidFiling();
  Of(v1::MATERIAL_KIND_STAFF_QUALIFICATION, &filing_)->set_persons_covered(staff - 1);
  EXPECT_THAT(Check(filing_), IsEmpty());
  Of(v1::MATERIAL_KIND_STAFF_QUALIFICATION, &filing_)->set_persons_covered(staff - 2);
  EXPECT_THAT(Check(filing_), Has("MATERIAL_PERSONS_TOO_FEW"));
}

TEST_F(FilingFormTest, AReplacedMaterialCountsNoMore) {
  v1::Material& fire = *Of(v1::MATERIAL_KIND_FIRE_SAFETY, &filing_);
  const v1::Material old = fire;
  fire.set_sha256(std::string(64, 'b'));
  fire.set_name("filings/1/materials/2");
  v1::Material& replaced = *filing_.add_materials();
  replaced = old;
  replaced.set_verify_state(v1::VERIFY_STATE_REJECTED);
  EXPECT_THAT(Check(filing_), Has("MATERIAL_DOUBLE"));
  replaced.set_superseded_by("filings/1/materials/2");
  EXPECT_THAT(Check(filing_), IsEmpty());
  EXPECT_EQ(CountMaterials(filing_), filing_.materials_size() - 1);
}

TEST_F(FilingFormTest, AKindergartensNurseryIsAZoneOfItsOwnWhateverTheFormSays) {
  v1::Filing filing = testing::ValidFiling(v1::FACILITY_TYPE_KINDERGARTEN);
  filing.mutable_content()->mutable_site()->clear_built_with_kindergarten();
  filing.mutable_content()->mutable_site()->set_separate_zone_and_exit(false);
  EXPECT_THAT(Check(filing), Has("SITE_NOT_SEPARATE"));
  EXPECT_TRUE(HasBlocking(Check(filing)));
}

TEST_F(FilingFormTest, TheRatioOfCooksIsData) {
  v1::RuleSet rules = rules_;
  rules.set_children_per_cook(10);
  EXPECT_THAT(CheckSubmission(filing_, nullptr, {rules, divisions_, testing::kToday}),
              Has("STAFF_COOKS_BELOW_RATIO"));
}

TEST_F(FilingFormTest, ARuleBookPicksByDayAndRefusesDoubles) {
  v1::RuleSet next = rules_;
  next.set_version("next");
  EXPECT_THAT(RuleBook::Make({rules_, next}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
  *next.mutable_effective_from() = ToProto(absl::CivilDay(2027, 1, 1));
  const auto book = RuleBook::Make({next, rules_});
  ASSERT_OK(book);
  EXPECT_EQ(book->On(absl::CivilDay(2026, 12, 31)).version(), rules_.version());
  EXPECT_EQ(book->On(absl::CivilDay(2027, 1, 1)).version(), "next");
  EXPECT_EQ(book->On(absl::CivilDay(1990, 1, 1)).version(), rules_.version());
  EXPECT_EQ(book->Find(absl::CivilDay(1990, 1, 1)), nullptr);
  next.set_version(rules_.version());
  EXPECT_THAT(RuleBook::Make({next, rules_}).status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RuleBook::Make({}).status(), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_OK(RuleBook::Load(TUOYU_DATA_DIR "/rules"));
  EXPECT_THAT(RuleBook::Load(TUOYU_DATA_DIR "/divisions").status(),
              StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(RuleBook::Load(TUOYU_DATA_DIR "/nowhere").status(),
              StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace tuoyu::filing
