#include "services/inspection/plan/plan_repository.h"

#include "common/base/civil.h"
#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/rpc/revision.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::Plan;

constexpr char kSelect[] = "SELECT message FROM plan WHERE id = ?";
constexpr char kLock[] = "SELECT message FROM plan WHERE id = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO plan (id, first_day, last_day, state, approve_by, approval_told, revision, "
    "message) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE plan SET state = ?, approve_by = ?, approval_told = ?, revision = ?, message = ? WHERE "
    "id = ?";
constexpr char kStoreCase[] = "INSERT IGNORE INTO known_case (case_id, facility_id) VALUES (?, ?)";
constexpr char kOverdue[] =
    "SELECT id FROM plan WHERE approval_told = 0 AND approve_by < ? ORDER BY approve_by, id LIMIT "
    "?";
constexpr absl::string_view kCases = "cases/";
constexpr char kStoreUnits[] = "INSERT IGNORE INTO plan_unit (unit, plan_id) VALUES ";

}  // namespace

absl::StatusOr<absl::optional<Plan>> ReadPlan(db::Transaction& transaction, absl::string_view id,
                                              bool lock) {
  return db::QueryMessage<Plan>(transaction, lock ? kLock : kSelect, {id});
}

absl::Status StorePlan(db::Transaction& transaction, const Plan& plan) {
  const std::string id = PlanId(plan.name());
  const std::string message = plan.SerializeAsString();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(plan.etag()));
  ASSIGN_OR_RETURN(const absl::CivilDay first, FromProto(plan.first_day()));
  ASSIGN_OR_RETURN(const absl::CivilDay last, FromProto(plan.last_day()));
  // Of a plan that still waits for its approval.
  const absl::CivilDay approve_by =
      plan.state() == v1::PLAN_STATE_SUBMITTED
          ? FromProto(plan.approval_deadline().due_date()).value_or(kNever)
          : kNever;
  const bool told = plan.has_approval_told_on();
  RETURN_IF_ERROR(revision == 1
                      ? transaction.Execute(kInsert, {id, first, last, plan.state(), approve_by,
                                                      told, revision, db::Blob{message}})
                      : transaction.Execute(kUpdate, {plan.state(), approve_by, told, revision,
                                                      db::Blob{message}, id}));
  return db::InsertRows(transaction, kStoreUnits, "", static_cast<size_t>(plan.units_size()), 2,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(plan.units(static_cast<int>(i)).unit());
                          params->emplace_back(id);
                        });
}

absl::StatusOr<bool> KnowsCase(db::Transaction& transaction, const std::string& of_case,
                               const std::vector<std::string>& facility_ids) {
  bool knows = false;
  const std::vector<db::Param> keys(facility_ids.begin(), facility_ids.end());
  RETURN_IF_ERROR(db::SelectIn(transaction,
                               "SELECT 1 FROM known_case WHERE case_id = ? AND facility_id IN (",
                               "", {IdOfName(kCases, of_case)}, keys, 1, [&](const db::Row&) {
                                 knows = true;
                                 return absl::OkStatus();
                               }));
  return knows;
}

absl::Status StoreCase(db::Transaction& transaction, const std::string& of_case,
                       const std::string& facility_id) {
  return transaction.Execute(kStoreCase, {IdOfName(kCases, of_case), facility_id});
}

absl::StatusOr<std::vector<std::string>> OverdueApprovals(db::Transaction& transaction,
                                                          absl::CivilDay today, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.Query(kOverdue, {today, limit}, [&](const db::Row& row) {
    ids.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return ids;
}

absl::StatusOr<std::vector<Plan>> PlansNear(db::Transaction& transaction, absl::CivilDay first,
                                            absl::CivilDay last) {
  db::Sql sql;
  sql.Add("SELECT message FROM plan WHERE state IN (?", v1::PLAN_STATE_SUBMITTED);
  sql.Add(", ?", v1::PLAN_STATE_APPROVED);
  sql.Add(", ?)", v1::PLAN_STATE_DRAWN);
  sql.Add(" AND last_day >= ?", first);
  sql.Add(" AND first_day <= ? ORDER BY id", last);
  return db::QueryMessages<Plan>(transaction, sql);
}

absl::StatusOr<std::vector<Plan>> SelectPlans(db::Transaction& transaction,
                                              const v1::ListPlansRequest& request,
                                              absl::optional<absl::CivilDay> since,
                                              absl::string_view after, int limit) {
  db::Sql sql;
  sql.Add("SELECT p.message FROM plan p");
  if (!request.unit().empty()) {
    sql.Add(" JOIN plan_unit u ON u.plan_id = p.id AND u.unit = ?", request.unit());
  }
  sql.Add(" WHERE 1");
  if (!after.empty()) sql.Add(" AND p.id < ?", after);
  if (request.state() != v1::PLAN_STATE_UNSPECIFIED) sql.Add(" AND p.state = ?", request.state());
  if (since) sql.Add(" AND p.last_day >= ?", *since);
  sql.Add(" ORDER BY p.id DESC LIMIT ?", limit);
  return db::QueryMessages<Plan>(transaction, sql);
}

}  // namespace tuoyu::inspection
