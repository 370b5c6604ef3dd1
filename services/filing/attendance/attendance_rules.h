#ifndef TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_RULES_H_
#define TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/attendance_service.pb.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// Whose attendance is proved, and what the proof says: pure functions. The numbers are this system's; no regulation at hand has any.
namespace tuoyu::filing {

// Months after the last day in care within which it is proved.
inline constexpr int kAttendanceMonths = 12;
// Days a proof is accepted, the day of issue included.
inline constexpr int kAttendanceDays = 14;
// How often an account may ask on a day: with the name and the birth date of a child known, its resident id is one of some hundreds.
inline constexpr int kMostAttendanceAttempts = 10;
// For how many children an account proves it within 12 months: twins and an older child, or a family that moves. Whoever holds a whole
// roster does not review with one account for all.
inline constexpr int kMostAttendanceChildren = 4;

// The term a day lies in: spring from 1 February, autumn from 1 August.
v1::Term TermOf(absl::CivilDay day);

// The child a guardian names, in the form of the roster.
v1::ChildEntry ClaimedChild(const v1::IssueAttendanceTokenRequest& request, absl::CivilDay today);
// What no roster can hold; the birth date is not taken from the number, for who asks has to know it.
std::vector<common::v1::Violation> CheckClaim(const v1::IssueAttendanceTokenRequest& request,
                                              const v1::ChildEntry& claimed,
                                              const RuleContext& context);

// Whether an entry of the roster, open, is of the child that is named: document, name and birth date.
bool IsChild(const v1::Child& child, const v1::ChildEntry& claimed);

// The last day, not after `today`, on which the child was in care, where that is at most kAttendanceMonths ago.
std::optional<absl::CivilDay> LastInCare(const v1::Child& child, absl::CivilDay today);

// What the pseudonym of a proof is made of: the entry on the roster, which stays the same when the child gets another document, and the
// term.
std::string PseudonymText(const v1::Child& child, const v1::Term& term);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ATTENDANCE_ATTENDANCE_RULES_H_
