#include "services/complaint/cases/case_clocks.h"

#include <algorithm>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/time/civil_time.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/calendar/deadline.h"
#include "services/complaint/rules/complaint_rules.h"

namespace tuoyu::complaint {
namespace {

using common::v1::Deadline;
using v1::Case;
using v1::CaseClock;
using v1::ClockPause;
using v1::ClockStep;

bool IsDone(const CaseClock& clock) { return clock.has_done_time(); }

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return FromProto(time).value_or(absl::InfinitePast());
}

// Days of its kind that the clock stood still up to `today`; none where the calendar does not tell.
std::optional<int> DaysPaused(const CaseClock& clock, const calendar::WorkingDays& calendar,
                              absl::CivilDay today) {
  int days = 0;
  for (const ClockPause& pause : clock.pauses()) {
    const auto since = FromProto(pause.since());
    if (!since.ok()) return std::nullopt;
    const absl::CivilDay until =
        pause.has_until() ? FromProto(pause.until()).value_or(*since) : std::max(*since, today);
    if (clock.unit() == v1::CLOCK_UNIT_CALENDAR_DAYS) {
      days += static_cast<int>(until - *since);
      continue;
    }
    const auto between = calendar.WorkingDaysBetween(*since, until);
    if (!between.ok()) return std::nullopt;
    days += *between;
  }
  return days;
}

void RefreshDays(const calendar::WorkingDays& calendar, absl::CivilDay today, CaseClock* clock) {
  const auto start = FromProto(clock->deadline().start_date());
  if (!start.ok()) return;
  std::optional<absl::CivilDay> done;
  if (IsDone(*clock)) done = DayOf(TimeOf(clock->done_time()));
  const std::optional<int> paused = DaysPaused(*clock, calendar, done.value_or(today));
  if (!paused) {
    clock->mutable_deadline()->set_uncovered(true);
    clock->mutable_deadline()->clear_due_date();
    return;
  }
  const int days = clock->limit() + *paused;
  const bool of_calendar = clock->unit() == v1::CLOCK_UNIT_CALENDAR_DAYS;
  Deadline deadline = of_calendar
                          ? calendar::MakeCalendarDeadline(*start, days, done, today, calendar)
                          : calendar::MakeDeadline(*start, days, done, today, calendar);
  // What the law allows, without the days it stood still.
  if (of_calendar) {
    deadline.set_calendar_days(clock->limit());
  } else {
    deadline.set_working_days(clock->limit());
  }
  const auto due = FromProto(deadline.due_date());
  if (IsPaused(*clock)) deadline.set_overdue(false);
  clock->set_late(due.ok() && !IsPaused(*clock) && done.value_or(today) > *due);
  *clock->mutable_deadline() = std::move(deadline);
}

void RefreshMinutes(absl::Time now, CaseClock* clock) {
  const absl::Time due = TimeOf(clock->start_time()) + absl::Minutes(clock->limit());
  *clock->mutable_due_time() = ToProto(due);
  clock->set_late((IsDone(*clock) ? TimeOf(clock->done_time()) : now) > due);
}

}  // namespace

void StartClock(const v1::ComplaintRules& rules, ClockStep step, absl::Time now, Case* of_case) {
  const v1::ClockRule* rule = FindClock(rules, of_case->kind(), of_case->channel(), step);
  if (rule == nullptr) return;
  CaseClock& clock = *of_case->add_clocks();
  clock.set_step(step);
  clock.set_unit(rule->unit());
  clock.set_limit(rule->limit());
  clock.set_source(rule->source());
  if (rule->unit() == v1::CLOCK_UNIT_MINUTES) {
    *clock.mutable_start_time() = ToProto(now);
  } else {
    *clock.mutable_deadline()->mutable_start_date() = ToProto(DayOf(now));
  }
}

CaseClock* OpenClock(Case* of_case, ClockStep step) {
  for (int i = of_case->clocks_size() - 1; i >= 0; --i) {
    CaseClock* clock = of_case->mutable_clocks(i);
    if (clock->step() == step && !IsDone(*clock)) return clock;
  }
  return nullptr;
}

void EndClock(Case* of_case, ClockStep step, absl::Time now) {
  CaseClock* clock = OpenClock(of_case, step);
  if (clock == nullptr) return;
  if (IsPaused(*clock)) {
    *clock->mutable_pauses()->rbegin()->mutable_until() = ToProto(DayOf(now));
  }
  *clock->mutable_done_time() = ToProto(now);
}

void EndClocks(Case* of_case, absl::Time now) {
  for (const CaseClock& clock : of_case->clocks()) {
    if (!IsDone(clock)) EndClock(of_case, clock.step(), now);
  }
}

bool IsPaused(const CaseClock& clock) {
  return !clock.pauses().empty() && !clock.pauses().rbegin()->has_until();
}

void RefreshClocks(const calendar::WorkingDays& calendar, absl::Time now, Case* of_case) {
  for (CaseClock& clock : *of_case->mutable_clocks()) {
    if (clock.unit() == v1::CLOCK_UNIT_MINUTES) {
      RefreshMinutes(now, &clock);
    } else {
      RefreshDays(calendar, DayOf(now), &clock);
    }
  }
}

absl::Time LateFrom(const CaseClock& clock) {
  if (IsDone(clock) || IsPaused(clock)) return absl::InfiniteFuture();
  if (clock.unit() == v1::CLOCK_UNIT_MINUTES) return TimeOf(clock.due_time());
  const auto due = FromProto(clock.deadline().due_date());
  return due.ok() ? StartOf(*due + 1) : absl::InfiniteFuture();
}

absl::Time DueOf(const Case& of_case) {
  absl::Time due = absl::InfiniteFuture();
  for (const CaseClock& clock : of_case.clocks()) due = std::min(due, LateFrom(clock));
  return due;
}

bool IsInTime(const Case& of_case) {
  return absl::c_none_of(of_case.clocks(),
                         [](const CaseClock& clock) { return IsDone(clock) && clock.late(); });
}

absl::Time NextEscalation(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                          const CaseClock& clock) {
  const absl::Time late = LateFrom(clock);
  if (late == absl::InfiniteFuture() || clock.escalated_to() >= rules.escalation_size()) {
    return absl::InfiniteFuture();
  }
  const v1::EscalationLevel& next = rules.escalation(clock.escalated_to());
  if (clock.unit() == v1::CLOCK_UNIT_MINUTES) return late + absl::Minutes(next.minutes());
  const auto day = calendar.AddWorkingDays(DayOf(late), next.working_days());
  // Beyond the holiday table it is told at once rather than not at all.
  return day.ok() ? StartOf(*day) : late;
}

absl::CivilDay RateUntil(const v1::ComplaintRules& rules, const Case& of_case) {
  absl::CivilDay replied = DayOf(TimeOf(of_case.file_time()));
  for (const v1::CaseStep& step : of_case.steps()) {
    if (step.kind() == v1::CASE_STEP_KIND_REPLIED) replied = DayOf(TimeOf(step.step_time()));
  }
  return replied + rules.satisfaction_days();
}

absl::CivilDay ArchiveFrom(const v1::ComplaintRules& rules, const Case& of_case) {
  return RateUntil(rules, of_case) + 1 + rules.archive_days();
}

}  // namespace tuoyu::complaint
