#include "services/filing/roster/health_record.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/months.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/filing/findings.h"

namespace tuoyu::filing {
namespace {

using v1::HealthCheck;
using v1::HealthDeferral;
using v1::HealthRecord;

constexpr absl::CivilDay kNever = absl::CivilDay::max();

bool IsPutOff(const HealthRecord& record, absl::CivilDay day) {
  return std::any_of(record.deferrals().begin(), record.deferrals().end(),
                     [&](const HealthDeferral& deferral) {
                       return DayOr(deferral.from(), kNever) <= day &&
                              day < DayOr(deferral.until(), absl::CivilDay::min());
                     });
}

// The last check of each section made until the day; null for none.
std::array<const HealthCheck*, v1::HealthSection_ARRAYSIZE> LastChecks(const HealthRecord& record,
                                                                       absl::CivilDay day) {
  std::array<const HealthCheck*, v1::HealthSection_ARRAYSIZE> last{};
  for (const HealthCheck& check : record.checks()) {
    if (!v1::HealthSection_IsValid(check.section()) || DayOr(check.done_on(), kNever) > day) {
      continue;
    }
    const HealthCheck*& known = last[check.section()];
    if (known == nullptr || DayOr(known->done_on(), kNever) <= DayOr(check.done_on(), kNever)) {
      known = &check;
    }
  }
  return last;
}

// Whether a check is overdue by more than the tolerance.
bool IsOverdue(const HealthRecord& record, const v1::RuleSet& rules, absl::CivilDay day) {
  const auto due = NextCheckDue(record, day);
  return due && *due + rules.health_check_tolerance_days() < day;
}

}  // namespace

std::optional<absl::CivilDay> NextCheckAfter(absl::CivilDay done_on, absl::CivilDay birth,
                                             const v1::RuleSet& rules) {
  for (const int months : rules.health_check_months()) {
    const absl::CivilDay due = AddMonths(birth, months);
    if (due > done_on + rules.health_check_early_days()) return due;
  }
  return std::nullopt;
}

absl::CivilDay BuiltOn(const HealthRecord& record) {
  if (record.record_number().empty() || !record.identity_verified()) return kNever;
  absl::CivilDay built = DayOr(record.opened_on(), kNever);
  std::array<absl::CivilDay, v1::HealthSection_ARRAYSIZE> first;
  first.fill(kNever);
  for (const HealthCheck& check : record.checks()) {
    if (!v1::HealthSection_IsValid(check.section())) continue;
    first[check.section()] = std::min(first[check.section()], DayOr(check.done_on(), kNever));
  }
  for (int section = v1::HEALTH_SECTION_GROWTH; section < v1::HealthSection_ARRAYSIZE; ++section) {
    built = std::max(built, first[section]);
  }
  return built;
}

v1::HealthRecordState StateOn(const HealthRecord& record, const v1::RuleSet& rules,
                              absl::CivilDay day) {
  if (record.record_number().empty() || DayOr(record.opened_on(), kNever) > day) {
    return v1::HEALTH_RECORD_STATE_NONE;
  }
  if (BuiltOn(record) > day) return v1::HEALTH_RECORD_STATE_INCOMPLETE;
  if (IsOverdue(record, rules, day) && !IsPutOff(record, day)) {
    return v1::HEALTH_RECORD_STATE_OVERDUE;
  }
  return v1::HEALTH_RECORD_STATE_MANAGED;
}

std::optional<absl::CivilDay> NextCheckDue(const HealthRecord& record, absl::CivilDay day) {
  std::optional<absl::CivilDay> due;
  for (const HealthCheck* check : LastChecks(record, day)) {
    if (check == nullptr || !check->has_next_due_on()) continue;
    const absl::CivilDay next = DayOr(check->next_due_on(), kNever);
    due = std::min(due.value_or(next), next);
  }
  return due;
}

std::vector<v1::ManagedPeriod> ManagedPeriods(const HealthRecord& record,
                                              const v1::RuleSet& rules) {
  std::vector<v1::ManagedPeriod> periods;
  const absl::CivilDay built = BuiltOn(record);
  if (built == kNever) return periods;
  // The state can change only on these days.
  std::set<absl::CivilDay> days = {built};
  const auto add = [&](const google::type::Date& date, int later) {
    const auto day = FromProto(date);
    if (day.ok() && *day + later > built) days.insert(*day + later);
  };
  for (const HealthCheck& check : record.checks()) {
    add(check.done_on(), 0);
    if (check.has_next_due_on()) {
      add(check.next_due_on(), rules.health_check_tolerance_days() + 1);
    }
  }
  for (const HealthDeferral& deferral : record.deferrals()) {
    add(deferral.from(), 0);
    add(deferral.until(), 0);
  }
  bool managed = false;
  for (const absl::CivilDay day : days) {
    const bool now = StateOn(record, rules, day) == v1::HEALTH_RECORD_STATE_MANAGED;
    if (now && !managed) *periods.emplace_back().mutable_from() = ToProto(day);
    if (!now && managed) *periods.back().mutable_to() = ToProto(day);
    managed = now;
  }
  return periods;
}

bool EnterHealth(const HealthRecord& report, std::optional<absl::CivilDay> birth,
                 const v1::RuleSet& rules, HealthRecord* record) {
  using google::protobuf::util::MessageDifferencer;
  const HealthRecord before = *record;
  if (record->record_number().empty() && !report.record_number().empty()) {
    record->set_record_number(report.record_number());
    *record->mutable_opened_on() = report.opened_on();
  }
  // Whose record it is can be confirmed of a record only: what is opened later is another one's word.
  if (report.identity_verified() && !record->record_number().empty()) {
    record->set_identity_verified(true);
  }
  for (const HealthCheck& check : report.checks()) {
    const bool known = std::any_of(
        record->checks().begin(), record->checks().end(), [&](const HealthCheck& other) {
          return other.section() == check.section() &&
                 MessageDifferencer::Equals(other.done_on(), check.done_on());
        });
    if (known) continue;
    HealthCheck* added = record->add_checks();
    *added = check;
    const auto done = FromProto(check.done_on());
    if (!birth || !done.ok()) continue;
    const auto next = NextCheckAfter(*done, *birth, rules);
    if (next && DayOr(check.next_due_on(), kNever) > *next) {
      *added->mutable_next_due_on() = ToProto(*next);
    }
  }
  std::stable_sort(record->mutable_checks()->begin(), record->mutable_checks()->end(),
                   [](const HealthCheck& a, const HealthCheck& b) {
                     return DayOr(a.done_on(), kNever) < DayOr(b.done_on(), kNever);
                   });
  for (const HealthDeferral& deferral : report.deferrals()) {
    const bool known = std::any_of(
        record->deferrals().begin(), record->deferrals().end(), [&](const HealthDeferral& other) {
          return MessageDifferencer::Equals(other.from(), deferral.from());
        });
    if (!known) *record->add_deferrals() = deferral;
  }
  return !MessageDifferencer::Equals(before, *record);
}

void Reschedule(absl::CivilDay birth, const v1::RuleSet& rules, HealthRecord* record) {
  for (HealthCheck& check : *record->mutable_checks()) {
    const auto done = FromProto(check.done_on());
    if (!done.ok()) continue;
    check.clear_next_due_on();
    if (const auto next = NextCheckAfter(*done, birth, rules)) {
      *check.mutable_next_due_on() = ToProto(*next);
    }
  }
}

std::string TakeOffHealth(const v1::VoidHealthEntriesRequest& request, HealthRecord* record) {
  using google::protobuf::util::MessageDifferencer;
  if (request.whole_record()) {
    if (record->record_number().empty()) return "whole_record";
    record->Clear();
    return "";
  }
  for (int i = 0; i < request.checks_size(); ++i) {
    const HealthCheck& wanted = request.checks(i);
    auto& checks = *record->mutable_checks();
    const auto found = std::find_if(checks.begin(), checks.end(), [&](const HealthCheck& check) {
      return check.section() == wanted.section() &&
             MessageDifferencer::Equals(check.done_on(), wanted.done_on());
    });
    if (found == checks.end()) return absl::StrCat("checks[", i, "]");
    checks.erase(found);
  }
  for (int i = 0; i < request.deferrals_size(); ++i) {
    auto& deferrals = *record->mutable_deferrals();
    const auto found =
        std::find_if(deferrals.begin(), deferrals.end(), [&](const HealthDeferral& deferral) {
          return MessageDifferencer::Equals(deferral.from(), request.deferrals(i));
        });
    if (found == deferrals.end()) return absl::StrCat("deferrals[", i, "]");
    deferrals.erase(found);
  }
  return "";
}

}  // namespace tuoyu::filing
