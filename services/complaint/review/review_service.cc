#include "services/complaint/review/review_service.h"

#include "common/rpc/handle_write.h"
#include "services/complaint/review/family_acts.h"
#include "services/complaint/review/office_acts.h"
#include "services/complaint/review/review_reading.h"

namespace tuoyu::complaint {

grpc::Status ReviewService::SubmitReview(grpc::ServerContext* context,
                                         const v1::SubmitReviewRequest* request,
                                         v1::ReviewReceipt* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::SubmitReview);
}

grpc::Status ReviewService::EditReview(grpc::ServerContext* context,
                                       const v1::EditReviewRequest* request,
                                       v1::ReviewReceipt* reply) {
  return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                 complaint::EditReview);
}

grpc::Status ReviewService::FollowReview(grpc::ServerContext* context,
                                         const v1::FollowReviewRequest* request,
                                         v1::ReviewProgress* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::FollowReview(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ReviewService::ListReviews(grpc::ServerContext* context,
                                        const v1::ListReviewsRequest* request,
                                        v1::ListReviewsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListReviews(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ReviewService::GetReviewSummary(grpc::ServerContext* context,
                                             const v1::GetReviewSummaryRequest* request,
                                             v1::ReviewSummary* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::GetReviewSummary(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ReviewService::ListFacilityReviews(grpc::ServerContext* context,
                                                const v1::ListFacilityReviewsRequest* request,
                                                v1::ListFacilityReviewsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListFacilityReviews(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ReviewService::ReplyReview(grpc::ServerContext* context,
                                        const v1::ReplyReviewRequest* request,
                                        v1::FacilityReview* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, complaint::ReplyReview);
}

grpc::Status ReviewService::ListModeratedReviews(grpc::ServerContext* context,
                                                 const v1::ListModeratedReviewsRequest* request,
                                                 v1::ListModeratedReviewsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListModeratedReviews(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status ReviewService::ModerateReview(grpc::ServerContext* context,
                                           const v1::ModerateReviewRequest* request,
                                           v1::Review* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::ModerateReview);
}

grpc::Status ReviewService::ListReviewClues(grpc::ServerContext* context,
                                            const v1::ListReviewCluesRequest* request,
                                            v1::ListReviewCluesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListReviewClues(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::complaint
