#include "services/complaint/alert/alert_service.h"

#include "services/complaint/alert/alert_reading.h"

namespace tuoyu::complaint {

grpc::Status AlertService::ListAlerts(grpc::ServerContext* context,
                                      const v1::ListAlertsRequest* request,
                                      v1::ListAlertsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListAlerts(call, pool_, deps_, *request, reply);
  });
}

}  // namespace tuoyu::complaint
