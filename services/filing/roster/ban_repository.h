#ifndef TUOYU_SERVICES_FILING_ROSTER_BAN_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_ROSTER_BAN_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/filing/v1/staff.pb.h"

// Rows of table staff_ban <-> messages, stored with their personal fields sealed. Errors of all functions: those of
// db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// A row.
struct BanRow {
  std::string id;
  std::string person_index;
  v1::StaffBan ban;
};

// Ids of the standing bans of those of `persons` (blind indexes) who are banned.
absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadStandingBans(
    db::Transaction& transaction, const std::vector<std::string>& persons);
absl::StatusOr<absl::optional<BanRow>> LockBan(db::Transaction& transaction, absl::string_view id);
// Bans before `before` (id; empty: the newest first), at most `limit`.
absl::StatusOr<std::vector<BanRow>> ReadBans(db::Transaction& transaction, absl::string_view before,
                                             int limit);
// ALREADY_EXISTS when the person is banned.
absl::Status InsertBan(db::Transaction& transaction, const BanRow& row);
absl::Status StoreLifted(db::Transaction& transaction, const BanRow& row);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_BAN_REPOSITORY_H_
