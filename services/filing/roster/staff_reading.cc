#include "services/filing/roster/staff_reading.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/ids/text.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/certificate_needs.h"
#include "services/filing/roster/staff_entry.h"
#include "services/filing/roster/staff_repository.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_DHC_ARCHIVIST};
constexpr int kMostDays = 366;
constexpr size_t kLongestDivisionCode = 12;

// The day asked for; today when none is.
absl::StatusOr<absl::CivilDay> DayAsked(bool has_day, const google::type::Date& date,
                                        const rpc::Call& call) {
  if (!has_day) return call.today;
  const absl::StatusOr<absl::CivilDay> day = FromProto(date);
  if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
  return *day;
}

// Lets the caller see a facility's roster: its own, or as an officer of the division. The reply's clearance becomes what
// the caller may see of it.
absl::Status Admit(db::Transaction& transaction, const RegistryScope& scope,
                   const std::string& facility, absl::string_view missing, rpc::Call* call) {
  if (!scope.is_officer() && !scope.Owns(facility)) return rpc::Error("NOT_YOUR_FACILITY");
  ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(transaction, {facility}));
  const auto division = divisions.find(facility);
  if (division == divisions.end()) return rpc::Error(missing);
  if (!scope.Holds(facility, division->second)) return rpc::Error("OUT_OF_SCOPE");
  call->clearance = scope.ClearanceFor(facility, division->second);
  return absl::OkStatus();
}

// Opens personal fields for a caller who may see them; for others they stay sealed, and redaction takes them off.
absl::Status Open(const rpc::Call& call, const privacy::Sealer& sealer, v1::StaffMember* member) {
  if (!call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)) return absl::OkStatus();
  return sealer.UnsealFields(member);
}

// The prefix of a division as the lists take it.
absl::StatusOr<std::string> PrefixOf(const std::string& division_prefix) {
  if (!division_prefix.empty() &&
      (division_prefix.size() > kLongestDivisionCode || !ids::AllDigits(division_prefix))) {
    return rpc::Error("FIELD_INVALID", {{"field", "division_prefix"}});
  }
  return std::string(rpc::DivisionPrefix(division_prefix));
}

// Where a page of a list goes on: the key of the last row before it, `size` values; empty on the first page.
absl::StatusOr<std::vector<std::string>> PageKey(const std::string& token,
                                                 const std::string& digest, size_t size) {
  if (token.empty()) return std::vector<std::string>();
  auto key = ReadPageToken(token, digest);
  if (!key.ok() || key->size() != size) return rpc::Error("PAGE_TOKEN_INVALID");
  return key;
}

absl::StatusOr<int> RequirePageSize(int requested) {
  const absl::StatusOr<int> size = PageSize(requested);
  if (!size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  return size;
}

// What of a worklist's person lacks or lapses on or before `until`; of one who comes later, on the first day it lacks.
std::vector<v1::CertificateNeed> DueNeeds(const StaffRow& row, const v1::RuleSet& rules,
                                          absl::CivilDay today, absl::CivilDay until) {
  const absl::CivilDay day = IsOnPost(row.member, today) ? today : std::max(today, row.due_on);
  std::vector<v1::CertificateNeed> needs = NeedsOn(row.member, rules, day);
  needs.erase(std::remove_if(needs.begin(), needs.end(),
                             [&](const v1::CertificateNeed& need) {
                               const auto due = FromProto(need.due_on());
                               return !due.ok() || *due > until;
                             }),
              needs.end());
  return needs;
}

// The conflicts of a page of persons at two facilities: each pair once, with the other facility only where the caller may
// know of it.
absl::Status AddPairs(db::Transaction& transaction, const RegistryScope& scope,
                      const std::vector<ListedStaff>& page, absl::CivilDay today,
                      v1::ListPostConflictsResponse* reply) {
  std::vector<std::string> persons;
  for (const ListedStaff& staff : page) persons.push_back(staff.row.person_index);
  ASSIGN_OR_RETURN(const std::vector<StaffRow> all, ReadStaffOfPersons(transaction, persons));
  std::vector<std::string> facilities;
  for (const StaffRow& row : all) facilities.push_back(row.key.facility);
  ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(transaction, facilities));
  for (const ListedStaff& staff : page) {
    for (const StaffRow& other : all) {
      if (other.person_index != staff.row.person_index || other.key == staff.row.key ||
          SharedUntil(staff.row.member, other.member) <= today) {
        continue;
      }
      const auto division = divisions.find(other.key.facility);
      const bool visible = division != divisions.end() && scope.Covers(division->second);
      if (visible && other.key < staff.row.key) continue;  // told with the other one
      v1::PostConflict& conflict = *reply->add_conflicts();
      conflict.set_kind(v1::POST_CONFLICT_KIND_TWO_FACILITIES);
      conflict.set_name(StaffName(staff.row.key));
      if (visible) conflict.set_other(StaffName(other.key));
    }
  }
  return absl::OkStatus();
}

// Takes the row that is one too many off a page; true when there was one.
template <typename Rows>
bool HasMore(int page_size, Rows* rows) {
  if (static_cast<int>(rows->size()) <= page_size) return false;
  rows->resize(static_cast<size_t>(page_size));
  return true;
}

}  // namespace

void Compute(const v1::RuleSet& rules, absl::CivilDay day, v1::StaffMember* member) {
  member->clear_needs();
  for (v1::CertificateNeed& need : NeedsOn(*member, rules, day)) {
    *member->add_needs() = std::move(need);
  }
  for (v1::Certificate& certificate : *member->mutable_certificates()) {
    certificate.clear_expires_on();
    const absl::CivilDay expiry = ExpiryOf(certificate, rules);
    if (expiry != absl::CivilDay::max()) *certificate.mutable_expires_on() = ToProto(expiry);
  }
}

absl::Status StaffReader::Get(rpc::Call& call, const v1::GetStaffMemberRequest& request,
                              v1::StaffMember* reply) const {
  const StaffKey key = ParseStaffName(request.name());
  if (key.facility.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayAsked(request.has_as_of(), request.as_of(), call));
  const RegistryScope scope(call.caller, kReaders);
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    RETURN_IF_ERROR(Admit(transaction, scope, key.facility, "STAFF_NOT_FOUND", &call));
    ASSIGN_OR_RETURN(absl::optional<StaffRow> row, ReadStaff(transaction, key));
    if (!row) return rpc::Error("STAFF_NOT_FOUND");
    *reply = std::move(row->member);
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
  ASSIGN_OR_RETURN(const absl::CivilDay day, DayAsked(request.has_as_of(), request.as_of(), call));
  ASSIGN_OR_RETURN(const int page_size, RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, PageKey(request.page_token(), digest, 1));
  const RegistryScope scope(call.caller, kReaders);
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    RETURN_IF_ERROR(Admit(transaction, scope, facility, "FACILITY_NOT_FOUND", &call));
    std::string after = key.empty() ? "" : key[0];
    for (bool more = true; more;) {
      ASSIGN_OR_RETURN(std::vector<StaffRow> rows,
                       ReadRoster(transaction, facility, after, page_size + 1));
      more = HasMore(page_size, &rows);
      for (StaffRow& row : rows) {
        if (reply->staff_size() == page_size) {
          reply->set_next_page_token(MakePageToken({after}, digest));
          return absl::OkStatus();
        }
        after = row.key.id;
        if (!request.include_former() && !IsOnPost(row.member, day)) continue;
        *reply->add_staff() = std::move(row.member);
      }
    }
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
  ASSIGN_OR_RETURN(const std::string prefix, PrefixOf(request.division_prefix()));
  if (request.within_days() < 0 || request.within_days() > kMostDays) {
    return rpc::Error("FIELD_INVALID", {{"field", "within_days"}});
  }
  ASSIGN_OR_RETURN(const int page_size, RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, PageKey(request.page_token(), digest, 3));
  StaffListKey after;
  if (!key.empty()) {
    const auto day = ParseDay(key[0]);
    if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
    after = {*day, {key[1], key[2]}};
  }
  const RegistryScope scope(call.caller, kReaders);
  const absl::CivilDay until = call.today + request.within_days();
  const v1::RuleSet& rules = deps.book.On(call.today);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(std::vector<ListedStaff> rows,
                     ReadDue(transaction, scope, prefix, call.today, until, after, page_size + 1));
    const bool more = HasMore(page_size, &rows);
    for (const ListedStaff& staff : rows) {
      std::vector<v1::CertificateNeed> needs = DueNeeds(staff.row, rules, call.today, until);
      if (needs.empty()) continue;  // the post it was about has ended, another goes on
      v1::StaffDue& due = *reply->add_staff();
      due.set_name(StaffName(staff.row.key));
      due.set_facility_name(staff.facility_name);
      due.set_division_code(staff.division_code);
      for (v1::CertificateNeed& need : needs) *due.add_needs() = std::move(need);
    }
    if (!more) return absl::OkStatus();
    const StaffRow& last = rows.back().row;
    reply->set_next_page_token(
        MakePageToken({FormatDay(last.due_on), last.key.facility, last.key.id}, digest));
    return absl::OkStatus();
  });
}

absl::Status StaffReader::ListConflicts(rpc::Call& call,
                                        const v1::ListPostConflictsRequest& request,
                                        v1::ListPostConflictsResponse* reply) const {
  ASSIGN_OR_RETURN(const std::string prefix, PrefixOf(request.division_prefix()));
  ASSIGN_OR_RETURN(const int page_size, RequirePageSize(request.page_size()));
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const auto key, PageKey(request.page_token(), digest, 3));
  // Persons at two facilities first, then those at facilities that have ended.
  const bool ended = !key.empty() && key[0] == "ended";
  const StaffKey after = key.empty() ? StaffKey() : StaffKey{key[1], key[2]};
  const RegistryScope scope(call.caller, kReaders);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(
        std::vector<ListedStaff> rows,
        ended ? ReadAtEnded(transaction, scope, prefix, call.today, after, page_size + 1)
              : ReadShared(transaction, scope, prefix, call.today, after, page_size + 1));
    const bool more = HasMore(page_size, &rows);
    if (ended) {
      for (const ListedStaff& staff : rows) {
        v1::PostConflict& conflict = *reply->add_conflicts();
        conflict.set_kind(v1::POST_CONFLICT_KIND_FACILITY_ENDED);
        conflict.set_name(StaffName(staff.row.key));
      }
    } else if (!rows.empty()) {
      RETURN_IF_ERROR(AddPairs(transaction, scope, rows, call.today, reply));
    }
    if (more) {
      const StaffKey& last = rows.back().row.key;
      reply->set_next_page_token(
          MakePageToken({ended ? "ended" : "shared", last.facility, last.id}, digest));
    } else if (!ended) {
      reply->set_next_page_token(MakePageToken({"ended", "", ""}, digest));
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
