#include "services/filing/deadline_rules.h"

#include <algorithm>

#include "common/base/civil.h"

namespace tuoyu::filing {
namespace {

// Days left and overdue of a step that is not done.
void CountDown(absl::CivilDay due, absl::CivilDay today, const calendar::WorkingDays& calendar,
               common::v1::Deadline* deadline) {
  deadline->set_overdue(today > due);
  const auto left = calendar.WorkingDaysBetween(std::min(today, calendar.coverage_end()), due);
  if (left.ok()) deadline->set_days_left(*left);
}

}  // namespace

common::v1::Deadline MakeDeadline(absl::CivilDay start, int working_days,
                                  std::optional<absl::CivilDay> done, absl::CivilDay today,
                                  const calendar::WorkingDays& calendar) {
  common::v1::Deadline deadline;
  *deadline.mutable_start_date() = ToProto(start);
  deadline.set_working_days(working_days);
  if (done.has_value()) *deadline.mutable_done_date() = ToProto(*done);
  const auto due = calendar.AddWorkingDays(start, working_days);
  if (!due.ok()) {
    deadline.set_uncovered(true);
    return deadline;
  }
  *deadline.mutable_due_date() = ToProto(*due);
  if (!done.has_value()) CountDown(*due, today, calendar, &deadline);
  return deadline;
}

common::v1::Deadline DeadlineOn(absl::CivilDay start, absl::CivilDay due,
                                std::optional<absl::CivilDay> done, absl::CivilDay today,
                                const calendar::WorkingDays& calendar) {
  common::v1::Deadline deadline;
  *deadline.mutable_start_date() = ToProto(start);
  *deadline.mutable_due_date() = ToProto(due);
  deadline.set_working_days(calendar.WorkingDaysBetween(start, due).value_or(0));
  if (done.has_value()) {
    *deadline.mutable_done_date() = ToProto(*done);
  } else {
    CountDown(due, today, calendar, &deadline);
  }
  return deadline;
}

}  // namespace tuoyu::filing
