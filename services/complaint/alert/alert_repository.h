#ifndef TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/complaint/v1/alert_service.pb.h"
#include "tuoyu/complaint/v1/case.pb.h"

// Table case_alert.
namespace tuoyu::complaint {

// The alerts that stand for the case as it is now. The case is in its table.
absl::Status StoreAlerts(db::Transaction& transaction, const v1::Case& of_case);

// Where a page goes on: the last alert before.
struct AlertKey {
  absl::Time raised_at;
  std::string case_id;
  std::string code;
  std::string unit;
};
// Alerts of `units` about cases in `divisions`, in order of time.
absl::StatusOr<std::vector<v1::CaseAlert>> SelectAlerts(db::Transaction& transaction,
                                                        const std::vector<std::string>& units,
                                                        const std::vector<std::string>& divisions,
                                                        const absl::optional<AlertKey>& after,
                                                        int limit);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_REPOSITORY_H_
