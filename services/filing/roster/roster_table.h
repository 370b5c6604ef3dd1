#ifndef TUOYU_SERVICES_FILING_ROSTER_ROSTER_TABLE_H_
#define TUOYU_SERVICES_FILING_ROSTER_ROSTER_TABLE_H_

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
#include "services/filing/roster/roster_name.h"

// The tables of the rosters, staff_member and child, which are the same but for what the message is. Errors of all
// functions: those of db::Transaction.
namespace tuoyu::filing {

// A row: a person at a facility.
struct RosterRow {
  RosterKey key;
  std::string person_index;   // 32 bytes
  absl::CivilDay valid_from;  // first day of the first post or enrolment
  absl::CivilDay valid_to;    // first day after the last one; 9999-12-31 while one is open
  absl::CivilDay due_on;      // first day on which something is due; kNeverDue: never
  absl::CivilDay
      shared_until;  // first day after the person is at two facilities at once; kNeverShared: never
  int64_t revision = 0;  // 0: not stored yet
  std::string message;   // serialised, personal fields sealed
};

// What the columns hold for "never".
inline constexpr absl::CivilDay kNeverDue(9999, 12, 31);
inline constexpr absl::CivilDay kNeverShared(1000, 1, 1);

// A row of a list over facilities, with what of the facility is shown.
struct ListedRow {
  RosterRow row;
  std::string facility_name;
  std::string division_code;
};

// Where a list over facilities goes on: after this day and entry.
struct RosterListKey {
  absl::CivilDay day = kNeverShared;
  RosterKey entry;
};

class RosterTable {
 public:
  // `name`: of the table, a constant.
  explicit RosterTable(absl::string_view name);

  absl::StatusOr<absl::optional<RosterRow>> ReadOne(db::Transaction& transaction,
                                                    const RosterKey& key) const;
  // All entries of these persons, at any facility.
  absl::StatusOr<std::vector<RosterRow>> ReadOfPersons(
      db::Transaction& transaction, const std::vector<std::string>& persons) const;

  // ALREADY_EXISTS when the person is on the facility's roster.
  absl::Status Insert(db::Transaction& transaction, absl::Span<const RosterRow* const> rows) const;
  absl::Status Update(db::Transaction& transaction, const RosterRow& row) const;
  // Stores only shared_until: no change of the entry itself.
  absl::Status UpdateShared(db::Transaction& transaction, const RosterRow& row) const;

  // The entries of a facility after `after` (id), in order, at most `limit`.
  absl::StatusOr<std::vector<RosterRow>> ReadRoster(db::Transaction& transaction,
                                                    absl::string_view facility,
                                                    absl::string_view after, int limit) const;

  // What a list over facilities is asked for.
  struct Query {
    const RegistryScope& scope;
    absl::string_view division_prefix;
    absl::CivilDay today;
    int limit;
  };
  // Entries due on or before `until` that end after today, in order of due_on and key.
  absl::StatusOr<std::vector<ListedRow>> ReadDue(db::Transaction& transaction, const Query& query,
                                                 absl::CivilDay until,
                                                 const RosterListKey& after) const;
  // Entries of persons at two facilities at once on a day after today, and those that go on after today at a facility that has
  // ended; in order of key.
  absl::StatusOr<std::vector<ListedRow>> ReadShared(db::Transaction& transaction,
                                                    const Query& query,
                                                    const RosterKey& after) const;
  absl::StatusOr<std::vector<ListedRow>> ReadAtEnded(db::Transaction& transaction,
                                                     const Query& query,
                                                     const RosterKey& after) const;

 private:
  const std::string name_;
  const std::string select_;  // "SELECT … FROM name s WHERE "
};

// Makes the transaction the only one that writes about these persons (blind indexes) until it ends; `persons` in order, so
// that two of them do not wait for each other.
absl::Status LockPersons(db::Transaction& transaction, const std::vector<std::string>& persons);

// Division codes of facilities, by id.
absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadDivisions(
    db::Transaction& transaction, const std::vector<std::string>& facilities);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_ROSTER_TABLE_H_
