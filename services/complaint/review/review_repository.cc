#include "services/complaint/review/review_repository.h"

#include <utility>

#include "common/base/civil.h"
#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/messages.h"
#include "common/db/sql.h"
#include "common/rpc/revision.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

using v1::Review;

// What the column holds for a last day that never was; for a first one it is kNever.
constexpr absl::CivilDay kNeverUntil(1000, 1, 1);

constexpr char kInsert[] =
    "INSERT INTO review (id, facility_id, division_code, state, pseudonym_index, code_index, "
    "told_from, public_from, public_until, safety, care, meals, communication, fees, lowest, "
    "revision, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE review SET state = ?, told_from = ?, public_from = ?, public_until = ?, safety = ?, "
    "care = ?, meals = ?, communication = ?, fees = ?, lowest = ?, revision = ?, message = ? WHERE "
    "id = ?";
constexpr char kLock[] = "SELECT message FROM review WHERE id = ? FOR UPDATE";
constexpr char kByCode[] = "SELECT message FROM review WHERE code_index = ?";
constexpr char kLockByCode[] = "SELECT message FROM review WHERE code_index = ? FOR UPDATE";
constexpr char kCount[] =
    "SELECT COUNT(*), COALESCE(SUM(state = ?), 0), COALESCE(SUM(counted >= ? AND state <> ?), 0) "
    "FROM review WHERE facility_id = ? AND public_from <= ? AND public_until > ?";
constexpr char kToCount[] =
    "SELECT facility_id FROM review WHERE counted = 0 AND state = ? AND public_from <= ? AND "
    "public_until > ? GROUP BY facility_id HAVING COUNT(*) >= ? LIMIT ?";
constexpr char kLockUncounted[] =
    "SELECT id FROM review WHERE facility_id = ? AND state = ? AND public_from <= ? AND "
    "public_until > ? AND counted = 0 FOR UPDATE";
constexpr char kMark[] =
    "UPDATE review SET counted = ? WHERE facility_id = ? AND state = ? AND public_from <= ? AND "
    "public_until > ?";
constexpr char kSums[] =
    "SELECT COUNT(*), COALESCE(SUM(safety), 0), COALESCE(SUM(care), 0), COALESCE(SUM(meals), 0), "
    "COALESCE(SUM(communication), 0), COALESCE(SUM(fees), 0), COALESCE(MAX(division_code), '') "
    "FROM review WHERE facility_id = ? AND counted = ?";
constexpr char kReadMeans[] = "SELECT message FROM review_count WHERE facility_id = ?";
constexpr char kStoreMeans[] =
    "INSERT INTO review_count (facility_id, message) VALUES (?, ?) ON DUPLICATE KEY UPDATE message "
    "= VALUES(message)";

// The end of a list: after the id, in order, so many.
absl::StatusOr<std::vector<Review>> Page(db::Transaction& transaction, db::Sql sql,
                                         absl::string_view after, int limit) {
  if (!after.empty()) sql.Add(" AND id < ?", after);
  sql.Add(" ORDER BY id DESC LIMIT ?", limit);
  return db::QueryMessages<Review>(transaction, sql);
}

void AddScope(const ReviewScope& scope, db::Sql* sql) {
  sql->Add(" AND ");
  db::AddPrefixes(scope.divisions, "division_code", sql);
  db::AddDivision(scope.prefix, "", sql);
}

}  // namespace

absl::Status InsertReview(db::Transaction& transaction, const Review& review,
                          const ReviewKeys& keys) {
  const std::string id = ReviewId(review.name());
  const std::string facility_id = FacilityId(review.facility());
  const std::string message = review.SerializeAsString();
  const ReviewDays days = ReviewDaysOf(review);
  const v1::ReviewScores& scores = review.scores();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(review.etag()));
  return transaction.Execute(
      kInsert,
      {id, facility_id, review.division_code(), review.state(), db::Blob{keys.pseudonym_index},
       db::Blob{keys.code_index}, days.told_from.value_or(kNever),
       days.public_from.value_or(kNever), days.until.value_or(kNeverUntil), scores.safety(),
       scores.care(), scores.meals(), scores.communication(), scores.fees(), LowestScore(scores),
       revision, db::Blob{message}});
}

absl::Status UpdateReview(db::Transaction& transaction, const Review& review) {
  const std::string id = ReviewId(review.name());
  const std::string message = review.SerializeAsString();
  const ReviewDays days = ReviewDaysOf(review);
  const v1::ReviewScores& scores = review.scores();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(review.etag()));
  return transaction.Execute(
      kUpdate, {review.state(), days.told_from.value_or(kNever), days.public_from.value_or(kNever),
                days.until.value_or(kNeverUntil), scores.safety(), scores.care(), scores.meals(),
                scores.communication(), scores.fees(), LowestScore(scores), revision,
                db::Blob{message}, id});
}

absl::StatusOr<absl::optional<Review>> LockReview(db::Transaction& transaction,
                                                  absl::string_view id) {
  return db::QueryMessage<Review>(transaction, kLock, {id});
}

absl::StatusOr<absl::optional<Review>> ReadReviewByCode(db::Transaction& transaction,
                                                        absl::string_view code_index, bool lock) {
  return db::QueryMessage<Review>(transaction, lock ? kLockByCode : kByCode,
                                  {db::Blob{code_index}});
}

absl::StatusOr<std::vector<Review>> SelectListed(db::Transaction& transaction,
                                                 absl::string_view facility_id,
                                                 absl::CivilDay today, absl::string_view after,
                                                 int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM review WHERE facility_id = ?", facility_id);
  sql.Add(" AND public_from <= ?", today);
  sql.Add(" AND public_until > ?", today);
  return Page(transaction, std::move(sql), after, limit);
}

absl::StatusOr<std::vector<Review>> SelectTold(db::Transaction& transaction,
                                               absl::string_view facility_id, absl::CivilDay today,
                                               absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM review WHERE facility_id = ?", facility_id);
  sql.Add(" AND state <> ?", v1::REVIEW_STATE_HIDDEN);
  sql.Add(" AND told_from <= ?", today);
  sql.Add(" AND public_until > ?", today);
  return Page(transaction, std::move(sql), after, limit);
}

absl::StatusOr<std::vector<Review>> SelectInState(db::Transaction& transaction,
                                                  const ReviewScope& scope, v1::ReviewState state,
                                                  absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM review WHERE state = ?", state);
  AddScope(scope, &sql);
  return Page(transaction, std::move(sql), after, limit);
}

absl::StatusOr<std::vector<Review>> SelectLow(db::Transaction& transaction,
                                              const ReviewScope& scope, int low,
                                              absl::string_view facility_id, absl::CivilDay today,
                                              absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM review WHERE state = ?", v1::REVIEW_STATE_CLEARED);
  sql.Add(" AND lowest <= ?", low);
  sql.Add(" AND public_until > ?", today);
  if (!facility_id.empty()) sql.Add(" AND facility_id = ?", facility_id);
  AddScope(scope, &sql);
  return Page(transaction, std::move(sql), after, limit);
}

absl::StatusOr<ReviewNumbers> CountReviews(db::Transaction& transaction,
                                           absl::string_view facility_id, int number,
                                           absl::CivilDay today) {
  ReviewNumbers numbers;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCount,
                                {v1::REVIEW_STATE_HIDDEN, number, v1::REVIEW_STATE_HIDDEN,
                                 facility_id, today, today},
                                [&](const db::Row& row) {
                                  numbers.hidden = row.Int(1);
                                  numbers.shown = row.Int(0) - numbers.hidden;
                                  numbers.counted = row.Int(2);
                                })
                      .status());
  return numbers;
}

absl::StatusOr<std::vector<std::string>> FacilitiesToCount(db::Transaction& transaction,
                                                           absl::CivilDay today, int least,
                                                           int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.Query(
      kToCount, {v1::REVIEW_STATE_CLEARED, today, today, least, limit}, [&](const db::Row& row) {
        ids.push_back(row.String(0));
        return absl::OkStatus();
      }));
  return ids;
}

absl::StatusOr<int64_t> LockUncounted(db::Transaction& transaction, absl::string_view facility_id,
                                      absl::CivilDay today) {
  int64_t uncounted = 0;
  RETURN_IF_ERROR(transaction.Query(
      kLockUncounted, {facility_id, v1::REVIEW_STATE_CLEARED, today, today}, [&](const db::Row&) {
        ++uncounted;
        return absl::OkStatus();
      }));
  return uncounted;
}

absl::StatusOr<ReviewSums> MarkCounted(db::Transaction& transaction, absl::string_view facility_id,
                                       int number, absl::CivilDay today) {
  RETURN_IF_ERROR(
      transaction.Execute(kMark, {number, facility_id, v1::REVIEW_STATE_CLEARED, today, today}));
  ReviewSums sums;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kSums, {facility_id, number},
                                [&](const db::Row& row) {
                                  sums.count = row.Int(0);
                                  sums.safety = row.Int(1);
                                  sums.care = row.Int(2);
                                  sums.meals = row.Int(3);
                                  sums.communication = row.Int(4);
                                  sums.fees = row.Int(5);
                                  sums.division_code = row.String(6);
                                })
                      .status());
  return sums;
}

absl::StatusOr<absl::optional<v1::ReviewCount>> ReadReviewCount(db::Transaction& transaction,
                                                                absl::string_view facility_id) {
  return db::QueryMessage<v1::ReviewCount>(transaction, kReadMeans, {facility_id});
}

absl::Status StoreReviewCount(db::Transaction& transaction, const v1::ReviewCount& count) {
  const std::string facility_id = FacilityId(count.facility());
  const std::string message = count.SerializeAsString();
  return transaction.Execute(kStoreMeans, {facility_id, db::Blob{message}});
}

}  // namespace tuoyu::complaint
