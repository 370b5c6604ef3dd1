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

// Table review. Reviews come and go sealed; lists are in order of id, the latest days first, and go on after the id `after`.
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
// Cleared ones of a facility that are public or will be.
absl::StatusOr<std::vector<v1::Review>> SelectCleared(db::Transaction& transaction,
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

// What the reviews of a facility that are public on a day come to.
struct ReviewSums {
  int64_t count = 0;
  int64_t safety = 0;
  int64_t care = 0;
  int64_t meals = 0;
  int64_t communication = 0;
  int64_t fees = 0;
  int64_t hidden = 0;  // listed as hidden
};
absl::StatusOr<ReviewSums> SumReviews(db::Transaction& transaction, absl::string_view facility_id,
                                      absl::CivilDay today);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_REPOSITORY_H_
