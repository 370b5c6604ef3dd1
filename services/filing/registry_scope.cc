#include "services/filing/registry_scope.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/ids/division_code.h"
#include "common/ids/text.h"
#include "services/filing/facility_projection.h"

namespace tuoyu::filing {
namespace {

// Officers, auditors and services: they see the divisions their token names.
constexpr rpc::Role kOfficers[] = {common::v1::ROLE_DHC_INTAKE,
                                   common::v1::ROLE_DHC_REVIEWER,
                                   common::v1::ROLE_DHC_APPROVER,
                                   common::v1::ROLE_DHC_INSPECTOR,
                                   common::v1::ROLE_DHC_COMPLAINT_HANDLER,
                                   common::v1::ROLE_DHC_STATISTICIAN,
                                   common::v1::ROLE_DHC_ARCHIVIST,
                                   common::v1::ROLE_DEPARTMENT_OFFICER,
                                   common::v1::ROLE_TOWN_OFFICER,
                                   common::v1::ROLE_PHC,
                                   common::v1::ROLE_AUDITOR,
                                   common::v1::ROLE_SYSADMIN,
                                   common::v1::ROLE_SERVICE};

}  // namespace

RegistryScope::RegistryScope(const rpc::Caller& caller) : RegistryScope(caller, kOfficers) {}

RegistryScope::RegistryScope(const rpc::Caller& caller, absl::Span<const rpc::Role> officers) {
  is_officer_ = std::any_of(officers.begin(), officers.end(),
                            [&](rpc::Role role) { return caller.Has(role); });
  if (is_officer_) {
    in_divisions_ = caller.clearance();
    for (const std::string& division : caller.divisions) {
      const absl::string_view prefix = rpc::DivisionPrefix(division);
      if (ids::AllDigits(prefix)) divisions_.emplace_back(prefix);
    }
  }
  const bool principal = caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL);
  if (!principal && !caller.Has(common::v1::ROLE_FACILITY_STAFF)) return;
  facility_id_ = FacilityId(caller.facility);
  own_ = principal ? privacy::Clearance::Personal() : privacy::Clearance::Internal();
}

bool RegistryScope::HasCounty() const {
  return std::any_of(divisions_.begin(), divisions_.end(), [](const std::string& prefix) {
    return prefix.size() <= ids::kDistrictDigits;
  });
}

bool RegistryScope::Covers(absl::string_view division_code) const {
  return std::any_of(divisions_.begin(), divisions_.end(), [&](const std::string& prefix) {
    return absl::StartsWith(division_code, prefix);
  });
}

privacy::Clearance RegistryScope::ClearanceFor(absl::string_view id,
                                               absl::string_view division_code) const {
  privacy::Clearance clearance;
  if (Owns(id)) clearance = clearance.With(own_);
  if (Covers(division_code)) clearance = clearance.With(in_divisions_);
  return clearance;
}

bool IsPublicState(v1::FacilityState state) {
  return state == v1::FACILITY_STATE_ACTIVE || state == v1::FACILITY_STATE_SUSPENDED ||
         state == v1::FACILITY_STATE_CANCELLED;
}

}  // namespace tuoyu::filing
