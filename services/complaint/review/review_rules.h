#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "tuoyu/common/v1/types.pb.h"
#include "tuoyu/complaint/v1/intake_service.pb.h"
#include "tuoyu/complaint/v1/review.pb.h"
#include "tuoyu/complaint/v1/review_service.pb.h"
#include "tuoyu/complaint/v1/rules.pb.h"

// Reviews by families, and what of them is shown to whom: pure functions.
namespace tuoyu::complaint {

inline constexpr int kWorstScore = 1;
inline constexpr int kBestScore = 5;
// Characters of a text and of a reply, at most.
inline constexpr size_t kLongestReview = 1000;
inline constexpr size_t kLongestReviewReply = 500;
// How often a review is changed.
inline constexpr int kMostReviewEdits = 10;

// What is wrong with what a family says: a score that is not 1 to 5, a text that is too long, or too short to say anything.
std::vector<common::v1::Violation> CheckReview(const v1::ReviewScores& scores,
                                               const std::string& text);
// What is wrong with a facility's reply; it names nobody, for the family can be told by it.
std::vector<common::v1::Violation> CheckReviewReply(const std::string& text,
                                                    const v1::ReviewRules& rules,
                                                    absl::CivilDay today);
// What is wrong with a moderator's decision.
std::vector<common::v1::Violation> CheckModeration(const v1::ModerateReviewRequest& request);

// Whether a text claims abuse: it holds one of the words, where that is not part of a phrase that says the opposite.
bool ClaimsAbuse(absl::string_view text, const v1::ReviewRules& rules);
// What of a text a moderator has to look at; none where it may be published.
std::vector<v1::ReviewDoubt> DoubtsOf(absl::string_view text, const v1::ReviewRules& rules,
                                      absl::CivilDay today);

// The anonymous report that a text becomes. Of the review nothing but the facility and the words is in it.
v1::Filing ReportOf(const std::string& facility, const std::string& text,
                    const v1::ReviewRules& rules);

// The lowest of the five.
int LowestScore(const v1::ReviewScores& scores);
// The first day a review is public that the facility is told of now: the one after its hours to reply have passed, a whole day so that
// it tells not when the review was written.
absl::CivilDay NoticeEnds(absl::Time now, const v1::ReviewRules& rules);
// Clears it: public from NoticeEnds on, for the months of the rules.
void ClearReview(absl::Time now, const v1::ReviewRules& rules, v1::Review* review);
// Hides it: listed from today on, until it would have expired, or for the months of the rules.
void HideReview(absl::CivilDay today, v1::ReviewHideReason reason, const v1::ReviewRules& rules,
                v1::Review* review);
// Holds it for a moderator where there are doubts, else clears it.
void JudgeReview(absl::Time now, absl::CivilDay today, const v1::ReviewRules& rules,
                 bool moderated_before, v1::Review* review);
// Puts new scores and text in the place of those it has, which are kept.
void ReviseReview(const v1::ReviewScores& scores, const std::string& text, absl::CivilDay today,
                  v1::Review* review);
// Whether a moderator may decide so about a review as it stands.
bool MayBecome(v1::ReviewState state, v1::ReviewDecision decision);

// Means in tenths of `count` scores with these sums, a half rounded up; 0 without any.
int MeanInTenths(int64_t sum, int64_t count);

// What its author, anyone, the facility and officers see of a review that is open.
v1::ReviewProgress ReviewProgressOf(const v1::Review& review);
v1::PublicReview PublicReviewOf(const v1::Review& review);
v1::FacilityReview FacilityReviewOf(const v1::Review& review);
v1::ReviewClue ReviewClueOf(const v1::Review& review);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_
