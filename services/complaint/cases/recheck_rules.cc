#include "services/complaint/cases/recheck_rules.h"

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/calendar/deadline.h"
#include "services/complaint/cases/case_clocks.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

// A review and a re-review.
constexpr int kMostRechecks = 2;

}  // namespace

void OpenRecheck(const v1::ComplaintRules& rules, const calendar::WorkingDays& calendar,
                 absl::CivilDay today, Case* of_case) {
  of_case->clear_recheck_until();
  if (of_case->kind() != v1::CASE_KIND_PETITION || of_case->rechecks_size() >= kMostRechecks) {
    return;
  }
  const common::v1::Deadline deadline =
      calendar::MakeCalendarDeadline(today, rules.recheck_days(), {}, today, calendar);
  // Where the holiday table does not tell, the days are counted as they are.
  *of_case->mutable_recheck_until() =
      deadline.has_due_date() ? deadline.due_date() : ToProto(today + rules.recheck_days());
}

bool MayAskRecheck(const Case& of_case, absl::CivilDay today) {
  const auto until = FromProto(of_case.recheck_until());
  const bool told =
      of_case.state() == v1::CASE_STATE_REPLIED || of_case.state() == v1::CASE_STATE_CLOSED;
  return told && of_case.has_recheck_until() && until.ok() && today <= *until;
}

v1::ClockStep BeginRecheck(const v1::ComplaintRules& rules, absl::Time now, Case* of_case) {
  const v1::ClockStep step =
      of_case->rechecks().empty() ? v1::CLOCK_STEP_RECHECK : v1::CLOCK_STEP_FINAL_RECHECK;
  v1::Recheck& recheck = *of_case->add_rechecks();
  recheck.set_step(step);
  *recheck.mutable_asked_on() = ToProto(DayOf(now));
  of_case->clear_recheck_until();
  of_case->set_state(v1::CASE_STATE_RECHECK);
  StartClock(rules, step, now, of_case);
  return step;
}

v1::Recheck* OpenRecheckOf(Case* of_case) {
  if (of_case->state() != v1::CASE_STATE_RECHECK || of_case->rechecks().empty()) return nullptr;
  return &*of_case->mutable_rechecks()->rbegin();
}

}  // namespace tuoyu::complaint
