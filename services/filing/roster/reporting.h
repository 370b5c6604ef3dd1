#ifndef TUOYU_SERVICES_FILING_ROSTER_REPORTING_H_
#define TUOYU_SERVICES_FILING_ROSTER_REPORTING_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "common/rpc/handle.h"
#include "services/filing/findings.h"
#include "tuoyu/filing/v1/facility.pb.h"

// What reports to the rosters share.
namespace tuoyu::filing {

// Most entries of one report.
inline constexpr int kMaxReportEntries = 200;
// Posts and enrolments may begin and end this many days ahead.
inline constexpr int kDaysAhead = 90;

// Facilities by id, as they are today.
using ReportFacilities = absl::flat_hash_map<std::string, v1::Facility>;

// "entries[3]", "entries[3].facility".
std::string ReportPlace(int index, absl::string_view field = "");

// The facilities the entries of a report name, one name an entry, each in the caller's scope: its own, or as one of
// `officers` of the division. Errors: INVALID_ARGUMENT FIELD_MISSING, FIELD_INVALID for none or too many, NAME_INVALID; PERMISSION_DENIED
// NOT_YOUR_FACILITY, OUT_OF_SCOPE; NOT_FOUND FACILITY_NOT_FOUND.
absl::StatusOr<ReportFacilities> LoadReportFacilities(db::Transaction& transaction, rpc::Call& call,
                                                      const std::vector<std::string>& names,
                                                      absl::Span<const rpc::Role> officers);

// CLASS_LABEL_UNKNOWN: the facility has classes with labels, and none of this one.
void CheckClassLabel(absl::string_view label, const std::string& field,
                     const v1::Facility& facility, Findings& findings);

// `reason`: the facility has ended, what is reported goes on.
void CheckStillOpen(absl::CivilDay end, const std::string& field, const v1::Facility& facility,
                    ReasonName reason, Findings& findings);

// `reason` for a day more than kDaysAhead days ahead; true if it is not.
bool CheckNotFar(Findings& findings, const std::string& field, absl::CivilDay day,
                 ReasonName reason);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_REPORTING_H_
