#include "services/filing/roster/child_reading.h"

#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/child_roster.h"
#include "services/filing/roster/class_ratios.h"
#include "services/filing/roster/health_record.h"
#include "services/filing/roster/roster_reading.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kReaders[] = {common::v1::ROLE_PHC,           common::v1::ROLE_DHC_INTAKE,
                                  common::v1::ROLE_DHC_REVIEWER,  common::v1::ROLE_DHC_APPROVER,
                                  common::v1::ROLE_DHC_INSPECTOR, common::v1::ROLE_DHC_ARCHIVIST};
constexpr int kMostDays = 366;

// Opens fields of children for a caller who may see them; for others they stay sealed, and redaction takes them off.
absl::Status Open(const rpc::Call& call, const privacy::Sealer& sealer, v1::Child* child) {
  if (!call.clearance.Has(common::v1::DATA_CLASS_CHILD)) return absl::OkStatus();
  return sealer.UnsealFields(child);
}

}  // namespace

absl::StatusOr<std::string> AdmitToChildren(db::Transaction& transaction,
                                            const RegistryScope& scope, const std::string& facility,
                                            absl::string_view missing, rpc::Call* call) {
  RETURN_IF_ERROR(AdmitToRoster(transaction, scope, facility, missing, call));
  ASSIGN_OR_RETURN(auto divisions, ReadDivisions(transaction, {facility}));
  const bool head = scope.Owns(facility) && call->caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL);
  const bool keeper = call->caller.Has(common::v1::ROLE_PHC) && scope.Covers(divisions[facility]);
  if (head || keeper) call->clearance = call->clearance.With(common::v1::DATA_CLASS_CHILD);
  return std::move(divisions[facility]);
}

absl::Status ChildReader::Get(rpc::Call& call, const v1::GetChildRequest& request,
                              v1::Child* reply) const {
  const RosterKey key = ParseChildName(request.name());
  if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(const absl::CivilDay day,
                   rpc::DayAsked(request.has_as_of(), request.as_of(), call));
  const RegistryScope scope(call.caller, kReaders);
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(
        AdmitToChildren(transaction, scope, key.facility, "CHILD_NOT_FOUND", &call).status());
    ASSIGN_OR_RETURN(const absl::optional<RosterRow> row,
                     ChildRoster::Table().ReadOne(transaction, key));
    if (!row) return rpc::Error("CHILD_NOT_FOUND");
    ASSIGN_OR_RETURN(*reply, ParseStored<v1::Child>(*row));
    return absl::OkStatus();
  }));
  call.subject = reply->name();
  RETURN_IF_ERROR(Open(call, deps.sealer, reply));
  Compute(deps.book.On(call.today), day, reply);
  return absl::OkStatus();
}

absl::Status ChildReader::List(rpc::Call& call, const v1::ListChildrenRequest& request,
                               v1::ListChildrenResponse* reply) const {
  const std::string facility = FacilityId(request.parent());
  if (facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  ASSIGN_OR_RETURN(const absl::CivilDay day,
                   rpc::DayAsked(request.has_as_of(), request.as_of(), call));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 1));
  const RegistryScope scope(call.caller, kReaders);
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    RETURN_IF_ERROR(
        AdmitToChildren(transaction, scope, facility, "FACILITY_NOT_FOUND", &call).status());
    ASSIGN_OR_RETURN(const std::string next,
                     ReadRosterPage<ChildRoster>(
                         transaction, facility, key.empty() ? "" : key[0], page_size,
                         [&](const v1::Child& child) {
                           return request.include_former() || IsEnrolled(child, day);
                         },
                         [&](v1::Child child) { *reply->add_children() = std::move(child); }));
    if (!next.empty()) reply->set_next_page_token(MakePageToken({next}, digest));
    return absl::OkStatus();
  }));
  call.subject = request.parent();
  for (v1::Child& child : *reply->mutable_children()) {
    RETURN_IF_ERROR(Open(call, deps.sealer, &child));
    Compute(deps.book.On(call.today), day, &child);
  }
  return absl::OkStatus();
}

absl::Status ChildReader::ListHealthDue(rpc::Call& call, const v1::ListHealthDueRequest& request,
                                        v1::ListHealthDueResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  if (request.within_days() < 0 || request.within_days() > kMostDays) {
    return rpc::Error("FIELD_INVALID", {{"field", "within_days"}});
  }
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const RosterListKey after, DuePageKey(request.page_token(), digest));
  const RegistryScope scope(call.caller, kReaders);
  const absl::CivilDay until = call.today + request.within_days();
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<ListedRow> rows,
                     ChildRoster::Table().ReadDue(
                         transaction, {scope, prefix, call.today, page_size + 1}, until, after));
    const bool more = rpc::HasMore(page_size, &rows);
    for (const ListedRow& listed : rows) {
      ASSIGN_OR_RETURN(const v1::Child child, ParseStored<v1::Child>(listed.row));
      if (!IsEnrolled(child, call.today)) continue;
      v1::HealthDue& due = *reply->add_children();
      due.set_name(ChildName(listed.row.key));
      due.set_facility_name(listed.facility_name);
      due.set_division_code(listed.division_code);
      due.set_record_state(StateOn(child.health_record(), deps.book.On(call.today), call.today));
      *due.mutable_due_on() = ToProto(listed.row.due_on);
    }
    if (more) reply->set_next_page_token(DuePageToken(rows.back().row, digest));
    return absl::OkStatus();
  });
}

absl::Status ChildReader::ListConflicts(rpc::Call& call,
                                        const v1::ListEnrolmentConflictsRequest& request,
                                        v1::ListEnrolmentConflictsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 2));
  const RosterKey after = key.empty() ? RosterKey() : RosterKey{key[0], key[1]};
  const RegistryScope scope(call.caller, kReaders);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<ListedRow> rows,
                     ChildRoster::Table().ReadShared(
                         transaction, {scope, prefix, call.today, page_size + 1}, after));
    const bool more = rpc::HasMore(page_size, &rows);
    RETURN_IF_ERROR(FindPairs<ChildRoster>(transaction, scope, prefix, rows, call.today,
                                           [&](const RosterKey& entry, const RosterKey* other) {
                                             v1::EnrolmentConflict& conflict =
                                                 *reply->add_conflicts();
                                             conflict.set_name(ChildName(entry));
                                             if (other != nullptr)
                                               conflict.set_other(ChildName(*other));
                                           }));
    if (more) {
      const RosterKey& last = rows.back().row.key;
      reply->set_next_page_token(MakePageToken({last.facility, last.id}, digest));
    }
    return absl::OkStatus();
  });
}

absl::Status ChildReader::CheckRatios(rpc::Call& call, const v1::CheckRatiosRequest& request,
                                      v1::CheckRatiosResponse* reply) const {
  const std::string facility = FacilityId(request.parent());
  if (facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "parent"}});
  ASSIGN_OR_RETURN(const absl::CivilDay day,
                   rpc::DayAsked(request.has_as_of(), request.as_of(), call));
  const RegistryScope scope(call.caller, kReaders);
  v1::Facility filed;
  std::vector<v1::Child> children;
  std::vector<v1::StaffMember> staff;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(AdmitToRoster(transaction, scope, facility, "FACILITY_NOT_FOUND", &call));
    ASSIGN_OR_RETURN(filed, LoadFacility(transaction, deps, request.parent(), call.today, day));
    ASSIGN_OR_RETURN(children,
                     WholeRoster<ChildRoster>(transaction, facility, [&](const v1::Child& child) {
                       return IsEnrolled(child, day);
                     }));
    ASSIGN_OR_RETURN(
        staff, WholeRoster<StaffRoster>(transaction, facility, [&](const v1::StaffMember& member) {
          return IsOnPost(member, day);
        }));
    return absl::OkStatus();
  }));
  RETURN_IF_ERROR(OpenBirthDates(deps.sealer, filed.content(), &children));
  Findings findings(deps.RulesOn(day), Mode::kReport);
  for (v1::ClassRatio& ratio : RatiosOn(filed.content(), children, staff, day, findings)) {
    *reply->add_classes() = std::move(ratio);
  }
  for (common::v1::Violation& violation : findings.Take()) {
    *reply->add_violations() = std::move(violation);
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing
