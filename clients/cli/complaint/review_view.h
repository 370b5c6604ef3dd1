#ifndef TUOYU_CLIENTS_CLI_COMPLAINT_REVIEW_VIEW_H_
#define TUOYU_CLIENTS_CLI_COMPLAINT_REVIEW_VIEW_H_

#include <string>

#include "clients/cli/text.h"
#include "tuoyu/complaint/v1/review_service.pb.h"
#include "tuoyu/filing/v1/attendance_service.pb.h"

// How reviews by families are shown to people.
namespace tuoyu::cli {

// A proof of attendance, and what it says.
std::string RenderProof(const filing::v1::IssueAttendanceTokenResponse& proof, Language language,
                        int width);
// What a family is told when its review was taken in or changed; where it became a report, what RenderFiled says.
std::string RenderReceipt(const complaint::v1::ReviewReceipt& receipt, Language language,
                          int width);
std::string RenderReview(const complaint::v1::ReviewProgress& review, Language language, int width);
std::string RenderPublicReviews(
    const google::protobuf::RepeatedPtrField<complaint::v1::PublicReview>& reviews,
    Language language, int width);
std::string RenderSummary(const complaint::v1::ReviewSummary& summary, Language language,
                          int width);
std::string RenderFacilityReview(const complaint::v1::FacilityReview& review, Language language,
                                 int width);
// As a moderator sees it.
std::string RenderModerated(const complaint::v1::Review& review, Language language, int width);
std::string RenderClues(const google::protobuf::RepeatedPtrField<complaint::v1::ReviewClue>& clues,
                        Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_COMPLAINT_REVIEW_VIEW_H_
