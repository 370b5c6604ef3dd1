#include "common/calendar/deadline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/data/holidays.h"
#include "common/testing/matchers.h"

namespace tuoyu::calendar {
namespace {

using absl::CivilDay;
using common::v1::Deadline;
using tuoyu::testing::EqualsProto;

CivilDay Day(const char* text) { return *ParseDay(text); }

const WorkingDays& Calendar() {
  static const auto& calendar =
      *new WorkingDays(data::LoadHolidays(TUOYU_DATA_DIR "/calendar/cn-holidays.csv").value());
  return calendar;
}

Deadline Make(const char* start, int days, const char* today,
              std::optional<CivilDay> done = std::nullopt) {
  return MakeDeadline(Day(start), days, done, Day(today), Calendar());
}

TEST(DeadlineTest, TheStartIsNotCountedAndHolidaysAreNotWorkingDays) {
  struct Case {
    const char* start;
    int days;
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
    const Deadline deadline = Make(c.start, c.days, c.start);
    EXPECT_EQ(FormatDay(*FromProto(deadline.due_date())), c.due) << c.start;
    EXPECT_EQ(deadline.days_left(), c.days) << c.start;
    EXPECT_EQ(deadline.working_days(), c.days) << c.start;
    EXPECT_THAT(deadline.start_date(), EqualsProto(ToProto(Day(c.start))));
    EXPECT_FALSE(deadline.overdue() || deadline.uncovered() || deadline.has_done_date());
  }
}

TEST(DeadlineTest, DaysLeftCountDownToTheDueDateAndBelowZeroAfterIt) {
  struct Case {
    const char* today;
    int left;
    bool overdue;
  };
  // Due on Thursday 26 February; the 28th is worked.
  for (const Case& c : std::vector<Case>{{"2026-02-12", 5, false},
                                         {"2026-02-14", 3, false},
                                         {"2026-02-20", 3, false},
                                         {"2026-02-25", 1, false},
                                         {"2026-02-26", 0, false},
                                         {"2026-02-27", -1, true},
                                         {"2026-02-28", -2, true},
                                         {"2026-03-01", -2, true}}) {
    const Deadline deadline = Make("2026-02-12", 5, c.today);
    EXPECT_EQ(deadline.days_left(), c.left) << c.today;
    EXPECT_EQ(deadline.overdue(), c.overdue) << c.today;
  }
}

TEST(DeadlineTest, OnceDoneItIsNeverOverdueHoweverLate) {
  for (const char* done : {"2026-02-13", "2026-02-26", "2026-03-20"}) {
    const Deadline deadline = Make("2026-02-12", 5, "2026-04-01", Day(done));
    EXPECT_FALSE(deadline.overdue()) << done;
    EXPECT_EQ(deadline.days_left(), 0) << done;
    EXPECT_THAT(deadline.done_date(), EqualsProto(ToProto(Day(done))));
    EXPECT_THAT(deadline.due_date(), EqualsProto(ToProto(Day("2026-02-26"))));
  }
}

TEST(DeadlineTest, BeyondTheHolidayTableNoDateIsGuessed) {
  const Deadline covered = Make("2026-12-24", 5, "2026-12-24");
  EXPECT_THAT(covered.due_date(), EqualsProto(ToProto(Day("2026-12-31"))));
  EXPECT_FALSE(covered.uncovered());
  for (const Deadline& deadline :
       {Make("2026-12-24", 6, "2026-12-24"), Make("2026-12-24", 15, "2027-03-01"),
        Make("2027-01-04", 5, "2027-01-04")}) {
    EXPECT_TRUE(deadline.uncovered());
    EXPECT_FALSE(deadline.has_due_date());
    EXPECT_FALSE(deadline.overdue());
    EXPECT_EQ(deadline.days_left(), 0);
  }
  const Deadline done = Make("2026-12-30", 5, "2027-01-10", Day("2027-01-04"));
  EXPECT_TRUE(done.uncovered());
  EXPECT_THAT(done.done_date(), EqualsProto(ToProto(Day("2027-01-04"))));
}

TEST(DeadlineTest, WhereOnlyTodayLiesBeyondTheTableItIsOverdueAndCountedAsFarAsItGoes) {
  const Deadline deadline = Make("2026-12-21", 5, "2027-02-01");
  EXPECT_THAT(deadline.due_date(), EqualsProto(ToProto(Day("2026-12-28"))));
  EXPECT_FALSE(deadline.uncovered());
  EXPECT_TRUE(deadline.overdue());
  EXPECT_EQ(deadline.days_left(), -3);
}

TEST(DeadlineTest, CalendarDaysCountDaysOffAndEndWithTheNextWorkingDay) {
  struct Case {
    const char* start;
    int days;
    const char* due;
  };
  // A Monday; a Saturday; the first of the National Day holidays; a Sunday that is worked (补班).
  for (const Case& c : std::vector<Case>{{"2026-06-01", 7, "2026-06-08"},
                                         {"2026-06-05", 15, "2026-06-22"},
                                         {"2026-08-02", 60, "2026-10-08"},
                                         {"2026-09-05", 15, "2026-09-20"}}) {
    const Deadline deadline =
        MakeCalendarDeadline(Day(c.start), c.days, std::nullopt, Day(c.start), Calendar());
    EXPECT_EQ(FormatDay(*FromProto(deadline.due_date())), c.due) << c.start;
    EXPECT_EQ(deadline.calendar_days(), c.days);
    EXPECT_EQ(deadline.working_days(), 0);
    EXPECT_EQ(deadline.days_left(), Day(c.due) - Day(c.start));
  }
  const Deadline late =
      MakeCalendarDeadline(Day("2026-06-01"), 7, std::nullopt, Day("2026-06-10"), Calendar());
  EXPECT_TRUE(late.overdue());
  EXPECT_EQ(late.days_left(), -2);
  const Deadline done =
      MakeCalendarDeadline(Day("2026-06-01"), 7, Day("2026-06-10"), Day("2026-06-11"), Calendar());
  EXPECT_FALSE(done.overdue());
  EXPECT_TRUE(
      MakeCalendarDeadline(Day("2026-12-20"), 30, std::nullopt, Day("2026-12-20"), Calendar())
          .uncovered());
}

}  // namespace
}  // namespace tuoyu::calendar
