#include "services/filing/roster/staff_roster.h"

#include "services/filing/roster/certificate_needs.h"

namespace tuoyu::filing {
namespace {

// The purpose of the index: shared by all that look a person up by the resident id.
constexpr absl::string_view kIndexDomain = "resident_id";

}  // namespace

const RosterTable& StaffRoster::Table() {
  static const RosterTable* const kTable = new RosterTable("staff_member");
  return *kTable;
}

RosterDays StaffRoster::DaysOf(const Message& member, const v1::RuleSet& rules,
                               absl::CivilDay today) {
  const OnPost days = DaysOnPost(member);
  return {days.from, days.to, DueOn(member, rules, today)};
}

std::string PersonIndex(const privacy::Sealer& sealer, absl::string_view id_number) {
  return sealer.BlindIndex(kIndexDomain, id_number);
}

}  // namespace tuoyu::filing
