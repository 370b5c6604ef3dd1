#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/staff_name.h"
#include "tuoyu/filing/v1/staff.pb.h"

// Rows of staff_member <-> messages. Messages are stored with their personal fields sealed and come back so. Errors of all
// functions: those of db::Transaction; DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// A row of table staff_member.
struct StaffRow {
  StaffKey key;
  std::string person_index;  // 32 bytes
  absl::CivilDay on_post_from;
  absl::CivilDay on_post_to;    // first day after the last post; 9999-12-31 while one is open
  absl::CivilDay due_on;        // 9999-12-31: never
  absl::CivilDay shared_until;  // kNeverShared: never
  int64_t revision = 0;         // 0: not stored yet
  v1::StaffMember member;
};

// What the columns hold for "never".
inline constexpr absl::CivilDay kNeverDue(9999, 12, 31);
inline constexpr absl::CivilDay kNeverShared(1000, 1, 1);

// The entry with this key.
absl::StatusOr<absl::optional<StaffRow>> ReadStaff(db::Transaction& transaction,
                                                   const StaffKey& key);

// All entries of these persons, at any facility.
absl::StatusOr<std::vector<StaffRow>> ReadStaffOfPersons(db::Transaction& transaction,
                                                         const std::vector<std::string>& persons);

// Makes the transaction the only one that writes about these persons until it ends; `persons` in order, so that two of
// them do not wait for each other.
absl::Status LockPersons(db::Transaction& transaction, const std::vector<std::string>& persons);

// ALREADY_EXISTS when the person is on the facility's roster.
absl::Status InsertStaff(db::Transaction& transaction, absl::Span<const StaffRow* const> rows);
absl::Status UpdateStaff(db::Transaction& transaction, const StaffRow& row);
// Stores only shared_until: no change of the entry itself.
absl::Status UpdateShared(db::Transaction& transaction, const StaffRow& row);

// The entries of a facility after `after` (id), in order, at most `limit`.
absl::StatusOr<std::vector<StaffRow>> ReadRoster(db::Transaction& transaction,
                                                 absl::string_view facility,
                                                 absl::string_view after, int limit);

// An entry of a list over facilities, with what of the facility is shown.
struct ListedStaff {
  StaffRow row;
  std::string facility_name;
  std::string division_code;
};

// Where a list over facilities goes on: after this day and entry.
struct StaffListKey {
  absl::CivilDay day = kNeverShared;
  StaffKey entry;
};

// Entries in the scope and division with due_on on or before `until` whose last post ends after `today`, in order of
// due_on and key.
absl::StatusOr<std::vector<ListedStaff>> ReadDue(db::Transaction& transaction,
                                                 const RegistryScope& scope,
                                                 absl::string_view division_prefix,
                                                 absl::CivilDay today, absl::CivilDay until,
                                                 const StaffListKey& after, int limit);

// Entries in the scope and division of persons who hold posts at two facilities at once on a day after `today`, and of
// those with a post after `today` at a facility that has ended; in order of key, after `after`, at most `limit`.
absl::StatusOr<std::vector<ListedStaff>> ReadShared(db::Transaction& transaction,
                                                    const RegistryScope& scope,
                                                    absl::string_view division_prefix,
                                                    absl::CivilDay today, const StaffKey& after,
                                                    int limit);
absl::StatusOr<std::vector<ListedStaff>> ReadAtEnded(db::Transaction& transaction,
                                                     const RegistryScope& scope,
                                                     absl::string_view division_prefix,
                                                     absl::CivilDay today, const StaffKey& after,
                                                     int limit);

// Division codes of facilities, by id.
absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadDivisions(
    db::Transaction& transaction, const std::vector<std::string>& facilities);

// Rows of table staff_ban.
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

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_REPOSITORY_H_
