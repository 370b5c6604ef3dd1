#ifndef TUOYU_CLIENTS_CLI_COMPLAINT_ALERT_VIEW_H_
#define TUOYU_CLIENTS_CLI_COMPLAINT_ALERT_VIEW_H_

#include <set>
#include <string>
#include <vector>

#include "clients/cli/text.h"
#include "tuoyu/complaint/v1/alert_service.pb.h"

namespace tuoyu::cli {

std::string RenderAlerts(const std::vector<complaint::v1::CaseAlert>& alerts, Language language,
                         int width);
// The same as one line with its end.
std::string AlertLine(const complaint::v1::CaseAlert& alert, Language language);

// What is new between two looks at the alerts that stand.
class AlertWatch {
 public:
  // Those of `standing` that did not stand at the last look; an alert raised once more is new.
  std::vector<complaint::v1::CaseAlert> New(const std::vector<complaint::v1::CaseAlert>& standing);

 private:
  std::set<std::string> known_;
};

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMPLAINT_ALERT_VIEW_H_
