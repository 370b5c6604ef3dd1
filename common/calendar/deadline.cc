#include "common/calendar/deadline.h"

#include <algorithm>

#include "common/base/civil.h"

namespace tuoyu::calendar {

common::v1::Deadline MakeDeadline(absl::CivilDay start, int working_days,
                                  std::optional<absl::CivilDay> done, absl::CivilDay today,
                                  const WorkingDays& calendar) {
  const auto due = calendar.AddWorkingDays(start, working_days);
  if (due.ok()) return DeadlineOn(start, *due, done, today, calendar);
  common::v1::Deadline deadline;
  *deadline.mutable_start_date() = ToProto(start);
  deadline.set_working_days(working_days);
  if (done.has_value()) *deadline.mutable_done_date() = ToProto(*done);
  deadline.set_uncovered(true);
  return deadline;
}

common::v1::Deadline MakeCalendarDeadline(absl::CivilDay start, int calendar_days,
                                          std::optional<absl::CivilDay> done, absl::CivilDay today,
                                          const WorkingDays& calendar) {
  common::v1::Deadline deadline;
  *deadline.mutable_start_date() = ToProto(start);
  deadline.set_calendar_days(calendar_days);
  if (done.has_value()) *deadline.mutable_done_date() = ToProto(*done);
  const auto due = calendar.WorkingDayFrom(start + calendar_days);
  if (!due.ok()) {
    deadline.set_uncovered(true);
    return deadline;
  }
  *deadline.mutable_due_date() = ToProto(*due);
  if (done.has_value()) return deadline;
  deadline.set_overdue(today > *due);
  deadline.set_days_left(static_cast<int32_t>(*due - today));
  return deadline;
}

common::v1::Deadline DeadlineOn(absl::CivilDay start, absl::CivilDay due,
                                std::optional<absl::CivilDay> done, absl::CivilDay today,
                                const WorkingDays& calendar) {
  common::v1::Deadline deadline;
  *deadline.mutable_start_date() = ToProto(start);
  *deadline.mutable_due_date() = ToProto(due);
  deadline.set_working_days(calendar.WorkingDaysBetween(start, due).value_or(0));
  if (done.has_value()) {
    *deadline.mutable_done_date() = ToProto(*done);
    return deadline;
  }
  deadline.set_overdue(today > due);
  const auto left = calendar.WorkingDaysBetween(std::min(today, calendar.coverage_end()), due);
  if (left.ok()) deadline.set_days_left(*left);
  return deadline;
}

}  // namespace tuoyu::calendar
