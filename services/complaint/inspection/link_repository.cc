#include "services/complaint/inspection/link_repository.h"

#include "common/base/status.h"
#include "common/db/messages.h"

namespace tuoyu::complaint {
namespace {

using inspection::v1::Visit;

constexpr char kStorePlan[] = "INSERT IGNORE INTO case_link (resource, case_id) VALUES (?, ?)";
constexpr char kStoreVisit[] =
    "INSERT INTO case_link (resource, case_id, message) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE "
    "message = VALUES(message)";
constexpr char kCaseOf[] = "SELECT case_id FROM case_link WHERE resource = ?";
constexpr char kVisits[] =
    "SELECT message FROM case_link WHERE case_id = ? AND message IS NOT NULL ORDER BY resource";
constexpr char kMove[] = "UPDATE case_link SET case_id = ? WHERE case_id = ?";
constexpr char kStoreAccount[] =
    "REPLACE INTO inspector_account (inspector_id, account) VALUES (?, ?)";
constexpr char kAccountOf[] = "SELECT account FROM inspector_account WHERE inspector_id = ?";
constexpr char kForgetLinks[] = "DELETE FROM case_link WHERE message IS NOT NULL";
constexpr char kForgetAccounts[] = "DELETE FROM inspector_account";

absl::StatusOr<std::string> OneText(db::Transaction& transaction, const char* sql,
                                    absl::string_view key) {
  std::string found;
  RETURN_IF_ERROR(
      transaction.QueryOne(sql, {key}, [&](const db::Row& row) { found = row.String(0); })
          .status());
  return found;
}

}  // namespace

absl::Status StorePlanLink(db::Transaction& transaction, absl::string_view plan,
                           absl::string_view case_id) {
  return transaction.Execute(kStorePlan, {plan, case_id});
}

absl::Status StoreVisitLink(db::Transaction& transaction, const Visit& visit,
                            absl::string_view case_id) {
  const std::string message = visit.SerializeAsString();
  return transaction.Execute(kStoreVisit, {visit.name(), case_id, db::Blob{message}});
}

absl::StatusOr<std::string> CaseOfLink(db::Transaction& transaction, absl::string_view resource) {
  return OneText(transaction, kCaseOf, resource);
}

absl::StatusOr<std::vector<Visit>> VisitsOfCase(db::Transaction& transaction,
                                                absl::string_view case_id) {
  std::vector<Visit> visits;
  RETURN_IF_ERROR(transaction.Query(kVisits, {case_id}, [&](const db::Row& row) {
    return db::ParseColumn(row, 0, &visits.emplace_back());
  }));
  return visits;
}

absl::Status MoveLinks(db::Transaction& transaction, absl::string_view from_case,
                       absl::string_view to_case) {
  return transaction.Execute(kMove, {to_case, from_case});
}

absl::Status StoreInspectorAccount(db::Transaction& transaction, absl::string_view inspector_id,
                                   absl::string_view account) {
  return transaction.Execute(kStoreAccount, {inspector_id, account});
}

absl::StatusOr<std::string> AccountOfInspector(db::Transaction& transaction,
                                               absl::string_view inspector_id) {
  return OneText(transaction, kAccountOf, inspector_id);
}

absl::Status ForgetLinks(db::Transaction& transaction) {
  RETURN_IF_ERROR(transaction.Execute(kForgetLinks, {}));
  return transaction.Execute(kForgetAccounts, {});
}

}  // namespace tuoyu::complaint
