#ifndef TUOYU_SERVICES_FILING_ROSTER_CERTIFICATE_NEEDS_H_
#define TUOYU_SERVICES_FILING_ROSTER_CERTIFICATE_NEEDS_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/rules.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"

// What posts ask for and whether it is there (证书状态). Pure: no database, clock, network or log.
namespace tuoyu::filing {

// The days of a post, [first, end); end is absl::CivilDay::max() while it is open.
absl::CivilDay FirstDayOf(const v1::Post& post);
absl::CivilDay EndDayOf(const v1::Post& post);
// Whether the post is held on the day; whether any is.
bool IsOnPost(const v1::Post& post, absl::CivilDay day);
bool IsOnPost(const v1::StaffMember& member, absl::CivilDay day);

// First day the certificate no longer holds: as printed on it, and as the rules end it, whichever comes first;
// absl::CivilDay::max() when it does not end. The certificate has a day of issue.
absl::CivilDay ExpiryOf(const v1::Certificate& certificate, const v1::RuleSet& rules);

// The rule on a kind, or null.
const v1::CertificateRule* FindCertificateRule(const v1::RuleSet& rules, v1::CertificateKind kind);

// What the posts held on `day` need and how each stands on that day: by the certificates issued by then and not rejected,
// of a kind the one that holds longest. The most urgent first: missing or lapsed, then due soon, each by its day.
std::vector<v1::CertificateNeed> NeedsOn(const v1::StaffMember& member, const v1::RuleSet& rules,
                                         absl::CivilDay day);

// First day from `today` on, on which something needed is missing or has lapsed, or someone banned is on post; when it is so
// today, the day since when. 9999-12-31 when there is none.
absl::CivilDay DueOn(const v1::StaffMember& member, const v1::RuleSet& rules, absl::CivilDay today);

// Whether the person is banned from work with children as known on the day.
bool IsBarred(const v1::StaffMember& member, absl::CivilDay day);
// Whether the person may work on the day (可上岗): not banned, and with every certificate its posts need before work.
bool MayWork(const v1::StaffMember& member, const v1::RuleSet& rules, absl::CivilDay day);

// Whether an officer has verified it.
bool IsVerified(const v1::Certificate& certificate);
// Whether a need is missing or has lapsed.
bool IsLacking(const v1::CertificateNeed& need);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CERTIFICATE_NEEDS_H_
