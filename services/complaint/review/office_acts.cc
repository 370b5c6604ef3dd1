#include "services/complaint/review/office_acts.h"

#include <string>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/complaint/review/review_entry.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::Review;

// The text becomes a report, and nothing of it stays here; but for a review the facility has been told of, which stays as it is: one that
// vanished at the moment of the report would point to its author.
absl::Status MakeReport(rpc::WriteContext& context, const ComplaintDeps& deps, Review* review) {
  if (review->text().empty()) {
    return rpc::FormError({rpc::FieldViolation(
        "decision", "TEXT_TOO_SHORT", "没有文字，不能转为举报", "there are no words to report")});
  }
  // Its number and code are for nobody: who wrote it stays unknown.
  v1::FileComplaintResponse filed;
  RETURN_IF_ERROR(ReportAbuse(context, deps, review->facility(), review->text(), &filed));
  if (!IsTold(*review, context.call.today)) EmptyReview(review);
  return absl::OkStatus();
}

// What is decided, done; the action for the journal.
absl::StatusOr<absl::string_view> Decide(rpc::WriteContext& context, const ComplaintDeps& deps,
                                         const v1::ModerateReviewRequest& request, Review* review) {
  const v1::ReviewRules& rules = deps.rules.On(context.call.today).reviews();
  switch (request.decision()) {
    case v1::REVIEW_DECISION_PUBLISH:
      ClearReview(context.call.today, rules, review);
      return "review.published";
    case v1::REVIEW_DECISION_ASK_CHANGE:
      AskChange(context.call.today, review);
      return "review.change_asked";
    case v1::REVIEW_DECISION_HIDE:
      HideReview(context.call.today, request.hide_reason(), rules, review);
      return "review.hidden";
    default:
      RETURN_IF_ERROR(MakeReport(context, deps, review));
      return "review.reported";
  }
}

}  // namespace

absl::Status ReplyReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const v1::ReplyReviewRequest& request, v1::FacilityReview* reply) {
  const rpc::Call& call = context.call;
  RETURN_IF_ERROR(rpc::FormError(
      CheckReviewReply(request.text(), deps.rules.On(call.today).reviews(), call.today)));
  ASSIGN_OR_RETURN(Review review, RequireReview(context, deps, request.name()));
  const absl::optional<v1::FacilityReview> told = FacilityReviewOf(review, call.today);
  if (!told || !call.caller.ActsFor(review.facility())) return rpc::Error("REVIEW_NOT_FOUND");
  if (!told->facility_reply().empty()) return rpc::Error("ALREADY_REPLIED");
  SetReviewReply(request.text(), call.today, &review);
  RETURN_IF_ERROR(EnterReview(context, deps, "review.replied", &review));
  *reply = FacilityReviewOf(review, call.today).value_or(*told);
  return absl::OkStatus();
}

absl::Status ModerateReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const v1::ModerateReviewRequest& request, Review* reply) {
  RETURN_IF_ERROR(rpc::FormError(CheckModeration(request)));
  ASSIGN_OR_RETURN(Review review, RequireReview(context, deps, request.name()));
  if (!context.call.caller.Covers(review.division_code())) return rpc::Error("REVIEW_NOT_FOUND");
  RETURN_IF_ERROR(rpc::RequireEtag(request.etag(), review));
  if (!MayBecome(review.state(), request.decision())) return WrongState(review);
  ASSIGN_OR_RETURN(const absl::string_view action, Decide(context, deps, request, &review));
  review.set_note(request.note());
  review.set_moderator(context.call.caller.subject);
  RETURN_IF_ERROR(EnterReview(context, deps, action, &review));
  context.call.clearance = context.call.clearance.With(common::v1::DATA_CLASS_REPORTER);
  *reply = std::move(review);
  return absl::OkStatus();
}

}  // namespace tuoyu::complaint
