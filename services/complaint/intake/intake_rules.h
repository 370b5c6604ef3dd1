#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_RULES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/calendar/working_days.h"
#include "common/data/divisions.h"
#include "common/data/units.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/complaint/v1/case.pb.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// What is filed, and the cases that come of it: pure functions.
namespace tuoyu::complaint {

// Texts of complainants, in characters.
inline constexpr size_t kShortestText = 5;
inline constexpr size_t kLongestText = 2000;

// Whether this is the number of a ticket of the hotline: 4 to 40 letters, digits and "-".
bool IsExternalNumber(absl::string_view number);

// What is wrong with a filing; fields begin with "filing.". A NAMED or CONFIDENTIAL one has name and telephone, a NAMED complaint an
// address and a claim (market supervision rule art. 9); an ANONYMOUS one neither name nor telephone nor address.
std::vector<common::v1::Violation> CheckFiling(const v1::Filing& filing,
                                               const v1::ComplaintRules& rules,
                                               const data::Divisions& divisions,
                                               absl::CivilDay today);
// What is wrong with what a person says of itself; `field` is the path of the reporter, e.g. "reporter.".
std::vector<common::v1::Violation> CheckReporter(const v1::Reporter& reporter,
                                                 v1::ReporterMode mode, const std::string& prefix);
// The reporter with its telephone in one form.
v1::Reporter NormalisedReporter(const v1::Reporter& reporter);

// Where a filing is about: name and division.
struct FiledPlace {
  std::string facility_name;  // empty for a place that is not in the registry
  std::string division_code;
};

// The case that comes of a matter, SUBMITTED and sent to the unit of its category; an emergency is ACCEPTED, with its clocks running. Without
// name, numbers and etag.
v1::Case NewCase(const v1::Filing& filing, const v1::Matter& matter, v1::CaseChannel channel,
                 const FiledPlace& place, const v1::ComplaintRules& rules, absl::Time now);

// Whether others may join a case that came of this.
bool MayBeJoined(const v1::Case& of_case, v1::ReporterMode mode, const v1::Reporter& reporter);

// What makes two filings the same: place, kind, category and the words, blanks and marks apart. Empty for a confidential one and for a ticket
// of the hotline, which stay by themselves.
std::string SameTextKey(const v1::Case& of_case);

// What complainants see of a case. The case was refreshed.
v1::CaseProgress ProgressOf(const v1::Case& of_case, v1::Satisfaction said,
                            const v1::ComplaintRules& rules, const data::Units& units);

// Name of a unit for people; streets and towns by the code of their division.
std::string UnitNameOf(absl::string_view unit, const data::Units& units);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_RULES_H_
