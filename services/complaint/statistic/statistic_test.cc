#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/complaint/complaint_fixture.h"

namespace tuoyu::complaint {
namespace {

class StatisticTest : public ComplaintFixture {
 protected:
  absl::StatusOr<v1::ComplaintStatistics> Of(int year, int quarter) {
    v1::GetComplaintStatisticsRequest request;
    request.set_year(year);
    request.set_quarter(quarter);
    auto stub = v1::StatisticService::NewStub(channel_);
    return CallOn(*stub, &v1::StatisticService::Stub::GetComplaintStatistics, "", request);
  }
  template <typename Counts>
  static int CountOf(const Counts& counts, const std::string& name) {
    for (const v1::CaseCount& each : counts) {
      if (each.name() == name) return each.withheld() ? -1 : each.count();
    }
    return 0;
  }
  v1::Filing Fees(int number) const {
    v1::Filing filing = FeesComplaint(facility_);
    filing.mutable_matters(0)->set_text(absl::StrCat("预付费不退，第", number, "起。"));
    return filing;
  }

  const std::string facility_ = Register("向日葵托育园");
};

TEST_F(StatisticTest, AQuarterIsCountedByKindCategoryOutcomeAndTime) {
  for (int i = 0; i < 6; ++i) Replied(Fees(i));
  for (int i = 6; i < 12; ++i) Filed(Fees(i));
  for (int i = 0; i < 7; ++i) {
    Filed(AnonymousReport(facility_, "FOOD", absl::StrCat("厨房留样没有做，第", i, "次。")));
  }
  GoTo(CivilDay(2026, 4, 1));
  const auto counted = Of(2026, 1);
  ASSERT_OK(counted);
  EXPECT_EQ(counted->filed().count(), 19);
  EXPECT_EQ(CountOf(counted->kinds(), "CASE_KIND_COMPLAINT"), 12);
  EXPECT_EQ(CountOf(counted->kinds(), "CASE_KIND_REPORT"), 7);
  EXPECT_EQ(CountOf(counted->categories(), "FOOD"), 7);
  EXPECT_EQ(CountOf(counted->outcomes(), "CASE_OUTCOME_UPHELD"), 6);
  EXPECT_EQ(counted->resolved().count(), 6);
  EXPECT_EQ(counted->in_time().count(), 6);
  EXPECT_EQ(Of(2025, 4)->filed().count(), 0);
}

TEST_F(StatisticTest, NoSingleCaseCanBeToldFromWhatIsPublished) {
  for (int i = 0; i < 6; ++i) Filed(Fees(i));
  v1::Filing confidential = Fees(6);
  confidential.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  confidential.mutable_matters(0)->set_category("FIRE_RISK");
  Filed(confidential);
  EXPECT_EQ(ReasonOf(Of(2026, 1).status()), "QUARTER_NOT_OVER");
  EXPECT_EQ(ReasonOf(Of(2026, 5).status()), "FIELD_INVALID");
  EXPECT_EQ(ReasonOf(Of(1999, 1).status()), "FIELD_INVALID");
  GoTo(CivilDay(2026, 4, 1));
  const auto counted = Of(2026, 1);
  ASSERT_OK(counted);
  // Who lists the cases that are not confidential counts as many.
  EXPECT_EQ(counted->filed().count(), 6);
  EXPECT_EQ(CountOf(counted->categories(), "FIRE_RISK"), 0);
  EXPECT_EQ(CountOf(counted->categories(), "FEES"), 6);
}

TEST_F(StatisticTest, APublicPageTellsWhatWasUpheldOfWholeQuartersAndNothingConfidential) {
  const auto upheld_of = [&](const std::string& facility) {
    v1::GetFacilityUpheldCasesRequest request;
    request.set_facility(facility);
    auto stub = v1::StatisticService::NewStub(channel_);
    return CallOn(*stub, &v1::StatisticService::Stub::GetFacilityUpheldCases, "", request);
  };
  Replied(Fees(1));
  Replied(Fees(2));
  v1::Filing confidential = Fees(3);
  confidential.set_mode(v1::REPORTER_MODE_CONFIDENTIAL);
  Replied(confidential);
  Filed(Fees(4));
  EXPECT_EQ(upheld_of(facility_)->upheld_size(), 0) << "the quarter is not over";
  GoTo(CivilDay(2026, 4, 1));
  const auto told = upheld_of(facility_);
  ASSERT_OK(told);
  ASSERT_EQ(told->upheld_size(), 1);
  EXPECT_EQ(told->upheld(0).year(), 2026);
  EXPECT_EQ(told->upheld(0).quarter(), 1);
  EXPECT_EQ(told->upheld(0).category(), "FEES");
  EXPECT_EQ(told->upheld(0).category_zh(), "收费、退费、预付");
  EXPECT_EQ(told->upheld(0).count(), 2);
  EXPECT_EQ(upheld_of(Register("别家托育园"))->upheld_size(), 0);
  EXPECT_EQ(ReasonOf(upheld_of("facilities/1").status()), "NAME_INVALID");
  EXPECT_EQ(ReasonOf(upheld_of("facilities/01900000-0000-7000-8000-00000000ffff").status()),
            "FACILITY_NOT_FOUND");
  GoTo(CivilDay(2028, 4, 1));
  EXPECT_EQ(upheld_of(facility_)->upheld_size(), 0) << "two years are over";
}

}  // namespace
}  // namespace tuoyu::complaint
