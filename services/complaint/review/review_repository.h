#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/complaint/v1/review.pb.h"
#include "tuoyu/complaint/v1/review_service.pb.h"

// Tables review and review_count. Reviews come and go sealed; lists are in order of id, the latest days first, and go on after the id `after`.
namespace tuoyu::complaint {

// By what a review is found beside its name; 32 bytes each.
struct ReviewKeys {
  std::string pseudonym_index;
  std::string code_index;
};
// ALREADY_EXISTS of constraint review_pseudonym when child and term have one.
absl::Status InsertReview(db::Transaction& transaction, const v1::Review& review,
                          const ReviewKeys& keys);
absl::Status UpdateReview(db::Transaction& transaction, const v1::Review& review);

absl::StatusOr<absl::optional<v1::Review>> LockReview(db::Transaction& transaction,
                                                      absl::string_view id);
absl::StatusOr<absl::optional<v1::Review>> ReadReviewByCode(db::Transaction& transaction,
                                                            absl::string_view code_index,
                                                            bool lock);

// What is listed of a facility on a day: public ones and hidden ones.
absl::StatusOr<std::vector<v1::Review>> SelectListed(db::Transaction& transaction,
                                                     absl::string_view facility_id,
                                                     absl::CivilDay today, absl::string_view after,
                                                     int limit);
// What the facility is told of on a day.
absl::StatusOr<std::vector<v1::Review>> SelectTold(db::Transaction& transaction,
                                                   absl::string_view facility_id,
                                                   absl::CivilDay today, absl::string_view after,
                                                   int limit);

// Rows of the divisions that begin with one of `divisions` and with `prefix`.
struct ReviewScope {
  const std::vector<std::string>& divisions;
  std::string prefix;
};
absl::StatusOr<std::vector<v1::Review>> SelectInState(db::Transaction& transaction,
                                                      const ReviewScope& scope,
                                                      v1::ReviewState state,
                                                      absl::string_view after, int limit);
// Cleared ones that have not expired with a score of at most `low`; of all facilities where the id is empty.
absl::StatusOr<std::vector<v1::Review>> SelectLow(db::Transaction& transaction,
                                                  const ReviewScope& scope, int low,
                                                  absl::string_view facility_id,
                                                  absl::CivilDay today, absl::string_view after,
                                                  int limit);

// How many reviews of a facility are listed on a day.
struct ReviewNumbers {
  int64_t shown = 0;
  int64_t hidden = 0;
  int64_t counted = 0;  // of those shown, in the means with the number asked for or in later ones
};
absl::StatusOr<ReviewNumbers> CountReviews(db::Transaction& transaction,
                                           absl::string_view facility_id, int number,
                                           absl::CivilDay today);

// Facilities with at least so many cleared reviews that are public and in no means yet; at most `limit`.
absl::StatusOr<std::vector<std::string>> FacilitiesToCount(db::Transaction& transaction,
                                                           absl::CivilDay today, int least,
                                                           int limit);
// How many these are of a facility; they are locked.
absl::StatusOr<int64_t> LockUncounted(db::Transaction& transaction, absl::string_view facility_id,
                                      absl::CivilDay today);
// What the cleared reviews of a facility that are public on a day come to.
struct ReviewSums {
  int64_t count = 0;
  int64_t safety = 0;
  int64_t care = 0;
  int64_t meals = 0;
  int64_t communication = 0;
  int64_t fees = 0;
  std::string division_code;
};
// Marks them as in the means with this number and adds them up.
absl::StatusOr<ReviewSums> MarkCounted(db::Transaction& transaction, absl::string_view facility_id,
                                       int number, absl::CivilDay today);

// The means of a facility that were made last; nothing when there are none.
absl::StatusOr<absl::optional<v1::ReviewCount>> ReadReviewCount(db::Transaction& transaction,
                                                                absl::string_view facility_id);
absl::Status StoreReviewCount(db::Transaction& transaction, const v1::ReviewCount& count);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_REPOSITORY_H_
