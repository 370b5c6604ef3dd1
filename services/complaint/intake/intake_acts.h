#ifndef TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"

// The methods of IntakeService by which cases come into being, between door and tables; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status FileComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                           const v1::FileComplaintRequest& request,
                           v1::FileComplaintResponse* reply);
absl::Status RegisterComplaint(rpc::WriteContext& context, const ComplaintDeps& deps,
                               const v1::RegisterComplaintRequest& request,
                               v1::FileComplaintResponse* reply);
absl::Status JoinCase(rpc::WriteContext& context, const ComplaintDeps& deps,
                      const v1::JoinCaseRequest& request, v1::FileComplaintResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INTAKE_INTAKE_ACTS_H_
