#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_CANCELLATION_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_CANCELLATION_H_

#include <string>

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit.pb.h"

namespace tuoyu::inspection {

// Notes in the draw of a visit that it was given up, with the reason, for everyone to read.
absl::Status EnterCancellation(rpc::WriteContext& context, const InspectionDeps& deps,
                               const v1::Visit& visit, const std::string& reason);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_CANCELLATION_H_
