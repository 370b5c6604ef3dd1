#include "services/inspection/inspector/inspector_repository.h"

#include <cstdint>

#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/rpc/revision.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::Inspector;

constexpr char kSelect[] = "SELECT message FROM inspector WHERE id = ?";
constexpr char kLock[] = "SELECT message FROM inspector WHERE id = ? FOR UPDATE";
constexpr char kOfAccount[] = "SELECT message FROM inspector WHERE account = ?";
constexpr char kSelectIn[] = "SELECT message FROM inspector WHERE id IN (";
constexpr char kList[] = "SELECT message FROM inspector WHERE id > ?";
constexpr char kInsert[] =
    "INSERT INTO inspector (id, unit, account, certificate_index, revision, message) VALUES (?, ?, "
    "?, "
    "?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE inspector SET certificate_index = ?, revision = ?, message = ? WHERE id = ?";

}  // namespace

absl::StatusOr<absl::optional<Inspector>> ReadInspector(db::Transaction& transaction,
                                                        absl::string_view id, bool lock) {
  return db::QueryMessage<Inspector>(transaction, lock ? kLock : kSelect, {id});
}

absl::StatusOr<absl::optional<Inspector>> InspectorOfAccount(db::Transaction& transaction,
                                                             absl::string_view account) {
  return db::QueryMessage<Inspector>(transaction, kOfAccount, {account});
}

absl::StatusOr<std::vector<Inspector>> ReadInspectors(db::Transaction& transaction,
                                                      const std::vector<std::string>& ids) {
  std::vector<Inspector> found;
  if (ids.empty()) return found;
  const std::vector<db::Param> keys(ids.begin(), ids.end());
  RETURN_IF_ERROR(db::SelectIn(
      transaction, kSelectIn, " ORDER BY id", {}, keys, 1,
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &found.emplace_back()); }));
  return found;
}

absl::StatusOr<std::vector<Inspector>> SelectInspectors(db::Transaction& transaction,
                                                        absl::string_view unit,
                                                        absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add(kList, after);
  if (!unit.empty()) sql.Add(" AND unit = ?", unit);
  sql.Add(" ORDER BY id LIMIT ?", limit);
  return db::QueryMessages<Inspector>(transaction, sql);
}

absl::Status StoreInspector(db::Transaction& transaction, const Inspector& inspector,
                            absl::string_view certificate_index) {
  const std::string id = InspectorId(inspector.name());
  const std::string message = inspector.SerializeAsString();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(inspector.etag()));
  return revision == 1 ? transaction.Execute(
                             kInsert, {id, inspector.unit(), inspector.account(),
                                       db::Blob{certificate_index}, revision, db::Blob{message}})
                       : transaction.Execute(kUpdate, {db::Blob{certificate_index}, revision,
                                                       db::Blob{message}, id});
}

}  // namespace tuoyu::inspection
