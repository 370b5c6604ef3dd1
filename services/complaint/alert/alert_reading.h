#ifndef TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_READING_H_
#define TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/alert_service.pb.h"

namespace tuoyu::complaint {

// Alerts that stand for the caller's units; errors are those of the proto.
absl::Status ListAlerts(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                        const v1::ListAlertsRequest& request, v1::ListAlertsResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_READING_H_
