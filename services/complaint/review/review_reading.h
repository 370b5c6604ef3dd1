#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_READING_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_READING_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/review_service.pb.h"

// What is read of reviews, by anyone, by the facility, by officers; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status ListReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                         const v1::ListReviewsRequest& request, v1::ListReviewsResponse* reply);
absl::Status GetReviewSummary(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                              const v1::GetReviewSummaryRequest& request, v1::ReviewSummary* reply);
absl::Status ListFacilityReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                 const v1::ListFacilityReviewsRequest& request,
                                 v1::ListFacilityReviewsResponse* reply);
absl::Status ListModeratedReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                  const v1::ListModeratedReviewsRequest& request,
                                  v1::ListModeratedReviewsResponse* reply);
absl::Status ListReviewClues(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                             const v1::ListReviewCluesRequest& request,
                             v1::ListReviewCluesResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_READING_H_
