#include "services/inspection/visit/visit_scope.h"

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/registry/facility_mirror.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

constexpr rpc::Role kOfficers[] = {
    common::v1::ROLE_DHC_INSPECTOR,      common::v1::ROLE_DHC_REVIEWER,
    common::v1::ROLE_DHC_APPROVER,       common::v1::ROLE_DHC_COMPLAINT_HANDLER,
    common::v1::ROLE_DEPARTMENT_OFFICER, common::v1::ROLE_DEPARTMENT_HEAD,
    common::v1::ROLE_TOWN_OFFICER,       common::v1::ROLE_AUDITOR};
constexpr rpc::Role kFacility[] = {common::v1::ROLE_FACILITY_PRINCIPAL,
                                   common::v1::ROLE_FACILITY_STAFF};

bool HasAny(const rpc::Caller& caller, absl::Span<const rpc::Role> roles) {
  return absl::c_any_of(roles, [&](rpc::Role role) { return caller.Has(role); });
}

bool IsKnownToFacility(const v1::Visit& visit) {
  return visit.state() == v1::VISIT_STATE_CANCELLED ? visit.has_notify_time()
                                                    : visit.state() != v1::VISIT_STATE_PLANNED;
}

}  // namespace

bool IsOfficer(const rpc::Caller& caller) { return HasAny(caller, kOfficers); }

absl::StatusOr<std::vector<std::string>> OwnLine(db::Transaction& transaction,
                                                 const rpc::Caller& caller,
                                                 const std::string& facility) {
  std::vector<std::string> line;
  if (!HasAny(caller, kFacility) || caller.facility.empty()) return line;
  ASSIGN_OR_RETURN(line, registry::LineOf(transaction, FacilityId(caller.facility)));
  if (!facility.empty() && !absl::c_linear_search(line, FacilityId(facility))) line.clear();
  return line;
}

absl::StatusOr<VisitScope> VisitScope::Of(db::Transaction& transaction, const rpc::Caller& caller,
                                          const std::string& facility) {
  VisitScope scope;
  if (IsOfficer(caller)) {
    scope.divisions_ = caller.divisions;
    return scope;
  }
  ASSIGN_OR_RETURN(scope.own_, OwnLine(transaction, caller, facility));
  return scope;
}

bool VisitScope::SeesAllOf(const v1::Visit& visit) const {
  if (absl::c_any_of(divisions_, [&](const std::string& prefix) {
        return absl::string_view(visit.division_code()).substr(0, prefix.size()) == prefix;
      })) {
    return true;
  }
  return absl::c_linear_search(own_, FacilityId(visit.facility())) && IsKnownToFacility(visit);
}

void VisitScope::AddTo(const std::string& table, db::Sql* sql) const {
  if (!divisions_.empty()) {
    db::AddPrefixes(divisions_, absl::StrCat(table, "division_code"), sql);
  } else if (!own_.empty()) {
    sql->Add("(");
    db::AddIn(own_, absl::StrCat(table, "facility_id"), sql);
    sql->Add(absl::StrCat(" AND ", table, "state <> ?"), v1::VISIT_STATE_PLANNED);
    sql->Add(absl::StrCat(" AND ", table, "state <> ?)"), v1::VISIT_STATE_CANCELLED);
  } else {
    sql->Add(absl::StrCat("(", table, "published = 1)"));
  }
}

void VisitScope::AddFindingsTo(db::Sql* sql) const {
  if (!divisions_.empty()) {
    db::AddPrefixes(divisions_, "division_code", sql);
  } else if (!own_.empty()) {
    db::AddIn(own_, "facility_id", sql);
  } else {
    sql->Add("0");
  }
}

}  // namespace tuoyu::inspection
