#ifndef TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_RULES_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_RULES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/inspection/v1/inspector.pb.h"

// Who may inspect, and where not. Pure: no database, clock, network or log.
namespace tuoyu::inspection {

using Violations = std::vector<common::v1::Violation>;

// Facilities an inspector does not inspect, at most.
inline constexpr int kMostRecusals = 200;
// Suspensions that are over and kept.
inline constexpr int kMostSuspensions = 50;

// What is wrong with an entry: FIELD_MISSING, TEXT_TOO_LONG, CERTIFICATE_FORM, DATE_INVALID, RECORD_ORDER (the certificate ends before
// it begins), FIELD_NOT_OF_KIND (a reason without a suspension).
Violations CheckInspector(const v1::Inspector& inspector, absl::CivilDay today);
// The same of a recusal: NAME_INVALID, FIELD_MISSING, TEXT_TOO_LONG.
Violations CheckRecusal(const v1::Recusal& recusal);

// Why an inspector may not inspect on a day: "SUSPENDED", "CERTIFICATE_NOT_YET", "CERTIFICATE_EXPIRED"; empty when nothing stands
// against it.
absl::string_view UnableOn(const v1::Inspector& inspector, absl::CivilDay day);
// Whether the inspector could inspect at a time: with a certificate valid on its day, and no suspension, present or past, going on.
bool WasAble(const v1::Inspector& inspector, absl::Time time);
// Ends the suspension that goes on, and keeps it among those that are over.
void EndSuspension(absl::Time now, v1::Inspector* inspector);
// Whether the inspector does not inspect this facility.
bool IsRecused(const v1::Inspector& inspector, absl::string_view facility);
// The same of any of a line of facilities: one and those it continues.
bool IsRecused(const v1::Inspector& inspector, const std::vector<std::string>& line);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_RULES_H_
