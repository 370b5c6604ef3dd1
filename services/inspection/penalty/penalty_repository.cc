#include "services/inspection/penalty/penalty_repository.h"

#include "common/base/civil.h"
#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/rpc/revision.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;

constexpr char kSelect[] = "SELECT message FROM penalty_case WHERE id = ?";
constexpr char kLock[] = "SELECT message FROM penalty_case WHERE id = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO penalty_case (visit_id, facility_id, division_code, unit, state, told, published, "
    "decided_on, publish_by, withdraw_by, withdraw_told, matter, revision, message, id) VALUES (?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE penalty_case SET state = ?, told = ?, published = ?, decided_on = ?, publish_by = ?, "
    "withdraw_by = ?, withdraw_told = ?, matter = ?, revision = ?, message = ? WHERE id = ?";

constexpr char kOverdue[] =
    "SELECT id FROM penalty_case WHERE withdraw_by < ? AND withdraw_told = 0 ORDER BY withdraw_by, "
    "id LIMIT ?";

// NULL for a case without a decision that stands against the facility.
db::Param DecidedOn(const PenaltyCase& penalty_case) {
  const auto day = FromProto(penalty_case.decision().decided_on());
  const bool stands =
      Stands(penalty_case) && penalty_case.party() == v1::PENALTY_PARTY_FACILITY && day.ok();
  return stands ? db::Param(*day) : db::Param(std::nullopt);
}

}  // namespace

absl::StatusOr<absl::optional<PenaltyCase>> ReadPenaltyCase(db::Transaction& transaction,
                                                            absl::string_view id, bool lock) {
  return db::QueryMessage<PenaltyCase>(transaction, lock ? kLock : kSelect, {id});
}

absl::Status StorePenaltyCase(db::Transaction& transaction, const PenaltyCase& penalty_case,
                              const PenaltyDays& days) {
  const std::string message = penalty_case.SerializeAsString();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(penalty_case.etag()));
  std::vector<db::Param> params;
  if (revision == 1) {
    params = {VisitId(penalty_case.visit()), FacilityId(penalty_case.facility()),
              penalty_case.division_code(), penalty_case.unit()};
  }
  std::string matter = MatterKey(penalty_case);
  params.emplace_back(penalty_case.state());
  params.emplace_back(IsToldToFacility(penalty_case));
  params.emplace_back(IsPublished(penalty_case));
  params.push_back(DecidedOn(penalty_case));
  params.emplace_back(days.publish_by.value_or(kNever));
  params.emplace_back(days.withdraw_by.value_or(kNever));
  params.emplace_back(penalty_case.has_withdrawal_overdue_on());
  params.push_back(matter.empty() ? db::Param(std::nullopt) : db::Param(std::move(matter)));
  params.emplace_back(revision);
  params.emplace_back(db::Blob{message});
  params.emplace_back(PenaltyCaseId(penalty_case.name()));
  return transaction.Execute(revision == 1 ? kInsert : kUpdate, params);
}

absl::StatusOr<std::vector<std::string>> OverdueWithdrawals(db::Transaction& transaction,
                                                            absl::CivilDay before, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.Query(kOverdue, {before, limit}, [&](const db::Row& row) {
    ids.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return ids;
}

absl::StatusOr<bool> WasPunished(db::Transaction& transaction,
                                 const std::vector<std::string>& facility_ids,
                                 absl::string_view case_id) {
  bool found = false;
  const std::vector<db::Param> keys(facility_ids.begin(), facility_ids.end());
  RETURN_IF_ERROR(db::SelectIn(transaction,
                               "SELECT 1 FROM penalty_case WHERE decided_on IS NOT NULL AND id <> "
                               "? AND facility_id IN (",
                               " LIMIT 1", {case_id}, keys, 1, [&](const db::Row&) {
                                 found = true;
                                 return absl::OkStatus();
                               }));
  return found;
}

}  // namespace tuoyu::inspection
