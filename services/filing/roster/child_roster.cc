#include "services/filing/roster/child_roster.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "services/filing/roster/health_record.h"

namespace tuoyu::filing {

const RosterTable& ChildRoster::Table() {
  static const RosterTable* const kTable = new RosterTable("child");
  return *kTable;
}

RosterDays ChildRoster::DaysOf(const Message& child, const v1::RuleSet& /*rules*/,
                               absl::CivilDay today) {
  RosterDays days{absl::CivilDay::max(), absl::CivilDay::min(), kNeverDue};
  for (const v1::Enrolment& enrolment : child.enrolments()) {
    days.from = std::min(days.from, FirstDayOf(enrolment));
    days.to = std::max(days.to, EndDayOf(enrolment));
  }
  if (child.enrolments().empty()) return days;
  const bool built = BuiltOn(child.health_record()) <= today;
  days.due_on = built ? NextCheckDue(child.health_record(), today).value_or(kNeverDue) : days.from;
  return days;
}

bool ChildRoster::IsEmpty(const Message& child) {
  return child.enrolments().empty() && child.health_record().record_number().empty() &&
         child.health_record().checks().empty();
}

void ChildRoster::ClearComputed(Message* child) {
  child->clear_record_state();
  child->clear_next_check_due();
  child->clear_age_months();
}

std::string PersonIndex(const privacy::Sealer& sealer, v1::ChildDocument document,
                        absl::string_view document_number) {
  return sealer.BlindIndex(
      document == v1::CHILD_DOCUMENT_BIRTH_CERTIFICATE ? "birth_certificate" : "resident_id",
      document_number);
}

void Compute(const v1::RuleSet& rules, absl::CivilDay day, v1::Child* child) {
  child->set_record_state(StateOn(child->health_record(), rules, day));
  child->clear_next_check_due();
  if (const auto due = NextCheckDue(child->health_record(), day)) {
    *child->mutable_next_check_due() = ToProto(*due);
  }
  const auto birth = BirthOf(*child);
  child->set_age_months(birth ? absl::StrCat(AgeInMonths(*birth, day)) : "");
}

}  // namespace tuoyu::filing
