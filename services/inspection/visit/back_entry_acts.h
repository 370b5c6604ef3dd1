#ifndef TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

namespace tuoyu::inspection {

// Enters visits from their papers; errors are those of the proto.
absl::Status BackEnterVisits(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::BackEnterVisitsRequest& request,
                             v1::BackEnterVisitsResponse* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_BACK_ENTRY_ACTS_H_
