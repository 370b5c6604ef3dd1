#include "services/complaint/statistic/statistic_service.h"

#include "services/complaint/statistic/statistic_reading.h"

namespace tuoyu::complaint {

grpc::Status StatisticService::GetComplaintStatistics(
    grpc::ServerContext* context, const v1::GetComplaintStatisticsRequest* request,
    v1::ComplaintStatistics* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::GetComplaintStatistics(call, pool_, deps_, *request, reply);
  });
}

grpc::Status StatisticService::GetFacilityUpheldCases(
    grpc::ServerContext* context, const v1::GetFacilityUpheldCasesRequest* request,
    v1::FacilityUpheldCases* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::GetFacilityUpheldCases(call, pool_, deps_, *request, reply);
  });
}

}  // namespace tuoyu::complaint
