#include "services/filing/roster/roster_table.h"

#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using db::Row;

constexpr absl::string_view kColumns =
    "s.facility_id, s.id, s.person_index, s.valid_from, s.valid_to, s.due_on, s.shared_until, "
    "s.revision, s.message";
constexpr int kColumnCount = 9;
constexpr char kInsertPersons[] = "INSERT INTO roster_person (person_index) VALUES ";
constexpr char kLockKnown[] = " ON DUPLICATE KEY UPDATE person_index = person_index";
constexpr char kSelectDivisions[] = "SELECT id, division_code FROM facility WHERE id IN (";

void ReadRow(const Row& row, RosterRow* entry) {
  entry->key = {row.String(0), row.String(1)};
  entry->person_index = row.String(2);
  entry->valid_from = row.Day(3);
  entry->valid_to = row.Day(4);
  entry->due_on = row.Day(5);
  entry->shared_until = row.Day(6);
  entry->revision = row.Int(7);
  entry->message = row.String(8);
}

// A list over facilities up to its condition.
db::Sql SelectListed(absl::string_view table, absl::string_view index) {
  db::Sql sql;
  sql.Add(absl::StrCat("SELECT ", kColumns, ", f.name, f.division_code FROM ", table, " s ", index,
                       " JOIN facility f ON f.id = s.facility_id WHERE "));
  return sql;
}

// Scope, division and the end of the statement.
void AddEnd(const RosterTable::Query& query, absl::string_view order, db::Sql* sql) {
  sql->Add(" AND ");
  AddScope(query.scope, "f.", sql);
  db::AddDivision(query.division_prefix, "f.", sql);
  sql->Add(absl::StrCat(" ORDER BY ", order, " LIMIT ?"), query.limit);
}

// " AND (s.facility_id, s.id) > (?, ?)", as an index serves it.
void AddAfter(const RosterKey& after, db::Sql* sql) {
  sql->Add(" AND s.facility_id >= ?", after.facility);
  sql->Add(" AND (s.facility_id > ?", after.facility);
  sql->Add(" OR s.id > ?)", after.id);
}

absl::StatusOr<std::vector<RosterRow>> QueryRows(db::Transaction& transaction,
                                                 const std::string& sql, db::Params params) {
  std::vector<RosterRow> rows;
  RETURN_IF_ERROR(transaction.QueryText(sql, params, [&](const Row& row) {
    ReadRow(row, &rows.emplace_back());
    return absl::OkStatus();
  }));
  return rows;
}

absl::StatusOr<std::vector<ListedRow>> QueryListed(db::Transaction& transaction,
                                                   const db::Sql& sql) {
  std::vector<ListedRow> listed;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const Row& row) {
    ListedRow& entry = listed.emplace_back();
    ReadRow(row, &entry.row);
    entry.facility_name = row.String(kColumnCount);
    entry.division_code = row.String(kColumnCount + 1);
    return absl::OkStatus();
  }));
  return listed;
}

}  // namespace

RosterTable::RosterTable(absl::string_view name)
    : name_(name), select_(absl::StrCat("SELECT ", kColumns, " FROM ", name, " s WHERE ")) {}

absl::StatusOr<absl::optional<RosterRow>> RosterTable::ReadOne(db::Transaction& transaction,
                                                               const RosterKey& key) const {
  ASSIGN_OR_RETURN(std::vector<RosterRow> rows,
                   QueryRows(transaction, absl::StrCat(select_, "s.facility_id = ? AND s.id = ?"),
                             {key.facility, key.id}));
  if (rows.empty()) return absl::optional<RosterRow>();
  return absl::optional<RosterRow>(std::move(rows.front()));
}

absl::StatusOr<std::vector<RosterRow>> RosterTable::ReadOfPersons(
    db::Transaction& transaction, const std::vector<std::string>& persons) const {
  std::vector<RosterRow> rows;
  RETURN_IF_ERROR(db::SelectIn(transaction, absl::StrCat(select_, "s.person_index IN ("),
                               " ORDER BY s.facility_id, s.id", {}, db::BlobParams(persons), 1,
                               [&](const Row& row) {
                                 ReadRow(row, &rows.emplace_back());
                                 return absl::OkStatus();
                               }));
  return rows;
}

absl::Status RosterTable::Insert(db::Transaction& transaction,
                                 absl::Span<const RosterRow* const> rows) const {
  return db::InsertRows(
      transaction,
      absl::StrCat("INSERT INTO ", name_,
                   " (facility_id, id, person_index, valid_from, valid_to, due_on, shared_until, "
                   "revision, message) VALUES "),
      "", rows.size(), kColumnCount, [&](size_t i, std::vector<db::Param>* params) {
        const RosterRow& row = *rows[i];
        params->emplace_back(row.key.facility);
        params->emplace_back(row.key.id);
        params->emplace_back(db::Blob{row.person_index});
        params->emplace_back(row.valid_from);
        params->emplace_back(row.valid_to);
        params->emplace_back(row.due_on);
        params->emplace_back(row.shared_until);
        params->emplace_back(row.revision);
        params->emplace_back(db::Blob{row.message});
      });
}

absl::Status RosterTable::Update(db::Transaction& transaction, const RosterRow& row) const {
  return transaction.ExecuteText(
      absl::StrCat("UPDATE ", name_,
                   " SET person_index = ?, valid_from = ?, valid_to = ?, due_on = ?, "
                   "shared_until = ?, revision = ?, message = ? WHERE facility_id = ? AND id = ?"),
      {db::Blob{row.person_index}, row.valid_from, row.valid_to, row.due_on, row.shared_until,
       row.revision, db::Blob{row.message}, row.key.facility, row.key.id});
}

absl::Status RosterTable::UpdateShared(db::Transaction& transaction, const RosterRow& row) const {
  return transaction.ExecuteText(
      absl::StrCat("UPDATE ", name_, " SET shared_until = ? WHERE facility_id = ? AND id = ?"),
      {row.shared_until, row.key.facility, row.key.id});
}

absl::StatusOr<std::vector<RosterRow>> RosterTable::ReadRoster(db::Transaction& transaction,
                                                               absl::string_view facility,
                                                               absl::string_view after,
                                                               int limit) const {
  return QueryRows(transaction,
                   absl::StrCat(select_, "s.facility_id = ? AND s.id > ? ORDER BY s.id LIMIT ?"),
                   {facility, after, limit});
}

absl::StatusOr<std::vector<ListedRow>> RosterTable::ReadDue(db::Transaction& transaction,
                                                            const Query& query,
                                                            absl::CivilDay until,
                                                            const RosterListKey& after) const {
  // A facility's own roster is short; the index of the due days is the whole district's.
  const bool own = query.scope.divisions().empty();
  db::Sql sql = SelectListed(name_, own ? "" : absl::StrCat("FORCE INDEX (", name_, "_due)"));
  if (own) sql.Add("s.facility_id = ? AND ", query.scope.facility_id());
  sql.Add("s.due_on >= ?", after.day);
  sql.Add(" AND s.due_on <= ?", until);
  sql.Add(" AND (s.due_on > ?", after.day);
  sql.Add(" OR s.facility_id > ?", after.entry.facility);
  sql.Add(" OR (s.facility_id = ?", after.entry.facility);
  sql.Add(" AND s.id > ?))", after.entry.id);
  sql.Add(" AND s.valid_to > ?", query.today);
  AddEnd(query, "s.due_on, s.facility_id, s.id", &sql);
  return QueryListed(transaction, sql);
}

absl::StatusOr<std::vector<ListedRow>> RosterTable::ReadShared(db::Transaction& transaction,
                                                               const Query& query,
                                                               const RosterKey& after) const {
  db::Sql sql = SelectListed(name_, absl::StrCat("FORCE INDEX (", name_, "_shared)"));
  sql.Add("s.shared_until > ?", query.today);
  AddAfter(after, &sql);
  AddEnd(query, "s.facility_id, s.id", &sql);
  return QueryListed(transaction, sql);
}

absl::StatusOr<std::vector<ListedRow>> RosterTable::ReadAtEnded(db::Transaction& transaction,
                                                                const Query& query,
                                                                const RosterKey& after) const {
  // The facilities that have ended are few: from them to their rosters.
  db::Sql sql;
  sql.Add(absl::StrCat("SELECT ", kColumns, ", f.name, f.division_code FROM facility f ",
                       "FORCE INDEX (facility_by_state) STRAIGHT_JOIN ", name_,
                       " s ON s.facility_id = f.id WHERE f.state IN (",
                       v1::FACILITY_STATE_CANCELLED, ", ", v1::FACILITY_STATE_REVOKED_REGISTRATION,
                       ") AND "));
  sql.Add("s.valid_to > ?", query.today);
  AddAfter(after, &sql);
  AddEnd(query, "s.facility_id, s.id", &sql);
  return QueryListed(transaction, sql);
}

absl::Status LockPersons(db::Transaction& transaction, const std::vector<std::string>& persons) {
  return db::InsertRows(transaction, kInsertPersons, kLockKnown, persons.size(), 1,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(db::Blob{persons[i]});
                        });
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

}  // namespace tuoyu::filing
