#ifndef TUOYU_COMMON_RPC_CALLER_H_
#define TUOYU_COMMON_RPC_CALLER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/privacy/clearance.h"
#include "tuoyu/common/v1/options.pb.h"

namespace tuoyu::rpc {

using common::v1::Role;

// A set of roles.
class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr void Add(Role role) { bits_ |= uint32_t{1} << role; }
  constexpr bool Has(Role role) const { return (bits_ & (uint32_t{1} << role)) != 0; }
  constexpr bool HasAnyOf(RoleSet other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  uint32_t bits_ = 0;
};

// Who calls, as the token says; a caller without a token has the role PUBLIC only. Never changed
// after it was made.
struct Caller {
  std::string subject;                 // account, e.g. "accounts/0190…"; empty without a token
  std::string organisation;            // unit, e.g. "organisations/dazu-whc"
  RoleSet roles;                       // always holds ROLE_PUBLIC
  std::vector<std::string> divisions;  // division code prefixes, e.g. "500111"; see DivisionPrefix
  std::string facility;                // "facilities/{id}" the caller acts for; else empty

  bool Has(Role role) const { return roles.Has(role); }
  // What the roles alone allow to see; a handler raises Call::clearance for the caller's own
  // records.
  //   anyone                                                              PUBLIC
  //   officers, auditor, statistician, facility, PHC, service, sysadmin   + INTERNAL
  //   DHC intake, reviewer, approver, archivist                           + PERSONAL
  // Nobody gets CHILD or REPORTER by role. ROLE_GOV_OFFICE and ROLE_GUARDIAN stay at PUBLIC.
  privacy::Clearance clearance() const;
  // Whether the division with this code (行政区划代码) lies within one of `divisions`. False for an
  // empty code and for a caller without divisions.
  bool Covers(absl::string_view division_code) const;
  // Whether the caller acts for this facility ("facilities/{id}").
  bool ActsFor(absl::string_view facility_name) const {
    return !facility.empty() && facility == facility_name;
  }
};

// The part of a division code that its inner divisions begin with: "500111000000" -> "500111",
// "500111101000" -> "500111101", "500000" -> "50". Codes of another length are returned as they
// are.
absl::string_view DivisionPrefix(absl::string_view code);

// "DHC_REVIEWER" <-> ROLE_DHC_REVIEWER; ROLE_UNSPECIFIED for an unknown name.
Role RoleFromName(absl::string_view name);
absl::string_view RoleName(Role role);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_CALLER_H_
