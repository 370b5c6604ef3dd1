#include "services/complaint/cases/case_repository.h"

#include <algorithm>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/db/messages.h"
#include "common/rpc/revision.h"
#include "services/complaint/cases/case_clocks.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Case;

constexpr int kUnitColumns = 4;

constexpr char kSelect[] = "SELECT message FROM complaint_case WHERE id = ?";
constexpr char kLock[] = "SELECT message FROM complaint_case WHERE id = ? FOR UPDATE";
constexpr char kByNumber[] = "SELECT message FROM complaint_case WHERE case_number = ?";
constexpr char kByExternal[] = "SELECT message FROM complaint_case WHERE external_number = ?";
constexpr char kLockSame[] = "SELECT message FROM complaint_case WHERE same_text = ? FOR UPDATE";
constexpr char kInsert[] =
    "INSERT INTO complaint_case (id, case_number, kind, state, category, facility_id, "
    "division_code, handler, confidential, disclosed, outcome, satisfaction, in_time, joinable, "
    "filed_at, external_number, same_text, wake_at, revision, resolved_on, message) VALUES (?, ?, "
    "?, ?, ?, ?, "
    "?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kUpdate[] =
    "UPDATE complaint_case SET state = ?, handler = ?, confidential = ?, disclosed = ?, outcome = "
    "?, satisfaction = ?, in_time = ?, wake_at = ?, revision = ?, resolved_on = ?, message = ? "
    "WHERE id = ?";
constexpr char kUpdateClosed[] =
    "UPDATE complaint_case SET state = ?, handler = ?, confidential = ?, disclosed = ?, outcome = "
    "?, satisfaction = ?, in_time = ?, wake_at = ?, revision = ?, resolved_on = ?, message = ?, "
    "joinable = 0, "
    "same_text = NULL WHERE id = ?";
constexpr char kStoreUnits[] = "INSERT INTO case_unit (unit, case_id, state, due_at) VALUES ";
constexpr char kOverUnit[] =
    " ON DUPLICATE KEY UPDATE state = VALUES(state), due_at = VALUES(due_at)";
constexpr char kDropUnit[] = "DELETE FROM case_unit WHERE unit = ? AND case_id = ?";
constexpr char kCountSince[] =
    "SELECT COUNT(*) FROM complaint_case WHERE facility_id = ? AND filed_at >= ? AND state <> ? "
    "AND "
    "confidential <= ?";
constexpr char kJoinable[] =
    "SELECT message FROM complaint_case WHERE facility_id = ? AND joinable = 1 AND category = ? "
    "ORDER BY id DESC LIMIT ?";
constexpr char kIsJoinable[] = "SELECT joinable FROM complaint_case WHERE id = ?";
constexpr char kWake[] =
    "SELECT id FROM complaint_case WHERE wake_at <= ? ORDER BY wake_at, id LIMIT ?";
constexpr char kContact[] =
    "SELECT last_day FROM facility_contact WHERE facility_id = ? AND account = ?";
constexpr char kStoreContact[] =
    "INSERT INTO facility_contact (facility_id, account, last_day) VALUES (?, ?, ?) ON DUPLICATE "
    "KEY UPDATE last_day = GREATEST(last_day, VALUES(last_day))";

// The last moment a column holds, for what never is.
absl::Time Bounded(absl::Time time) {
  static const absl::Time kLast = StartOf(kNever);
  return std::min(time, kLast);
}

absl::Status StoreUnits(db::Transaction& transaction, const Case& of_case, absl::Time due_at) {
  const std::string id = CaseId(of_case.name());
  const std::vector<std::string> units = UnitsOn(of_case);
  return db::InsertRows(transaction, kStoreUnits, kOverUnit, units.size(), kUnitColumns,
                        [&](size_t i, std::vector<db::Param>* params) {
                          params->emplace_back(units[i]);
                          params->emplace_back(id);
                          params->emplace_back(of_case.state());
                          params->emplace_back(Bounded(due_at));
                        });
}

// NULL before there is a result.
db::Param ResolvedOn(const Case& of_case) {
  const auto day = FromProto(of_case.resolved_on());
  return day.ok() ? db::Param(*day) : db::Param(std::nullopt);
}

}  // namespace

absl::StatusOr<absl::optional<Case>> ReadCase(db::Transaction& transaction, absl::string_view id,
                                              bool lock) {
  return db::QueryMessage<Case>(transaction, lock ? kLock : kSelect, {id});
}

absl::StatusOr<absl::optional<Case>> ReadCaseByNumber(db::Transaction& transaction,
                                                      absl::string_view number) {
  return db::QueryMessage<Case>(transaction, kByNumber, {number});
}

absl::StatusOr<absl::optional<Case>> ReadCaseByExternalNumber(db::Transaction& transaction,
                                                              absl::string_view number) {
  return db::QueryMessage<Case>(transaction, kByExternal, {number});
}

absl::StatusOr<absl::optional<Case>> LockSameCase(db::Transaction& transaction,
                                                  absl::string_view same_text) {
  return db::QueryMessage<Case>(transaction, kLockSame, {db::Blob{same_text}});
}

absl::Status InsertCase(db::Transaction& transaction, const Case& of_case,
                        const CaseColumns& columns) {
  const std::string id = CaseId(of_case.name());
  const std::string message = of_case.SerializeAsString();
  const std::string facility = FacilityId(of_case.facility());
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(of_case.etag()));
  ASSIGN_OR_RETURN(const absl::Time filed, FromProto(of_case.file_time()));
  RETURN_IF_ERROR(transaction.Execute(
      kInsert,
      {id,
       of_case.case_number(),
       of_case.kind(),
       of_case.state(),
       of_case.category(),
       facility.empty() ? db::Param(std::nullopt) : db::Param(facility),
       of_case.division_code(),
       of_case.handler(),
       of_case.confidential(),
       of_case.disclosed(),
       of_case.outcome(),
       of_case.satisfaction(),
       IsInTime(of_case),
       columns.joinable,
       filed,
       of_case.external_number().empty() ? db::Param(std::nullopt)
                                         : db::Param(of_case.external_number()),
       columns.same_text.empty() ? db::Param(std::nullopt) : db::Param(db::Blob{columns.same_text}),
       Bounded(columns.wake_at),
       revision,
       ResolvedOn(of_case),
       db::Blob{message}}));
  return StoreUnits(transaction, of_case, columns.due_at);
}

absl::Status UpdateCase(db::Transaction& transaction, const Case& of_case,
                        const CaseColumns& columns) {
  const std::string id = CaseId(of_case.name());
  const std::string message = of_case.SerializeAsString();
  ASSIGN_OR_RETURN(const int64_t revision, rpc::RevisionOf(of_case.etag()));
  RETURN_IF_ERROR(transaction.Execute(
      IsOpen(of_case) ? kUpdate : kUpdateClosed,
      {of_case.state(), of_case.handler(), of_case.confidential(), of_case.disclosed(),
       of_case.outcome(), of_case.satisfaction(), IsInTime(of_case), Bounded(columns.wake_at),
       revision, ResolvedOn(of_case), db::Blob{message}, id}));
  return StoreUnits(transaction, of_case, columns.due_at);
}

absl::Status DropUnit(db::Transaction& transaction, absl::string_view case_id,
                      absl::string_view unit) {
  return transaction.Execute(kDropUnit, {unit, case_id});
}

bool IsOpen(const Case& of_case) {
  switch (of_case.state()) {
    case v1::CASE_STATE_SUBMITTED:
    case v1::CASE_STATE_ACCEPTED:
    case v1::CASE_STATE_ASSIGNED:
    case v1::CASE_STATE_MEDIATION:
    case v1::CASE_STATE_INSPECTION:
      return true;
    default:
      return false;
  }
}

absl::StatusOr<int64_t> CountFiledSince(db::Transaction& transaction, absl::string_view facility_id,
                                        absl::Time since, bool with_confidential) {
  int64_t count = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCountSince,
                                {facility_id, since, v1::CASE_STATE_MERGED, with_confidential},
                                [&](const db::Row& row) { count = row.Int(0); })
                      .status());
  return count;
}

absl::StatusOr<std::vector<Case>> SelectJoinable(db::Transaction& transaction,
                                                 absl::string_view facility_id,
                                                 absl::string_view category, int limit) {
  std::vector<Case> found;
  RETURN_IF_ERROR(transaction.Query(
      kJoinable, {facility_id, category, limit},
      [&](const db::Row& row) { return db::ParseColumn(row, 0, &found.emplace_back()); }));
  return found;
}

absl::StatusOr<bool> IsJoinable(db::Transaction& transaction, absl::string_view id) {
  bool joinable = false;
  RETURN_IF_ERROR(
      transaction.QueryOne(kIsJoinable, {id}, [&](const db::Row& row) { joinable = row.Bool(0); })
          .status());
  return joinable;
}

absl::StatusOr<std::vector<std::string>> CasesToWake(db::Transaction& transaction, absl::Time now,
                                                     int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(transaction.Query(kWake, {now, limit}, [&](const db::Row& row) {
    ids.push_back(row.String(0));
    return absl::OkStatus();
  }));
  return ids;
}

absl::StatusOr<absl::optional<absl::CivilDay>> LastContact(db::Transaction& transaction,
                                                           absl::string_view facility_id,
                                                           absl::string_view account) {
  absl::optional<absl::CivilDay> day;
  RETURN_IF_ERROR(
      transaction
          .QueryOne(kContact, {facility_id, account}, [&](const db::Row& row) { day = row.Day(0); })
          .status());
  return day;
}

absl::Status StoreContact(db::Transaction& transaction, absl::string_view facility_id,
                          absl::string_view account, absl::CivilDay day) {
  return transaction.Execute(kStoreContact, {facility_id, account, day});
}

}  // namespace tuoyu::complaint
