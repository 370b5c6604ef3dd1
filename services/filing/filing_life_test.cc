// The life of a filing through the real service and database.
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/filing_fixture.h"
#include "services/filing/filing_states.h"

namespace tuoyu::filing {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Property;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::tuoyu::testing::EqualsProto;
using ::tuoyu::testing::StatusIs;
using v1::FilingState;

class FilingLifeTest : public FilingFixture {
 protected:
  absl::StatusOr<v1::SubmitFilingResponse> Submit(const std::string& filing,
                                                  bool validate_only = false,
                                                  const std::string& etag = "") const {
    v1::SubmitFilingRequest request;
    request.set_name(filing);
    request.set_validate_only(validate_only);
    request.set_etag(etag);
    return Call(&Stub::SubmitFiling, Principal(), request);
  }
  absl::StatusOr<v1::Filing> Update(const v1::Filing& filing) const {
    v1::UpdateFilingRequest request;
    *request.mutable_filing() = filing;
    return Call(&Stub::UpdateFiling, Principal(), request);
  }
  absl::StatusOr<v1::Filing> Create(const v1::Filing& filing, const std::string& token) const {
    v1::CreateFilingRequest request;
    *request.mutable_filing() = filing;
    return Call(&Stub::CreateFiling, token, request);
  }
};

TEST_F(FilingLifeTest, FromDraftToReceiptToCompletion) {
  const v1::Filing draft = Draft();
  EXPECT_EQ(draft.state(), v1::FILING_STATE_DRAFT);
  EXPECT_EQ(draft.owner(), "accounts/principal");
  EXPECT_EQ(draft.district_code(), "500111");
  EXPECT_THAT(draft.materials(), SizeIs(Gt(3)));

  const auto submitted = Submit(draft.name());
  ASSERT_OK(submitted);
  EXPECT_TRUE(submitted->submittable());
  EXPECT_EQ(submitted->filing().state(), v1::FILING_STATE_SUBMITTED);
  EXPECT_EQ(submitted->filing().package_version(), 1);
  EXPECT_NE(submitted->filing().etag(), draft.etag());

  clock_.Advance(absl::Hours(1));
  const auto received = On(draft.name(), &Stub::ReceiveFiling, Reviewer());
  ASSERT_OK(received);
  EXPECT_EQ(received->state(), v1::FILING_STATE_RECEIVED);
  EXPECT_EQ(received->received_by(), "accounts/reviewer");
  EXPECT_EQ(received->receipt_deadline().days_left(), 5);
  EXPECT_EQ(received->review_deadline().days_left(), 15);

  clock_.Advance(absl::Hours(24));
  const auto accepted = On(draft.name(), &Stub::AcceptFiling, Approver());
  ASSERT_OK(accepted);
  EXPECT_EQ(accepted->filing().state(), v1::FILING_STATE_FILED);
  EXPECT_EQ(accepted->filing().receipt_number(), "TYBA-500111-2026-00001");
  EXPECT_FALSE(accepted->filing().receipt_deadline().overdue());
  EXPECT_EQ(accepted->signed_receipt().receipt().facility(), accepted->filing().facility());

  const auto facility = Facility(accepted->filing().facility());
  ASSERT_OK(facility);
  EXPECT_EQ(facility->state(), v1::FACILITY_STATE_ACTIVE);
  EXPECT_EQ(facility->receipt_number(), "TYBA-500111-2026-00001");
  EXPECT_EQ(facility->filing(), draft.name());
  EXPECT_EQ(*FromProto(facility->valid_from()), testing::kToday + 1);

  const auto completed = On(draft.name(), &Stub::CompleteFiling, Approver());
  ASSERT_OK(completed);
  EXPECT_EQ(completed->filing().state(), v1::FILING_STATE_COMPLETED);
  EXPECT_THAT(completed->signed_receipt(), EqualsProto(accepted->signed_receipt()));
  EXPECT_THAT(VerifiedActions(), AllOf(Contains("filing.created"), Contains("material.uploaded"),
                                       Contains("filing.submitted"), Contains("filing.received"),
                                       Contains("facility.registered"), Contains("filing.accepted"),
                                       Contains("filing.completed")));
}

TEST_F(FilingLifeTest, ABlankDraftIsKeptAndASubmissionTellsEverythingMissingAtOnce) {
  v1::Filing form;
  form.set_kind(v1::FILING_KIND_INITIAL);
  const auto draft = Create(form, Principal());
  ASSERT_OK(draft);
  const auto checked = Submit(draft->name(), /*validate_only=*/true);
  ASSERT_OK(checked);
  EXPECT_FALSE(checked->submittable());
  EXPECT_THAT(checked->violations(), SizeIs(Gt(15)));
  EXPECT_TRUE(checked->violations(0).blocking());
  for (const auto& violation : checked->violations()) {
    EXPECT_FALSE(violation.field().empty());
    EXPECT_FALSE(violation.message_zh().empty()) << violation.reason();
    EXPECT_FALSE(violation.message_en().empty()) << violation.reason();
  }
  const absl::Status refused = Submit(draft->name()).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_EQ(ReasonOf(refused), "FORM_INVALID");
  EXPECT_THAT(rpc::ViolationsOf(refused), SizeIs(Gt(5)));
  EXPECT_EQ(Get(draft->name(), Principal())->state(), v1::FILING_STATE_DRAFT);
}

TEST_F(FilingLifeTest, ValidateOnlyChangesNothing) {
  const v1::Filing draft = Draft();
  const auto count = [&] {
    std::string counts;
    for (const char* table : {"filing", "request_log", "journal_entry", "facility"}) {
      counts += database_.Value(std::string("SELECT COUNT(*) FROM ") + table) + " ";
    }
    return counts;
  };
  const std::string before = count();
  const auto checked = Submit(draft.name(), /*validate_only=*/true);
  ASSERT_OK(checked);
  EXPECT_TRUE(checked->submittable());
  EXPECT_THAT(checked->violations(), IsEmpty());
  EXPECT_EQ(count(), before);
  EXPECT_THAT(*Get(draft.name(), Principal()), EqualsProto(draft));
}

TEST_F(FilingLifeTest, AReturnedFilingComesBackWithItsListAndIsSubmittedAgain) {
  const v1::Filing returned = DraftIn(v1::FILING_STATE_RETURNED_INCOMPLETE);
  ASSERT_EQ(returned.state(), v1::FILING_STATE_RETURNED_INCOMPLETE);
  EXPECT_THAT(returned.return_items(),
              ElementsAre(Property(&v1::ReturnItem::field, "materials[M06]")));
  ASSERT_OK(Submit(returned.name()));
  const auto again = Get(returned.name(), Principal());
  EXPECT_EQ(again->package_version(), 2);
  EXPECT_THAT(again->return_items(), SizeIs(1)) << "the officer compares against the list";
  v1::ReturnFilingRequest nothing;
  nothing.set_name(returned.name());
  EXPECT_EQ(ReasonOf(Call(&Stub::ReturnFiling, Reviewer(), nothing).status()), "FORM_INVALID");
}

TEST_F(FilingLifeTest, UpdatesNeedTheEtagAndReplaceTheForm) {
  v1::Filing draft = Draft();
  draft.mutable_content()->set_opening_hours("周一至周五 08:00-18:00");
  draft.clear_commitment();
  const auto updated = Update(draft);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->content().opening_hours(), "周一至周五 08:00-18:00");
  EXPECT_FALSE(updated->has_commitment());
  EXPECT_EQ(updated->materials_size(), draft.materials_size());

  const absl::Status stale = Update(draft).status();
  EXPECT_THAT(stale, StatusIs(absl::StatusCode::kAborted));
  EXPECT_EQ(ReasonOf(stale), "ETAG_MISMATCH");
  draft.clear_etag();
  EXPECT_EQ(ReasonOf(Update(draft).status()), "ETAG_MISSING");
  EXPECT_EQ(ReasonOf(Submit(draft.name(), false, "1000").status()), "ETAG_MISMATCH");
  EXPECT_EQ(ReasonOf(Submit(draft.name(), true, "1000").status()), "ETAG_MISMATCH");
  EXPECT_THAT(*Get(draft.name(), Principal()), EqualsProto(*updated));
}

TEST_F(FilingLifeTest, WhatTheReaderCouldNotSeeSurvivesAnUpdate) {
  v1::Filing draft = Draft();
  const std::string id = draft.content().principal_id_number();
  ASSERT_FALSE(id.empty());
  draft.mutable_content()->clear_principal_id_number();
  draft.mutable_content()->clear_contact_name();
  const auto updated = Update(draft);
  ASSERT_OK(updated);
  EXPECT_EQ(updated->content().principal_id_number(), id);
  EXPECT_FALSE(updated->content().contact_name().empty());
}

TEST_F(FilingLifeTest, MalformedAndOversizedDraftsAreRefused) {
  v1::Filing form = Form();
  form.clear_kind();
  EXPECT_EQ(ReasonOf(Create(form, Principal()).status()), "FIELD_MISSING");
  form = Form();
  form.mutable_content()->mutable_registered_on()->set_year(2025);
  form.mutable_content()->mutable_registered_on()->set_month(2);
  form.mutable_content()->mutable_registered_on()->set_day(30);
  EXPECT_EQ(ReasonOf(Create(form, Principal()).status()), "FORM_INVALID");
  form = Form();
  for (int i = 0; i < 20'000; ++i) form.mutable_commitment()->add_points("如实填报");
  EXPECT_EQ(ReasonOf(Create(form, Principal()).status()), "TOO_LARGE");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM filing"), "0");
}

TEST_F(FilingLifeTest, EveryVerbKeepsToTheTableOfStates) {
  struct Try {
    FilingVerb verb;
    std::function<absl::Status(const v1::Filing&)> call;
  };
  const auto on = [&](auto method, const std::string& token) {
    return [this, method, token](const v1::Filing& filing) {
      return On(filing.name(), method, token).status();
    };
  };
  const std::vector<Try> tries = {
      {FilingVerb::kUpdate, [&](const v1::Filing& filing) { return Update(filing).status(); }},
      {FilingVerb::kUploadMaterial,
       [&](const v1::Filing& filing) {
         return Upload(filing.name(), filing.materials(0), Principal()).status();
       }},
      {FilingVerb::kDeleteMaterial,
       [&](const v1::Filing& filing) {
         return On(filing.materials(0).name(), &Stub::DeleteMaterial, Principal()).status();
       }},
      {FilingVerb::kVerifyMaterial,
       [&](const v1::Filing& filing) {
         v1::VerifyMaterialRequest request;
         request.set_name(filing.materials(0).name());
         request.set_verify_state(v1::VERIFY_STATE_VERIFIED_MANUAL);
         return Call(&Stub::VerifyMaterial, Reviewer(), request).status();
       }},
      {FilingVerb::kSubmit, on(&Stub::SubmitFiling, Principal())},
      {FilingVerb::kReturn,
       [&](const v1::Filing& filing) { return Return(filing.name(), Reviewer()).status(); }},
      {FilingVerb::kReceive, on(&Stub::ReceiveFiling, Reviewer())},
      {FilingVerb::kAccept, on(&Stub::AcceptFiling, Approver())},
      {FilingVerb::kNoticeNonconformity,
       [&](const v1::Filing& filing) { return Notice(filing.name(), Reviewer()).status(); }},
      {FilingVerb::kReportRectification,
       [&](const v1::Filing& filing) { return Mend(filing.name(), Principal()).status(); }},
      {FilingVerb::kComplete, on(&Stub::CompleteFiling, Approver())},
      {FilingVerb::kWithdraw, on(&Stub::WithdrawFiling, Principal())},
      {FilingVerb::kTerminate,
       [&](const v1::Filing& filing) { return Terminate(filing.name(), Reviewer()).status(); }},
  };
  int refused = 0;
  for (int state = v1::FILING_STATE_DRAFT; state <= v1::FilingState_MAX; ++state) {
    const v1::Filing filing = DraftIn(static_cast<FilingState>(state));
    ASSERT_EQ(filing.state(), state);
    for (const Try& each : tries) {
      if (Next(filing, each.verb, rules_).ok()) continue;
      ++refused;
      const absl::Status status = each.call(filing);
      if (filing.package_version() == 0 && ReasonOf(status) == "FILING_NOT_FOUND") {
        continue;  // an officer sees no draft
      }
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition))
          << VerbName(each.verb) << " in " << v1::FilingState_Name(filing.state());
      if (ReasonOf(status) == "RECEIPT_ISSUED") {
        EXPECT_EQ(each.verb, FilingVerb::kWithdraw);
        EXPECT_NE(filing.receipt_number(), "");
        continue;
      }
      EXPECT_EQ(ReasonOf(status), "WRONG_STATE");
      EXPECT_EQ(rpc::MetadataOf(status)["state"],
                v1::FilingState_Name(filing.state()).substr(sizeof("FILING_STATE_") - 1));
    }
    EXPECT_THAT(*Get(filing.name(), Principal()), EqualsProto(filing)) << "nothing was changed";
  }
  EXPECT_GT(refused, 50);
}

TEST_F(FilingLifeTest, WhoReceivedDoesNotAccept) {
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  const std::string same = Token(common::v1::ROLE_DHC_APPROVER, "accounts/reviewer");
  const absl::Status refused = On(received.name(), &Stub::AcceptFiling, same).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(refused), "FOUR_EYES");
  EXPECT_EQ(database_.Value("SELECT COUNT(*) FROM receipt_counter"), "0");
  EXPECT_OK(On(received.name(), &Stub::AcceptFiling, Approver()));
}

TEST_F(FilingLifeTest, ANoticeBeforeTheReceiptWithholdsItUntilItIsMended) {
  const v1::Filing noticed = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  EXPECT_EQ(noticed.facility(), "");
  EXPECT_THAT(noticed.nonconformity().items(), SizeIs(1));
  const auto mended = Mend(noticed.name(), Principal());
  ASSERT_OK(mended);
  EXPECT_EQ(mended->state(), v1::FILING_STATE_RECTIFYING);
  EXPECT_EQ(mended->nonconformity().rectification_report(), "护栏已加高。");
  const std::string same = Token(common::v1::ROLE_DHC_APPROVER, "accounts/reviewer");
  EXPECT_EQ(ReasonOf(On(noticed.name(), &Stub::CompleteFiling, same).status()), "FOUR_EYES");
  const auto completed = On(noticed.name(), &Stub::CompleteFiling, Approver());
  ASSERT_OK(completed);
  EXPECT_EQ(completed->filing().state(), v1::FILING_STATE_COMPLETED);
  EXPECT_THAT(completed->filing().receipt_number(), StartsWith("TYBA-500111-2026-"));
  EXPECT_FALSE(completed->signed_receipt().signature().empty());
  EXPECT_EQ(Facility(completed->filing().facility())->state(), v1::FACILITY_STATE_ACTIVE);
}

TEST_F(FilingLifeTest, ANoticeAfterTheReceiptIsPublishedUntilItIsMended) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  EXPECT_THAT(Facility(filed.facility())->notices(), SizeIs(1));
  v1::ReportRectificationRequest report;
  report.set_name(filed.name());
  report.set_report("已改名牌与营业时间。");
  *report.mutable_content() = filed.content();
  report.mutable_content()->set_opening_hours("周一至周六 07:30-18:30");
  report.mutable_content()->clear_principal_id_number();
  ASSERT_OK(Call(&Stub::ReportRectification, Principal(), report));
  EXPECT_EQ(Facility(filed.facility())->content().opening_hours(), filed.content().opening_hours())
      << "the register waits for the officer";
  const auto completed = On(filed.name(), &Stub::CompleteFiling, Approver());
  ASSERT_OK(completed);
  const auto facility = Facility(filed.facility());
  ASSERT_OK(facility);
  EXPECT_THAT(facility->notices(), IsEmpty());
  EXPECT_EQ(facility->content().opening_hours(), "周一至周六 07:30-18:30");
  EXPECT_EQ(facility->content().principal_id_number(), filed.content().principal_id_number());
  EXPECT_EQ(completed->filing().receipt_number(), filed.receipt_number());
}

TEST_F(FilingLifeTest, NoticesNeedGroundsAndADayAhead) {
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  v1::NoticeNonconformityRequest request;
  request.set_name(received.name());
  *request.mutable_rectify_by() = ToProto(testing::kToday - 1);
  const absl::Status refused = Call(&Stub::NoticeNonconformity, Reviewer(), request).status();
  EXPECT_EQ(ReasonOf(refused), "FORM_INVALID");
  EXPECT_THAT(rpc::ViolationsOf(refused), SizeIs(2));
}

TEST_F(FilingLifeTest, AUsccIsFiledOnce) {
  const v1::Filing form = Form();
  const v1::Filing first = Draft(form, Principal());
  const v1::Filing second = Draft(form, Principal("accounts/other"));
  ASSERT_OK(Submit(first.name()));
  v1::SubmitFilingRequest check;
  check.set_name(second.name());
  check.set_validate_only(true);
  auto checked = Call(&Stub::SubmitFiling, Principal("accounts/other"), check);
  ASSERT_OK(checked);
  EXPECT_FALSE(checked->submittable()) << "another filing of it is under way";
  EXPECT_EQ(checked->violations(0).reason(), "ALREADY_FILED");
  const auto submit_second = [&] {
    return On(second.name(), &Stub::SubmitFiling, Principal("accounts/other")).status();
  };
  EXPECT_THAT(submit_second(), StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReasonOf(submit_second()), "ALREADY_FILED");
  ASSERT_OK(On(first.name(), &Stub::ReceiveFiling, Reviewer()));
  ASSERT_OK(On(first.name(), &Stub::AcceptFiling, Approver()));
  EXPECT_EQ(ReasonOf(submit_second()), "ALREADY_FILED");
  checked = Call(&Stub::SubmitFiling, Principal("accounts/other"), check);
  ASSERT_OK(checked);
  EXPECT_FALSE(checked->submittable());
  EXPECT_EQ(checked->violations(0).reason(), "ALREADY_FILED");
}

TEST_F(FilingLifeTest, TheWorklistIsOrderedByDueDateAndPaged) {
  const v1::Filing waiting = DraftIn(v1::FILING_STATE_SUBMITTED);
  const v1::Filing early = DraftIn(v1::FILING_STATE_RECEIVED);
  clock_.Advance(absl::Hours(24 * 5));
  const v1::Filing late = DraftIn(v1::FILING_STATE_RECEIVED);
  const v1::Filing draft = Draft();
  std::vector<std::string> names;
  v1::ListFilingsRequest request;
  request.set_page_size(1);
  do {
    const auto page = Call(&Stub::ListFilings, Reviewer(), request);
    ASSERT_OK(page);
    for (const v1::Filing& filing : page->filings()) names.push_back(filing.name());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_THAT(names, ElementsAre(waiting.name(), early.name(), late.name()));

  request.Clear();
  *request.mutable_due_by() = early.receipt_deadline().due_date();
  const auto due = Call(&Stub::ListFilings, Reviewer(), request);
  ASSERT_OK(due);
  ASSERT_THAT(due->filings(), SizeIs(2));
  EXPECT_EQ(due->filings(0).name(), waiting.name()) << "no term is set, so it is never early";
  EXPECT_EQ(due->filings(0).waiting_days(), 5);
  EXPECT_EQ(due->filings(1).name(), early.name());
  request.Clear();
  request.add_states(v1::FILING_STATE_DRAFT);
  const auto drafts = Call(&Stub::ListFilings, Principal(), request);
  ASSERT_OK(drafts);
  EXPECT_THAT(drafts->filings(), ElementsAre(Property(&v1::Filing::name, draft.name())));
}

TEST_F(FilingLifeTest, ListsRefuseBadQuestions) {
  v1::ListFilingsRequest request;
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "PAGE_SIZE_INVALID");
  request.Clear();
  request.set_page_token("AAAA");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "PAGE_TOKEN_INVALID");
  request.Clear();
  request.set_division_prefix("5001%");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "FIELD_INVALID");
  request.set_division_prefix("500112");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "OUT_OF_SCOPE");
  request.Clear();
  request.set_facility("facilities/1");
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "NAME_INVALID");
  request.Clear();
  request.mutable_due_by()->set_year(2026);
  EXPECT_EQ(ReasonOf(Call(&Stub::ListFilings, Reviewer(), request).status()), "IMPOSSIBLE_DATE");
  EXPECT_EQ(ReasonOf(Get("filings/1", Reviewer()).status()), "NAME_INVALID");
}

}  // namespace
}  // namespace tuoyu::filing
