#include "services/filing/roster/ban_repository.h"

#include "common/base/status.h"
#include "common/db/lists.h"

namespace tuoyu::filing {
namespace {

using db::Row;

constexpr char kSelectStanding[] =
    "SELECT standing_index, id FROM staff_ban WHERE standing_index IN (";
constexpr char kLockBanRow[] =
    "SELECT id, person_index, message FROM staff_ban WHERE id = ? FOR UPDATE";
constexpr char kSelectBans[] =
    "SELECT id, person_index, message FROM staff_ban WHERE id < ? ORDER BY id DESC LIMIT ?";
constexpr char kInsertBan[] =
    "INSERT INTO staff_ban (id, person_index, standing_index, message) VALUES (?, ?, ?, ?)";
constexpr char kLift[] = "UPDATE staff_ban SET standing_index = NULL, message = ? WHERE id = ?";
// After every UUID.
constexpr char kNewestFirst[] = "g";

absl::Status ReadRow(const Row& row, BanRow* ban) {
  ban->id = row.String(0);
  ban->person_index = row.String(1);
  if (ban->ban.ParseFromString(row.String(2))) return absl::OkStatus();
  return absl::DataLossError("a stored ban does not parse");
}

}  // namespace

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadStandingBans(
    db::Transaction& transaction, const std::vector<std::string>& persons) {
  absl::flat_hash_map<std::string, std::string> bans;
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectStanding, "", {}, db::BlobParams(persons), 1,
                               [&](const Row& row) {
                                 bans[row.String(0)] = row.String(1);
                                 return absl::OkStatus();
                               }));
  return bans;
}

absl::StatusOr<absl::optional<BanRow>> LockBan(db::Transaction& transaction, absl::string_view id) {
  absl::optional<BanRow> found;
  RETURN_IF_ERROR(transaction.Query(
      kLockBanRow, {id}, [&](const Row& row) { return ReadRow(row, &found.emplace()); }));
  return found;
}

absl::StatusOr<std::vector<BanRow>> ReadBans(db::Transaction& transaction, absl::string_view before,
                                             int limit) {
  std::vector<BanRow> rows;
  RETURN_IF_ERROR(
      transaction.Query(kSelectBans, {before.empty() ? kNewestFirst : before, limit},
                        [&](const Row& row) { return ReadRow(row, &rows.emplace_back()); }));
  return rows;
}

absl::Status InsertBan(db::Transaction& transaction, const BanRow& row) {
  const std::string message = row.ban.SerializeAsString();
  return transaction.Execute(kInsertBan, {row.id, db::Blob{row.person_index},
                                          db::Blob{row.person_index}, db::Blob{message}});
}

absl::Status StoreLifted(db::Transaction& transaction, const BanRow& row) {
  const std::string message = row.ban.SerializeAsString();
  return transaction.Execute(kLift, {db::Blob{message}, row.id});
}

}  // namespace tuoyu::filing
