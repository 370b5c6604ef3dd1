#include "services/complaint/review/review_entry.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/revision.h"
#include "services/complaint/intake/intake_acts.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::Review;

// The next etag; the day of the change and not its moment, which the journal alone holds.
void TouchDay(const rpc::Call& call, Review* review) {
  rpc::Touch(call, review);
  *review->mutable_record_time() = ToProto(StartOf(call.today));
}

Review Sealed(const ComplaintDeps& deps, const Review& review) {
  Review sealed = review;
  deps.sealer.SealFields(&sealed);
  return sealed;
}

void Journal(rpc::WriteContext& context, absl::string_view action, const Review& sealed) {
  rpc::AddEntry(context, action, sealed.name(), sealed.division_code(), context.call.today, sealed);
  context.call.subject = sealed.name();
}

}  // namespace

absl::Status EnterNewReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const ReviewKeys& keys, Review* review) {
  TouchDay(context.call, review);
  const Review sealed = Sealed(deps, *review);
  RETURN_IF_ERROR(InsertReview(context.transaction, sealed, keys));
  Journal(context, "review.submitted", sealed);
  return absl::OkStatus();
}

absl::Status EnterReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                         absl::string_view action, Review* review) {
  TouchDay(context.call, review);
  const Review sealed = Sealed(deps, *review);
  RETURN_IF_ERROR(UpdateReview(context.transaction, sealed));
  Journal(context, action, sealed);
  return absl::OkStatus();
}

absl::StatusOr<Review> RequireReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                                     const std::string& name) {
  ASSIGN_OR_RETURN(absl::optional<Review> found, LockReview(context.transaction, ReviewId(name)));
  if (!found) return rpc::Error("REVIEW_NOT_FOUND");
  RETURN_IF_ERROR(deps.sealer.UnsealFields(&*found));
  return *std::move(found);
}

absl::Status WrongState(const Review& review) {
  return rpc::Error("WRONG_STATE", {{"state", v1::ReviewState_Name(review.state())}});
}

absl::Status ReportAbuse(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const std::string& facility, const std::string& text,
                         v1::FileComplaintResponse* reply) {
  v1::FileComplaintRequest request;
  *request.mutable_filing() = ReportOf(facility, text, deps.rules.On(context.call.today).reviews());
  return FileComplaint(context, deps, request, reply);
}

}  // namespace tuoyu::complaint
