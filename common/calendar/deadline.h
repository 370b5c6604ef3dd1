#ifndef TUOYU_COMMON_CALENDAR_DEADLINE_H_
#define TUOYU_COMMON_CALENDAR_DEADLINE_H_

#include <optional>

#include "absl/time/civil_time.h"
#include "common/calendar/working_days.h"
#include "tuoyu/common/v1/types.pb.h"

namespace tuoyu::calendar {

// A deadline of `working_days` from `start`, which is not counted (民法典 art. 201), as it stands on `today`.
// Done: days_left is 0 and it is not overdue, however late it was done. Open: days_left counts the working days after
// `today` up to the due date, negative when past; overdue when `today` is after the due date.
// Where the holiday table ends before the period does, `uncovered` is set and no due date is guessed; where only `today`
// lies past the table, days_left counts as far as the table goes.
common::v1::Deadline MakeDeadline(absl::CivilDay start, int working_days,
                                  std::optional<absl::CivilDay> done, absl::CivilDay today,
                                  const WorkingDays& calendar);

// The same in calendar days (自然日): one that ends on a day off ends with the next working day (民法典 art. 203), and is `uncovered`
// where the holiday table does not tell.
common::v1::Deadline MakeCalendarDeadline(absl::CivilDay start, int calendar_days,
                                          std::optional<absl::CivilDay> done, absl::CivilDay today,
                                          const WorkingDays& calendar);

// A deadline in working days with a due date that was set (整改期限), which holds also where the holiday table does not reach; days left are
// then not counted.
common::v1::Deadline DeadlineOn(absl::CivilDay start, absl::CivilDay due,
                                std::optional<absl::CivilDay> done, absl::CivilDay today,
                                const WorkingDays& calendar);

}  // namespace tuoyu::calendar

#endif  // TUOYU_COMMON_CALENDAR_DEADLINE_H_
