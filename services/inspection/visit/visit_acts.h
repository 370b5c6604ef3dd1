#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ACTS_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.pb.h"

// The writing methods of VisitService about a visit as a whole, between door and tables; errors are those of the proto.
namespace tuoyu::inspection {

absl::Status OpenVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                       const v1::OpenVisitRequest& request, v1::Visit* reply);
absl::Status NotifyVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::NotifyVisitRequest& request, v1::Visit* reply);
absl::Status RecordVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::RecordVisitRequest& request, v1::Visit* reply);
absl::Status ConcludeVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                           const v1::ConcludeVisitRequest& request, v1::Visit* reply);
absl::Status AskCancellation(rpc::WriteContext& context, const InspectionDeps& deps,
                             const v1::AskCancellationRequest& request, v1::Visit* reply);
absl::Status CancelVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                         const v1::CancelVisitRequest& request, v1::Visit* reply);
absl::Status PublishVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                          const v1::PublishVisitRequest& request, v1::Visit* reply);
absl::Status WithdrawPublication(rpc::WriteContext& context, const InspectionDeps& deps,
                                 const v1::WithdrawPublicationRequest& request, v1::Visit* reply);
absl::Status RateVisit(rpc::WriteContext& context, const InspectionDeps& deps,
                       const v1::RateVisitRequest& request, v1::Visit* reply);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_ACTS_H_
