// Receipts: reading, verification by anyone, what the signature covers; and what is stored in the clear.
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/filing_fixture.h"
#include "services/filing/receipt_code.h"
#include "services/filing/receipt_signature.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

class ReceiptTest : public FilingFixture {
 protected:
  absl::StatusOr<v1::VerifyReceiptResponse> Verify(const std::string& number,
                                                   const std::string& code,
                                                   const std::string& token = "") const {
    v1::VerifyReceiptRequest request;
    request.set_receipt_number(number);
    request.set_verification_code(code);
    return Call(&Stub::VerifyReceipt, token, request);
  }
  v1::SignedReceipt ReceiptOf(const v1::Filing& filing) const {
    const auto receipt = On(filing.name(), &Stub::GetReceipt, Principal());
    EXPECT_OK(receipt);
    return receipt.value_or(v1::SignedReceipt());
  }
};

TEST_F(ReceiptTest, TheReceiptSaysWhatWasFiled) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const v1::SignedReceipt receipt = ReceiptOf(filed);
  const v1::Receipt& said = receipt.receipt();
  EXPECT_EQ(said.receipt_number(), filed.receipt_number());
  EXPECT_EQ(said.facility(), filed.facility());
  EXPECT_EQ(said.filing(), filed.name());
  EXPECT_EQ(said.facility_name(), filed.content().name());
  EXPECT_EQ(said.approved_capacity(), filed.content().approved_capacity());
  EXPECT_EQ(*FromProto(said.filed_on()), testing::kToday);
  EXPECT_THAT(said.conditions_notice().conditions(), Not(IsEmpty()));
  EXPECT_EQ(NormaliseVerificationCode(said.verification_code()), said.verification_code());
  EXPECT_EQ(receipt.algorithm(), "ES256");
  EXPECT_EQ(ReasonOf(On(Draft().name(), &Stub::GetReceipt, Principal()).status()),
            "RECEIPT_NOT_FOUND");
}

TEST_F(ReceiptTest, AnyoneVerifiesByNumberAndCode) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string code = ReceiptOf(filed).receipt().verification_code();
  for (const std::string& token : {std::string(), Auditor(), Reviewer()}) {
    const auto verified = Verify(filed.receipt_number(), code, token);
    ASSERT_OK(verified);
    EXPECT_TRUE(verified->signature_valid());
    EXPECT_TRUE(verified->in_force());
    EXPECT_EQ(verified->public_key_pem(), signer_.public_pem());
    const v1::Receipt& shown = verified->signed_receipt().receipt();
    EXPECT_EQ(shown.facility_name(), filed.content().name());
    EXPECT_EQ(shown.verification_code(), "");
    EXPECT_EQ(shown.filing(), "");
    // What is shown verifies elsewhere, with the key shown.
    const auto elsewhere = privacy::Verifier::FromPem(verified->public_key_pem());
    ASSERT_OK(elsewhere);
    EXPECT_OK(elsewhere->Verify(
        privacy::CanonicalBytes(shown),
        {verified->signed_receipt().algorithm(), verified->signed_receipt().key_id(),
         verified->signed_receipt().signature()}));
  }
  EXPECT_OK(Verify(filed.receipt_number(), code.substr(0, 4) + "-" + code.substr(4)));
}

TEST_F(ReceiptTest, WhatWasMendedSinceIsNamed) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string code = ReceiptOf(filed).receipt().verification_code();
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  v1::ReportRectificationRequest report;
  report.set_name(filed.name());
  report.set_report("已更正负责人和营业时间。");
  *report.mutable_content() = filed.content();
  report.mutable_content()->set_principal_name("赵示例");
  report.mutable_content()->set_opening_hours("周一至周六 07:30-18:30");
  ASSERT_OK(Call(&Stub::ReportRectification, Principal(), report));
  EXPECT_TRUE(Verify(filed.receipt_number(), code)->in_force()) << "not in the register yet";
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  const auto verified = Verify(filed.receipt_number(), code);
  ASSERT_OK(verified);
  EXPECT_TRUE(verified->signature_valid());
  EXPECT_FALSE(verified->in_force());
  EXPECT_THAT(verified->changed_fields(), ElementsAre("principal_name"));
}

TEST_F(ReceiptTest, AWrongNumberAndAWrongCodeAreTheSame) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string code = ReceiptOf(filed).receipt().verification_code();
  const absl::Status wrong_code = Verify(filed.receipt_number(), NewVerificationCode()).status();
  const absl::Status wrong_number = Verify("TYBA-500111-2026-09999", code).status();
  const absl::Status no_code = Verify(filed.receipt_number(), "").status();
  EXPECT_THAT(wrong_code, StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(ReasonOf(wrong_code), "RECEIPT_NOT_FOUND");
  EXPECT_EQ(wrong_code, wrong_number);
  EXPECT_EQ(wrong_code, no_code);
  EXPECT_EQ(Verify("", "").status(), wrong_code);
}

TEST_F(ReceiptTest, AReceiptIsInForceUntilALaterOneOrTheEnd) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string first_code = ReceiptOf(filed).receipt().verification_code();
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, filed.facility());
  Advance(change.name(), v1::FILING_STATE_FILED, Principal("accounts/principal", filed.facility()));
  EXPECT_FALSE(Verify(filed.receipt_number(), first_code)->in_force());
  const v1::SignedReceipt second = ReceiptOf(change);
  const auto verified =
      Verify(second.receipt().receipt_number(), second.receipt().verification_code());
  ASSERT_OK(verified);
  EXPECT_TRUE(verified->in_force());
  const v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, filed.facility());
  Advance(cancellation.name(), v1::FILING_STATE_COMPLETED,
          Principal("accounts/principal", filed.facility()));
  clock_.Set(StartOf(*FromProto(cancellation.cancellation().last_day()) + 1) + absl::Hours(12));
  EXPECT_FALSE(
      Verify(second.receipt().receipt_number(), second.receipt().verification_code())->in_force());
}

TEST_F(ReceiptTest, AnAlteredReceiptDoesNotVerify) {
  v1::SignedReceipt receipt = ReceiptOf(DraftIn(v1::FILING_STATE_FILED));
  EXPECT_OK(CheckReceiptSignature(verifier_, receipt));
  v1::SignedReceipt altered = receipt;
  altered.mutable_receipt()->set_approved_capacity(receipt.receipt().approved_capacity() + 1);
  EXPECT_THAT(CheckReceiptSignature(verifier_, altered), StatusIs(absl::StatusCode::kDataLoss));
  receipt.mutable_receipt()->clear_verification_code();
  EXPECT_OK(CheckReceiptSignature(verifier_, receipt)) << "the code is not signed";
  altered.set_key_id("0000000000000000");
  EXPECT_THAT(CheckReceiptSignature(verifier_, altered), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ReceiptTest, NothingPersonalAndNoCodeStandsInAnyTableInTheClear) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  ASSERT_OK(Mend(filed.name(), Principal()));
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, filed.facility());
  Advance(change.name(), v1::FILING_STATE_COMPLETED,
          Principal("accounts/principal", filed.facility()));
  const std::string code = ReceiptOf(filed).receipt().verification_code();
  ASSERT_FALSE(filed.content().principal_id_number().empty());
  ASSERT_FALSE(filed.content().contact_name().empty());
  EXPECT_THAT(PlacesOf(filed.content().principal_id_number()), IsEmpty());
  EXPECT_THAT(PlacesOf(filed.content().contact_name()), IsEmpty());
  EXPECT_THAT(PlacesOf(code), IsEmpty());
  // The search does find what stands there.
  EXPECT_THAT(PlacesOf(filed.content().uscc()), Contains("facility.uscc"));
  EXPECT_THAT(PlacesOf(filed.content().uscc()), Contains("filing.message"));
  EXPECT_THAT(PlacesOf(filed.content().uscc()), Contains("journal_entry.payload"));
  EXPECT_THAT(VerifiedActions(), Not(IsEmpty()));
}

}  // namespace
}  // namespace tuoyu::filing
