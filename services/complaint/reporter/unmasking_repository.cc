#include "services/complaint/reporter/unmasking_repository.h"

#include "common/base/status.h"
#include "common/db/messages.h"
#include "common/db/sql.h"
#include "common/rpc/revision.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Unmasking;

constexpr char kLock[] = "SELECT message FROM unmasking WHERE id = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO unmasking (id, case_id, unit, revision, message) VALUES (?, ?, ?, ?, ?)";
constexpr char kUpdate[] = "UPDATE unmasking SET revision = ?, message = ? WHERE id = ?";

}  // namespace

absl::StatusOr<absl::optional<Unmasking>> LockUnmasking(db::Transaction& transaction,
                                                        absl::string_view id) {
  return db::QueryMessage<Unmasking>(transaction, kLock, {id});
}

absl::Status StoreUnmasking(db::Transaction& transaction, const Unmasking& unmasking) {
  const std::string id = UnmaskingId(unmasking.name());
  const std::string case_id = CaseId(unmasking.case_());
  const std::string message = unmasking.SerializeAsString();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(unmasking.etag()));
  return revision == 1 ? transaction.Execute(
                             kInsert, {id, case_id, unmasking.unit(), revision, db::Blob{message}})
                       : transaction.Execute(kUpdate, {revision, db::Blob{message}, id});
}

absl::StatusOr<std::vector<Unmasking>> SelectUnmaskings(db::Transaction& transaction,
                                                        const std::vector<std::string>& units,
                                                        absl::string_view case_id,
                                                        absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add("SELECT message FROM unmasking WHERE 1");
  if (!units.empty()) db::AddIn(units, " AND unit", &sql);
  if (!case_id.empty()) sql.Add(" AND case_id = ?", case_id);
  if (!after.empty()) sql.Add(" AND id < ?", after);
  sql.Add(" ORDER BY id DESC LIMIT ?", limit);
  return db::QueryMessages<Unmasking>(transaction, sql);
}

}  // namespace tuoyu::complaint
