#ifndef TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_RULES_H_

#include <vector>

#include "tuoyu/complaint/v1/alert_service.pb.h"
#include "tuoyu/complaint/v1/case.pb.h"

// What can't wait: pure functions.
namespace tuoyu::complaint {

// Alerts that stand for a case, one for each unit that is told. The case was refreshed.
std::vector<v1::CaseAlert> AlertsOf(const v1::Case& of_case);
// Whether the case has, or may have had, any: most cases never do.
bool MayHaveAlerts(const v1::Case& of_case);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_RULES_H_
