#ifndef TUOYU_SERVICES_FILING_ROSTER_ROSTER_RULES_H_
#define TUOYU_SERVICES_FILING_ROSTER_ROSTER_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "services/filing/findings.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

// What reports to the roster of staff must say. Pure: no database, clock, network or log. Fields are those of the message
// looked at, put after `path`.
namespace tuoyu::filing {

// Brings texts into their normal form: blanks around them go, the id number's x becomes X, the phone is written one way.
// What is malformed stays for the check.
void Normalise(absl::CivilDay today, v1::StaffEntry* entry);

// A person: name, id number (GB 11643-1999), phone.
void CheckPerson(const v1::StaffEntry& entry, const std::string& path, Findings& findings);
// A name of 2 to 60 characters and a phone; empty ones pass.
std::vector<common::v1::Violation> CheckUpdate(const v1::UpdateStaffMemberRequest& request,
                                               const RuleContext& context);

// A post by itself: role, class, days in order and at most 90 ahead, the person old enough on the first day (16, 《禁止使用
// 童工规定》 art. 2). `birth`: of the person, if known.
void CheckPost(const v1::Post& post, const std::string& path, std::optional<absl::CivilDay> birth,
               Findings& findings);
// The last day of a post: from its first one to 90 days ahead.
std::vector<common::v1::Violation> CheckLastDay(const v1::EndPostRequest& request,
                                                const v1::Post& post, const RuleContext& context);

// A certificate by itself: a kind with the level it has, a number where it has one, days in order and not in the future.
void CheckCertificate(const v1::Certificate& certificate, const std::string& path,
                      std::optional<absl::CivilDay> birth, Findings& findings);

// A state that an officer may set, with a note where it is rejected.
std::vector<common::v1::Violation> CheckVerification(const v1::VerifyCertificateRequest& request,
                                                     const RuleContext& context);

// A reason of 1 to 500 characters in `reason`.
std::vector<common::v1::Violation> CheckStaffReason(absl::string_view reason,
                                                    const RuleContext& context);

// Person, ground, document and day of a ban.
std::vector<common::v1::Violation> CheckBan(const v1::StaffBan& ban, const RuleContext& context);

// The day of birth in a resident id; nothing when it is malformed.
std::optional<absl::CivilDay> BirthOf(absl::string_view id_number, absl::CivilDay today);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_ROSTER_RULES_H_
