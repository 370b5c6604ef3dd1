#include "services/filing/roster/staff_reading.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/roster_reading.h"
#include "services/filing/roster/staff_roster.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_DHC_ARCHIVIST};
constexpr int kMostDays = 366;

// Opens personal fields for a caller who may see them; for others they stay sealed, and redaction takes them off.
absl::Status Open(const rpc::Call& call, const privacy::Sealer& sealer, v1::StaffMember* member) {
  if (!call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)) return absl::OkStatus();
  return sealer.UnsealFields(member);
}

// What of a worklist's person lacks or lapses on or before `until`: today, and on the first day of each post that begins by
// then.
std::vector<v1::CertificateNeed> DueNeeds(const v1::StaffMember& member, const v1::RuleSet& rules,
                                          absl::CivilDay today, absl::CivilDay until) {
  std::set<absl::CivilDay> days = {today};
  for (const v1::Post& post : member.posts()) {
    if (FirstDayOf(post) > today && FirstDayOf(post) <= until) days.insert(FirstDayOf(post));
  }
  std::vector<v1::CertificateNeed> due;
  std::set<v1::CertificateKind> told;
  for (const absl::CivilDay day : days) {
    for (v1::CertificateNeed& need : NeedsOn(member, rules, day)) {
      const auto by = FromProto(need.due_on());
      if (!by.ok() || *by > until || !told.insert(need.kind()).second) continue;
      due.push_back(std::move(need));
    }
  }
  return due;
}

}  // namespace

void FillExpiry(const v1::RuleSet& rules, v1::StaffMember* member) {
  for (v1::Certificate& certificate : *member->mutable_certificates()) {
    certificate.clear_expires_on();
    const absl::CivilDay expiry = ExpiryOf(certificate, rules);
    if (expiry != absl::CivilDay::max()) *certificate.mutable_expires_on() = ToProto(expiry);
  }
}

void Compute(const v1::RuleSet& rules, absl::CivilDay day, v1::StaffMember* member) {
  member->clear_needs();
  for (v1::CertificateNeed& need : NeedsOn(*member, rules, day)) {
    *member->add_needs() = std::move(need);
  }
  FillExpiry(rules, member);
}

absl::Status StaffReader::Get(rpc::Call& call, const v1::GetStaffMemberRequest& request,
                              v1::StaffMember* reply) const {
  const RosterKey key = ParseStaffName(request.name());
  if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(const absl::CivilDay day,
                   rpc::DayAsked(request.has_as_of(), request.as_of(), call));
  const RegistryScope scope(call.caller, kReaders);
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(AdmitToRoster(transaction, scope, key.facility, "STAFF_NOT_FOUND", &call));
    ASSIGN_OR_RETURN(const absl::optional<RosterRow> row,
                     StaffRoster::Table().ReadOne(transaction, key));
    if (!row) return rpc::Error("STAFF_NOT_FOUND");
    ASSIGN_OR_RETURN(*reply, ParseStored<v1::StaffMember>(*row));
    return absl::OkStatus();
  }));
  call.subject = reply->name();
  Compute(deps.book.On(call.today), day, reply);
  return Open(call, deps.sealer, reply);
}

absl::Status StaffReader::List(rpc::Call& call, const v1::ListStaffRequest& request,
                               v1::ListStaffResponse* reply) const {
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
    RETURN_IF_ERROR(AdmitToRoster(transaction, scope, facility, "FACILITY_NOT_FOUND", &call));
    ASSIGN_OR_RETURN(const std::string next,
                     ReadRosterPage<StaffRoster>(
                         transaction, facility, key.empty() ? "" : key[0], page_size,
                         [&](const v1::StaffMember& member) {
                           return request.include_former() || IsOnPost(member, day);
                         },
                         [&](v1::StaffMember member) { *reply->add_staff() = std::move(member); }));
    if (!next.empty()) reply->set_next_page_token(MakePageToken({next}, digest));
    return absl::OkStatus();
  }));
  call.subject = request.parent();
  for (v1::StaffMember& member : *reply->mutable_staff()) {
    Compute(deps.book.On(call.today), day, &member);
    RETURN_IF_ERROR(Open(call, deps.sealer, &member));
  }
  return absl::OkStatus();
}

absl::Status StaffReader::ListDue(rpc::Call& call, const v1::ListStaffDueRequest& request,
                                  v1::ListStaffDueResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  if (request.within_days() < 0 || request.within_days() > kMostDays) {
    return rpc::Error("FIELD_INVALID", {{"field", "within_days"}});
  }
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const RosterListKey after, DuePageKey(request.page_token(), digest));
  const RegistryScope scope(call.caller, kReaders);
  const absl::CivilDay until = call.today + request.within_days();
  const v1::RuleSet& rules = deps.book.On(call.today);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<ListedRow> rows,
                     StaffRoster::Table().ReadDue(
                         transaction, {scope, prefix, call.today, page_size + 1}, until, after));
    const bool more = rpc::HasMore(page_size, &rows);
    for (const ListedRow& listed : rows) {
      ASSIGN_OR_RETURN(const v1::StaffMember member, ParseStored<v1::StaffMember>(listed.row));
      std::vector<v1::CertificateNeed> needs = DueNeeds(member, rules, call.today, until);
      const bool barred = IsBarred(member, call.today) && IsOnPost(member, call.today);
      if (needs.empty() && !barred) continue;  // the post it was about has ended, another goes on
      v1::StaffDue& due = *reply->add_staff();
      due.set_name(StaffName(listed.row.key));
      due.set_facility_name(listed.facility_name);
      due.set_division_code(listed.division_code);
      if (barred) *due.mutable_barred_on() = member.barred_on();
      for (v1::CertificateNeed& need : needs) *due.add_needs() = std::move(need);
    }
    if (more) reply->set_next_page_token(DuePageToken(rows.back().row, digest));
    return absl::OkStatus();
  });
}

absl::Status StaffReader::ListConflicts(rpc::Call& call,
                                        const v1::ListPostConflictsRequest& request,
                                        v1::ListPostConflictsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, rpc::PageKey(request.page_token(), digest, 3));
  // Persons at two facilities first, then those at facilities that have ended.
  const bool ended = !key.empty() && key[0] == "ended";
  const RosterKey after = key.empty() ? RosterKey() : RosterKey{key[1], key[2]};
  const RegistryScope scope(call.caller, kReaders);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    const RosterTable::Query query{scope, prefix, call.today, page_size + 1};
    ASSIGN_OR_RETURN(std::vector<ListedRow> rows,
                     ended ? StaffRoster::Table().ReadAtEnded(transaction, query, after)
                           : StaffRoster::Table().ReadShared(transaction, query, after));
    const bool more = rpc::HasMore(page_size, &rows);
    const auto add = [&](v1::PostConflictKind kind, const RosterKey& entry,
                         const RosterKey* other) {
      v1::PostConflict& conflict = *reply->add_conflicts();
      conflict.set_kind(kind);
      conflict.set_name(StaffName(entry));
      if (other != nullptr) conflict.set_other(StaffName(*other));
    };
    if (ended) {
      for (const ListedRow& listed : rows) {
        add(v1::POST_CONFLICT_KIND_FACILITY_ENDED, listed.row.key, nullptr);
      }
    } else {
      RETURN_IF_ERROR(FindPairs<StaffRoster>(transaction, scope, prefix, rows, call.today,
                                             [&](const RosterKey& entry, const RosterKey* other) {
                                               add(v1::POST_CONFLICT_KIND_TWO_FACILITIES, entry,
                                                   other);
                                             }));
    }
    if (more) {
      const RosterKey& last = rows.back().row.key;
      reply->set_next_page_token(
          MakePageToken({ended ? "ended" : "shared", last.facility, last.id}, digest));
    } else if (!ended) {
      reply->set_next_page_token(MakePageToken({"ended", "", ""}, digest));
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
