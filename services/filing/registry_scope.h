#ifndef TUOYU_SERVICES_FILING_REGISTRY_SCOPE_H_
#define TUOYU_SERVICES_FILING_REGISTRY_SCOPE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/privacy/clearance.h"
#include "common/rpc/caller.h"
#include "tuoyu/filing/v1/facility.pb.h"

// Who sees what of the register (row scope). Anyone sees what is public of ACTIVE, SUSPENDED and CANCELLED facilities: it
// is the public register. A facility sees its own entry in full, an officer those of the divisions the token names, as
// far as the role's clearance goes.
namespace tuoyu::filing {

class RegistryScope {
 public:
  // For what anyone may call: any officer's role counts.
  explicit RegistryScope(const rpc::Caller& caller);
  // For a method of these officers: other roles of the caller do not widen it.
  RegistryScope(const rpc::Caller& caller, absl::Span<const rpc::Role> officers);

  // Division code prefixes of an officer; empty for everyone else.
  const std::vector<std::string>& divisions() const { return divisions_; }
  // Id of the caller's own facility; empty when it acts for none.
  const std::string& facility_id() const { return facility_id_; }
  bool is_officer() const { return is_officer_; }

  // Whether the caller may see more than the public part of a facility: of any, of one that it does not know the
  // division of yet, of one in a division.
  bool MaySeeMore() const { return !divisions_.empty() || !facility_id_.empty(); }
  bool MaySeeMoreOf(absl::string_view id) const { return !divisions_.empty() || Owns(id); }
  bool Holds(absl::string_view id, absl::string_view division_code) const {
    return Owns(id) || Covers(division_code);
  }

  // Whether the caller is an officer of a county or more, in whose scope most that it reads will lie.
  bool HasCounty() const;

  // Whether it is the caller's own; whether it lies in the officer's divisions.
  bool Owns(absl::string_view id) const { return !facility_id_.empty() && facility_id_ == id; }
  bool Covers(absl::string_view division_code) const;

  // What the caller may see of a facility.
  privacy::Clearance ClearanceFor(absl::string_view id, absl::string_view division_code) const;

 private:
  std::vector<std::string> divisions_;
  std::string facility_id_;
  bool is_officer_ = false;
  privacy::Clearance in_divisions_;
  privacy::Clearance own_;
};

// Whether a facility in this state is on the public register.
bool IsPublicState(v1::FacilityState state);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_SCOPE_H_
