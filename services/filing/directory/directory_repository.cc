#include "services/filing/directory/directory_repository.h"

#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/db/lists.h"
#include "services/filing/directory/directory_rules.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::DirectoryEntry;
using v1::DirectoryVersion;

constexpr absl::string_view kPrefix = "directoryEntries/";
constexpr int kVersionColumns = 7;
constexpr char kSelectOne[] = "SELECT message FROM directory_entry WHERE id = ?";
constexpr char kLockOne[] = "SELECT message FROM directory_entry WHERE id = ? FOR UPDATE";
constexpr char kLockOfKeeper[] =
    "SELECT message FROM directory_entry WHERE kind = ? AND unit = ? AND source_id IN (";
constexpr char kInsert[] =
    "INSERT INTO directory_entry (id, kind, unit, source_id, revision, message) VALUES (?, ?, ?, "
    "?, ?, ?)";
constexpr char kUpdate[] = "UPDATE directory_entry SET revision = ?, message = ? WHERE id = ?";
constexpr char kStoreVersions[] =
    "INSERT INTO directory_version (entry_id, number, kind, valid_from, valid_to, division_code, "
    "care_stage) VALUES ";
constexpr char kOverOlder[] =
    " ON DUPLICATE KEY UPDATE valid_from = VALUES(valid_from), valid_to = VALUES(valid_to), "
    "division_code = VALUES(division_code), care_stage = VALUES(care_stage)";
constexpr char kList[] =
    "SELECT e.message FROM directory_version v JOIN directory_entry e ON e.id = v.entry_id WHERE "
    "v.kind = ?";

absl::Status ParseEntry(const db::Row& row, DirectoryEntry* entry) {
  if (entry->ParseFromString(row.String(0))) return absl::OkStatus();
  return absl::DataLossError("a stored entry of a directory does not parse");
}

absl::Status StoreVersions(db::Transaction& transaction, const std::string& id,
                           const DirectoryEntry& entry) {
  return db::InsertRows(transaction, kStoreVersions, kOverOlder, entry.versions_size(),
                        kVersionColumns, [&](size_t i, std::vector<db::Param>* params) {
                          const DirectoryVersion& version = entry.versions(static_cast<int>(i));
                          params->emplace_back(id);
                          params->emplace_back(version.number());
                          params->emplace_back(entry.kind());
                          params->emplace_back(FirstDayOf(version));
                          params->emplace_back(EndDayOf(version));
                          params->emplace_back(version.division_code());
                          params->emplace_back(version.care_stage());
                        });
}

}  // namespace

std::string DirectoryEntryName(absl::string_view id) { return absl::StrCat(kPrefix, id); }

std::string DirectoryEntryId(absl::string_view name) {
  return absl::ConsumePrefix(&name, kPrefix) && IsUuid(name) ? std::string(name) : std::string();
}

absl::StatusOr<absl::optional<DirectoryEntry>> ReadDirectoryEntry(db::Transaction& transaction,
                                                                  absl::string_view id, bool lock) {
  absl::optional<DirectoryEntry> found;
  RETURN_IF_ERROR(transaction.Query(lock ? kLockOne : kSelectOne, {id}, [&](const db::Row& row) {
    return ParseEntry(row, &found.emplace());
  }));
  return found;
}

absl::StatusOr<std::vector<DirectoryEntry>> LockDirectoryEntries(
    db::Transaction& transaction, v1::DirectoryKind kind, absl::string_view unit,
    const std::vector<std::string>& source_ids) {
  std::vector<DirectoryEntry> entries;
  const std::vector<db::Param> keys(source_ids.begin(), source_ids.end());
  RETURN_IF_ERROR(
      db::SelectIn(transaction, kLockOfKeeper, " ORDER BY id FOR UPDATE", {kind, unit}, keys, 1,
                   [&](const db::Row& row) { return ParseEntry(row, &entries.emplace_back()); }));
  return entries;
}

absl::Status StoreDirectoryEntry(db::Transaction& transaction, const DirectoryEntry& entry) {
  const std::string id = DirectoryEntryId(entry.name());
  const std::string message = entry.SerializeAsString();
  int64_t revision = 0;
  if (!absl::SimpleAtoi(entry.etag(), &revision)) {
    return absl::DataLossError("an entry of a directory has no revision");
  }
  if (revision == 1) {
    RETURN_IF_ERROR(transaction.Execute(
        kInsert, {id, entry.kind(), entry.unit(), entry.source_id(), revision, db::Blob{message}}));
  } else {
    RETURN_IF_ERROR(transaction.Execute(kUpdate, {revision, db::Blob{message}, id}));
  }
  return StoreVersions(transaction, id, entry);
}

absl::StatusOr<std::vector<DirectoryEntry>> ListDirectory(db::Transaction& transaction,
                                                          const DirectoryQuery& query) {
  db::Sql sql;
  sql.Add(kList, query.request.kind());
  sql.Add(" AND v.valid_from <= ?", query.as_of);
  sql.Add(" AND v.valid_to > ?", query.as_of);
  sql.Add(" AND v.entry_id > ? AND ", query.after);
  AddScope(query.scope, "v.", &sql);
  db::AddDivision(query.division_prefix, "v.", &sql);
  if (!query.unit.empty()) sql.Add(" AND e.unit = ?", query.unit);
  if (query.request.care_stage() != v1::CARE_STAGE_UNSPECIFIED) {
    sql.Add(" AND v.care_stage = ?", query.request.care_stage());
  }
  sql.Add(" ORDER BY v.entry_id LIMIT ?", query.limit);
  std::vector<DirectoryEntry> entries;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
    return ParseEntry(row, &entries.emplace_back());
  }));
  return entries;
}

}  // namespace tuoyu::filing
