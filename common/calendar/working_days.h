#ifndef TUOYU_COMMON_CALENDAR_WORKING_DAYS_H_
#define TUOYU_COMMON_CALENDAR_WORKING_DAYS_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace tuoyu::calendar {

// First word of the message of every OUT_OF_RANGE status below.
inline constexpr absl::string_view kCalendarUncovered = "CALENDAR_UNCOVERED";

// True for the OUT_OF_RANGE status of a question that runs past the holiday table.
bool IsCalendarUncovered(const absl::Status& status);

// A day on which the State Council's notice (国务院办公厅关于节假日安排的通知) departs from the week: a working day off, a
// weekend day worked (补班), or a weekend day that is part of a holiday.
struct CalendarException {
  absl::CivilDay day;
  bool works;
};

// The working days (工作日) of a stretch of years. Beyond it nothing is guessed: the answer is OUT_OF_RANGE
// CALENDAR_UNCOVERED. Immutable, thread-safe.
class WorkingDays {
 public:
  // Covers `begin` to `end`, both included. INVALID_ARGUMENT if `end` is before `begin`, an exception lies outside, or a
  // day is named twice.
  static absl::StatusOr<WorkingDays> Create(absl::CivilDay begin, absl::CivilDay end,
                                            const std::vector<CalendarException>& exceptions);

  absl::CivilDay coverage_begin() const { return begin_; }
  absl::CivilDay coverage_end() const { return end_; }

  // OUT_OF_RANGE outside the coverage.
  absl::StatusOr<bool> IsWorkingDay(absl::CivilDay day) const;

  // The last day of a period of `count` working days that starts with `start`, which is not counted (民法典 art. 201):
  // the count-th working day after it; `start` itself for 0. INVALID_ARGUMENT if `count` is negative; OUT_OF_RANGE if
  // the days to count are not all covered.
  absl::StatusOr<absl::CivilDay> AddWorkingDays(absl::CivilDay start, int count) const;

  // The day itself when it is a working day, else the next one. OUT_OF_RANGE where the table does not tell.
  absl::StatusOr<absl::CivilDay> WorkingDayFrom(absl::CivilDay day) const;

  // How many working days lie after `from` up to and including `to`; with the sign reversed when `to` is before `from`.
  // OUT_OF_RANGE if the days to count are not all covered.
  absl::StatusOr<int> WorkingDaysBetween(absl::CivilDay from, absl::CivilDay to) const;

 private:
  WorkingDays(absl::CivilDay begin, absl::CivilDay end, std::vector<int32_t> worked)
      : begin_(begin), end_(end), worked_(std::move(worked)) {}

  absl::Status Uncovered(absl::CivilDay day) const;
  // Working days from `begin_` to `day`, both included; `day` is covered or the day before `begin_`.
  int32_t WorkedUpTo(absl::CivilDay day) const { return worked_[day - begin_ + 1]; }
  // True when all days after `from` up to `to` are covered.
  bool Covers(absl::CivilDay from, absl::CivilDay to) const {
    return from >= begin_ - 1 && to <= end_;
  }

  absl::CivilDay begin_;
  absl::CivilDay end_;
  std::vector<int32_t> worked_;  // entry i: working days among the first i days
};

}  // namespace tuoyu::calendar

#endif  // TUOYU_COMMON_CALENDAR_WORKING_DAYS_H_
