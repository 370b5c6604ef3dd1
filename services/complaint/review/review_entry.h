#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_ENTRY_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_ENTRY_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "services/complaint/review/review_repository.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"
#include "tuoyu/complaint/v1/review.pb.h"

// How reviews come into being and are changed.
namespace tuoyu::complaint {

// Stores and journals a new review, or one as it is now, texts sealed. The review stays open. Errors of InsertReview, UpdateReview.
absl::Status EnterNewReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                            const ReviewKeys& keys, v1::Review* review);
absl::Status EnterReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                         absl::string_view action, v1::Review* review);

// The review, locked and open. NOT_FOUND REVIEW_NOT_FOUND.
absl::StatusOr<v1::Review> RequireReview(rpc::WriteContext& context, const ComplaintDeps& deps,
                                         const std::string& name);
// FAILED_PRECONDITION WRONG_STATE.
absl::Status WrongState(const v1::Review& review);

// Files what a review says as an anonymous report, in the emergency lane, with this transaction; `reply` tells its number and code.
absl::Status ReportAbuse(rpc::WriteContext& context, const ComplaintDeps& deps,
                         const std::string& facility, const std::string& text,
                         v1::FileComplaintResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_ENTRY_H_
