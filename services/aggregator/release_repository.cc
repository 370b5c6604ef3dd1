#include "services/aggregator/release_repository.h"

#include "common/base/status.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::Release;

constexpr char kSelect[] =
    "SELECT message FROM indicator_release WHERE plan = ? AND (as_of > ? OR (as_of = ? AND "
    "revision > ?)) ORDER BY as_of, revision LIMIT ?";
constexpr char kSelectNewest[] =
    "SELECT message FROM indicator_release WHERE plan = ? AND as_of = ? "
    "ORDER BY revision DESC LIMIT 1";
constexpr char kSelectDays[] =
    "SELECT DISTINCT as_of FROM indicator_release WHERE plan = ? AND as_of >= ? ORDER BY as_of";
constexpr char kInsert[] =
    "INSERT INTO indicator_release (plan, as_of, revision, message) VALUES (?, ?, ?, ?)";

absl::Status Parse(const db::Row& row, Release* release) {
  if (release->ParseFromString(row.String(0))) return absl::OkStatus();
  return absl::DataLossError("a stored release does not parse");
}

}  // namespace

absl::StatusOr<std::vector<Release>> ReadReleases(db::Transaction& transaction,
                                                  absl::string_view plan, const ReleaseKey& after,
                                                  int limit) {
  std::vector<Release> releases;
  RETURN_IF_ERROR(
      transaction.Query(kSelect, {plan, after.as_of, after.as_of, after.revision, limit},
                        [&](const db::Row& row) { return Parse(row, &releases.emplace_back()); }));
  return releases;
}

absl::StatusOr<absl::optional<Release>> NewestRelease(db::Transaction& transaction,
                                                      absl::string_view plan,
                                                      absl::CivilDay as_of) {
  absl::optional<Release> newest;
  RETURN_IF_ERROR(transaction.Query(kSelectNewest, {plan, as_of}, [&](const db::Row& row) {
    return Parse(row, &newest.emplace());
  }));
  return newest;
}

absl::StatusOr<std::vector<absl::CivilDay>> ReleasedDays(db::Transaction& transaction,
                                                         absl::string_view plan,
                                                         absl::CivilDay first) {
  std::vector<absl::CivilDay> days;
  RETURN_IF_ERROR(transaction.Query(kSelectDays, {plan, first}, [&](const db::Row& row) {
    days.push_back(row.Day(0));
    return absl::OkStatus();
  }));
  return days;
}

absl::Status InsertRelease(db::Transaction& transaction, absl::string_view plan,
                           absl::CivilDay as_of, const Release& release) {
  const std::string message = release.SerializeAsString();
  return transaction.Execute(kInsert, {plan, as_of, release.revision(), db::Blob{message}});
}

}  // namespace tuoyu::aggregator
