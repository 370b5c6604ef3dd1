// What is read of registrations: one with its history, and the worklist of those that have not filed.
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/db/lists.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/facility_repository.h"
#include "services/filing/registration/registration_acts.h"
#include "services/filing/registration/registration_repository.h"
#include "services/filing/registry_scope.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::UnfiledRegistration;

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE,   common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_TOWN_OFFICER, common::v1::ROLE_AUDITOR};
constexpr int kMostAgeDays = 36'500;

// The last contact of each registration of a list.
constexpr char kSelectLastContacts[] =
    "SELECT c.registration_id, c.message FROM registration_contact c WHERE c.registration_id IN (";
constexpr char kLastOnly[] =
    " AND c.id = (SELECT MAX(d.id) FROM registration_contact d WHERE d.registration_id = "
    "c.registration_id)";

struct UnfiledRow {
  std::string id;
  absl::CivilDay registered_on;
  std::string message;
};

absl::StatusOr<db::Sql> UnfiledSql(const v1::ListUnfiledRegistrationsRequest& request,
                                   const RegistryScope& scope, absl::CivilDay today,
                                   const std::vector<std::string>& after, int limit) {
  if (request.minimum_age_days() < 0 || request.minimum_age_days() > kMostAgeDays) {
    return rpc::Error("FIELD_INVALID", {{"field", "minimum_age_days"}});
  }
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  db::Sql sql;
  sql.Add(
      "SELECT r.id, r.registered_on, r.message FROM registration r FORCE INDEX "
      "(registration_unfiled) WHERE r.state = 1");
  if (!after.empty()) {
    const auto day = ParseDay(after[0]);
    if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
    sql.Add(" AND r.registered_on >= ?", *day);
    sql.Add(" AND (r.registered_on > ?", *day);
    sql.Add(" OR r.id > ?)", after[1]);
  }
  sql.Add(" AND ");
  AddScope(scope, "r.", &sql);
  db::AddDivision(prefix, "r.", &sql);
  if (request.registrar() != v1::REGISTRAR_UNSPECIFIED) {
    sql.Add(" AND r.registrar = ?", request.registrar());
  }
  sql.Add(" AND r.registered_on <= ?", today - request.minimum_age_days());
  if (!request.include_put_off()) sql.Add(" AND r.off_list_until <= ?", today);
  if (request.childcare_only()) sql.Add(" AND r.childcare = 1");
  sql.Add(
      " AND NOT EXISTS (SELECT 1 FROM facility f WHERE f.open_uscc = r.uscc) AND NOT EXISTS "
      "(SELECT "
      "1 FROM filing g WHERE g.open_uscc = r.uscc) ORDER BY r.registered_on, r.id LIMIT ?",
      limit);
  return sql;
}

absl::StatusOr<absl::flat_hash_map<std::string, v1::RegistrationContact>> LastContacts(
    db::Transaction& transaction, const std::vector<UnfiledRow>& rows) {
  absl::flat_hash_map<std::string, v1::RegistrationContact> contacts;
  std::vector<db::Param> ids;
  ids.reserve(rows.size());
  for (const UnfiledRow& row : rows) ids.emplace_back(row.id);
  RETURN_IF_ERROR(db::SelectIn(transaction, kSelectLastContacts, kLastOnly, {}, ids, 1,
                               [&](const db::Row& row) -> absl::Status {
                                 if (contacts[row.String(0)].ParseFromString(row.String(1))) {
                                   return absl::OkStatus();
                                 }
                                 return absl::DataLossError("a stored contact does not parse");
                               }));
  return contacts;
}

// The facilities that were filed under these USCCs and have ended, the last one of each.
absl::StatusOr<absl::flat_hash_map<std::string, v1::Facility>> FormerFacilities(
    db::Transaction& transaction, const std::vector<std::string>& usccs, absl::CivilDay today) {
  absl::flat_hash_map<std::string, v1::Facility> former;
  ASSIGN_OR_RETURN(const std::vector<std::string> ids, IdsOfUsccs(transaction, usccs));
  ASSIGN_OR_RETURN(const std::vector<FacilityRecord> records,
                   LoadRecords(transaction, ids, /*lock=*/false));
  for (const FacilityRecord& record : records) {
    absl::optional<v1::Facility> facility = FacilityOn(record, today, today);
    if (!facility || !IsFinal(facility->state())) continue;
    const std::string uscc = facility->content().uscc();
    former[uscc] = *std::move(facility);
  }
  return former;
}

// The unit whose own registrations a department reads; null for everyone else.
const v1::Unit* UnitOf(const rpc::Caller& caller, const data::Units& units) {
  return caller.Has(common::v1::ROLE_DEPARTMENT_OFFICER) ? units.OfOrganisation(caller.organisation)
                                                         : nullptr;
}

absl::StatusOr<db::Sql> ListSql(const v1::ListRegistrationsRequest& request,
                                const RegistryScope& scope, const v1::Unit* unit,
                                const std::vector<std::string>& after, int limit) {
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  db::Sql sql;
  sql.Add("SELECT message FROM registration WHERE (");
  AddScope(scope, "", &sql);
  if (unit != nullptr) sql.Add(" OR unit = ?", unit->code());
  sql.Add(")");
  db::AddDivision(prefix, "", &sql);
  if (!after.empty()) sql.Add(" AND id > ?", after[0]);
  if (!request.uscc().empty()) sql.Add(" AND uscc = ?", request.uscc());
  if (request.registrar() != v1::REGISTRAR_UNSPECIFIED) {
    sql.Add(" AND registrar = ?", request.registrar());
  }
  if (request.state() != v1::REGISTRATION_STATE_UNSPECIFIED) {
    sql.Add(" AND state = ?", request.state());
  }
  sql.Add(" ORDER BY id LIMIT ?", limit);
  return sql;
}

int DaysSince(const google::type::Date& date, absl::CivilDay today) {
  const auto day = FromProto(date);
  return day.ok() ? static_cast<int>(today - *day) : 0;
}

absl::Status FillPage(db::Transaction& transaction, const rpc::Call& call,
                      const RegistrationDeps& deps, const std::vector<UnfiledRow>& rows,
                      v1::ListUnfiledRegistrationsResponse* reply) {
  std::vector<std::string> usccs;
  for (const UnfiledRow& row : rows) {
    UnfiledRegistration* listed = reply->add_registrations();
    if (!listed->mutable_registration()->ParseFromString(row.message)) {
      return absl::DataLossError("a stored registration does not parse");
    }
    usccs.push_back(listed->registration().uscc());
  }
  if (rows.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto contacts, LastContacts(transaction, rows));
  ASSIGN_OR_RETURN(const auto former, FormerFacilities(transaction, usccs, call.today));
  for (int i = 0; i < reply->registrations_size(); ++i) {
    UnfiledRegistration& listed = *reply->mutable_registrations(i);
    v1::Registration& registration = *listed.mutable_registration();
    if (call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)) {
      RETURN_IF_ERROR(deps.registry.sealer.UnsealFields(&registration));
    }
    listed.set_name(registration.name());
    listed.set_days_registered(DaysSince(registration.registered_on(), call.today));
    listed.set_days_known(DaysSince(registration.pushed_on(), call.today));
    const auto contact = contacts.find(rows[i].id);
    if (contact != contacts.end()) *listed.mutable_last_contact() = contact->second;
    const auto ended = former.find(registration.uscc());
    if (ended == former.end()) continue;
    listed.set_former_facility(ended->second.name());
    listed.set_former_state(ended->second.state());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status GetRegistration(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                             const v1::GetRegistrationRequest& request,
                             v1::GetRegistrationResponse* reply) {
  const std::string id = RegistrationId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  const RegistryScope scope(call.caller, kReaders);
  const v1::Unit* unit = UnitOf(call.caller, deps.units);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(absl::optional<RegistrationRow> row,
                     ReadRegistration(transaction, id, /*lock=*/false));
    if (!row) return rpc::Error("REGISTRATION_NOT_FOUND");
    v1::Registration& message = row->message;
    const bool own = unit != nullptr && unit->code() == message.unit();
    if (!own && !scope.Covers(message.division_code())) return rpc::Error("OUT_OF_SCOPE");
    // Who pushed it knows it.
    call.clearance = own ? call.clearance.With(common::v1::DATA_CLASS_PERSONAL)
                         : scope.ClearanceFor("", message.division_code());
    ASSIGN_OR_RETURN(std::vector<v1::Registration> facts, ReadRegistrationFacts(transaction, id));
    ASSIGN_OR_RETURN(std::vector<v1::RegistrationContact> contacts, ReadContacts(transaction, id));
    *reply->mutable_registration() = std::move(message);
    for (v1::Registration& fact : facts) *reply->add_history() = std::move(fact);
    if (!own) {
      for (v1::RegistrationContact& contact : contacts) *reply->add_contacts() = std::move(contact);
    }
    return call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)
               ? deps.registry.sealer.UnsealFields(reply)
               : absl::OkStatus();
  });
}

absl::Status ListRegistrations(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                               const v1::ListRegistrationsRequest& request,
                               v1::ListRegistrationsResponse* reply) {
  const RegistryScope scope(call.caller, kReaders);
  const v1::Unit* unit = UnitOf(call.caller, deps.units);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> after,
                   rpc::PageKey(request.page_token(), digest, 1));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const db::Sql sql, ListSql(request, scope, unit, after, page_size + 1));
  // Who pushed it knows it.
  call.clearance = scope.divisions().empty() ? call.clearance.With(common::v1::DATA_CLASS_PERSONAL)
                                             : scope.ClearanceFor("", scope.divisions().front());
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    std::vector<v1::Registration> found;
    RETURN_IF_ERROR(
        transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) -> absl::Status {
          if (found.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
          return absl::DataLossError("a stored registration does not parse");
        }));
    if (rpc::HasMore(page_size, &found)) {
      reply->set_next_page_token(MakePageToken({RegistrationId(found.back().name())}, digest));
    }
    for (v1::Registration& each : found) *reply->add_registrations() = std::move(each);
    return call.clearance.Has(common::v1::DATA_CLASS_PERSONAL)
               ? deps.registry.sealer.UnsealFields(reply)
               : absl::OkStatus();
  });
}

absl::Status ListUnfiledRegistrations(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                                      const v1::ListUnfiledRegistrationsRequest& request,
                                      v1::ListUnfiledRegistrationsResponse* reply) {
  const RegistryScope scope(call.caller, kReaders);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> after,
                   rpc::PageKey(request.page_token(), digest, 2));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const db::Sql sql, UnfiledSql(request, scope, call.today, after, page_size + 1));
  if (!scope.divisions().empty()) {
    call.clearance = scope.ClearanceFor("", scope.divisions().front());
  }
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    std::vector<UnfiledRow> rows;
    RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) {
      rows.push_back({row.String(0), row.Day(1), row.String(2)});
      return absl::OkStatus();
    }));
    const bool more = rpc::HasMore(page_size, &rows);
    RETURN_IF_ERROR(FillPage(transaction, call, deps, rows, reply));
    if (more) {
      reply->set_next_page_token(
          MakePageToken({FormatDay(rows.back().registered_on), rows.back().id}, digest));
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
