#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_ROSTER_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_ROSTER_H_

#include <string>

#include "services/filing/roster/roster_session.h"
#include "services/filing/roster/staff_entry.h"
#include "tuoyu/filing/v1/staff.pb.h"

namespace tuoyu::filing {

// The roster of staff, for RosterSession.
struct StaffRoster {
  using Message = v1::StaffMember;
  static const RosterTable& Table();
  static std::string NameOf(const RosterKey& key) { return StaffName(key); }
  static RosterDays DaysOf(const Message& member, const v1::RuleSet& rules, absl::CivilDay today);
  static absl::CivilDay SharedUntil(const Message& a, const Message& b) {
    return filing::SharedUntil(a, b);
  }
  static void ClearComputed(Message* member) { member->clear_needs(); }
  static constexpr char kNotFound[] = "STAFF_NOT_FOUND";
};

using StaffSession = RosterSession<StaffRoster>;

// The blind index by which a person is found; `id_number` in its normal form.
std::string PersonIndex(const privacy::Sealer& sealer, absl::string_view id_number);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_ROSTER_H_
