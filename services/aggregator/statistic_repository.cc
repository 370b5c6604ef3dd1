#include "services/aggregator/statistic_repository.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/journal/journal.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Statistic;

constexpr char kLockWriter[] = "SELECT id FROM journal_writer WHERE id = 1 FOR UPDATE";
constexpr char kSelectNewest[] =
    "SELECT message FROM statistic WHERE series = ? AND division_code = ? AND reference_date = ? "
    "ORDER BY revision DESC LIMIT 1";
constexpr char kInsert[] =
    "INSERT INTO statistic (series, division_code, reference_date, revision, id, sequence, "
    "message) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr char kChoose[] =
    "(SELECT ? AS place, message FROM statistic WHERE series = ? AND division_code = ? AND "
    "reference_date <= ? AND sequence <= ? "
    "ORDER BY reference_date DESC, revision DESC LIMIT 1)";
constexpr char kSelectPage[] =
    "SELECT message FROM statistic WHERE (? = '' OR series = ?) AND (? = '' OR division_code = ?) "
    "AND (series, division_code, reference_date, revision) > (?, ?, ?, ?) "
    "ORDER BY series, division_code, reference_date, revision LIMIT ?";
constexpr absl::string_view kStatistics = "statistics/";

absl::Status ReadMessage(const db::Row& row, int column, Statistic* statistic) {
  if (statistic->ParseFromString(row.String(column))) return absl::OkStatus();
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
      kSelectNewest, {series, division_code, reference_date},
      [&](const db::Row& row) { return ReadMessage(row, 0, &newest.emplace()); }));
  return newest;
}

absl::Status InsertStatistic(db::Transaction& transaction, const Statistic& statistic,
                             int64_t sequence) {
  ASSIGN_OR_RETURN(const absl::CivilDay reference_date, FromProto(statistic.reference_date()));
  const std::string message = statistic.SerializeAsString();
  return transaction.Execute(
      kInsert, {statistic.series(), statistic.division_code(), reference_date, statistic.revision(),
                absl::StripPrefix(statistic.name(), kStatistics), sequence, db::Blob{message}});
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
    params.emplace_back(series);
    params.emplace_back(division_code);
    params.emplace_back(day);
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
      {series, series, division_code, division_code, after.series, after.division_code,
       after.reference_date, after.revision, limit},
      [&](const db::Row& row) { return ReadMessage(row, 0, &statistics.emplace_back()); }));
  return statistics;
}

}  // namespace tuoyu::aggregator
