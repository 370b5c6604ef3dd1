#ifndef TUOYU_SERVICES_FILING_ROSTER_HEALTH_RECORD_H_
#define TUOYU_SERVICES_FILING_ROSTER_HEALTH_RECORD_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "tuoyu/filing/v1/child.pb.h"
#include "tuoyu/filing/v1/child_service.pb.h"
#include "tuoyu/filing/v1/rules.pb.h"

// How far the electronic health record (电子健康档案) of a child is kept. Pure: no database, clock, network or log.
//
// 建设 and 管理 of indicator 8, as this system reads them (the notice defines neither): built is a record that is opened,
// confirmed as this child's, and has a check in each of the six sections; managed is one that is built and has no check
// overdue by more than RuleSet.health_check_tolerance_days, or one that was put off with a reason.
namespace tuoyu::filing {

// The day the next check after one on `done_on` is due: the next age of the schedule, where a check made at most
// RuleSet.health_check_early_days before one is that one; nothing when the child is older than all of them.
std::optional<absl::CivilDay> NextCheckAfter(absl::CivilDay done_on, absl::CivilDay birth,
                                             const v1::RuleSet& rules);

// First day on which the record is built; absl::CivilDay::max() when it is not.
absl::CivilDay BuiltOn(const v1::HealthRecord& record);

// The state on a day, by the checks made until then.
v1::HealthRecordState StateOn(const v1::HealthRecord& record, const v1::RuleSet& rules,
                              absl::CivilDay day);

// Of the checks made until `day`, the earliest day on which a next one is due; nothing when none is.
std::optional<absl::CivilDay> NextCheckDue(const v1::HealthRecord& record, absl::CivilDay day);

// The periods in which the record is managed, by first day. They don't overlap or touch.
std::vector<v1::ManagedPeriod> ManagedPeriods(const v1::HealthRecord& record,
                                              const v1::RuleSet& rules);

// Checks and deferrals a record may have, ever.
inline constexpr int kMostHealthEntries = 400;

// Enters what is new of `report`: number and day where there are none, that it is confirmed, checks and deferrals that are not there; what is
// there stays. The next check of each is due by the schedule when
// `birth` is known, or earlier where the report says so. True when anything changed.
bool EnterHealth(const v1::HealthRecord& report, std::optional<absl::CivilDay> birth,
                 const v1::RuleSet& rules, v1::HealthRecord* record);

// Counts the next check of each check made anew, after the birth date was corrected.
void Reschedule(absl::CivilDay birth, const v1::RuleSet& rules, v1::HealthRecord* record);

// Takes off what the request names. Empty, or the field that names what is not there.
std::string TakeOffHealth(const v1::VoidHealthEntriesRequest& request, v1::HealthRecord* record);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_HEALTH_RECORD_H_
