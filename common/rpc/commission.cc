#include "common/rpc/commission.h"

namespace tuoyu::rpc {
namespace {

constexpr RoleSet CommissionRoles() {
  RoleSet roles;
  for (const Role role : {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                          common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_INSPECTOR,
                          common::v1::ROLE_DHC_COMPLAINT_HANDLER, common::v1::ROLE_DHC_STATISTICIAN,
                          common::v1::ROLE_DHC_ARCHIVIST, common::v1::ROLE_AUDITOR}) {
    roles.Add(role);
  }
  return roles;
}

}  // namespace

bool IsOfCommission(const Caller& caller) { return caller.roles.HasAnyOf(CommissionRoles()); }

}  // namespace tuoyu::rpc
