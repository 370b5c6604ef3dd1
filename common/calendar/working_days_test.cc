#include "common/calendar/working_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "common/base/civil.h"
#include "common/data/holidays.h"

namespace tuoyu::calendar {
namespace {

WorkingDays National() {
  const auto days = data::LoadHolidays(TUOYU_DATA_DIR "/calendar/cn-holidays.csv");
  EXPECT_TRUE(days.ok()) << days.status();
  return *days;
}

absl::CivilDay Day(const char* text) { return *ParseDay(text); }

TEST(WorkingDaysTest, GoldenDueDates) {
  const WorkingDays days = National();
  struct Case {
    const char* start;
    int count;
    const char* due;
  };
  for (const Case& c : std::vector<Case>{{"2025-09-26", 5, "2025-10-10"},
                                         {"2025-09-28", 5, "2025-10-11"},
                                         {"2025-09-30", 5, "2025-10-14"},
                                         {"2025-01-24", 5, "2025-02-07"},
                                         {"2025-12-30", 5, "2026-01-07"},
                                         {"2026-02-12", 5, "2026-02-26"},
                                         {"2026-02-12", 15, "2026-03-11"},
                                         {"2026-04-30", 7, "2026-05-13"},
                                         {"2026-09-18", 20, "2026-10-22"}}) {
    EXPECT_EQ(FormatDay(*days.AddWorkingDays(Day(c.start), c.count)), c.due) << c.start;
    EXPECT_EQ(*days.WorkingDaysBetween(Day(c.start), Day(c.due)), c.count) << c.start;
  }
}

TEST(WorkingDaysTest, YearOf2026FollowsTheNotice) {
  const WorkingDays days = National();
  for (const char* off :
       {"2026-01-01", "2026-01-02", "2026-01-03", "2026-02-15", "2026-02-23", "2026-04-06",
        "2026-05-01", "2026-05-05", "2026-06-19", "2026-09-25", "2026-10-07", "2026-11-28"}) {
    EXPECT_FALSE(*days.IsWorkingDay(Day(off))) << off;
  }
  for (const char* work : {"2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20",
                           "2026-10-10", "2026-02-24", "2026-05-06", "2026-11-27", "2026-12-31"}) {
    EXPECT_TRUE(*days.IsWorkingDay(Day(work))) << work;
  }
}

TEST(WorkingDaysTest, NothingIsGuessedBeyondTheTable) {
  const WorkingDays days = National();
  EXPECT_EQ(days.coverage_begin(), Day("2007-01-01"));
  EXPECT_EQ(days.coverage_end(), Day("2026-12-31"));
  EXPECT_TRUE(IsCalendarUncovered(days.IsWorkingDay(Day("2027-01-01")).status()));
  EXPECT_TRUE(IsCalendarUncovered(days.IsWorkingDay(Day("2006-12-31")).status()));
  // 2026-12-31 is the last working day known.
  EXPECT_EQ(*days.AddWorkingDays(Day("2026-12-24"), 5), Day("2026-12-31"));
  EXPECT_TRUE(IsCalendarUncovered(days.AddWorkingDays(Day("2026-12-24"), 6).status()));
  EXPECT_TRUE(IsCalendarUncovered(days.AddWorkingDays(Day("2026-12-31"), 1).status()));
  EXPECT_TRUE(IsCalendarUncovered(days.AddWorkingDays(Day("2027-03-01"), 1).status()));
  EXPECT_TRUE(IsCalendarUncovered(days.AddWorkingDays(Day("2006-12-30"), 1).status()));
  EXPECT_TRUE(IsCalendarUncovered(days.AddWorkingDays(Day("2026-01-01"), 2147483647).status()));
  EXPECT_TRUE(
      IsCalendarUncovered(days.WorkingDaysBetween(Day("2026-12-31"), Day("2027-01-01")).status()));
  EXPECT_TRUE(
      IsCalendarUncovered(days.WorkingDaysBetween(Day("2027-01-01"), Day("2026-12-31")).status()));
  EXPECT_TRUE(
      IsCalendarUncovered(days.WorkingDaysBetween(Day("2006-12-30"), Day("2026-12-31")).status()));
  // The start itself is not counted: it may be the day before the first one covered.
  EXPECT_EQ(*days.AddWorkingDays(Day("2006-12-31"), 1), Day("2007-01-04"));
  EXPECT_EQ(*days.WorkingDaysBetween(Day("2006-12-31"), Day("2007-01-04")), 1);
}

TEST(WorkingDaysTest, CountsAreNotNegative) {
  const WorkingDays days = National();
  EXPECT_EQ(days.AddWorkingDays(Day("2026-02-12"), -1).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(*days.AddWorkingDays(Day("2026-02-15"), 0), Day("2026-02-15"));
}

TEST(WorkingDaysTest, OverdueDaysAreNegative) {
  const WorkingDays days = National();
  EXPECT_EQ(*days.WorkingDaysBetween(Day("2026-03-02"), Day("2026-02-26")),
            -3);  // 27 Feb, 28 Feb (worked), 2 Mar
  EXPECT_EQ(*days.WorkingDaysBetween(Day("2026-02-26"), Day("2026-02-26")), 0);
}

TEST(WorkingDaysTest, AgreesWithCountingDayByDay) {
  const WorkingDays days = National();
  const int64_t covered = days.coverage_end() - days.coverage_begin();
  std::mt19937 random(20240315);
  std::uniform_int_distribution<int64_t> offset(0, covered);
  for (int i = 0; i < 500; ++i) {
    const absl::CivilDay from = days.coverage_begin() + offset(random);
    const absl::CivilDay to = days.coverage_begin() + offset(random);
    int counted = 0;
    for (absl::CivilDay day = std::min(from, to) + 1; day <= std::max(from, to); ++day) {
      counted += *days.IsWorkingDay(day) ? 1 : 0;
    }
    ASSERT_EQ(*days.WorkingDaysBetween(from, to), from <= to ? counted : -counted);
    if (from < to && counted > 0) {
      // The due date is the last working day up to `to`.
      absl::CivilDay last = to;
      while (!*days.IsWorkingDay(last)) {
        --last;
      }
      ASSERT_EQ(*days.AddWorkingDays(from, counted), last) << FormatDay(from) << " + " << counted;
    }
  }
}

TEST(WorkingDaysTest, BadTablesAreRefused) {
  const absl::CivilDay begin(2026, 1, 1);
  const absl::CivilDay end(2026, 1, 31);
  EXPECT_TRUE(WorkingDays::Create(begin, begin, {}).ok());
  EXPECT_FALSE(WorkingDays::Create(end, begin, {}).ok());
  EXPECT_FALSE(WorkingDays::Create(begin, end, {{end + 1, false}}).ok());
  EXPECT_FALSE(WorkingDays::Create(begin, end, {{begin - 1, false}}).ok());
  EXPECT_FALSE(WorkingDays::Create(begin, end, {{begin, false}, {begin, true}}).ok());
}

}  // namespace
}  // namespace tuoyu::calendar
