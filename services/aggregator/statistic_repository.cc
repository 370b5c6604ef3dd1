#include "services/aggregator/statistic_repository.h"

#include <limits>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/journal/journal.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Statistic;

constexpr char kLockWriter[] = "SELECT id FROM journal_writer WHERE id = 1 FOR UPDATE";
// A statistic with what its verification adds; both are messages of one type.
#define WITH_VERIFICATION \
  "statistic AS s LEFT JOIN statistic_verification AS v ON v.id = s.id AND v.sequence <= ? "
constexpr char kSelectNewest[] =
    "SELECT s.message, v.message FROM " WITH_VERIFICATION
    "WHERE s.series = ? AND s.division_code = ? AND s.reference_date = ? "
    "ORDER BY s.revision DESC LIMIT 1";
constexpr char kSelectById[] =
    "SELECT s.message, v.message FROM " WITH_VERIFICATION "WHERE s.id = ?";
constexpr char kInsert[] =
    "INSERT INTO statistic (series, division_code, reference_date, revision, id, sequence, "
    "message, withdrawn) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kInsertVerification[] =
    "INSERT INTO statistic_verification (id, sequence, message) VALUES (?, ?, ?)";
constexpr char kChoose[] =
    "(SELECT ? AS place, s.message, v.message AS verification FROM " WITH_VERIFICATION
    "WHERE s.series = ? AND s.division_code = ? AND s.reference_date <= ? AND s.sequence <= ? "
    "AND NOT EXISTS (SELECT 1 FROM statistic AS w WHERE w.series = s.series "
    "AND w.division_code = s.division_code AND w.reference_date = s.reference_date "
    "AND w.revision >= s.revision AND w.withdrawn AND w.sequence <= ?) "
    "ORDER BY s.reference_date DESC, s.revision DESC LIMIT 1)";
constexpr char kSelectPage[] =
    "SELECT s.message, v.message FROM " WITH_VERIFICATION
    "WHERE (? = '' OR s.series = ?) AND (? = '' OR s.division_code = ?) "
    "AND (s.series, s.division_code, s.reference_date, s.revision) > (?, ?, ?, ?) "
    "ORDER BY s.series, s.division_code, s.reference_date, s.revision LIMIT ?";
#undef WITH_VERIFICATION
constexpr int64_t kNow = std::numeric_limits<int64_t>::max();
constexpr absl::string_view kStatistics = "statistics/";

// Reads the message in `column` and what the next one adds to it.
absl::Status ReadMessage(const db::Row& row, int column, Statistic* statistic) {
  if (statistic->ParseFromString(row.String(column)) &&
      (row.IsNull(column + 1) || statistic->MergeFromString(row.String(column + 1)))) {
    return absl::OkStatus();
  }
  return absl::DataLossError("statistic does not parse");
}

}  // namespace

absl::StatusOr<int64_t> LockNextSequence(db::Transaction& transaction, absl::string_view source) {
  ASSIGN_OR_RETURN(const bool found, transaction.QueryOne(kLockWriter, {}, [](const db::Row&) {}));
  if (!found) return absl::InternalError("journal_writer has no row");
  ASSIGN_OR_RETURN(const auto head, journal::Head(transaction, source));
  return head.sequence() + 1;
}

absl::StatusOr<absl::optional<Statistic>> NewestRevision(db::Transaction& transaction,
                                                         absl::string_view series,
                                                         absl::string_view division_code,
                                                         absl::CivilDay reference_date) {
  absl::optional<Statistic> newest;
  RETURN_IF_ERROR(transaction.Query(
      kSelectNewest, {kNow, series, division_code, reference_date},
      [&](const db::Row& row) { return ReadMessage(row, 0, &newest.emplace()); }));
  return newest;
}

absl::StatusOr<absl::optional<Statistic>> FindStatistic(db::Transaction& transaction,
                                                        absl::string_view name) {
  absl::optional<Statistic> found;
  if (!absl::ConsumePrefix(&name, kStatistics)) return found;
  RETURN_IF_ERROR(transaction.Query(kSelectById, {kNow, name}, [&](const db::Row& row) {
    return ReadMessage(row, 0, &found.emplace());
  }));
  return found;
}

absl::Status InsertVerification(db::Transaction& transaction, const Statistic& statistic,
                                int64_t sequence) {
  Statistic verification;
  verification.set_verified_by(statistic.verified_by());
  *verification.mutable_verify_time() = statistic.verify_time();
  const std::string message = verification.SerializeAsString();
  return transaction.Execute(kInsertVerification, {absl::StripPrefix(statistic.name(), kStatistics),
                                                   sequence, db::Blob{message}});
}

absl::Status InsertStatistic(db::Transaction& transaction, const Statistic& statistic,
                             int64_t sequence) {
  ASSIGN_OR_RETURN(const absl::CivilDay reference_date, FromProto(statistic.reference_date()));
  const std::string message = statistic.SerializeAsString();
  return transaction.Execute(
      kInsert, {statistic.series(), statistic.division_code(), reference_date, statistic.revision(),
                absl::StripPrefix(statistic.name(), kStatistics), sequence, db::Blob{message},
                statistic.withdrawn()});
}

absl::StatusOr<std::vector<Statistic>> ChooseStatistics(db::Transaction& transaction,
                                                        const std::vector<SeriesOfDivision>& wanted,
                                                        absl::CivilDay day, int64_t sequence) {
  std::vector<Statistic> chosen;
  if (wanted.empty()) return chosen;
  std::string sql;
  std::vector<db::Param> params;
  for (const auto& [series, division_code] : wanted) {
    absl::StrAppend(&sql, sql.empty() ? "" : " UNION ALL ", kChoose);
    params.emplace_back(params.size());
    params.emplace_back(sequence);
    params.emplace_back(series);
    params.emplace_back(division_code);
    params.emplace_back(day);
    params.emplace_back(sequence);
    params.emplace_back(sequence);
  }
  sql.append(" ORDER BY place");
  RETURN_IF_ERROR(transaction.QueryText(sql, params, [&](const db::Row& row) {
    return ReadMessage(row, 1, &chosen.emplace_back());
  }));
  return chosen;
}

absl::StatusOr<std::vector<Statistic>> ListStatistics(db::Transaction& transaction,
                                                      absl::string_view series,
                                                      absl::string_view division_code,
                                                      const StatisticKey& after, int limit) {
  std::vector<Statistic> statistics;
  RETURN_IF_ERROR(transaction.Query(
      kSelectPage,
      {kNow, series, series, division_code, division_code, after.series, after.division_code,
       after.reference_date, after.revision, limit},
      [&](const db::Row& row) { return ReadMessage(row, 0, &statistics.emplace_back()); }));
  return statistics;
}

absl::StatusOr<std::vector<Statistic>> ListRevisions(db::Transaction& transaction,
                                                     const Statistic& newest) {
  ASSIGN_OR_RETURN(const absl::CivilDay day, FromProto(newest.reference_date()));
  // Revisions are numbered from 1 without gaps, so these are all of the day.
  return ListStatistics(transaction, newest.series(), newest.division_code(),
                        {newest.series(), newest.division_code(), day, 0}, newest.revision());
}

}  // namespace tuoyu::aggregator
