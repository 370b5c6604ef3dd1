#include "services/filing/roster/staff_repository.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using db::Row;

// The columns ReadRow takes, of table s.
constexpr char kColumns[] =
    "s.facility_id, s.id, s.person_index, s.on_post_from, s.on_post_to, s.due_on, s.shared_until, "
    "s.revision, s.message";
constexpr int kColumnCount = 9;
constexpr char kSelectOne[] =
    "SELECT s.facility_id, s.id, s.person_index, s.on_post_from, s.on_post_to, s.due_on, "
    "s.shared_until, s.revision, s.message FROM staff_member s WHERE s.facility_id = ? AND s.id = "
    "?";
constexpr char kSelectRoster[] =
    "SELECT s.facility_id, s.id, s.person_index, s.on_post_from, s.on_post_to, s.due_on, "
    "s.shared_until, s.revision, s.message FROM staff_member s WHERE s.facility_id = ? AND s.id > "
    "? ORDER BY s.id LIMIT ?";
constexpr char kInsert[] =
    "INSERT INTO staff_member (facility_id, id, person_index, on_post_from, on_post_to, due_on, "
    "shared_until, revision, message) VALUES ";
constexpr char kInsertPersons[] = "INSERT INTO staff_person (person_index) VALUES ";
constexpr char kLockKnown[] = " ON DUPLICATE KEY UPDATE person_index = person_index";
constexpr char kUpdate[] =
    "UPDATE staff_member SET on_post_from = ?, on_post_to = ?, due_on = ?, shared_until = ?, "
    "revision = ?, message = ? WHERE facility_id = ? AND id = ?";
constexpr char kUpdateShared[] =
    "UPDATE staff_member SET shared_until = ? WHERE facility_id = ? AND id = ?";
constexpr char kSelectDivisions[] = "SELECT id, division_code FROM facility WHERE id IN (";
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

absl::Status ReadRow(const Row& row, StaffRow* staff) {
  staff->key = {row.String(0), row.String(1)};
  staff->person_index = row.String(2);
  staff->on_post_from = row.Day(3);
  staff->on_post_to = row.Day(4);
  staff->due_on = row.Day(5);
  staff->shared_until = row.Day(6);
  staff->revision = row.Int(7);
  if (staff->member.ParseFromString(row.String(8))) return absl::OkStatus();
  return absl::DataLossError("a stored staff member does not parse");
}

absl::Status ReadRow(const Row& row, BanRow* ban) {
  ban->id = row.String(0);
  ban->person_index = row.String(1);
  if (ban->ban.ParseFromString(row.String(2))) return absl::OkStatus();
  return absl::DataLossError("a stored ban does not parse");
}

std::vector<db::Param> Blobs(const std::vector<std::string>& bytes) {
  std::vector<db::Param> params;
  params.reserve(bytes.size());
  for (const std::string& value : bytes) params.emplace_back(db::Blob{value});
  return params;
}

// A list over facilities up to its condition.
Sql SelectListed(absl::string_view index) {
  Sql sql;
  sql.Add(absl::StrCat("SELECT ", kColumns, ", f.name, f.division_code FROM staff_member s ", index,
                       " JOIN facility f ON f.id = s.facility_id WHERE "));
  return sql;
}

absl::StatusOr<std::vector<ListedStaff>> QueryListed(db::Transaction& transaction, const Sql& sql) {
  std::vector<ListedStaff> listed;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const Row& row) {
    ListedStaff& staff = listed.emplace_back();
    staff.facility_name = row.String(kColumnCount);
    staff.division_code = row.String(kColumnCount + 1);
    return ReadRow(row, &staff.row);
  }));
  return listed;
}

// " AND (s.facility_id, s.id) > (?, ?)", as an index serves it.
void AddAfter(const StaffKey& after, Sql* sql) {
  sql->Add(" AND s.facility_id >= ?", after.facility);
  sql->Add(" AND (s.facility_id > ?", after.facility);
  sql->Add(" OR s.id > ?)", after.id);
}

void AddScopeAndDivision(const RegistryScope& scope, absl::string_view division_prefix, Sql* sql) {
  sql->Add(" AND ");
  AddScope(scope, "f.", sql);
  AddDivision(division_prefix, "f.", sql);
}

}  // namespace

absl::StatusOr<absl::optional<StaffRow>> ReadStaff(db::Transaction& transaction,
                                                   const StaffKey& key) {
  absl::optional<StaffRow> found;
  RETURN_IF_ERROR(transaction.Query(kSelectOne, {key.facility, key.id}, [&](const Row& row) {
    return ReadRow(row, &found.emplace());
  }));
  return found;
}

absl::StatusOr<std::vector<StaffRow>> ReadStaffOfPersons(db::Transaction& transaction,
                                                         const std::vector<std::string>& persons) {
  static const std::string* const kSelect = new std::string(
      absl::StrCat("SELECT ", kColumns, " FROM staff_member s WHERE s.person_index IN ("));
  std::vector<StaffRow> rows;
  RETURN_IF_ERROR(db::SelectIn(transaction, *kSelect, " ORDER BY s.facility_id, s.id", {},
                               Blobs(persons), 1,
                               [&](const Row& row) { return ReadRow(row, &rows.emplace_back()); }));
  return rows;
}

absl::Status LockPersons(db::Transaction& transaction, const std::vector<std::string>& persons) {
  return db::InsertRows(transaction, kInsertPersons, kLockKnown, persons.size(), 1,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(db::Blob{persons[i]});
                        });
}

absl::Status InsertStaff(db::Transaction& transaction, absl::Span<const StaffRow* const> rows) {
  std::vector<std::string> messages;
  messages.reserve(rows.size());
  for (const StaffRow* row : rows) messages.push_back(row->member.SerializeAsString());
  return db::InsertRows(transaction, kInsert, "", rows.size(), kColumnCount,
                        [&](size_t i, std::vector<db::Param>* params) {
                          const StaffRow& row = *rows[i];
                          params->emplace_back(row.key.facility);
                          params->emplace_back(row.key.id);
                          params->emplace_back(db::Blob{row.person_index});
                          params->emplace_back(row.on_post_from);
                          params->emplace_back(row.on_post_to);
                          params->emplace_back(row.due_on);
                          params->emplace_back(row.shared_until);
                          params->emplace_back(row.revision);
                          params->emplace_back(db::Blob{messages[i]});
                        });
}

absl::Status UpdateStaff(db::Transaction& transaction, const StaffRow& row) {
  const std::string message = row.member.SerializeAsString();
  return transaction.Execute(
      kUpdate, {row.on_post_from, row.on_post_to, row.due_on, row.shared_until, row.revision,
                db::Blob{message}, row.key.facility, row.key.id});
}

absl::Status UpdateShared(db::Transaction& transaction, const StaffRow& row) {
  return transaction.Execute(kUpdateShared, {row.shared_until, row.key.facility, row.key.id});
}

absl::StatusOr<std::vector<StaffRow>> ReadRoster(db::Transaction& transaction,
                                                 absl::string_view facility,
                                                 absl::string_view after, int limit) {
  std::vector<StaffRow> rows;
  RETURN_IF_ERROR(transaction.Query(kSelectRoster, {facility, after, limit}, [&](const Row& row) {
    return ReadRow(row, &rows.emplace_back());
  }));
  return rows;
}

absl::StatusOr<std::vector<ListedStaff>> ReadDue(db::Transaction& transaction,
                                                 const RegistryScope& scope,
                                                 absl::string_view division_prefix,
                                                 absl::CivilDay today, absl::CivilDay until,
                                                 const StaffListKey& after, int limit) {
  Sql sql = SelectListed("FORCE INDEX (staff_member_due)");
  sql.Add("s.due_on >= ?", after.day);
  sql.Add(" AND s.due_on <= ?", until);
  sql.Add(" AND (s.due_on > ?", after.day);
  sql.Add(" OR s.facility_id > ?", after.entry.facility);
  sql.Add(" OR (s.facility_id = ?", after.entry.facility);
  sql.Add(" AND s.id > ?))", after.entry.id);
  sql.Add(" AND s.on_post_to > ?", today);
  AddScopeAndDivision(scope, division_prefix, &sql);
  sql.Add(" ORDER BY s.due_on, s.facility_id, s.id LIMIT ?", limit);
  return QueryListed(transaction, sql);
}

absl::StatusOr<std::vector<ListedStaff>> ReadShared(db::Transaction& transaction,
                                                    const RegistryScope& scope,
                                                    absl::string_view division_prefix,
                                                    absl::CivilDay today, const StaffKey& after,
                                                    int limit) {
  Sql sql = SelectListed("FORCE INDEX (staff_member_shared)");
  sql.Add("s.shared_until > ?", today);
  AddAfter(after, &sql);
  AddScopeAndDivision(scope, division_prefix, &sql);
  sql.Add(" ORDER BY s.facility_id, s.id LIMIT ?", limit);
  return QueryListed(transaction, sql);
}

absl::StatusOr<std::vector<ListedStaff>> ReadAtEnded(db::Transaction& transaction,
                                                     const RegistryScope& scope,
                                                     absl::string_view division_prefix,
                                                     absl::CivilDay today, const StaffKey& after,
                                                     int limit) {
  Sql sql = SelectListed("");
  sql.Add("f.state IN (3, 4) AND s.on_post_to > ?", today);
  AddAfter(after, &sql);
  AddScopeAndDivision(scope, division_prefix, &sql);
  sql.Add(" ORDER BY s.facility_id, s.id LIMIT ?", limit);
  return QueryListed(transaction, sql);
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadDivisions(
    db::Transaction& transaction, const std::vector<std::string>& facilities) {
  absl::flat_hash_map<std::string, std::string> divisions;
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectDivisions, "", {},
                               std::vector<db::Param>(facilities.begin(), facilities.end()), 1,
                               [&](const Row& row) {
                                 divisions[row.String(0)] = row.String(1);
                                 return absl::OkStatus();
                               }));
  return divisions;
}

absl::StatusOr<absl::flat_hash_map<std::string, std::string>> ReadStandingBans(
    db::Transaction& transaction, const std::vector<std::string>& persons) {
  absl::flat_hash_map<std::string, std::string> bans;
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kSelectStanding, "", {}, Blobs(persons), 1, [&](const Row& row) {
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
