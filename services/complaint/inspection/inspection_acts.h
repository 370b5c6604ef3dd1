#ifndef TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/case_service.pb.h"

namespace tuoyu::complaint {

// Asks for an inspection of the place of a case; errors are those of the proto.
absl::Status AskInspection(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::AskInspectionRequest& request, v1::Case* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_ACTS_H_
