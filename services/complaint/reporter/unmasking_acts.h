#ifndef TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_ACTS_H_

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/reporter_service.pb.h"

// The methods of ReporterService, between door and tables; errors are those of the proto.
namespace tuoyu::complaint {

// For how long an approval lasts.
inline constexpr absl::Duration kUnmaskingLasts = absl::Hours(24);

absl::Status AskUnmasking(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::AskUnmaskingRequest& request, v1::Unmasking* reply);
absl::Status DecideUnmasking(rpc::WriteContext& context, const ComplaintDeps& deps,
                             const v1::DecideUnmaskingRequest& request, v1::Unmasking* reply);
absl::Status ReadReporters(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::ReadReportersRequest& request,
                           v1::ReadReportersResponse* reply);
absl::Status ListUnmaskings(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                            const v1::ListUnmaskingsRequest& request,
                            v1::ListUnmaskingsResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REPORTER_UNMASKING_ACTS_H_
