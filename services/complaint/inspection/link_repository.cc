#include "services/complaint/inspection/link_repository.h"

#include "absl/strings/match.h"
#include "common/base/status.h"
#include "common/db/messages.h"

namespace tuoyu::complaint {
namespace {

constexpr absl::string_view kPlans = "plans/";
constexpr absl::string_view kVisits = "visits/";

constexpr char kStorePlan[] = "INSERT IGNORE INTO case_link (resource, case_id) VALUES (?, ?)";
constexpr char kStore[] =
    "INSERT INTO case_link (resource, case_id, number, message) VALUES (?, ?, NULLIF(?, ''), ?) ON "
    "DUPLICATE KEY UPDATE number = VALUES(number), message = VALUES(message)";
constexpr char kCaseOf[] = "SELECT case_id FROM case_link WHERE resource = ?";
constexpr char kCaseOfNumber[] = "SELECT case_id FROM case_link WHERE number = ? LIMIT 1";
constexpr char kLinked[] =
    "SELECT resource, message FROM case_link WHERE case_id = ? ORDER BY resource";
constexpr char kMove[] = "UPDATE case_link SET case_id = ? WHERE case_id = ?";
constexpr char kStoreAccount[] =
    "REPLACE INTO inspector_account (inspector_id, account) VALUES (?, ?)";
constexpr char kAccountOf[] = "SELECT account FROM inspector_account WHERE inspector_id = ?";
constexpr char kForgetPlans[] =
    "UPDATE case_link SET number = NULL, message = NULL WHERE resource LIKE 'plans/%'";
constexpr char kForgetOthers[] = "DELETE FROM case_link WHERE resource NOT LIKE 'plans/%'";
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

absl::Status StoreLink(db::Transaction& transaction, absl::string_view case_id,
                       absl::string_view resource, absl::string_view number,
                       const google::protobuf::MessageLite& message) {
  const std::string bytes = message.SerializeAsString();
  return transaction.Execute(kStore, {resource, case_id, number, db::Blob{bytes}});
}

absl::StatusOr<std::string> CaseOfLink(db::Transaction& transaction, absl::string_view resource) {
  return OneText(transaction, kCaseOf, resource);
}

absl::StatusOr<std::string> CaseOfLinkNumber(db::Transaction& transaction,
                                             absl::string_view number) {
  return OneText(transaction, kCaseOfNumber, number);
}

absl::Status AddLinked(db::Transaction& transaction, absl::string_view case_id,
                       v1::CaseChain* chain) {
  return transaction.Query(kLinked, {case_id}, [&](const db::Row& row) -> absl::Status {
    const std::string resource = row.String(0);
    if (absl::StartsWith(resource, kVisits)) return db::ParseColumn(row, 1, chain->add_visits());
    if (!absl::StartsWith(resource, kPlans)) {
      return db::ParseColumn(row, 1, chain->add_penalty_cases());
    }
    inspection::v1::Plan& plan = *chain->add_plans();
    plan.set_name(resource);
    return row.IsNull(1) ? absl::OkStatus() : db::ParseColumn(row, 1, &plan);
  });
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
  RETURN_IF_ERROR(transaction.Execute(kForgetPlans, {}));
  RETURN_IF_ERROR(transaction.Execute(kForgetOthers, {}));
  return transaction.Execute(kForgetAccounts, {});
}

}  // namespace tuoyu::complaint
