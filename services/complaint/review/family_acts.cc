#include "services/complaint/review/family_acts.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/errors.h"
#include "common/registry/attendance_token.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/complaint/intake/query_code.h"
#include "services/complaint/intake/query_index.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/review/review_entry.h"
#include "services/complaint/review/review_repository.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

using filing::v1::Attendance;
using v1::Review;

// Families review. Who acts for a facility, of this or another one, does not.
absl::Status RequireFamily(const rpc::Caller& caller) {
  const bool of_facility = !caller.facility.empty() ||
                           caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL) ||
                           caller.Has(common::v1::ROLE_FACILITY_STAFF);
  return of_facility ? rpc::Error("REVIEW_BY_STAFF") : absl::OkStatus();
}

// What the proof says; checked here alone.
absl::StatusOr<Attendance> Proved(const ComplaintDeps& deps, const rpc::Call& call,
                                  const std::string& token) {
  absl::StatusOr<Attendance> attendance =
      registry::VerifyAttendance(deps.attendance, token, call.today);
  if (attendance.ok()) return attendance;
  return rpc::Error(absl::IsFailedPrecondition(attendance.status()) ? "ATTENDANCE_TOKEN_EXPIRED"
                                                                    : "ATTENDANCE_TOKEN_INVALID");
}

// What one's own review holds is shown to who holds its code.
void ShowOwn(rpc::Call* call) {
  call->clearance =
      call->clearance.With(common::v1::DATA_CLASS_INTERNAL).With(common::v1::DATA_CLASS_REPORTER);
}

Review NewReview(const Attendance& attendance, const registry::KnownFacility& facility,
                 const v1::SubmitReviewRequest& request, const v1::ComplaintRules& rules,
                 const rpc::Call& call) {
  Review review;
  // Of the day and not of the moment: an id tells when it was made.
  review.set_name(ReviewName(NewUuidV7(StartOf(call.today))));
  review.set_facility(attendance.facility());
  review.set_facility_name(facility.name);
  review.set_division_code(facility.division_code);
  *review.mutable_term() = attendance.term();
  *review.mutable_scores() = request.scores();
  review.set_text(request.text());
  *review.mutable_written_on() = ToProto(call.today);
  review.set_rules_version(rules.version());
  JudgeReview(call.today, rules.reviews(), /*moderated_before=*/false, &review);
  return review;
}

absl::StatusOr<Review> ReviewOfCode(db::Transaction& transaction, const ComplaintDeps& deps,
                                    const std::string& typed, bool lock) {
  const std::string code = NormaliseQueryCode(typed);
  if (code.empty()) return rpc::Error("QUERY_CODE_UNKNOWN");
  ASSIGN_OR_RETURN(absl::optional<Review> found,
                   ReadReviewByCode(transaction, ReviewCodeIndex(deps.sealer, code), lock));
  if (!found) return rpc::Error("QUERY_CODE_UNKNOWN");
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  return *std::move(found);
}

absl::Status RequireEditable(const Review& review, absl::CivilDay today) {
  if (review.state() == v1::REVIEW_STATE_REPORTED) return WrongState(review);
  const auto expires = FromProto(review.expire_on());
  if (expires.ok() && today >= *expires) return rpc::Error("REVIEW_EXPIRED");
  if (review.versions_size() >= kMostReviewEdits) {
    return rpc::Error("LIST_TOO_LONG",
                      {{"field", "versions"}, {"most", absl::StrCat(kMostReviewEdits)}});
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SubmitReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                          const v1::SubmitReviewRequest& request, v1::ReviewReceipt* reply) {
  reply->Clear();
  rpc::Call& call = context.call;
  RETURN_IF_ERROR(RequireFamily(call.caller));
  RETURN_IF_ERROR(rpc::FormError(CheckReview(request.scores(), request.text())));
  ASSIGN_OR_RETURN(const Attendance attendance, Proved(deps, call, request.token()));
  ASSIGN_OR_RETURN(
      const absl::optional<registry::KnownFacility> facility,
      registry::ReadFacility(context.transaction, FacilityId(attendance.facility()), call.today));
  if (!facility) return rpc::Error("FACILITY_NOT_FOUND");
  const v1::ComplaintRules& rules = deps.rules.On(call.today);
  ShowOwn(&call);
  if (ClaimsAbuse(request.text(), rules.reviews())) {
    return ReportAbuse(context, deps, attendance.facility(), request.text(),
                       reply->mutable_report());
  }
  Review review = NewReview(attendance, *facility, request, rules, call);
  const std::string code = NewQueryCode();
  const absl::Status entered = EnterNewReview(
      context, deps,
      {PseudonymIndex(deps.sealer, attendance.pseudonym()), ReviewCodeIndex(deps.sealer, code)},
      &review);
  if (absl::IsAlreadyExists(entered) && db::ConstraintName(entered) == "review_pseudonym") {
    return rpc::Error("REVIEW_EXISTS");
  }
  RETURN_IF_ERROR(entered);
  reply->set_query_code(code);
  *reply->mutable_review() = ReviewProgressOf(review);
  return absl::OkStatus();
}

absl::Status EditReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                        const v1::EditReviewRequest& request, v1::ReviewReceipt* reply) {
  reply->Clear();
  rpc::Call& call = context.call;
  RETURN_IF_ERROR(RequireFamily(call.caller));
  RETURN_IF_ERROR(rpc::FormError(CheckReview(request.scores(), request.text())));
  ASSIGN_OR_RETURN(Review review, ReviewOfCode(context.transaction, deps, request.query_code(),
                                               /*lock=*/true));
  ShowOwn(&call);
  const v1::ComplaintRules& rules = deps.rules.On(call.today);
  if (ClaimsAbuse(request.text(), rules.reviews())) {
    // The review stays as it was: that it vanished would tell the facility of the report.
    *reply->mutable_review() = ReviewProgressOf(review);
    return ReportAbuse(context, deps, review.facility(), request.text(), reply->mutable_report());
  }
  RETURN_IF_ERROR(RequireEditable(review, call.today));
  const bool moderated =
      review.state() == v1::REVIEW_STATE_CHANGE_ASKED || review.state() == v1::REVIEW_STATE_HIDDEN;
  ReviseReview(request.scores(), request.text(), call.today, &review);
  review.set_rules_version(rules.version());
  JudgeReview(call.today, rules.reviews(), moderated, &review);
  RETURN_IF_ERROR(EnterReview(context, deps, "review.edited", &review));
  *reply->mutable_review() = ReviewProgressOf(review);
  return absl::OkStatus();
}

absl::Status FollowReview(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                          const v1::FollowReviewRequest& request, v1::ReviewProgress* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const Review review, ReviewOfCode(transaction, deps, request.query_code(),
                                                       /*lock=*/false));
    *reply = ReviewProgressOf(review);
    ShowOwn(&call);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::complaint
