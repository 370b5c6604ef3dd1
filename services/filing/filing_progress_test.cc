#include "services/filing/filing_progress.h"

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/data/holidays.h"
#include "common/testing/matchers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/filing/filing_repository.h"

namespace tuoyu::filing {
namespace {

using absl::CivilDay;

constexpr char kFacility[] = "facilities/0190a000-0000-7000-8000-000000000001";

class FilingProgressTest : public ::testing::Test {
 protected:
  FilingProgressTest() {
    rules_.set_receipt_working_days(5);
    rules_.set_review_working_days(15);
    filing_.set_kind(v1::FILING_KIND_INITIAL);
  }
  // Received on 2026-02-12: 5 working days end on 02-26, 15 on 03-11 (domain description 6.4).
  void Receive(v1::FilingState state) {
    filing_.set_state(state);
    *filing_.mutable_receive_time() = ToProto(StartOf(CivilDay(2026, 2, 12)) + absl::Hours(23));
  }
  CivilDay Next() const { return NextDue(filing_, rules_, calendar_); }
  void Set(CivilDay today) { SetDeadlines(&filing_, rules_, calendar_, today); }

  const calendar::WorkingDays calendar_ =
      *data::LoadHolidays(std::string(TUOYU_DATA_DIR) + "/calendar/cn-holidays.csv");
  v1::RuleSet rules_;
  v1::Filing filing_;
};

TEST_F(FilingProgressTest, NobodyMustActOnWhatWasNotReceived) {
  for (const auto state : {v1::FILING_STATE_DRAFT, v1::FILING_STATE_RETURNED_INCOMPLETE,
                           v1::FILING_STATE_WITHDRAWN, v1::FILING_STATE_TERMINATED}) {
    filing_.set_state(state);
    EXPECT_EQ(Next(), kNoDueDay);
    Set(CivilDay(2026, 3, 12));
    EXPECT_FALSE(filing_.has_receipt_deadline());
    EXPECT_FALSE(filing_.has_review_deadline());
  }
}

TEST_F(FilingProgressTest, ASubmissionWaitsFromItsDayOn) {
  filing_.set_state(v1::FILING_STATE_SUBMITTED);
  *filing_.mutable_submit_time() = ToProto(StartOf(CivilDay(2026, 3, 2)) + absl::Hours(23));
  EXPECT_EQ(Next(), CivilDay(2026, 3, 2));
  EXPECT_EQ(WaitingDays(filing_, CivilDay(2026, 3, 12)), 10);
  filing_.set_state(v1::FILING_STATE_RECEIVED);
  EXPECT_EQ(WaitingDays(filing_, CivilDay(2026, 3, 12)), 0);
}

TEST_F(FilingProgressTest, AnotherCalendarOrOtherTermsAreAnotherSchedule) {
  const RuleBook book = *RuleBook::Make({rules_});
  const std::string schedule = ScheduleOf(book, calendar_);
  EXPECT_EQ(schedule, ScheduleOf(book, calendar_));
  const auto longer =
      calendar::WorkingDays::Create(calendar_.coverage_begin(), calendar_.coverage_end() + 1, {});
  EXPECT_NE(schedule, ScheduleOf(book, *longer));
  v1::RuleSet rules = rules_;
  rules.set_review_working_days(16);
  EXPECT_NE(schedule, ScheduleOf(*RuleBook::Make({rules}), calendar_));
}

TEST_F(FilingProgressTest, BothClocksRunFromTheReceiptOfThePackage) {
  Receive(v1::FILING_STATE_RECEIVED);
  EXPECT_EQ(Next(), CivilDay(2026, 2, 26));
  Set(CivilDay(2026, 2, 27));
  EXPECT_EQ(*FromProto(filing_.receipt_deadline().due_date()), CivilDay(2026, 2, 26));
  EXPECT_TRUE(filing_.receipt_deadline().overdue());
  EXPECT_EQ(*FromProto(filing_.review_deadline().due_date()), CivilDay(2026, 3, 11));
  EXPECT_FALSE(filing_.review_deadline().overdue());
}

TEST_F(FilingProgressTest, TheReceiptDoesNotStopTheReview) {
  Receive(v1::FILING_STATE_FILED);
  filing_.set_receipt_number("TYBA-500111-2026-00001");
  *filing_.mutable_filed_on() = ToProto(CivilDay(2026, 2, 26));
  EXPECT_EQ(Next(), CivilDay(2026, 3, 11));
  Set(CivilDay(2026, 3, 12));
  EXPECT_FALSE(filing_.receipt_deadline().overdue());
  EXPECT_EQ(*FromProto(filing_.receipt_deadline().done_date()), CivilDay(2026, 2, 26));
  EXPECT_TRUE(filing_.review_deadline().overdue());
}

TEST_F(FilingProgressTest, ANoticeAnswersBothClocksAndSetsTheFacilitys) {
  Receive(v1::FILING_STATE_NONCONFORMITY_NOTICED);
  *filing_.mutable_nonconformity()->mutable_noticed_on() = ToProto(CivilDay(2026, 2, 25));
  *filing_.mutable_nonconformity()->mutable_rectify_by() = ToProto(CivilDay(2026, 4, 30));
  EXPECT_EQ(Next(), CivilDay(2026, 4, 30));
  Set(CivilDay(2026, 3, 30));
  EXPECT_FALSE(filing_.receipt_deadline().overdue());
  EXPECT_FALSE(filing_.review_deadline().overdue());
}

TEST_F(FilingProgressTest, PastTheHolidayTableNoDayIsGuessed) {
  filing_.set_state(v1::FILING_STATE_RECEIVED);
  *filing_.mutable_receive_time() = ToProto(StartOf(calendar_.coverage_end() - 1));
  EXPECT_EQ(Next(), calendar_.coverage_end() - 1) << "it stands where an officer sees it";
  Set(calendar_.coverage_end());
  EXPECT_TRUE(filing_.receipt_deadline().uncovered());
  EXPECT_FALSE(filing_.receipt_deadline().has_due_date());
}

TEST_F(FilingProgressTest, AFirstFilingHoldsItsUsccWhileItIsHandled) {
  filing_.mutable_content()->set_uscc("91500111MAQQ000327");
  filing_.set_state(v1::FILING_STATE_DRAFT);
  EXPECT_EQ(HeldUscc(filing_), absl::nullopt);
  for (const auto state :
       {v1::FILING_STATE_SUBMITTED, v1::FILING_STATE_RETURNED_INCOMPLETE, v1::FILING_STATE_RECEIVED,
        v1::FILING_STATE_NONCONFORMITY_NOTICED, v1::FILING_STATE_RECTIFYING}) {
    filing_.set_state(state);
    EXPECT_EQ(HeldUscc(filing_), "91500111MAQQ000327");
  }
  filing_.set_receipt_number("TYBA-500111-2026-00001");
  EXPECT_EQ(HeldUscc(filing_), absl::nullopt) << "the register holds it now";
  filing_.clear_receipt_number();
  filing_.set_state(v1::FILING_STATE_WITHDRAWN);
  EXPECT_EQ(HeldUscc(filing_), absl::nullopt);
  EXPECT_EQ(HeldFacility(filing_), absl::nullopt);
}

TEST_F(FilingProgressTest, AChangeHoldsItsFacilityFromTheDraft) {
  filing_.set_kind(v1::FILING_KIND_CHANGE);
  filing_.set_facility(kFacility);
  for (const auto state : {v1::FILING_STATE_DRAFT, v1::FILING_STATE_RECEIVED}) {
    filing_.set_state(state);
    EXPECT_EQ(HeldFacility(filing_), std::string(kFacility).substr(11));
    EXPECT_EQ(HeldUscc(filing_), absl::nullopt);
  }
  filing_.set_state(v1::FILING_STATE_WITHDRAWN);
  EXPECT_EQ(HeldFacility(filing_), absl::nullopt);
  filing_.set_state(v1::FILING_STATE_FILED);
  filing_.set_receipt_number("TYBA-500111-2026-00002");
  EXPECT_EQ(HeldFacility(filing_), absl::nullopt);
}

}  // namespace
}  // namespace tuoyu::filing
