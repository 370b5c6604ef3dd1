// The office: rules by date, the review before the receipt, four eyes, the worklist, who sees and keeps what.
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "services/filing/filing_fixture.h"
#include "services/filing/housekeeping.h"

namespace tuoyu::filing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Property;
using ::testing::SizeIs;
using ::tuoyu::testing::StatusIs;

class FilingOfficeTest : public FilingFixture {
 protected:
  absl::StatusOr<v1::ListFilingsResponse> List(const std::string& token,
                                               v1::FilingState state) const {
    v1::ListFilingsRequest request;
    request.add_states(state);
    return Call(&Stub::ListFilings, token, request);
  }
  absl::StatusOr<v1::RuleSet> Rules(absl::optional<absl::CivilDay> day = absl::nullopt) const {
    v1::GetRulesRequest request;
    if (day.has_value()) *request.mutable_day() = ToProto(*day);
    return Call(&Stub::GetRules, "", request);
  }
};

TEST_F(FilingOfficeTest, WhereTheReviewComesFirstItsEndGivesTheReceipt) {
  v1::RuleSet rules = rules_;
  rules.set_receipt_before_review(false);
  UseRules({rules});
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  EXPECT_EQ(ReasonOf(On(received.name(), &Stub::AcceptFiling, Approver()).status()), "WRONG_STATE");
  const auto completed = On(received.name(), &Stub::CompleteFiling, Approver());
  ASSERT_OK(completed);
  EXPECT_EQ(completed->filing().state(), v1::FILING_STATE_COMPLETED);
  EXPECT_EQ(completed->signed_receipt().receipt().receipt_number(), "TYBA-500111-2026-00001");
  EXPECT_EQ(Facility(completed->filing().facility())->state(), v1::FACILITY_STATE_ACTIVE);
  const v1::Filing cancellation =
      DraftOf(v1::FILING_KIND_CANCELLATION, completed->filing().facility());
  const std::string owner = Principal("accounts/principal", completed->filing().facility());
  ASSERT_OK(On(cancellation.name(), &Stub::SubmitFiling, owner));
  ASSERT_OK(On(cancellation.name(), &Stub::ReceiveFiling, Reviewer()));
  EXPECT_OK(On(cancellation.name(), &Stub::CompleteFiling, Approver()));
}

TEST_F(FilingOfficeTest, TheRuleSetInForceOnTheDayDecides) {
  v1::RuleSet next = rules_;
  next.set_version("next");
  *next.mutable_effective_from() = ToProto(testing::kToday + 3);
  next.set_receipt_working_days(2);
  next.mutable_commitment()->set_text_version("2026");
  UseRules({next, rules_});
  EXPECT_EQ(Rules()->version(), rules_.version());
  EXPECT_EQ(Rules(testing::kToday + 3)->version(), "next");
  const auto texts = Rules();
  EXPECT_GT(texts->commitment().points_size(), 0) << "anyone reads what is to be signed";
  EXPECT_GT(texts->conditions_notice().conditions_size(), 0);
  EXPECT_EQ(ReasonOf(Rules(absl::CivilDay(2000, 1, 1)).status()), "RULES_NOT_FOUND");

  const v1::Filing before = DraftIn(v1::FILING_STATE_RECEIVED);
  const v1::Filing draft = Draft();
  clock_.Advance(absl::Hours(24 * 3));
  EXPECT_EQ(Get(before.name(), Reviewer())->receipt_deadline().working_days(),
            rules_.receipt_working_days())
      << "a clock goes on by the rules it was started under";
  EXPECT_THAT(rpc::ViolationsOf(On(draft.name(), &Stub::SubmitFiling, Principal()).status()),
              Contains(Property(&common::v1::Violation::reason, "COMMITMENT_TEXT_OUTDATED")));
}

TEST_F(FilingOfficeTest, WhoMadeOrNoticedAFilingNeitherAcceptsNorCompletesIt) {
  const auto approver = [&](const std::string& subject) {
    return Token(common::v1::ROLE_DHC_APPROVER, subject);
  };
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  EXPECT_EQ(
      ReasonOf(On(received.name(), &Stub::AcceptFiling, approver("accounts/principal")).status()),
      "FOUR_EYES");
  ASSERT_OK(On(received.name(), &Stub::AcceptFiling, Approver()));
  EXPECT_EQ(
      ReasonOf(On(received.name(), &Stub::CompleteFiling, approver("accounts/reviewer")).status()),
      "FOUR_EYES");
  ASSERT_OK(Notice(received.name(), approver("accounts/second")));
  ASSERT_OK(Mend(received.name(), Principal()));
  const absl::Status refused =
      On(received.name(), &Stub::CompleteFiling, approver("accounts/second")).status();
  EXPECT_EQ(ReasonOf(refused), "FOUR_EYES");
  EXPECT_EQ(rpc::MetadataOf(refused)["step"], "notice/complete");
  EXPECT_OK(On(received.name(), &Stub::CompleteFiling, Approver()));
}

TEST_F(FilingOfficeTest, OfficersSeeAFilingFromItsFirstSubmissionOn) {
  const v1::Filing draft = Draft();
  for (const std::string& officer : {Reviewer(), Approver(), Archivist(), Auditor()}) {
    EXPECT_EQ(ReasonOf(Get(draft.name(), officer).status()), "FILING_NOT_FOUND");
    EXPECT_THAT(List(officer, v1::FILING_STATE_DRAFT)->filings(), IsEmpty());
  }
  EXPECT_EQ(ReasonOf(On(draft.materials(0).name(), &Stub::DownloadMaterial, Reviewer()).status()),
            "FILING_NOT_FOUND");
  const v1::Filing withdrawn = Draft();
  ASSERT_OK(On(withdrawn.name(), &Stub::WithdrawFiling, Principal()));
  EXPECT_EQ(ReasonOf(Get(withdrawn.name(), Reviewer()).status()), "FILING_NOT_FOUND");
  Advance(draft.name(), v1::FILING_STATE_RETURNED_INCOMPLETE);
  EXPECT_OK(Get(draft.name(), Reviewer()));
  EXPECT_OK(On(draft.materials(0).name(), &Stub::DownloadMaterial, Reviewer()));
  EXPECT_THAT(On(draft.materials(0).name(), &Stub::DownloadMaterial, Auditor()).status(),
              StatusIs(absl::StatusCode::kPermissionDenied))
      << "scans are personal data";
}

TEST_F(FilingOfficeTest, WhoOnceFiledLosesTheFacilityToWhoActsForIt) {
  const v1::Filing filed = DraftIn(v1::FILING_STATE_FILED);
  const std::string new_head = Principal("accounts/new-head", filed.facility());
  EXPECT_EQ(ReasonOf(Get(filed.name(), Principal("accounts/principal",
                                                 "facilities/0190a000-0000-7000-8000-00000000ffff"))
                         .status()),
            "FILING_NOT_FOUND")
      << "who acts for another facility now";
  EXPECT_OK(Get(filed.name(), Principal()));
  v1::CreateFilingRequest change;
  change.mutable_filing()->set_kind(v1::FILING_KIND_CHANGE);
  change.mutable_filing()->set_facility(filed.facility());
  ASSERT_OK(Call(&Stub::CreateFiling, new_head, change));
  EXPECT_EQ(ReasonOf(Get(filed.name(), Principal()).status()), "FILING_NOT_FOUND");
  EXPECT_EQ(ReasonOf(Call(&Stub::CreateFiling, Principal(), change).status()), "NOT_YOUR_FACILITY");
  EXPECT_OK(Get(filed.name(), new_head));
  const std::string elsewhere =
      Token(common::v1::ROLE_DHC_REVIEWER, "accounts/officer", {"500112"});
  EXPECT_EQ(ReasonOf(Get(filed.name(), elsewhere).status()), "FILING_NOT_FOUND");
}

TEST_F(FilingOfficeTest, AnAccountHasSoManyDraftsAndNoMore) {
  v1::RuleSet rules = rules_;
  rules.set_max_open_drafts(2);
  UseRules({rules});
  v1::CreateFilingRequest request;
  request.mutable_filing()->set_kind(v1::FILING_KIND_INITIAL);
  const auto first = Call(&Stub::CreateFiling, Principal(), request);
  ASSERT_OK(first);
  ASSERT_OK(Call(&Stub::CreateFiling, Principal(), request));
  const absl::Status refused = Call(&Stub::CreateFiling, Principal(), request).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_DRAFTS");
  EXPECT_OK(Call(&Stub::CreateFiling, Principal("accounts/other"), request));
  ASSERT_OK(On(first->name(), &Stub::WithdrawFiling, Principal()));
  EXPECT_OK(Call(&Stub::CreateFiling, Principal(), request));
}

TEST_F(FilingOfficeTest, ADueDayIsComputedAnewWhenTheCalendarCoversIt) {
  // A table that ends on the day: no due date is guessed, the filing stands by its day of receipt.
  const auto table = calendar_;
  calendar_ = *calendar::WorkingDays::Create(testing::kToday - 30, testing::kToday, {});
  schedule_ = ScheduleOf(book_, calendar_);
  const v1::Filing received = DraftIn(v1::FILING_STATE_RECEIVED);
  EXPECT_TRUE(received.receipt_deadline().uncovered());
  const auto due = [&] {
    return database_.Value("SELECT CAST(next_due AS CHAR) FROM filing WHERE state = 4");
  };
  EXPECT_EQ(due(), FormatDay(testing::kToday));
  const v1::Filing withdrawn = DraftIn(v1::FILING_STATE_WITHDRAWN);
  calendar_ = table;
  schedule_ = ScheduleOf(book_, calendar_);
  rpc::Housekeeping housekeeping("filing", database_.pool(), clock_, log_,
                                 HousekeepingTasks(deps_));
  ASSERT_OK(housekeeping.Run(absl::Now() + absl::Seconds(10)));
  EXPECT_EQ(due(), FormatDay(testing::kToday + 7));
  const auto after = Get(received.name(), Reviewer());
  EXPECT_EQ(after->etag(), received.etag()) << "nothing of the filing has changed";
  EXPECT_EQ(database_.Value("SELECT COUNT(DISTINCT schedule) FROM filing WHERE state = 4"), "1");
}

TEST_F(FilingOfficeTest, ReturnItemsNameTheirPlace) {
  const v1::Filing submitted = DraftIn(v1::FILING_STATE_SUBMITTED);
  v1::ReturnFilingRequest request;
  request.set_name(submitted.name());
  v1::ReturnItem& item = *request.add_items();
  item.set_comment("请补正。");
  absl::Status refused = Call(&Stub::ReturnFiling, Reviewer(), request).status();
  EXPECT_THAT(rpc::ViolationsOf(refused),
              ElementsAre(Property(&common::v1::Violation::field, "items[0].section"),
                          Property(&common::v1::Violation::field, "items[0].field")));
  item.set_section("general");
  EXPECT_OK(Call(&Stub::ReturnFiling, Reviewer(), request));
}

}  // namespace
}  // namespace tuoyu::filing
