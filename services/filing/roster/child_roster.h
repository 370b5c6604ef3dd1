#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_ROSTER_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_ROSTER_H_

#include <string>

#include "services/filing/roster/child_entry.h"
#include "services/filing/roster/roster_session.h"
#include "tuoyu/filing/v1/child.pb.h"

namespace tuoyu::filing {

// The roster of children, for RosterSession.
struct ChildRoster {
  using Message = v1::Child;
  static const RosterTable& Table();
  static std::string NameOf(const RosterKey& key) { return ChildName(key); }
  // Due is the next check; without a complete record it is the first day in care.
  static RosterDays DaysOf(const Message& child, const v1::RuleSet& rules, absl::CivilDay today);
  static absl::CivilDay SharedUntil(const Message& a, const Message& b) {
    return filing::SharedUntil(a, b);
  }
  static void ClearComputed(Message* child);
  static constexpr char kNotFound[] = "CHILD_NOT_FOUND";
  // Whether nothing is left of the entry but who it is.
  static bool IsEmpty(const Message& child);
  static constexpr char kAlreadyThere[] = "CHILD_ALREADY_THERE";
};

using ChildSession = RosterSession<ChildRoster>;

// The blind index by which a child is found; the number in its normal form. A resident id has the same index as an
// adult's.
std::string PersonIndex(const privacy::Sealer& sealer, v1::ChildDocument document,
                        absl::string_view document_number);

// Fills what is computed when an entry is read: the state of the record and the next check on `day`; and, of an open entry,
// the age.
void Compute(const v1::RuleSet& rules, absl::CivilDay day, v1::Child* child);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_ROSTER_H_
