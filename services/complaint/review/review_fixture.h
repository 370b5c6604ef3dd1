#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_FIXTURE_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_FIXTURE_H_

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/privacy/digest.h"
#include "common/registry/attendance_token.h"
#include "services/complaint/complaint_fixture.h"
#include "services/complaint/review/made_up_scores.h"
#include "services/complaint/review/review_watch.h"

namespace tuoyu::complaint {

// Reviews of one facility, and the most common calls.
class ReviewFixture : public ComplaintFixture {
 protected:
  using Reviews = v1::ReviewService::Stub;

  template <typename Request, typename Reply>
  absl::StatusOr<Reply> Review(grpc::Status (Reviews::*method)(grpc::ClientContext*, const Request&,
                                                               Reply*),
                               const std::string& token, Request request) const {
    return CallOn(*review_stub_, method, token, std::move(request));
  }

  // What the filing service would prove of the child with this number.
  filing::v1::Attendance AttendanceOf(int child) const {
    filing::v1::Attendance attendance;
    attendance.set_facility(facility_);
    attendance.mutable_term()->set_year(2026);
    attendance.mutable_term()->set_season(filing::v1::TERM_SEASON_SPRING);
    attendance.set_pseudonym(privacy::Sha256(absl::StrCat("child ", child)));
    *attendance.mutable_issued_on() = ToProto(today());
    *attendance.mutable_expires_on() = ToProto(today() + 14);
    return attendance;
  }
  std::string ProofOf(int child) const {
    return *registry::SignAttendance(attendance_signer_, AttendanceOf(child));
  }
  absl::StatusOr<v1::ReviewReceipt> Submit(const std::string& proof, int scores,
                                           const std::string& text,
                                           const std::string& token = "") const {
    v1::SubmitReviewRequest request;
    request.set_token(proof);
    *request.mutable_scores() = MadeUpScores(scores);
    request.set_text(text);
    return Review(&Reviews::SubmitReview, token, request);
  }
  // The query code of a review that was taken in.
  std::string Submitted(int child, int scores, const std::string& text) const {
    const auto receipt = Submit(ProofOf(child), scores, text);
    EXPECT_OK(receipt);
    return receipt.ok() ? receipt->query_code() : "";
  }
  absl::StatusOr<v1::ReviewReceipt> Edit(const std::string& code, int scores,
                                         const std::string& text) const {
    v1::EditReviewRequest request;
    request.set_query_code(code);
    *request.mutable_scores() = MadeUpScores(scores);
    request.set_text(text);
    return Review(&Reviews::EditReview, "", request);
  }
  absl::StatusOr<v1::ReviewProgress> FollowReview(const std::string& code) const {
    v1::FollowReviewRequest request;
    request.set_query_code(code);
    return Review(&Reviews::FollowReview, "", request);
  }
  v1::ListReviewsResponse Listed(const std::string& facility) const {
    v1::ListReviewsRequest request;
    request.set_facility(facility);
    const auto found = Review(&Reviews::ListReviews, "", request);
    EXPECT_OK(found);
    return found.value_or(v1::ListReviewsResponse());
  }
  v1::ReviewSummary Summary(const std::string& facility) const {
    v1::GetReviewSummaryRequest request;
    request.set_facility(facility);
    const auto found = Review(&Reviews::GetReviewSummary, "", request);
    EXPECT_OK(found);
    return found.value_or(v1::ReviewSummary());
  }
  v1::ListFacilityReviewsResponse Told(const std::string& facility) const {
    const auto found = Review(&Reviews::ListFacilityReviews, Principal(facility),
                              v1::ListFacilityReviewsRequest());
    EXPECT_OK(found);
    return found.value_or(v1::ListFacilityReviewsResponse());
  }
  absl::StatusOr<v1::FacilityReview> Answer(const std::string& name, const std::string& text,
                                            const std::string& token) const {
    v1::ReplyReviewRequest request;
    request.set_name(name);
    request.set_text(text);
    return Review(&Reviews::ReplyReview, token, request);
  }
  v1::ListModeratedReviewsResponse InState(v1::ReviewState state, const std::string& token) const {
    v1::ListModeratedReviewsRequest request;
    request.set_state(state);
    const auto found = Review(&Reviews::ListModeratedReviews, token, request);
    EXPECT_OK(found);
    return found.value_or(v1::ListModeratedReviewsResponse());
  }
  absl::StatusOr<v1::Review> Moderate(const std::string& name, v1::ReviewDecision decision,
                                      v1::ReviewHideReason reason = {},
                                      const std::string& note = "") const {
    v1::ModerateReviewRequest request;
    request.set_name(name);
    request.set_decision(decision);
    request.set_hide_reason(reason);
    request.set_note(note);
    return Review(&Reviews::ModerateReview, Officer("DHC"), request);
  }
  // Goes to the day on which the facility is told of what is written today, and to the one on which it is public.
  void AwaitTold() { GoTo(today() + 4); }
  void AwaitNotice() { GoTo(today() + 7); }
  // What the service does from time to time; of how many facilities the means were looked at.
  int64_t Renew() {
    const auto renewed =
        RenewMeans(writes_, deps_, clock_, absl::Now() + absl::Seconds(30), /*limit=*/100);
    EXPECT_OK(renewed);
    return renewed.value_or(-1);
  }

  const std::string facility_ = Register("演练托育园");
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_FIXTURE_H_
