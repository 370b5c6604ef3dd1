#include "common/calendar/working_days.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"

namespace tuoyu::calendar {
bool IsCalendarUncovered(const absl::Status& status) {
  return status.code() == absl::StatusCode::kOutOfRange &&
         absl::StartsWith(status.message(), kCalendarUncovered);
}

absl::StatusOr<WorkingDays> WorkingDays::Create(absl::CivilDay begin, absl::CivilDay end,
                                                const std::vector<CalendarException>& exceptions) {
  if (end < begin) {
    return absl::InvalidArgumentError("the calendar ends before it begins");
  }
  std::map<absl::CivilDay, bool> works;
  for (const CalendarException& exception : exceptions) {
    if (exception.day < begin || exception.day > end) {
      return absl::InvalidArgumentError(
          absl::StrCat(FormatDay(exception.day), " lies outside the calendar"));
    }
    if (!works.emplace(exception.day, exception.works).second) {
      return absl::InvalidArgumentError(absl::StrCat(FormatDay(exception.day), " is named twice"));
    }
  }
  std::vector<int32_t> worked = {0};
  worked.reserve(static_cast<size_t>(end - begin) + 2);
  for (absl::CivilDay day = begin; day <= end; ++day) {
    const auto exception = works.find(day);
    const bool working = exception == works.end() ? !IsWeekend(day) : exception->second;
    worked.push_back(worked.back() + (working ? 1 : 0));
  }
  return WorkingDays(begin, end, std::move(worked));
}

absl::Status WorkingDays::Uncovered(absl::CivilDay day) const {
  return absl::OutOfRangeError(
      absl::StrCat(kCalendarUncovered, ": 节假日安排只覆盖 ", FormatDay(begin_), " 至 ",
                   FormatDay(end_), "，不能推算 ", FormatDay(day),
                   " (the holiday table ends there; nothing is guessed beyond it)"));
}

absl::StatusOr<bool> WorkingDays::IsWorkingDay(absl::CivilDay day) const {
  if (!Covers(day - 1, day)) {
    return Uncovered(day);
  }
  return WorkedUpTo(day) > WorkedUpTo(day - 1);
}

absl::StatusOr<absl::CivilDay> WorkingDays::AddWorkingDays(absl::CivilDay start, int count) const {
  if (count < 0) {
    return absl::InvalidArgumentError("the number of working days must not be negative");
  }
  if (count == 0) {
    return start;
  }
  if (!Covers(start, start)) {
    return Uncovered(start);
  }
  const int64_t wanted = int64_t{WorkedUpTo(start)} + count;
  // The first day by which that many were worked is the last one counted.
  const auto due = std::lower_bound(worked_.begin(), worked_.end(), wanted);
  if (due == worked_.end()) {
    return Uncovered(end_ + 1);
  }
  return begin_ + (due - worked_.begin() - 1);
}

absl::StatusOr<absl::CivilDay> WorkingDays::WorkingDayFrom(absl::CivilDay day) const {
  return AddWorkingDays(day - 1, 1);
}

absl::StatusOr<int> WorkingDays::WorkingDaysBetween(absl::CivilDay from, absl::CivilDay to) const {
  if (to < from) {
    if (!Covers(to, from)) {
      return Uncovered(from > end_ ? from : to);
    }
  } else if (!Covers(from, to)) {
    return Uncovered(to > end_ ? to : from);
  }
  return WorkedUpTo(to) - WorkedUpTo(from);
}

}  // namespace tuoyu::calendar
