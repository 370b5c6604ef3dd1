#include "services/complaint/cases/case_clocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/data/holidays.h"
#include "common/testing/matchers.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using absl::CivilDay;
using v1::Case;

std::string DataFile(absl::string_view path) { return absl::StrCat(TUOYU_DATA_DIR, "/", path); }

class CaseClocksTest : public ::testing::Test {
 protected:
  static absl::Time At(CivilDay day, int minutes = 600) {
    return StartOf(day) + absl::Minutes(minutes);
  }
  Case WithClock(v1::CaseKind kind, v1::ClockStep step, absl::Time start) const {
    Case of_case;
    of_case.set_kind(kind);
    of_case.set_channel(v1::CASE_CHANNEL_WEB);
    of_case.set_unit("SAMR");
    StartClock(rules_, step, start, &of_case);
    EXPECT_EQ(of_case.clocks_size(), 1);
    return of_case;
  }
  CivilDay Due(Case of_case, absl::Time now) const {
    RefreshClocks(calendar_, now, &of_case);
    return *FromProto(of_case.clocks(0).deadline().due_date());
  }
  bool Late(Case of_case, absl::Time now) const {
    RefreshClocks(calendar_, now, &of_case);
    return of_case.clocks(0).late();
  }
  static void Pause(CivilDay since, absl::optional<CivilDay> until, Case* of_case) {
    v1::ClockPause& pause = *of_case->mutable_clocks(0)->add_pauses();
    pause.set_cause("APPRAISAL");
    *pause.mutable_since() = ToProto(since);
    if (until) *pause.mutable_until() = ToProto(*until);
  }

  const data::Units units_ = *data::Units::Load(DataFile("units/dazu.yaml"));
  const ComplaintRuleBook book_ = *ComplaintRuleBook::Load(DataFile("complaint"), units_);
  const v1::ComplaintRules& rules_ = book_.On(CivilDay(2026, 3, 2));
  const calendar::WorkingDays calendar_ = *data::LoadHolidays(DataFile("calendar/cn-holidays.csv"));
  const absl::Time monday_ = At(CivilDay(2026, 3, 2));
};

TEST_F(CaseClocksTest, WorkingDaysSkipHolidaysAndCalendarDaysDoNot) {
  EXPECT_EQ(Due(WithClock(v1::CASE_KIND_COMPLAINT, v1::CLOCK_STEP_ACCEPT, monday_), monday_),
            CivilDay(2026, 3, 11));
  // Qingming and Labour Day lie between.
  EXPECT_EQ(Due(WithClock(v1::CASE_KIND_COMPLAINT, v1::CLOCK_STEP_RESOLVE, monday_), monday_),
            CivilDay(2026, 5, 8));
  EXPECT_EQ(Due(WithClock(v1::CASE_KIND_PETITION, v1::CLOCK_STEP_ACCEPT, monday_), monday_),
            CivilDay(2026, 3, 17));
  // 60 days after 2 March is 1 May: it ends with the first working day after the holiday.
  EXPECT_EQ(Due(WithClock(v1::CASE_KIND_PETITION, v1::CLOCK_STEP_RESOLVE, monday_), monday_),
            CivilDay(2026, 5, 6));
}

TEST_F(CaseClocksTest, ADayClockIsLateFromTheDayAfterAndAMinuteClockFromTheMinute) {
  const Case days = WithClock(v1::CASE_KIND_COMPLAINT, v1::CLOCK_STEP_ACCEPT, monday_);
  EXPECT_FALSE(Late(days, At(CivilDay(2026, 3, 11), 24 * 60 - 1)));
  EXPECT_TRUE(Late(days, At(CivilDay(2026, 3, 12), 0)));
  const Case minutes = WithClock(v1::CASE_KIND_INCIDENT, v1::CLOCK_STEP_ALERT, monday_);
  EXPECT_FALSE(Late(minutes, monday_ + absl::Minutes(15)));
  EXPECT_TRUE(Late(minutes, monday_ + absl::Minutes(15) + absl::Microseconds(1)));
  Case done = days;
  EndClock(&done, v1::CLOCK_STEP_ACCEPT, At(CivilDay(2026, 3, 11)));
  EXPECT_FALSE(Late(done, At(CivilDay(2027, 3, 1))));
  Case done_late = days;
  EndClock(&done_late, v1::CLOCK_STEP_ACCEPT, At(CivilDay(2026, 3, 12)));
  EXPECT_TRUE(Late(done_late, At(CivilDay(2026, 3, 12))));
}

TEST_F(CaseClocksTest, APauseMovesTheDueDateByItsDaysOfTheSameKind) {
  Case of_case = WithClock(v1::CASE_KIND_REPORT, v1::CLOCK_STEP_DECIDE, monday_);
  EXPECT_EQ(Due(of_case, monday_), CivilDay(2026, 3, 23));
  // Friday to Monday: one working day, not three.
  Pause(CivilDay(2026, 3, 6), CivilDay(2026, 3, 9), &of_case);
  EXPECT_EQ(Due(of_case, At(CivilDay(2026, 3, 10))), CivilDay(2026, 3, 24));
  // While it stands still it moves on with each working day, and is not late.
  Pause(CivilDay(2026, 3, 10), absl::nullopt, &of_case);
  EXPECT_EQ(Due(of_case, At(CivilDay(2026, 3, 12))), CivilDay(2026, 3, 26));
  EXPECT_FALSE(Late(of_case, At(CivilDay(2026, 12, 1))));
  RefreshClocks(calendar_, At(CivilDay(2026, 3, 12)), &of_case);
  EXPECT_EQ(LateFrom(of_case.clocks(0)), absl::InfiniteFuture());
  EXPECT_EQ(of_case.clocks(0).deadline().working_days(), 15);
}

TEST_F(CaseClocksTest, WhereTheHolidayTableEndsNoDueDateIsGuessed) {
  Case of_case =
      WithClock(v1::CASE_KIND_COMPLAINT, v1::CLOCK_STEP_RESOLVE, At(calendar_.coverage_end() - 5));
  RefreshClocks(calendar_, At(calendar_.coverage_end() - 5), &of_case);
  EXPECT_TRUE(of_case.clocks(0).deadline().uncovered());
  EXPECT_FALSE(of_case.clocks(0).deadline().has_due_date());
  EXPECT_FALSE(of_case.clocks(0).late());
  EXPECT_EQ(DueOf(of_case), absl::InfiniteFuture());
}

TEST_F(CaseClocksTest, EveryLevelIsToldOnceAndNoneIsLeftOut) {
  Case of_case = WithClock(v1::CASE_KIND_COMPLAINT, v1::CLOCK_STEP_ACCEPT, monday_);
  const auto escalated = [&](CivilDay day) {
    RefreshClocks(calendar_, At(day), &of_case);
    return Escalate(rules_, calendar_, At(day), "system/test", &of_case);
  };
  EXPECT_FALSE(escalated(CivilDay(2026, 3, 11)));
  EXPECT_TRUE(escalated(CivilDay(2026, 3, 12)));
  ASSERT_EQ(of_case.steps_size(), 1);
  EXPECT_EQ(of_case.steps(0).to_unit(), "SAMR");
  EXPECT_FALSE(escalated(CivilDay(2026, 3, 16)));
  // A service that was down for weeks tells both levels that were reached meanwhile.
  EXPECT_TRUE(escalated(CivilDay(2026, 4, 1)));
  ASSERT_EQ(of_case.steps_size(), 3);
  EXPECT_EQ(of_case.steps(1).to_unit(), "DHC");
  EXPECT_EQ(of_case.steps(1).level(), 2);
  EXPECT_EQ(of_case.steps(2).to_unit(), "GOV_OFFICE");
  EXPECT_FALSE(escalated(CivilDay(2026, 6, 1)));
}

TEST_F(CaseClocksTest, AnEmergencyIsToldOfInMinutes) {
  Case of_case = WithClock(v1::CASE_KIND_INCIDENT, v1::CLOCK_STEP_ALERT, monday_);
  RefreshClocks(calendar_, monday_, &of_case);
  EXPECT_EQ(NextEscalation(rules_, calendar_, of_case.clocks(0)), monday_ + absl::Minutes(15));
  of_case.mutable_clocks(0)->set_escalated_to(1);
  EXPECT_EQ(NextEscalation(rules_, calendar_, of_case.clocks(0)), monday_ + absl::Minutes(45));
  of_case.mutable_clocks(0)->set_escalated_to(3);
  EXPECT_EQ(NextEscalation(rules_, calendar_, of_case.clocks(0)), absl::InfiniteFuture());
}

}  // namespace
}  // namespace tuoyu::complaint
