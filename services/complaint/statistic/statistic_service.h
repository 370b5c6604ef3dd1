#ifndef TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_SERVICE_H_

#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/statistic_service.grpc.pb.h"

namespace tuoyu::complaint {

// StatisticService: its method goes through the door to statistic_reading.h. Thread-safe.
class StatisticService final : public v1::StatisticService::Service {
 public:
  // All references, those inside `deps` too, must outlive this. `door` must know the service's descriptor.
  StatisticService(rpc::Door& door, db::Pool& pool, const ComplaintDeps& deps)
      : door_(door), pool_(pool), deps_(deps) {}

  grpc::Status GetComplaintStatistics(grpc::ServerContext* context,
                                      const v1::GetComplaintStatisticsRequest* request,
                                      v1::ComplaintStatistics* reply) override;
  grpc::Status GetFacilityUpheldCases(grpc::ServerContext* context,
                                      const v1::GetFacilityUpheldCasesRequest* request,
                                      v1::FacilityUpheldCases* reply) override;

 private:
  rpc::Door& door_;
  db::Pool& pool_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_SERVICE_H_
