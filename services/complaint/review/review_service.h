#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/review_service.grpc.pb.h"

namespace tuoyu::complaint {

// ReviewService: each method goes through the door to a function of family_acts.h, office_acts.h or review_reading.h. Thread-safe.
class ReviewService final : public v1::ReviewService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  ReviewService(rpc::Door& door, const rpc::WriteDeps& writes, const ComplaintDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status SubmitReview(grpc::ServerContext* context, const v1::SubmitReviewRequest* request,
                            v1::ReviewReceipt* reply) override;
  grpc::Status EditReview(grpc::ServerContext* context, const v1::EditReviewRequest* request,
                          v1::ReviewReceipt* reply) override;
  grpc::Status FollowReview(grpc::ServerContext* context, const v1::FollowReviewRequest* request,
                            v1::ReviewProgress* reply) override;
  grpc::Status ListReviews(grpc::ServerContext* context, const v1::ListReviewsRequest* request,
                           v1::ListReviewsResponse* reply) override;
  grpc::Status GetReviewSummary(grpc::ServerContext* context,
                                const v1::GetReviewSummaryRequest* request,
                                v1::ReviewSummary* reply) override;
  grpc::Status ListFacilityReviews(grpc::ServerContext* context,
                                   const v1::ListFacilityReviewsRequest* request,
                                   v1::ListFacilityReviewsResponse* reply) override;
  grpc::Status ReplyReview(grpc::ServerContext* context, const v1::ReplyReviewRequest* request,
                           v1::FacilityReview* reply) override;
  grpc::Status ListModeratedReviews(grpc::ServerContext* context,
                                    const v1::ListModeratedReviewsRequest* request,
                                    v1::ListModeratedReviewsResponse* reply) override;
  grpc::Status ModerateReview(grpc::ServerContext* context,
                              const v1::ModerateReviewRequest* request, v1::Review* reply) override;
  grpc::Status ListReviewClues(grpc::ServerContext* context,
                               const v1::ListReviewCluesRequest* request,
                               v1::ListReviewCluesResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_SERVICE_H_
