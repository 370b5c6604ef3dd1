// How filings end without success, and what is published of those that do not conform.
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/filing_fixture.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Property;
using ::testing::SizeIs;
using ::tuoyu::testing::StatusIs;

class FilingEndingTest : public FilingFixture {
 protected:
  absl::StatusOr<v1::ListNonconformityNoticesResponse> Notices(
      const v1::ListNonconformityNoticesRequest& request = {}) const {
    return Call(&Stub::ListNonconformityNotices, "", request);
  }
};

TEST_F(FilingEndingTest, WithAReceiptTheWayOutIsACancellation) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  ASSERT_OK(Notice(filed.name(), Reviewer()));
  const absl::Status refused = On(filed.name(), &Stub::WithdrawFiling, Principal()).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused), "RECEIPT_ISSUED");
  EXPECT_EQ(ReasonOf(Terminate(filed.name(), Reviewer()).status()), "RECEIPT_ISSUED");
  const std::string owner = Principal("accounts/principal", filed.facility());
  const v1::Filing cancellation = DraftOf(v1::FILING_KIND_CANCELLATION, filed.facility());
  Advance(cancellation.name(), v1::FILING_STATE_COMPLETED, owner);
  clock_.Set(StartOf(*FromProto(cancellation.cancellation().last_day()) + 1) + absl::Hours(12));
  const auto ended = Terminate(filed.name(), Reviewer());
  ASSERT_OK(ended) << "nothing is left to review";
  EXPECT_EQ(ended->state(), v1::FILING_STATE_TERMINATED);
  EXPECT_THAT(Notices()->notices(), ElementsAre(Property(&v1::PublishedNotice::open, false)));
}

TEST_F(FilingEndingTest, AnOfficerEndsAFilingAndItsUsccIsFree) {
  const v1::Filing form = Form();
  const v1::Filing squatter = Advance(Draft(form, Principal("accounts/squatter")).name(),
                                      v1::FILING_STATE_SUBMITTED, Principal("accounts/squatter"));
  const v1::Filing real = Draft(form, Principal());
  EXPECT_EQ(ReasonOf(On(real.name(), &Stub::SubmitFiling, Principal()).status()), "ALREADY_FILED");
  v1::TerminateFilingRequest without_reason;
  without_reason.set_name(squatter.name());
  EXPECT_EQ(ReasonOf(Call(&Stub::TerminateFiling, Reviewer(), without_reason).status()),
            "FORM_INVALID");
  const auto ended = Terminate(squatter.name(), Reviewer());
  ASSERT_OK(ended);
  EXPECT_EQ(ended->terminated_by(), "accounts/reviewer");
  EXPECT_EQ(ended->terminate_reason(), "信用代码不属于申请人。");
  EXPECT_EQ(*FromProto(ended->closed_on()), testing::kToday);
  EXPECT_OK(On(real.name(), &Stub::SubmitFiling, Principal()));
  EXPECT_THAT(VerifiedActions(), Contains("filing.terminated"));
}

TEST_F(FilingEndingTest, EveryOpenStateWithoutAReceiptCanBeEnded) {
  for (const auto state :
       {v1::FILING_STATE_SUBMITTED, v1::FILING_STATE_RETURNED_INCOMPLETE, v1::FILING_STATE_RECEIVED,
        v1::FILING_STATE_NONCONFORMITY_NOTICED, v1::FILING_STATE_RECTIFYING}) {
    EXPECT_OK(Terminate(DraftIn(state).name(), Approver())) << v1::FilingState_Name(state);
  }
  const std::string facility = DraftIn(v1::FILING_STATE_FILED).facility();
  const std::string owner = Principal("accounts/principal", facility);
  const v1::Filing change =
      Advance(DraftOf(v1::FILING_KIND_CHANGE, facility).name(), v1::FILING_STATE_SUBMITTED, owner);
  ASSERT_TRUE(Facility(facility)->change_pending());
  ASSERT_OK(Terminate(change.name(), Reviewer()));
  EXPECT_FALSE(Facility(facility)->change_pending());
  DraftOf(v1::FILING_KIND_CHANGE, facility);
}

TEST_F(FilingEndingTest, ANoticeIsPublishedAlsoBeforeTheReceipt) {
  const v1::Filing first = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  auto all = Notices();
  ASSERT_OK(all);
  ASSERT_THAT(all->notices(), SizeIs(1));
  const v1::PublishedNotice& notice = all->notices(0);
  EXPECT_EQ(notice.facility_name(), first.content().name());
  EXPECT_EQ(notice.uscc(), first.content().uscc());
  EXPECT_EQ(notice.division_code(), first.content().division_code());
  EXPECT_EQ(notice.facility(), "");
  EXPECT_TRUE(notice.open());
  EXPECT_THAT(notice.notice().items(), SizeIs(1));
  EXPECT_EQ(*FromProto(notice.notice().noticed_on()), testing::kToday);
  EXPECT_EQ(notice.notice().noticed_by(), "") << "not for the public";
  EXPECT_EQ(notice.notice().rectification_report(), "");
  ASSERT_OK(Mend(first.name(), Principal()));
  ASSERT_OK(On(first.name(), &Stub::CompleteFiling, Approver()));
  all = Notices();
  EXPECT_FALSE(all->notices(0).open());
  EXPECT_EQ(*FromProto(all->notices(0).closed_on()), testing::kToday);
}

TEST_F(FilingEndingTest, NoticesComeNewestFirstPageByPage) {
  std::vector<std::string> expected;
  for (int i = 0; i < 3; ++i) {
    expected.insert(expected.begin(),
                    DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED).content().uscc());
    clock_.Advance(absl::Seconds(1));
  }
  v1::ListNonconformityNoticesRequest request;
  request.set_page_size(2);
  std::vector<std::string> usccs;
  do {
    const auto page = Notices(request);
    ASSERT_OK(page);
    for (const auto& notice : page->notices()) usccs.push_back(notice.uscc());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(usccs, expected);
  request.set_division_prefix("500111100");
  EXPECT_THAT(Notices(request)->notices(), IsEmpty());
  request.set_page_token("AAAA");
  EXPECT_EQ(ReasonOf(Notices(request).status()), "PAGE_TOKEN_INVALID");
  request.Clear();
  request.set_division_prefix("%");
  EXPECT_EQ(ReasonOf(Notices(request).status()), "FIELD_INVALID");
  request.Clear();
  request.set_page_size(-1);
  EXPECT_EQ(ReasonOf(Notices(request).status()), "PAGE_SIZE_INVALID");
}

TEST_F(FilingEndingTest, WithdrawingClosesTheNotice) {
  const v1::Filing noticed = DraftIn(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  ASSERT_OK(On(noticed.name(), &Stub::WithdrawFiling, Principal()));
  v1::ListNonconformityNoticesRequest open;
  open.set_open_only(true);
  EXPECT_THAT(Notices(open)->notices(), IsEmpty());
  EXPECT_THAT(Notices()->notices(), SizeIs(1));
}

}  // namespace
}  // namespace tuoyu::filing
