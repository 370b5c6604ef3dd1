#include "services/complaint/alert/alert_repository.h"

#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/db/sql.h"
#include "services/complaint/alert/alert_rules.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::CaseAlert;

constexpr int kColumns = 5;
constexpr char kForget[] = "DELETE FROM case_alert WHERE case_id = ?";
constexpr char kStore[] =
    "INSERT INTO case_alert (unit, case_id, code, raised_at, message) VALUES ";

}  // namespace

absl::Status StoreAlerts(db::Transaction& transaction, const v1::Case& of_case) {
  if (!MayHaveAlerts(of_case)) return absl::OkStatus();
  const std::string id = CaseId(of_case.name());
  RETURN_IF_ERROR(transaction.Execute(kForget, {id}));
  const std::vector<CaseAlert> alerts = AlertsOf(of_case);
  if (alerts.empty()) return absl::OkStatus();
  std::vector<std::string> messages;
  messages.reserve(alerts.size());
  for (const CaseAlert& alert : alerts) messages.push_back(alert.SerializeAsString());
  return db::InsertRows(
      transaction, kStore, "", alerts.size(), kColumns,
      [&](size_t i, std::vector<db::Param>* params) {
        const std::string& name = alerts[i].name();
        params->emplace_back(alerts[i].to_unit());
        params->emplace_back(id);
        params->emplace_back(absl::string_view(name).substr(name.rfind('/') + 1));
        params->emplace_back(FromProto(alerts[i].raise_time()).value_or(absl::UnixEpoch()));
        params->emplace_back(db::Blob{messages[i]});
      });
}

absl::StatusOr<std::vector<CaseAlert>> SelectAlerts(db::Transaction& transaction,
                                                    const std::vector<std::string>& units,
                                                    const std::vector<std::string>& divisions,
                                                    const absl::optional<AlertKey>& after,
                                                    int limit) {
  db::Sql sql;
  sql.Add("SELECT a.message FROM case_alert a JOIN complaint_case c ON c.id = a.case_id WHERE ");
  db::AddIn(units, "a.unit", &sql);
  sql.Add(" AND ");
  db::AddPrefixes(divisions, "c.division_code", &sql);
  if (after) {
    sql.Add(" AND (a.raised_at, a.case_id, a.code, a.unit) > (?, ", after->raised_at);
    sql.Add("?, ", after->case_id);
    sql.Add("?, ", after->code);
    sql.Add("?)", after->unit);
  }
  sql.Add(" ORDER BY a.raised_at, a.case_id, a.code, a.unit LIMIT ?", limit);
  return db::QueryMessages<CaseAlert>(transaction, sql);
}

}  // namespace tuoyu::complaint
