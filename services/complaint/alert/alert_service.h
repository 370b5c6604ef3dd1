#ifndef TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_SERVICE_H_

#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/alert_service.grpc.pb.h"

namespace tuoyu::complaint {

// AlertService: its method goes through the door to alert_reading.h. Thread-safe.
class AlertService final : public v1::AlertService::Service {
 public:
  // All references, those inside `deps` too, must outlive this. `door` must know the service's descriptor.
  AlertService(rpc::Door& door, db::Pool& pool, const ComplaintDeps& deps)
      : door_(door), pool_(pool), deps_(deps) {}

  grpc::Status ListAlerts(grpc::ServerContext* context, const v1::ListAlertsRequest* request,
                          v1::ListAlertsResponse* reply) override;

 private:
  rpc::Door& door_;
  db::Pool& pool_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ALERT_ALERT_SERVICE_H_
