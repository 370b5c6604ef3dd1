#include "services/inspection/penalty/penalty_scope.h"

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "common/base/status.h"
#include "services/inspection/penalty/penalty_rules.h"
#include "services/inspection/resource_name.h"
#include "services/inspection/visit/visit_scope.h"

namespace tuoyu::inspection {

absl::StatusOr<PenaltyScope> PenaltyScope::Of(db::Transaction& transaction,
                                              const rpc::Caller& caller,
                                              const std::string& facility) {
  PenaltyScope scope;
  if (IsOfficer(caller)) {
    scope.is_officer_ = true;
    scope.divisions_ = caller.divisions;
    return scope;
  }
  ASSIGN_OR_RETURN(scope.own_, OwnLine(transaction, caller, facility));
  return scope;
}

bool PenaltyScope::SeesMoreOf(const v1::PenaltyCase& penalty_case) const {
  if (is_officer_) {
    return absl::c_any_of(divisions_, [&](const std::string& prefix) {
      return absl::StartsWith(penalty_case.division_code(), prefix);
    });
  }
  return absl::c_linear_search(own_, FacilityId(penalty_case.facility())) &&
         IsToldToFacility(penalty_case);
}

void PenaltyScope::AddTo(db::Sql* sql) const {
  if (is_officer_) {
    db::AddPrefixes(divisions_, "division_code", sql);
  } else if (!own_.empty()) {
    sql->Add("(");
    db::AddIn(own_, "facility_id", sql);
    sql->Add(" AND told = 1)");
  } else {
    sql->Add("(published = 1)");
  }
}

}  // namespace tuoyu::inspection
