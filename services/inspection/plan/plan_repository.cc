#include "services/inspection/plan/plan_repository.h"

#include "common/base/civil.h"
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
    "INSERT INTO plan (id, state, first_day, last_day, revision, message) VALUES (?, ?, ?, ?, ?, "
    "?)";
constexpr char kUpdate[] = "UPDATE plan SET state = ?, revision = ?, message = ? WHERE id = ?";
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
  RETURN_IF_ERROR(revision == 1 ? transaction.Execute(kInsert, {id, plan.state(), first, last,
                                                                revision, db::Blob{message}})
                                : transaction.Execute(
                                      kUpdate, {plan.state(), revision, db::Blob{message}, id}));
  return db::InsertRows(transaction, kStoreUnits, "", static_cast<size_t>(plan.units_size()), 2,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(plan.units(static_cast<int>(i)).unit());
                          params->emplace_back(id);
                        });
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
