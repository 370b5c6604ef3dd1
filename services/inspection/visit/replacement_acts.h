#ifndef TUOYU_SERVICES_INSPECTION_VISIT_REPLACEMENT_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_REPLACEMENT_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// Inspectors of a visit replaced before it begins, by two persons; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status AskReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                            const v1::AskReplacementRequest& request, v1::Visit* reply);
absl::Status DecideReplacement(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::DecideReplacementRequest& request, v1::Visit* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_REPLACEMENT_ACTS_H_
