// Change and cancellation filings, and what the register shows meanwhile.
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Property;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;

class FilingChangeTest : public FilingFixture {
 protected:
  // A filed facility.
  std::string Filed() { return DraftIn(v1::FILING_STATE_FILED).facility(); }
  std::string Owner(const std::string& facility) const {
    return Principal("accounts/principal", facility);
  }
  absl::StatusOr<v1::Filing> Create(const v1::Filing& form, const std::string& token) const {
    v1::CreateFilingRequest request;
    *request.mutable_filing() = form;
    return Call(&Stub::CreateFiling, token, request);
  }
  static v1::Filing ChangeOf(const std::string& facility) {
    v1::Filing form;
    form.set_kind(v1::FILING_KIND_CHANGE);
    form.set_facility(facility);
    return form;
  }
  // Reports that the contact phone is mended, with the form as the filing held it otherwise.
  absl::StatusOr<v1::Filing> ReportMendedPhone(const v1::Filing& filing, const std::string& phone,
                                               const std::string& token) const {
    v1::ReportRectificationRequest report;
    report.set_name(filing.name());
    report.set_report("已改联系电话。");
    *report.mutable_content() = filing.content();
    report.mutable_content()->set_contact_phone(phone);
    return Call(&Stub::ReportRectification, token, report);
  }
  // Notices the filing, and reports that its opening hours are mended: "周一至周六 07:30-18:30".
  void ReportMendedHours(const v1::Filing& filed) {
    v1::ReportRectificationRequest report;
    report.set_name(filed.name());
    report.set_report("已改营业时间。");
    *report.mutable_content() = filed.content();
    report.mutable_content()->set_opening_hours("周一至周六 07:30-18:30");
    ASSERT_OK(Notice(filed.name(), Reviewer()));
    ASSERT_OK(Call(&Stub::ReportRectification, Principal(), report));
  }
};

TEST_F(FilingChangeTest, AChangeStartsFromTheVersionInForceAndSaysWhatDiffers) {
  const std::string facility = Filed();
  const auto before = Facility(facility);
  ASSERT_OK(before);
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  EXPECT_EQ(change.facility(), facility);
  EXPECT_EQ(change.content().name(), before->content().name());
  EXPECT_EQ(change.content().principal_id_number(), before->content().principal_id_number());
  EXPECT_GT(change.content().approved_capacity(), before->content().approved_capacity());
  EXPECT_THAT(change.differences(),
              Contains(Property(&v1::ContentDifference::field, "content.approved_capacity")));
  EXPECT_THAT(change.differences(),
              Not(Contains(Property(&v1::ContentDifference::field, "content.name"))));
}

TEST_F(FilingChangeTest, TheRegisterShowsAChangeWholeAndOnlyOnceItIsAccepted) {
  const std::string facility = Filed();
  const auto before = Facility(facility);
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  const std::string owner = Owner(facility);
  for (const auto state : {v1::FILING_STATE_SUBMITTED, v1::FILING_STATE_RECEIVED}) {
    if (state == v1::FILING_STATE_SUBMITTED) {
      ASSERT_OK(On(change.name(), &Stub::SubmitFiling, owner));
    } else {
      ASSERT_OK(On(change.name(), &Stub::ReceiveFiling, Reviewer()));
    }
    const auto meanwhile = Facility(facility);
    ASSERT_OK(meanwhile);
    EXPECT_THAT(meanwhile->content(), EqualsProto(before->content()));
    EXPECT_EQ(meanwhile->receipt_number(), before->receipt_number());
    EXPECT_TRUE(meanwhile->change_pending());
  }
  const auto accepted = On(change.name(), &Stub::AcceptFiling, Approver());
  ASSERT_OK(accepted);
  const auto after = Facility(facility);
  ASSERT_OK(after);
  EXPECT_EQ(after->content().approved_capacity(), change.content().approved_capacity());
  EXPECT_EQ(after->content().classes_size(), change.content().classes_size());
  EXPECT_EQ(after->receipt_number(), "TYBA-500111-2026-00002");
  EXPECT_EQ(after->filing(), change.name());
  EXPECT_FALSE(after->change_pending());
  EXPECT_THAT(VerifiedActions(), Contains("facility.changed"));
}

TEST_F(FilingChangeTest, AChangeForALaterDayHoldsFromThatDay) {
  const std::string facility = Filed();
  const int before = Facility(facility)->content().approved_capacity();
  v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = change;
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 7);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  change = Advance(change.name(), v1::FILING_STATE_FILED, Owner(facility));
  EXPECT_EQ(Facility(facility)->content().approved_capacity(), before);
  clock_.Advance(absl::Hours(24 * 7));
  EXPECT_EQ(Facility(facility)->content().approved_capacity(),
            change.content().approved_capacity());
}

TEST_F(FilingChangeTest, WhatIsMendedMeanwhileOutlivesTheChangeThatWasDraftedBefore) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  // The first filing is mended while the change lies in its drawer, and again while the officers have it.
  ReportMendedHours(filed);
  const auto submitted = On(change.name(), &Stub::SubmitFiling, Owner(facility));
  ASSERT_OK(submitted);
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  EXPECT_TRUE(Facility(facility)->change_pending());
  ASSERT_OK(On(change.name(), &Stub::ReceiveFiling, Reviewer()));
  const auto accepted = On(change.name(), &Stub::AcceptFiling, Approver());
  ASSERT_OK(accepted);
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().approved_capacity(), change.content().approved_capacity());
  EXPECT_EQ(accepted->filing().content().opening_hours(), "周一至周六 07:30-18:30")
      << "the filing says what it put in force";
}

TEST_F(FilingChangeTest, ADraftFollowsTheRegisterWhereItChangesNothing) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  ReportMendedHours(filed);
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = change;
  update.mutable_filing()->mutable_content()->set_chain_brand("示例连锁");
  const auto updated = Call(&Stub::UpdateFiling, Owner(facility), update);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(updated->content().chain_brand(), "示例连锁");
  EXPECT_EQ(updated->content().approved_capacity(), change.content().approved_capacity());
  EXPECT_THAT(updated->differences(),
              Not(Contains(Property(&v1::ContentDifference::field, "content.opening_hours"))));
}

TEST_F(FilingChangeTest, WhatIsMendedOfAChangeForALaterDayHoldsFromThatDay) {
  const std::string facility = Filed();
  const std::string hours = Facility(facility)->content().opening_hours();
  v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = change;
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 7);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  change = Advance(change.name(), v1::FILING_STATE_FILED, Owner(facility));
  ASSERT_OK(Notice(change.name(), Reviewer()));
  v1::ReportRectificationRequest report;
  report.set_name(change.name());
  report.set_report("已改营业时间。");
  *report.mutable_content() = change.content();
  report.mutable_content()->set_opening_hours("周一至周六 07:30-18:30");
  ASSERT_OK(Call(&Stub::ReportRectification, Owner(facility), report));
  ASSERT_OK(On(change.name(), &Stub::CompleteFiling, Approver()));
  EXPECT_EQ(Facility(facility)->content().opening_hours(), hours);
  clock_.Advance(absl::Hours(24 * 7));
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().approved_capacity(), change.content().approved_capacity());
  EXPECT_EQ(after->filing(), change.name());
}

TEST_F(FilingChangeTest, AChangeMendedBeforeItsReceiptTakesNothingBackThatWasMendedMeanwhile) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  change = Advance(change.name(), v1::FILING_STATE_RECEIVED, Owner(facility));
  ASSERT_OK(Notice(change.name(), Reviewer()));
  ReportMendedHours(filed);
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  // The report sends the form as it was before the hours were mended, with another phone.
  const auto mended = ReportMendedPhone(change, "17300000002", Owner(facility));
  ASSERT_OK(mended);
  EXPECT_EQ(mended->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_THAT(mended->differences(),
              Not(Contains(Property(&v1::ContentDifference::field, "content.opening_hours"))));
  EXPECT_THAT(mended->differences(),
              Contains(Property(&v1::ContentDifference::field, "content.approved_capacity")));
  ASSERT_OK(On(change.name(), &Stub::CompleteFiling, Approver()));
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().contact_phone(), "17300000002");
  EXPECT_EQ(after->content().approved_capacity(), change.content().approved_capacity());
}

TEST_F(FilingChangeTest, AScheduledChangeMendedTakesNothingBackThatWasMendedMeanwhile) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = DraftOf(v1::FILING_KIND_CHANGE, facility);
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 7);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  const v1::Filing change =
      Advance(update.filing().name(), v1::FILING_STATE_FILED, Owner(facility));
  ASSERT_OK(Notice(change.name(), Reviewer()));
  ReportMendedHours(filed);
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  const auto mended = ReportMendedPhone(change, "17300000002", Owner(facility));
  ASSERT_OK(mended);
  for (const char* field : {"content.approved_capacity", "content.contact_phone"}) {
    EXPECT_THAT(mended->differences(), Contains(Property(&v1::ContentDifference::field, field)));
  }
  ASSERT_OK(On(change.name(), &Stub::CompleteFiling, Approver()));
  clock_.Advance(absl::Hours(24 * 7));
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().contact_phone(), "17300000002");
  EXPECT_EQ(after->filing(), change.name());
}

TEST_F(FilingChangeTest, WhatIsMendedOfAFilingThatAChangeReplacedOnItsFirstDayIsEntered) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  const v1::Filing change = Advance(DraftOf(v1::FILING_KIND_CHANGE, facility).name(),
                                    v1::FILING_STATE_FILED, Owner(facility));
  ASSERT_EQ(Facility(facility)->filing(), change.name());
  ReportMendedHours(filed);
  const auto completed = On(filed.name(), &Stub::CompleteFiling, Approver());
  ASSERT_OK(completed);
  EXPECT_FALSE(completed->filing().has_rectified_from());
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().approved_capacity(), change.content().approved_capacity());
  EXPECT_EQ(after->filing(), change.name());
  EXPECT_THAT(VerifiedActions(), Contains("facility.changed"));
}

TEST_F(FilingChangeTest, WhatAChangeHasAlteredSinceIsNotMendedOver) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string& facility = filed.facility();
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = DraftOf(v1::FILING_KIND_CHANGE, facility);
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 7);
  update.mutable_filing()->mutable_content()->set_contact_phone("17300000002");
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  Advance(update.filing().name(), v1::FILING_STATE_FILED, Owner(facility));
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  ASSERT_OK(ReportMendedPhone(filed, "17300000003", Principal()));
  const absl::Status refused = On(filed.name(), &Stub::CompleteFiling, Approver()).status();
  EXPECT_EQ(ReasonOf(refused), "REGISTER_CHANGED_SINCE");
  EXPECT_THAT(std::string(refused.message()), ::testing::HasSubstr("content.contact_phone"));
  EXPECT_THAT(Facility(facility)->content(), EqualsProto(filed.content()));
  // Put back as it was, the rest is entered.
  ReportMendedHours(filed);
  ASSERT_OK(On(filed.name(), &Stub::CompleteFiling, Approver()));
  clock_.Advance(absl::Hours(24 * 7));
  const auto after = Facility(facility);
  EXPECT_EQ(after->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(after->content().contact_phone(), "17300000002");
}

TEST_F(FilingChangeTest, AFacilityHasOneChangeUnderWay) {
  const std::string facility = Filed();
  const v1::Filing first = DraftOf(v1::FILING_KIND_CHANGE, facility);
  const absl::Status second = Create(ChangeOf(facility), Owner(facility)).status();
  EXPECT_THAT(second, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(second), "FILING_OPEN");
  ASSERT_OK(On(first.name(), &Stub::WithdrawFiling, Owner(facility)));
  EXPECT_OK(Create(ChangeOf(facility), Owner(facility)));
}

TEST_F(FilingChangeTest, AWithdrawnChangeLeavesTheRegisterAsItWas) {
  const std::string facility = Filed();
  const auto before = Facility(facility);
  const v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  ASSERT_OK(On(change.name(), &Stub::SubmitFiling, Owner(facility)));
  ASSERT_OK(On(change.name(), &Stub::WithdrawFiling, Owner(facility)));
  const auto after = Facility(facility);
  EXPECT_FALSE(after->change_pending());
  EXPECT_THAT(after->content(), EqualsProto(before->content()));
}

TEST_F(FilingChangeTest, OnlyTheFacilityItselfMayChangeIt) {
  const std::string facility = Filed();
  const absl::Status stranger = Create(ChangeOf(facility), Principal("accounts/stranger")).status();
  EXPECT_THAT(stranger, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(stranger), "NOT_YOUR_FACILITY");
  EXPECT_EQ(ReasonOf(Create(ChangeOf("facilities/1"), Owner(facility)).status()), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(Create(ChangeOf(""), Owner(facility)).status()), "FIELD_MISSING");
  const std::string nowhere = "facilities/0190a000-0000-7000-8000-00000000ffff";
  EXPECT_EQ(ReasonOf(Create(ChangeOf(nowhere), Owner(nowhere)).status()), "FACILITY_NOT_FOUND");
  EXPECT_OK(Create(ChangeOf(facility), Principal("accounts/new-head", facility)))
      << "who acts for the facility now";
}

TEST_F(FilingChangeTest, AChangeHoldsFromTheStatedDayAlsoWhenThatHasPassed) {
  const std::string facility = Filed();
  clock_.Advance(absl::Hours(24 * 10));
  v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = change;
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 3);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  change = Advance(change.name(), v1::FILING_STATE_FILED, Owner(facility));
  EXPECT_EQ(*FromProto(change.effective_date()), testing::kToday + 3);
  EXPECT_EQ(*FromProto(Facility(facility)->valid_from()), testing::kToday + 3);
}

TEST_F(FilingChangeTest, BesideAScheduledChangeNothingElseIsSubmittable) {
  const std::string facility = Filed();
  v1::Filing change = DraftOf(v1::FILING_KIND_CHANGE, facility);
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = change;
  *update.mutable_filing()->mutable_effective_date() = ToProto(testing::kToday + 7);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  Advance(change.name(), v1::FILING_STATE_FILED, Owner(facility));
  v1::Filing another = ChangeOf(facility);
  another.mutable_content()->set_contact_phone("17300000002");
  const auto draft = Create(another, Owner(facility));
  ASSERT_OK(draft);
  v1::SubmitFilingRequest check;
  check.set_name(draft->name());
  check.set_validate_only(true);
  const auto checked = Call(&Stub::SubmitFiling, Owner(facility), check);
  ASSERT_OK(checked);
  EXPECT_THAT(checked->violations(),
              Contains(Property(&common::v1::Violation::reason, "CHANGE_SCHEDULED")));
  ASSERT_OK(On(draft->name(), &Stub::WithdrawFiling, Owner(facility)));
  // A cancellation may come before it, not after.
  const v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, facility);
  const absl::Status after = On(cancellation.name(), &Stub::SubmitFiling, Owner(facility)).status();
  ASSERT_THAT(rpc::ViolationsOf(after),
              Contains(Property(&common::v1::Violation::field, "cancellation.last_day")));
  *update.mutable_filing() = cancellation;
  *update.mutable_filing()->mutable_cancellation()->mutable_last_day() =
      ToProto(testing::kToday + 6);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  EXPECT_OK(On(cancellation.name(), &Stub::SubmitFiling, Owner(facility)));
}

TEST_F(FilingChangeTest, ACancellationSaysHowManyChildrenAreInCare) {
  const std::string facility = Filed();
  v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, facility);
  cancellation.mutable_cancellation()->clear_children_in_care();
  v1::UpdateFilingRequest update;
  *update.mutable_filing() = cancellation;
  const auto saved = Call(&Stub::UpdateFiling, Owner(facility), update);
  ASSERT_OK(saved);
  const absl::Status refused = On(saved->name(), &Stub::SubmitFiling, Owner(facility)).status();
  EXPECT_THAT(rpc::ViolationsOf(refused),
              Contains(Property(&common::v1::Violation::field, "cancellation.children_in_care")));
  *update.mutable_filing() = *saved;
  update.mutable_filing()->mutable_cancellation()->set_children_in_care(0);
  ASSERT_OK(Call(&Stub::UpdateFiling, Owner(facility), update));
  EXPECT_OK(On(saved->name(), &Stub::SubmitFiling, Owner(facility)));
}

TEST_F(FilingChangeTest, ACancellationEndsTheFacilityAfterItsLastDay) {
  const std::string facility = Filed();
  const v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, facility);
  EXPECT_EQ(cancellation.content().uscc(), Facility(facility)->content().uscc());
  const v1::Filing done = Advance(cancellation.name(), v1::FILING_STATE_COMPLETED, Owner(facility));
  EXPECT_EQ(done.receipt_number(), "TYBA-500111-2026-00002");
  const absl::CivilDay last = *FromProto(done.cancellation().last_day());
  clock_.Set(StartOf(last) + absl::Hours(12));
  EXPECT_EQ(Facility(facility)->state(), v1::FACILITY_STATE_ACTIVE);
  clock_.Set(StartOf(last + 1) + absl::Hours(12));
  EXPECT_EQ(Facility(facility)->state(), v1::FACILITY_STATE_CANCELLED);
  EXPECT_EQ(ReasonOf(Create(ChangeOf(facility), Owner(facility)).status()), "WRONG_STATE");
}

TEST_F(FilingChangeTest, ACancelledFacilityMayBeFiledAnew) {
  v1::Filing form = Form();
  const v1::Filing first = Advance(Draft(form, Principal()).name(), v1::FILING_STATE_FILED);
  const v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, first.facility());
  Advance(cancellation.name(), v1::FILING_STATE_COMPLETED, Owner(first.facility()));
  clock_.Set(StartOf(*FromProto(cancellation.cancellation().last_day()) + 1) + absl::Hours(12));
  const v1::Filing again = Draft(form, Principal());
  const v1::Filing filed = Advance(again.name(), v1::FILING_STATE_FILED);
  EXPECT_EQ(filed.state(), v1::FILING_STATE_FILED);
  EXPECT_NE(filed.facility(), first.facility());
}

}  // namespace
}  // namespace tuoyu::filing
