#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
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
// The first day the facility is told of a review that was written on a day and is cleared today: the hours to keep it back are counted from
// the end of that day, so that the day of telling tells not the hour, and clearing it is not seen on the same day.
absl::CivilDay HoldEnds(absl::CivilDay written, absl::CivilDay today, const v1::ReviewRules& rules);
// Clears it: told from HoldEnds on, public when the facility's hours to reply have passed, for the months of the rules.
void ClearReview(absl::CivilDay today, const v1::ReviewRules& rules, v1::Review* review);
// Hides it: listed from today on, until it would have expired, or for the months of the rules.
void HideReview(absl::CivilDay today, v1::ReviewHideReason reason, const v1::ReviewRules& rules,
                v1::Review* review);
// Holds it for a moderator where there are doubts, else clears it.
void JudgeReview(absl::CivilDay today, const v1::ReviewRules& rules, bool moderated_before,
                 v1::Review* review);
// Asks its author for a change: what is shown of it is taken off.
void AskChange(absl::CivilDay today, v1::Review* review);
// A report has been made of it: its text and all that was not shown yet are gone.
void EmptyReview(v1::Review* review);
// Puts new scores and text in the place of those it has, which are kept, and stay shown where the facility has been told of them.
void ReviseReview(const v1::ReviewScores& scores, const std::string& text, absl::CivilDay today,
                  v1::Review* review);
// Whether a moderator may decide so about a review as it stands.
bool MayBecome(v1::ReviewState state, v1::ReviewDecision decision);

// Whether the facility has been told of a review as it now is.
bool IsTold(const v1::Review& review, absl::CivilDay today);
// From which days on something of a review is told to the facility and is public, and until which day; unset for never.
struct ReviewDays {
  absl::optional<absl::CivilDay> told_from;
  absl::optional<absl::CivilDay> public_from;
  absl::optional<absl::CivilDay> until;
};
ReviewDays ReviewDaysOf(const v1::Review& review);

// Means in tenths of `count` scores with these sums, a half rounded up; 0 without any.
int MeanInTenths(int64_t sum, int64_t count);
// Whether means made of `counted` reviews, of which so many are still public, are told: these are enough, and at least half.
bool AreMeansTold(int64_t counted, int64_t left, const v1::ReviewRules& rules);

// What its author, anyone, the facility and officers see of a review that is open. Anyone and the facility see what stands until a change
// of it is due.
v1::ReviewProgress ReviewProgressOf(const v1::Review& review);
v1::PublicReview PublicReviewOf(const v1::Review& review, absl::CivilDay today);
// Nothing when the facility is told nothing of it today.
absl::optional<v1::FacilityReview> FacilityReviewOf(const v1::Review& review, absl::CivilDay today);
// Replies to what the facility is told of it today.
void SetReviewReply(const std::string& text, absl::CivilDay today, v1::Review* review);
v1::ReviewClue ReviewClueOf(const v1::Review& review);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_RULES_H_
