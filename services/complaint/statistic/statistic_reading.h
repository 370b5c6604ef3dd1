#ifndef TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_READING_H_
#define TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/statistic_service.pb.h"

namespace tuoyu::complaint {

// The methods of StatisticService; errors are those of the proto.
absl::Status GetComplaintStatistics(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                    const v1::GetComplaintStatisticsRequest& request,
                                    v1::ComplaintStatistics* reply);
absl::Status GetFacilityUpheldCases(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                    const v1::GetFacilityUpheldCasesRequest& request,
                                    v1::FacilityUpheldCases* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_STATISTIC_STATISTIC_READING_H_
