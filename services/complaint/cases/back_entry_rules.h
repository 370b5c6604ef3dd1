#ifndef TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_RULES_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "common/calendar/working_days.h"
#include "services/complaint/intake/intake_rules.h"
#include "services/complaint/rules/complaint_rules.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

// Cases entered from their papers (补录). Pure: no database, clock, network or log.
namespace tuoyu::complaint {

// Entries of one call, at most.
inline constexpr int kMostBackEntries = 200;

// What is wrong with the entry at `index` of a request, all of it: FIELD_MISSING, FIELD_INVALID, FIELD_NOT_OF_KIND, TEXT_TOO_LONG, DATE_INVALID,
// RECORD_ORDER, NAME_INVALID, CATEGORY_UNKNOWN, KIND_NOT_OF_CATEGORY, OUTCOME_NOT_OF_CASE.
std::vector<common::v1::Violation> CheckBackEntry(const v1::CaseBackEntry& entry, int index,
                                                  const ComplaintRuleBook& rules,
                                                  absl::CivilDay today);

// What tells a source, 32 bytes: the same for the same.
std::string SourceKey(const common::v1::ExternalId& source);

// The case as it ended, NOT_ACCEPTED, CLOSED or ARCHIVED where that day has passed, with its clocks; steps are said to be of `actor`, who enters them. Without name, number and
// etag. The entry is one without fault.
v1::Case MakeBackEntry(const v1::CaseBackEntry& entry, const FiledPlace& place,
                       const v1::ComplaintRules& rules, absl::CivilDay today,
                       const std::string& actor);

// The last day that the papers tell of.
absl::CivilDay LastDayOf(const v1::CaseBackEntry& entry);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_BACK_ENTRY_RULES_H_
