#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_ENTRY_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_ENTRY_H_

#include <string>

#include "absl/time/civil_time.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// What a report makes of a person's entry on the roster. Pure; personal fields are open.
namespace tuoyu::filing {

// Enters what a report says of a person: who it is when the entry is new, and posts and certificates that are not there
// yet. A post of the same role, first day and shift (when it is stated) is the same one and takes over class, time and end; a certificate of the same
// kind, number and day of issue is the same one, and stays as it is. True when anything changed.
// PERSON_NAME_DIFFERS when the entry is of this id number with another name; POST_OVERLAP when two posts of a role share a
// part of a day.
bool Enter(const v1::StaffEntry& report, const std::string& path, v1::StaffMember* member,
           Findings& findings);

// Posts and certificates an entry may have, ever.
inline constexpr int kMostPosts = 100;
inline constexpr int kMostCertificates = 300;

// Adds a certificate unless it is there. True when it was not.
bool EnterCertificate(const v1::Certificate& certificate, v1::StaffMember* member);

// Post and certificate by number; null when there is none.
v1::Post* FindPost(v1::StaffMember* member, int number);
v1::Certificate* FindCertificate(v1::StaffMember* member, int number);
void RemovePost(int number, v1::StaffMember* member);
void RemoveCertificate(int number, v1::StaffMember* member);

// Puts posts in order of their first day.
void SortPosts(v1::StaffMember* member);

// POST_OVERLAP where two posts of a role share a day; `field` is where it is told.
void CheckOverlap(const v1::StaffMember& member, const std::string& field, Findings& findings);

// First day of the first post, and first day after the last one, absl::CivilDay::max() while one is open.
struct OnPost {
  absl::CivilDay from;
  absl::CivilDay to;
};
OnPost DaysOnPost(const v1::StaffMember& member);

// First day after the days on which both hold a post; absl::CivilDay::min() when there is none.
absl::CivilDay SharedUntil(const v1::StaffMember& a, const v1::StaffMember& b);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_ENTRY_H_
