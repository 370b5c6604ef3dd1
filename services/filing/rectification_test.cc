// Mending after a notice of non-conformity: the form, the materials, the commitment.
#include "common/base/civil.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using common::v1::Violation;
using ::testing::Contains;
using ::testing::Property;
using ::testing::SizeIs;

class RectificationTest : public FilingFixture {
 protected:
  absl::StatusOr<v1::Filing> Report(const std::string& filing,
                                    v1::ReportRectificationRequest request = {}) const {
    request.set_name(filing);
    request.set_report("已整改。");
    return Call(&Stub::ReportRectification, Principal(), request);
  }
  // Replaces a material by another file.
  absl::Status Replace(const v1::Filing& filing, v1::Material material) const {
    const std::string old = material.name();
    *material.mutable_issued_on() = ToProto(testing::kToday);
    return Upload(filing.name(), material, Principal(), MadeUpPdf(1000 + material.kind()), old)
        .status();
  }
  static v1::Material Of(const v1::Filing& filing, v1::MaterialKind kind) {
    for (const v1::Material& material : filing.materials()) {
      if (material.kind() == kind && material.superseded_by().empty()) return material;
    }
    return {};
  }
};

TEST_F(RectificationTest, ARejectedMaterialBlocksUntilItIsReplacedAndIsKeptAsEvidence) {
  const v1::Filing noticed = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  const v1::Material fire = Of(noticed, v1::MATERIAL_KIND_FIRE_SAFETY);
  v1::VerifyMaterialRequest verify;
  verify.set_name(fire.name());
  verify.set_verify_state(v1::VERIFY_STATE_REJECTED);
  ASSERT_OK(Call(&Stub::VerifyMaterial, Reviewer(), verify));
  const absl::Status refused = Report(noticed.name()).status();
  EXPECT_EQ(ReasonOf(refused), "FORM_INVALID") << "also when nothing of the form changes";
  EXPECT_THAT(rpc::ViolationsOf(refused),
              Contains(Property(&Violation::reason, "MATERIAL_REJECTED")));
  ASSERT_OK(Replace(noticed, fire));
  const auto mended = Report(noticed.name());
  ASSERT_OK(mended);
  EXPECT_THAT(mended->materials(), SizeIs(noticed.materials_size() + 1));
  const v1::Material now = Of(*mended, v1::MATERIAL_KIND_FIRE_SAFETY);
  EXPECT_NE(now.name(), fire.name());
  v1::DownloadMaterialRequest read;
  read.set_name(fire.name());
  const auto evidence = Call(&Stub::DownloadMaterial, Reviewer(), read);
  ASSERT_OK(evidence);
  EXPECT_EQ(evidence->material().superseded_by(), now.name());
  EXPECT_FALSE(evidence->data().empty());
  EXPECT_THAT(VerifiedActions(), Contains("material.superseded"));
  EXPECT_OK(On(noticed.name(), &Stub::CompleteFiling, Approver()));
}

TEST_F(RectificationTest, AMaterialThatExpiredMeanwhileBlocks) {
  v1::Filing form = Form();
  for (v1::Material& material : *form.mutable_materials()) {
    if (material.kind() == v1::MATERIAL_KIND_FOOD_LICENCE) {
      *material.mutable_valid_to() = ToProto(testing::kToday + 2);
    }
  }
  const v1::Filing noticed =
      Advance(Draft(form, Principal()).name(), v1::FILING_STATE_NONCONFORMITY_NOTICED);
  clock_.Advance(absl::Hours(24 * 3));
  EXPECT_THAT(rpc::ViolationsOf(Report(noticed.name()).status()),
              Contains(Property(&Violation::reason, "MATERIAL_EXPIRED")));
}

TEST_F(RectificationTest, ACommitmentIsSignedAnewAndTheRulesAreNoted) {
  const v1::Filing noticed = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  EXPECT_EQ(noticed.rules_version(), rules_.version());
  v1::RuleSet rules = rules_;
  rules.set_version("next");
  *rules.mutable_effective_from() = ToProto(testing::kToday);
  rules.mutable_commitment()->set_text_version("2026");
  UseRules({rules_, rules});
  EXPECT_THAT(rpc::ViolationsOf(Report(noticed.name()).status()),
              Contains(Property(&Violation::reason, "COMMITMENT_TEXT_OUTDATED")));
  v1::ReportRectificationRequest request;
  *request.mutable_commitment() = noticed.commitment();
  request.mutable_commitment()->set_text_version("2026");
  request.mutable_commitment()->clear_points();
  const auto mended = Report(noticed.name(), request);
  ASSERT_OK(mended);
  EXPECT_EQ(mended->commitment().text_version(), "2026");
  EXPECT_GT(mended->commitment().points_size(), 0);
  EXPECT_EQ(mended->rules_version(), "next");
}

TEST_F(RectificationTest, AnotherLegalPersonIsNoRectification) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  v1::ReportRectificationRequest request;
  *request.mutable_content() = filed.content();
  request.mutable_content()->set_uscc(MadeUpUscc(5000));
  EXPECT_THAT(rpc::ViolationsOf(Report(filed.name(), request).status()),
              Contains(Property(&Violation::reason, "LEGAL_PERSON_CHANGED")));
}

TEST_F(RectificationTest, TheCheckTellsEverythingTheReportHadNoRoomFor) {
  const v1::Filing noticed = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  v1::ReportRectificationRequest request;
  *request.mutable_content() = noticed.content();
  for (int i = 0; i < 30; ++i) {
    v1::ClassPlan& plan = *request.mutable_content()->add_classes();
    plan.set_kind(v1::CLASS_KIND_TODDLER);
    plan.set_capacity(99);
  }
  const absl::Status refused = Report(noticed.name(), request).status();
  EXPECT_TRUE(rpc::LacksViolations(refused));
  v1::CheckFilingRequest check;
  check.mutable_filing()->set_name(noticed.name());
  *check.mutable_filing()->mutable_content() = request.content();
  const auto all = Call(&Stub::CheckFiling, Principal(), check);
  ASSERT_OK(all);
  EXPECT_FALSE(all->acceptable());
  EXPECT_GT(all->violations_size(), static_cast<int>(rpc::ViolationsOf(refused).size()));
  EXPECT_EQ(all->rules_version(), rules_.version());
  for (const Violation& violation : all->violations()) {
    EXPECT_NE(violation.level(), common::v1::RULE_LEVEL_UNSPECIFIED) << violation.reason();
    EXPECT_NE(violation.source(), "") << violation.reason();
  }
  check.mutable_filing()->clear_content();
  EXPECT_TRUE(Call(&Stub::CheckFiling, Principal(), check)->acceptable());
  EXPECT_EQ(ReasonOf(Call(&Stub::CheckFiling, Principal("accounts/stranger"), check).status()),
            "FILING_NOT_FOUND");
}

TEST_F(RectificationTest, TheCheckOfANewFormSaysWhatADraftCantKeep) {
  v1::CheckFilingRequest check;
  EXPECT_EQ(ReasonOf(Call(&Stub::CheckFiling, Principal(), check).status()), "FIELD_MISSING");
  check.mutable_filing()->set_kind(v1::FILING_KIND_INITIAL);
  check.set_syntax_only(true);
  EXPECT_TRUE(Call(&Stub::CheckFiling, Principal(), check)->acceptable());
  for (int i = 0; i < 60; ++i) {
    check.mutable_filing()->mutable_content()->add_classes()->set_label(std::string(300, 'x'));
  }
  const auto bad = Call(&Stub::CheckFiling, Principal(), check);
  ASSERT_OK(bad);
  EXPECT_FALSE(bad->acceptable());
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM filing"), "0");
}

}  // namespace
}  // namespace tuoyu::filing
