#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_FAMILY_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_FAMILY_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/review_service.pb.h"

// What families do with a proof of attendance and their query code; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status SubmitReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::SubmitReviewRequest& request, v1::ReviewReceipt* reply);
absl::Status EditReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::EditReviewRequest& request, v1::ReviewReceipt* reply);
absl::Status FollowReview(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                          const v1::FollowReviewRequest& request, v1::ReviewProgress* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_FAMILY_ACTS_H_
