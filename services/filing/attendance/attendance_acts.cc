#include "services/filing/attendance/attendance_acts.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/months.h"
#include "common/base/status.h"
#include "common/db/transaction.h"
#include "common/registry/attendance_token.h"
#include "common/rpc/errors.h"
#include "services/filing/attendance/attendance_repository.h"
#include "services/filing/attendance/attendance_rules.h"
#include "services/filing/facility_projection.h"
#include "services/filing/roster/child_roster.h"
#include "services/filing/roster/roster_table.h"

namespace tuoyu::filing {
namespace {

using v1::IssueAttendanceTokenRequest;
using v1::IssueAttendanceTokenResponse;

// One answer for everything that does not fit.
absl::Status NotProved() { return rpc::Error("ATTENDANCE_NOT_PROVED"); }

std::string AccountIndex(const AttendanceDeps& deps, const rpc::Call& call) {
  return deps.registry.sealer.BlindIndex("attendance_account", call.caller.subject);
}

// The attempt counts by itself, whatever comes of it.
absl::Status CountAttempt(rpc::Call& call, db::Pool& pool, const std::string& account_index) {
  int64_t attempts = 0;
  RETURN_IF_ERROR(db::RunTransaction(
      pool, call.deadline,
      [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(attempts, AddAttempt(transaction, account_index, call.today));
        return absl::OkStatus();
      },
      {.read_only = false, .cancelled = call.cancelled}));
  return attempts > kMostAttendanceAttempts ? rpc::Error("ATTENDANCE_ATTEMPTS_OVER")
                                            : absl::OkStatus();
}

// Whether the caller is of a facility: it knows the roster, so what it knows proves nothing.
absl::StatusOr<bool> IsOfFacility(db::Transaction& transaction, const rpc::Caller& caller,
                                  const std::string& facility_id) {
  ASSIGN_OR_RETURN(const bool has_filed, HasFiledFor(transaction, caller.subject, facility_id));
  return has_filed || !caller.facility.empty() || caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL) ||
         caller.Has(common::v1::ROLE_FACILITY_STAFF);
}

// The entry on the facility's roster of the child that is named, open; nothing when there is none.
absl::StatusOr<std::optional<v1::Child>> FindChild(db::Transaction& transaction,
                                                   const RegistryDeps& deps,
                                                   const std::string& facility_id,
                                                   const v1::ChildEntry& claimed) {
  const std::string index = PersonIndex(deps.sealer, claimed.document(), claimed.document_number());
  ASSIGN_OR_RETURN(const std::vector<RosterRow> rows,
                   ChildRoster::Table().ReadOfPersons(transaction, {index}));
  std::optional<v1::Child> found;
  for (const RosterRow& row : rows) {
    if (row.key.facility != facility_id) continue;
    ASSIGN_OR_RETURN(v1::Child child, ParseStored<v1::Child>(row));
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&child));
    if (IsChild(child, claimed)) found = std::move(child);
  }
  return found;
}

// The proof of a child whose last day in care is known.
v1::Attendance ProofOf(const AttendanceDeps& deps, const v1::Child& child,
                       const std::string& facility, absl::CivilDay last, absl::CivilDay today) {
  v1::Attendance attendance;
  attendance.set_facility(facility);
  *attendance.mutable_term() = TermOf(last);
  attendance.set_pseudonym(deps.registry.sealer.BlindIndex(
      "attendance_pseudonym", PseudonymText(child, attendance.term())));
  *attendance.mutable_issued_on() = ToProto(today);
  *attendance.mutable_expires_on() = ToProto(today + kAttendanceDays);
  return attendance;
}

absl::StatusOr<v1::Attendance> Prove(db::Transaction& transaction, const rpc::Call& call,
                                     const AttendanceDeps& deps, const v1::ChildEntry& claimed,
                                     const std::string& account_index) {
  const std::string facility_id = FacilityId(claimed.facility());
  ASSIGN_OR_RETURN(const std::optional<v1::Child> child,
                   FindChild(transaction, deps.registry, facility_id, claimed));
  ASSIGN_OR_RETURN(const bool of_facility, IsOfFacility(transaction, call.caller, facility_id));
  if (!child || of_facility) return NotProved();
  const std::optional<absl::CivilDay> last = LastInCare(*child, call.today);
  if (!last) return NotProved();
  const std::string entry_index =
      deps.registry.sealer.BlindIndex("attendance_entry", child->name());
  const absl::CivilDay since = AddMonths(call.today, -kAttendanceMonths);
  RETURN_IF_ERROR(LockAccount(transaction, account_index, call.today));
  ASSIGN_OR_RETURN(const int64_t others,
                   CountOtherChildren(transaction, account_index, entry_index, since));
  if (others >= kMostAttendanceChildren) return NotProved();
  RETURN_IF_ERROR(StoreChildOfAccount(transaction, account_index, entry_index, call.today, since));
  return ProofOf(deps, *child, claimed.facility(), *last, call.today);
}

}  // namespace

absl::Status IssueAttendanceToken(rpc::Call& call, db::Pool& pool, const AttendanceDeps& deps,
                                  const IssueAttendanceTokenRequest& request,
                                  IssueAttendanceTokenResponse* reply) {
  if (FacilityId(request.facility()).empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  }
  const v1::ChildEntry claimed = ClaimedChild(request, call.today);
  RETURN_IF_ERROR(rpc::FormError(CheckClaim(request, claimed, deps.registry.RulesOn(call.today))));
  const std::string account_index = AccountIndex(deps, call);
  RETURN_IF_ERROR(CountAttempt(call, pool, account_index));
  v1::Attendance attendance;
  RETURN_IF_ERROR(db::RunTransaction(pool, call.deadline,
                                     [&](db::Transaction& transaction) -> absl::Status {
                                       ASSIGN_OR_RETURN(attendance, Prove(transaction, call, deps,
                                                                          claimed, account_index));
                                       return absl::OkStatus();
                                     },
                                     {.read_only = false, .cancelled = call.cancelled}));
  ASSIGN_OR_RETURN(*reply->mutable_token(), registry::SignAttendance(deps.signer, attendance));
  attendance.clear_pseudonym();
  *reply->mutable_attendance() = std::move(attendance);
  // The proof is the guardian's own.
  call.clearance = call.clearance.With(common::v1::DATA_CLASS_CHILD);
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
