#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_OFFICE_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_OFFICE_ACTS_H_

#include "absl/status/status.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/review_service.pb.h"

// What the facility and moderators do with a review; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status ReplyReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ReplyReviewRequest& request, v1::FacilityReview* reply);
absl::Status ModerateReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::ModerateReviewRequest& request, v1::Review* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_OFFICE_ACTS_H_
