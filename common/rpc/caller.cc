#include "common/rpc/caller.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tuoyu::rpc {
namespace {

constexpr absl::string_view kRolePrefix = "ROLE_";

constexpr RoleSet RolesOf(std::initializer_list<Role> roles) {
  RoleSet set;
  for (Role role : roles) set.Add(role);
  return set;
}

constexpr RoleSet kSeesPersonal =
    RolesOf({common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
             common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_ARCHIVIST});

constexpr RoleSet kSeesInternal = RolesOf(
    {common::v1::ROLE_FACILITY_PRINCIPAL, common::v1::ROLE_FACILITY_STAFF,
     common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER,
     common::v1::ROLE_DHC_INSPECTOR, common::v1::ROLE_DHC_COMPLAINT_HANDLER,
     common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_DHC_ARCHIVIST,
     common::v1::ROLE_DEPARTMENT_OFFICER, common::v1::ROLE_TOWN_OFFICER, common::v1::ROLE_PHC,
     common::v1::ROLE_AUDITOR, common::v1::ROLE_SYSADMIN, common::v1::ROLE_SERVICE,
     common::v1::ROLE_DEPARTMENT_HEAD});

}  // namespace

privacy::Clearance Caller::clearance() const {
  if (roles.HasAnyOf(kSeesPersonal)) return privacy::Clearance::Personal();
  if (roles.HasAnyOf(kSeesInternal)) return privacy::Clearance::Internal();
  return privacy::Clearance::Public();
}

bool Caller::Covers(absl::string_view division_code) const {
  if (division_code.empty()) return false;
  for (const std::string& division : divisions) {
    if (absl::StartsWith(division_code, division)) return true;
  }
  return false;
}

absl::string_view DivisionPrefix(absl::string_view code) {
  // Province 2, city 2, district 2, town 3, village 3 digits; zeros stand for "all of it".
  if (code.size() == 12 && absl::EndsWith(code, "000")) code.remove_suffix(3);
  if (code.size() == 9 && absl::EndsWith(code, "000")) code.remove_suffix(3);
  if (code.size() == 6 && absl::EndsWith(code, "00")) code.remove_suffix(2);
  if (code.size() == 4 && absl::EndsWith(code, "00")) code.remove_suffix(2);
  return code;
}

Role RoleFromName(absl::string_view name) {
  Role role = common::v1::ROLE_UNSPECIFIED;
  common::v1::Role_Parse(absl::StrCat(kRolePrefix, name), &role);
  return role;
}

absl::string_view RoleName(Role role) {
  absl::string_view name = common::v1::Role_Name(role);
  name.remove_prefix(kRolePrefix.size());
  return name;
}

}  // namespace tuoyu::rpc
