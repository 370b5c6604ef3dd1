#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_ENTRY_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_ENTRY_H_

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"

// What a report makes of a child's entry on the roster. Pure; fields of children are open.
namespace tuoyu::filing {

// The days of an enrolment, [first, end); end is absl::CivilDay::max() while it is open.
absl::CivilDay FirstDayOf(const v1::Enrolment& enrolment);
absl::CivilDay EndDayOf(const v1::Enrolment& enrolment);
// Whether the child is in care on the day.
bool IsEnrolled(const v1::Enrolment& enrolment, absl::CivilDay day);
bool IsEnrolled(const v1::Child& child, absl::CivilDay day);

// Enters what a report says of a child: who it is and the consent when the entry is new, enrolments that are not there yet,
// and what is known of the health record. An enrolment with the same first day and part of the day is the same one and takes
// over class, mode and end. All end on the third birthday at the latest. True when anything changed. PERSON_NAME_DIFFERS when the entry is of this document with another
// name; ENROLMENT_OVERLAP when two enrolments share a part of a day.
bool Enter(const v1::ChildEntry& report, const std::string& path, v1::Child* child,
           Findings& findings);

// Enrolment by number; null when there is none.
v1::Enrolment* FindEnrolment(v1::Child* child, int number);
void RemoveEnrolment(int number, v1::Child* child);

// Ends the enrolments that go on for longer than the child is under three on the third birthday, and moves those that ended
// there to the one of the birth date as it is now. True when anything changed.
bool EndAtThree(v1::Child* child);

// ENROLMENT_OVERLAP where two enrolments share a part of a day; `field` is where it is told.
void CheckOverlap(const v1::Child& child, const std::string& field, Findings& findings);

// First day after the days on which both are enrolled in the same part of the day; absl::CivilDay::min() when there is
// none.
absl::CivilDay SharedUntil(const v1::Child& a, const v1::Child& b);

// The birth date; nothing when it is malformed.
std::optional<absl::CivilDay> BirthOf(const v1::Child& child);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_ENTRY_H_
