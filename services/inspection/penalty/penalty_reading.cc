#include "services/inspection/penalty/penalty_reading.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/never.h"
#include "common/base/status.h"
#include "common/db/messages.h"
#include "common/registry/facility_mirror.h"
#include "common/rpc/errors.h"
#include "common/rpc/list_request.h"
#include "common/rpc/read.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_repository.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/penalty/penalty_scope.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::ListPenaltyCasesRequest;
using v1::PenaltyCase;

// Opens the person's name for officers of the unit, and takes it out for all others.
absl::Status ShowPerson(const rpc::Call& call, const InspectionDeps& deps,
                        PenaltyCase* penalty_case) {
  const filing::v1::Unit* own = deps.units.OfOrganisation(call.caller.organisation);
  if (own != nullptr && own->code() == penalty_case->unit()) {
    return deps.sealer.UnsealFields(penalty_case);
  }
  penalty_case->clear_person_name();
  return absl::OkStatus();
}

// Makes a stored case what the caller sees of it, who sees more than is public.
absl::Status Show(const rpc::Call& call, const InspectionDeps& deps, const PenaltyScope& scope,
                  PenaltyCase* penalty_case) {
  if (scope.is_officer()) {
    RETURN_IF_ERROR(ShowPerson(call, deps, penalty_case));
  } else {
    HideInternals(penalty_case);
  }
  SetClocks(call.today, deps.calendar, penalty_case);
  return absl::OkStatus();
}

void Raise(const PenaltyScope& scope, rpc::Call* call) {
  if (!scope.sees_more()) call->clearance = privacy::Clearance::Public();
  if (scope.is_officer()) {
    call->clearance = call->clearance.With(common::v1::DATA_CLASS_PERSONAL);
  }
}

db::Sql CaseSql(const ListPenaltyCasesRequest& request, const PenaltyScope& scope,
                const std::vector<std::string>& facilities, const std::string& prefix,
                const rpc::Page& page) {
  db::Sql sql;
  sql.Add("SELECT message FROM penalty_case WHERE ");
  scope.AddTo(&sql);
  if (!facilities.empty()) db::AddIn(facilities, " AND facility_id", &sql);
  db::AddDivision(prefix, "", &sql);
  if (!request.unit().empty()) sql.Add(" AND unit = ?", request.unit());
  if (request.state() != v1::PENALTY_STATE_UNSPECIFIED) {
    sql.Add(" AND state = ?", request.state());
  }
  if (request.awaits_publication()) sql.Add(" AND publish_by < ?", kNever);
  if (request.awaits_withdrawal()) sql.Add(" AND withdraw_by < ?", kNever);
  if (!page.key.empty()) sql.Add(" AND id < ?", page.key);
  sql.Add(" ORDER BY id DESC LIMIT ?", page.size + 1);
  return sql;
}

}  // namespace

absl::Status GetPenaltyCase(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                            const v1::GetPenaltyCaseRequest& request, PenaltyCase* reply) {
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(absl::optional<PenaltyCase> penalty_case,
                     ReadPenaltyCase(transaction, PenaltyCaseId(request.name()), /*lock=*/false));
    if (!penalty_case) return rpc::Error("PENALTY_CASE_NOT_FOUND");
    ASSIGN_OR_RETURN(const PenaltyScope scope,
                     PenaltyScope::Of(transaction, call.caller, penalty_case->facility()));
    if (scope.SeesMoreOf(*penalty_case)) {
      RETURN_IF_ERROR(Show(call, deps, scope, &*penalty_case));
      Raise(scope, &call);
    } else {
      if (penalty_case->has_withdrawn_on()) penalty_case = WithdrawnView(*penalty_case);
      if (!penalty_case->has_published_on() && !penalty_case->has_withdrawn_on()) {
        return rpc::Error("PENALTY_CASE_NOT_FOUND");
      }
      call.clearance = privacy::Clearance::Public();
    }
    call.subject = penalty_case->name();
    *reply = *std::move(penalty_case);
    return absl::OkStatus();
  });
}

absl::Status ListPenaltyCases(rpc::Call& call, db::Pool& pool, const InspectionDeps& deps,
                              const ListPenaltyCasesRequest& request,
                              v1::ListPenaltyCasesResponse* reply) {
  if (!v1::PenaltyState_IsValid(request.state())) {
    return rpc::Error("FIELD_INVALID", {{"field", "state"}});
  }
  const std::string facility = FacilityId(request.facility());
  if (!request.facility().empty() && facility.empty()) {
    return rpc::Error("NAME_INVALID", {{"field", "facility"}});
  }
  ASSIGN_OR_RETURN(const rpc::Page page, rpc::PageAsked(request));
  ASSIGN_OR_RETURN(const std::string prefix, rpc::DivisionPrefixOf(request.division_prefix()));
  std::vector<PenaltyCase> found;
  absl::optional<PenaltyScope> scope;
  RETURN_IF_ERROR(rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    std::vector<std::string> facilities;
    if (!facility.empty()) {
      ASSIGN_OR_RETURN(facilities, registry::ChainOf(transaction, facility));
    }
    ASSIGN_OR_RETURN(scope, PenaltyScope::Of(transaction, call.caller, request.facility()));
    if (request.awaits_publication() && !scope->is_officer()) {
      return rpc::Error("FIELD_INVALID", {{"field", "awaits_publication"}});
    }
    if (request.awaits_withdrawal() && !scope->is_officer()) {
      return rpc::Error("FIELD_INVALID", {{"field", "awaits_withdrawal"}});
    }
    ASSIGN_OR_RETURN(found, db::QueryMessages<PenaltyCase>(
                                transaction, CaseSql(request, *scope, facilities, prefix, page)));
    return absl::OkStatus();
  }));
  rpc::CutPage(page, &found, reply);
  for (PenaltyCase& penalty_case : found) {
    if (scope->sees_more()) RETURN_IF_ERROR(Show(call, deps, *scope, &penalty_case));
    penalty_case.set_inherited(!request.facility().empty() &&
                               penalty_case.facility() != request.facility());
    *reply->add_penalty_cases() = std::move(penalty_case);
  }
  Raise(*scope, &call);
  return absl::OkStatus();
}

}  // namespace tuoyu::inspection
