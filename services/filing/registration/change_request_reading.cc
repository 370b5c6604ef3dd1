#include "services/filing/registration/change_request_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/filing/facility_projection.h"
#include "services/filing/registration/change_request_acts.h"
#include "services/filing/registration/change_request_repository.h"
#include "services/filing/registry_scope.h"
#include "services/filing/scope_sql.h"

namespace tuoyu::filing {
namespace {

using v1::ChangeRequest;

constexpr rpc::Role kReaders[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                  common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                                  common::v1::ROLE_AUDITOR};

// Who sees which change requests: officers those of their divisions, a department its own, a facility those about it.
struct RequestScope {
  RegistryScope officers;
  std::string unit;  // code; empty for none

  RequestScope(const rpc::Caller& caller, const data::Units& units) : officers(caller, kReaders) {
    if (!caller.Has(common::v1::ROLE_DEPARTMENT_OFFICER)) return;
    const v1::Unit* found = units.OfOrganisation(caller.organisation);
    if (found != nullptr) unit = found->code();
  }

  bool Holds(const ChangeRequest& request) const {
    return officers.Holds(FacilityId(request.facility()), request.division_code()) ||
           (!unit.empty() && unit == request.unit());
  }

  void AddTo(db::Sql* sql) const {
    sql->Add(" AND (0");
    for (const std::string& prefix : officers.divisions()) {
      sql->Add(" OR division_code LIKE ?", absl::StrCat(prefix, "%"));
    }
    if (!officers.facility_id().empty()) sql->Add(" OR facility_id = ?", officers.facility_id());
    if (!unit.empty()) sql->Add(" OR unit = ?", unit);
    sql->Add(")");
  }
};

// "1, 2": the states asked for; those that are open when none are.
absl::StatusOr<std::string> StatesOf(const v1::ListChangeRequestsRequest& request) {
  std::vector<int> states(request.states().begin(), request.states().end());
  if (states.empty()) {
    states = {v1::CHANGE_REQUEST_STATE_PENDING, v1::CHANGE_REQUEST_STATE_ASKED};
  }
  for (const int state : states) {
    if (state == 0 || !v1::ChangeRequestState_IsValid(state)) {
      return rpc::Error("FIELD_INVALID", {{"field", "states"}});
    }
  }
  return absl::StrJoin(states, ", ");
}

absl::StatusOr<db::Sql> ListSql(const v1::ListChangeRequestsRequest& request,
                                const RequestScope& scope, const std::vector<std::string>& after,
                                int limit) {
  ASSIGN_OR_RETURN(const std::string states, StatesOf(request));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  db::Sql sql;
  sql.Add(absl::StrCat("SELECT message FROM change_request WHERE state IN (", states, ")"));
  if (!after.empty()) {
    const auto day = ParseDay(after[0]);
    if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
    sql.Add(" AND (opened_on > ?", *day);
    sql.Add(" OR (opened_on = ?", *day);
    sql.Add(" AND id > ?))", after[1]);
  }
  scope.AddTo(&sql);
  db::AddDivision(prefix, "", &sql);
  if (request.kind() != v1::CHANGE_REQUEST_KIND_UNSPECIFIED) {
    sql.Add(" AND kind = ?", request.kind());
  }
  if (!request.unit().empty()) sql.Add(" AND unit = ?", request.unit());
  if (!request.facility().empty()) {
    const std::string id = FacilityId(request.facility());
    if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "facility"}});
    sql.Add(" AND facility_id = ?", id);
  }
  sql.Add(" ORDER BY opened_on, id LIMIT ?", limit);
  return sql;
}

}  // namespace

void Compute(absl::CivilDay today, ChangeRequest* request) {
  const auto opened = FromProto(request->opened_on());
  const auto closed = FromProto(request->closed_on());
  if (opened.ok()) {
    request->set_age_days(static_cast<int>((closed.ok() ? *closed : today) - *opened));
  }
  const auto due = FromProto(request->due_on());
  request->set_overdue(request->state() == v1::CHANGE_REQUEST_STATE_ASKED && due.ok() &&
                       *due < today);
}

absl::Status GetChangeRequest(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                              const v1::GetChangeRequestRequest& request, ChangeRequest* reply) {
  const std::string id = ChangeRequestId(request.name());
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", "name"}});
  const RequestScope scope(call.caller, deps.units);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(absl::optional<ChangeRequest> found,
                     ReadChangeRequest(transaction, id, /*lock=*/false));
    if (!found) return rpc::Error("CHANGE_REQUEST_NOT_FOUND");
    if (!scope.Holds(*found)) return rpc::Error("OUT_OF_SCOPE");
    *reply = *std::move(found);
    Compute(call.today, reply);
    return absl::OkStatus();
  });
}

absl::Status ListChangeRequests(rpc::Call& call, db::Pool& pool, const RegistrationDeps& deps,
                                const v1::ListChangeRequestsRequest& request,
                                v1::ListChangeRequestsResponse* reply) {
  const RequestScope scope(call.caller, deps.units);
  const std::string digest = FilterDigest(request);
  ASSIGN_OR_RETURN(const std::vector<std::string> after,
                   rpc::PageKey(request.page_token(), digest, 2));
  ASSIGN_OR_RETURN(const int page_size, rpc::RequirePageSize(request.page_size()));
  ASSIGN_OR_RETURN(const db::Sql sql, ListSql(request, scope, after, page_size + 1));
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    std::vector<ChangeRequest> found;
    RETURN_IF_ERROR(
        transaction.QueryText(sql.text, sql.params, [&](const db::Row& row) -> absl::Status {
          if (found.emplace_back().ParseFromString(row.String(0))) return absl::OkStatus();
          return absl::DataLossError("a stored change request does not parse");
        }));
    const bool more = rpc::HasMore(page_size, &found);
    if (more) {
      const auto opened = FromProto(found.back().opened_on());
      if (!opened.ok()) return absl::DataLossError("a stored change request has no day");
      reply->set_next_page_token(
          MakePageToken({FormatDay(*opened), ChangeRequestId(found.back().name())}, digest));
    }
    for (ChangeRequest& request_found : found) {
      Compute(call.today, &request_found);
      *reply->add_change_requests() = std::move(request_found);
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
