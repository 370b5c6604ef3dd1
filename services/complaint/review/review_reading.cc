#include "services/complaint/review/review_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/review/review_repository.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::Review;

absl::StatusOr<std::string> RequireFacility(const std::string& name) {
  std::string id = FacilityId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  return id;
}

// Cuts what was found to the page and hands each review, open, to `each`.
template <typename Reply, typename Each>
absl::Status AddOpen(const ComplaintDeps& deps, const rpc::Page& page, std::vector<Review> found,
                     Reply* reply, Each each) {
  rpc::CutPage(page, &found, reply);
  for (Review& review : found) {
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&review));
    each(std::move(review));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ListReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                         const v1::ListReviewsRequest& request, v1::ListReviewsResponse* reply) {
  ASSIGN_OR_RETURN(const std::string facility, RequireFacility(request.facility()));
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  std::vector<Review> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found,
                     SelectListed(transaction, facility, call.today, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  return AddOpen(deps, page, std::move(found), reply, [&](const Review& review) {
    *reply->add_reviews() = PublicReviewOf(review, call.today);
  });
}

absl::Status GetReviewSummary(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                              const v1::GetReviewSummaryRequest& request,
                              v1::ReviewSummary* reply) {
  ASSIGN_OR_RETURN(const std::string facility, RequireFacility(request.facility()));
  absl::optional<v1::ReviewCount> means;
  ReviewNumbers numbers;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(means, ReadReviewCount(transaction, facility));
    ASSIGN_OR_RETURN(numbers,
                     CountReviews(transaction, facility, means ? means->number() : 0, call.today));
    return absl::OkStatus();
  }));
  const v1::ReviewRules& rules = deps.rules.On(call.today).reviews();
  reply->set_count(static_cast<int32_t>(numbers.shown));
  reply->set_hidden(static_cast<int32_t>(numbers.hidden));
  reply->set_suppress_below(rules.suppress_below());
  reply->set_withheld(!means || !AreMeansTold(means->counted(), numbers.counted, rules));
  if (reply->withheld()) return absl::OkStatus();
  *reply->mutable_means() = means->means();
  reply->set_counted(means->counted());
  *reply->mutable_counted_on() = means->counted_on();
  return absl::OkStatus();
}

absl::Status ListFacilityReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                 const v1::ListFacilityReviewsRequest& request,
                                 v1::ListFacilityReviewsResponse* reply) {
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  const std::string facility = FacilityId(call.caller.facility);
  std::vector<Review> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectTold(transaction, facility, call.today, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  return AddOpen(deps, page, std::move(found), reply, [&](const Review& review) {
    absl::optional<v1::FacilityReview> told = FacilityReviewOf(review, call.today);
    if (told) *reply->add_reviews() = *std::move(told);
  });
}

absl::Status ListModeratedReviews(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                                  const v1::ListModeratedReviewsRequest& request,
                                  v1::ListModeratedReviewsResponse* reply) {
  if (!v1::ReviewState_IsValid(request.state())) {
    return rpc::Error("FIELD_INVALID", {{"field", "state"}});
  }
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  ReviewScope scope{call.caller.divisions, ""};
  ASSIGN_OR_RETURN(scope.prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  const v1::ReviewState state =
      request.state() == v1::REVIEW_STATE_UNSPECIFIED ? v1::REVIEW_STATE_HELD : request.state();
  std::vector<Review> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(found, SelectInState(transaction, scope, state, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  call.clearance = call.clearance.With(common::v1::DATA_CLASS_REPORTER);
  return AddOpen(deps, page, std::move(found), reply,
                 [&](Review review) { *reply->add_reviews() = std::move(review); });
}

absl::Status ListReviewClues(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                             const v1::ListReviewCluesRequest& request,
                             v1::ListReviewCluesResponse* reply) {
  std::string facility;
  if (!request.facility().empty()) {
    ASSIGN_OR_RETURN(facility, RequireFacility(request.facility()));
  }
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  ReviewScope scope{call.caller.divisions, ""};
  ASSIGN_OR_RETURN(scope.prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  const int low = deps.rules.On(call.today).reviews().low_score();
  std::vector<Review> found;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(
        found, SelectLow(transaction, scope, low, facility, call.today, page.key, page.size + 1));
    return absl::OkStatus();
  }));
  return AddOpen(deps, page, std::move(found), reply,
                 [&](const Review& review) { *reply->add_clues() = ReviewClueOf(review); });
}

}  // namespace tuoyu::complaint
