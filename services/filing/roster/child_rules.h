#ifndef TUOYU_SERVICES_FILING_ROSTER_CHILD_RULES_H_
#define TUOYU_SERVICES_FILING_ROSTER_CHILD_RULES_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/findings.h"
#include "services/filing/rule_context.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/facility.pb.h"

// What reports to the roster of children must say. Pure: no database, clock, network or log. Fields are those of the message
// looked at, put after `path`.
namespace tuoyu::filing {

// The service is for children under three (3岁以下, 58号 管理规范): months of age at which it ends.
inline constexpr int kThreeYears = 36;

// Brings texts into their normal form: blanks around them go, numbers and phones are written one way, the birth date is
// taken from a resident id when it is not given, the part of the day from the service mode where that tells it. What is
// malformed stays for the check.
void Normalise(absl::CivilDay today, v1::ChildEntry* entry);

// The same of a health record.
void Normalise(v1::HealthRecord* record);

// Whether the document's number is without fault, so that the child can be found by it.
bool HasDocument(const v1::ChildEntry& entry, absl::CivilDay today);

// Who the child is: name, document, birth date. The birth date, if it is without fault.
std::optional<absl::CivilDay> CheckIdentity(const v1::ChildEntry& entry, const std::string& path,
                                            Findings& findings);

// Everything an entry says by itself: who the child is, consent, enrolments at this facility, health record. Children are
// taken under 3 years (管理规范); one under 6 months, or of another age than the class, is told. A new child needs consent
// and an enrolment.
void CheckEntry(const v1::ChildEntry& entry, const std::string& path, const v1::Facility& facility,
                bool is_new, Findings& findings);

// What an institution that keeps health records says of a child: one that is on the roster, and its record; no enrolments
// and no consent.
void CheckKeptRecord(const v1::ChildEntry& entry, const std::string& path, bool is_new,
                     Findings& findings);

// The last day of an enrolment: from its first one to 90 days ahead.
std::vector<common::v1::Violation> CheckLastDay(const v1::EndEnrolmentRequest& request,
                                                const v1::Enrolment& enrolment,
                                                const RuleContext& context);

// What is reported of a health record. `birth`: of the child, if known.
void CheckHealthRecord(const v1::HealthRecord& record, const std::string& path,
                       std::optional<absl::CivilDay> birth, Findings& findings);

// HEALTH_RECORD_UNNUMBERED for a report of checks, of deferrals, or that the record is the child's, when there is no record:
// neither does the report open one, nor is `record`, what is known of it, open.
void CheckNumbered(const v1::HealthRecord& report, const std::string& path,
                   const v1::HealthRecord& record, Findings& findings);

// What to take off a health record: the whole, or checks and deferrals that are named, and why.
std::vector<common::v1::Violation> CheckVoidHealth(const v1::VoidHealthEntriesRequest& request,
                                                   const RuleContext& context);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_CHILD_RULES_H_
