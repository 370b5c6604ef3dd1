#include "clients/cli/identity.h"

#include <filesystem>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/data/source_error.h"
#include "common/data/units.h"
#include "common/rpc/caller.h"
#include "common/rpc/token.h"

namespace tuoyu::cli {
namespace {

using common::v1::Role;

constexpr absl::Duration kMintedLife = absl::Minutes(30);

struct ShortName {
  absl::string_view name;
  Role role;
};

constexpr ShortName kShortNames[] = {
    {"guardian", common::v1::ROLE_GUARDIAN},
    {"principal", common::v1::ROLE_FACILITY_PRINCIPAL},
    {"staff", common::v1::ROLE_FACILITY_STAFF},
    {"intake", common::v1::ROLE_DHC_INTAKE},
    {"reviewer", common::v1::ROLE_DHC_REVIEWER},
    {"approver", common::v1::ROLE_DHC_APPROVER},
    {"inspector", common::v1::ROLE_DHC_INSPECTOR},
    {"complaint", common::v1::ROLE_DHC_COMPLAINT_HANDLER},
    {"statistician", common::v1::ROLE_DHC_STATISTICIAN},
    {"archivist", common::v1::ROLE_DHC_ARCHIVIST},
    {"department", common::v1::ROLE_DEPARTMENT_OFFICER},
    {"town", common::v1::ROLE_TOWN_OFFICER},
    {"phc", common::v1::ROLE_PHC},
    {"auditor", common::v1::ROLE_AUDITOR},
    {"sysadmin", common::v1::ROLE_SYSADMIN},
    {"gov", common::v1::ROLE_GOV_OFFICE},
    {"service", common::v1::ROLE_SERVICE},
    {"head", common::v1::ROLE_DEPARTMENT_HEAD},
};

}  // namespace

Role RoleNamed(absl::string_view name) {
  const std::string lower = absl::AsciiStrToLower(name);
  for (const ShortName& each : kShortNames) {
    if (each.name == lower) return each.role;
  }
  return rpc::RoleFromName(absl::AsciiStrToUpper(name));
}

std::string ShortNameOf(Role role) {
  for (const ShortName& each : kShortNames) {
    if (each.role == role) return std::string(each.name);
  }
  return absl::AsciiStrToLower(rpc::RoleName(role));
}

std::vector<std::string> RoleShortNames() {
  std::vector<std::string> names;
  for (const ShortName& each : kShortNames) names.emplace_back(each.name);
  return names;
}

std::string OrganisationOf(const Identity& identity, const std::vector<Role>& roles) {
  if (!identity.organisation.empty()) return identity.organisation;
  const bool of_town = roles == std::vector<Role>{common::v1::ROLE_TOWN_OFFICER};
  if (of_town && !identity.divisions.empty()) return data::TownUnit(identity.divisions.front());
  return std::string(data::kLeadUnit);
}

absl::StatusOr<std::string> MintToken(const Identity& identity, const std::vector<Role>& roles,
                                      absl::Time now, absl::Duration life) {
  ASSIGN_OR_RETURN(const rpc::TokenSigner signer,
                   rpc::TokenSigner::FromFile(absl::StrCat(identity.keys, "/", kTokenKeyFile)));
  rpc::TokenClaims claims;
  claims.subject = identity.subject.empty() ? ShortNameOf(roles.front()) : identity.subject;
  claims.organisation = OrganisationOf(identity, roles);
  claims.roles = roles;
  claims.divisions = identity.divisions;
  claims.facility = identity.facility;
  claims.issued_at = now;
  claims.expires_at = now + life;
  return signer.Sign(claims);
}

absl::StatusOr<std::string> ResolveToken(const Identity& identity, Role default_role,
                                         absl::Time now) {
  if (!identity.token.empty()) return identity.token;
  if (!identity.token_file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, data::ReadFile(identity.token_file));
    return std::string(absl::StripAsciiWhitespace(text));
  }
  if (!identity.as.empty()) {
    const Role role = RoleNamed(identity.as);
    if (role == common::v1::ROLE_PUBLIC) return std::string();
    if (role == common::v1::ROLE_UNSPECIFIED) {
      return absl::InvalidArgumentError(absl::StrCat("unknown role: ", identity.as));
    }
    return MintToken(identity, {role}, now, kMintedLife);
  }
  const std::string key = absl::StrCat(identity.keys, "/", kTokenKeyFile);
  std::error_code ignored;
  if (default_role == common::v1::ROLE_UNSPECIFIED || !std::filesystem::exists(key, ignored)) {
    return std::string();
  }
  return MintToken(identity, {default_role}, now, kMintedLife);
}

}  // namespace tuoyu::cli
