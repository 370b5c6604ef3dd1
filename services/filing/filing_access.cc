#include "services/filing/filing_access.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "services/filing/registry.h"
#include "services/filing/resource_name.h"

namespace tuoyu::filing {
namespace {

constexpr rpc::Role kOfficers[] = {common::v1::ROLE_DHC_INTAKE, common::v1::ROLE_DHC_REVIEWER,
                                   common::v1::ROLE_DHC_APPROVER, common::v1::ROLE_DHC_ARCHIVIST,
                                   common::v1::ROLE_AUDITOR};

bool AllDigits(absl::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

// A regular expression of the codes within the caller's divisions; empty when it has none.
std::string DivisionPattern(const rpc::Caller& caller) {
  std::vector<absl::string_view> prefixes;
  for (const std::string& division : caller.divisions) {
    const absl::string_view prefix = rpc::DivisionPrefix(division);
    if (AllDigits(prefix)) prefixes.push_back(prefix);
  }
  return prefixes.empty() ? "" : absl::StrCat("^(", absl::StrJoin(prefixes, "|"), ")");
}

}  // namespace

FilingScope FacilityScope(const rpc::Caller& caller) {
  FilingScope scope;
  if (!caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL)) return scope;
  scope.owner = caller.subject;
  const std::string facility_id = FacilityId(caller.facility);
  if (facility_id.empty()) return scope;
  // Who acts for one facility has, as its own, that one's filings and first filings that have none yet.
  scope.facility_id = facility_id;
  scope.owner_of = "";
  return scope;
}

absl::StatusOr<FilingScope> OfficerScope(const rpc::Caller& caller) {
  FilingScope scope;
  scope.divisions = DivisionPattern(caller);
  if (scope.divisions.empty()) return rpc::Error("OUT_OF_SCOPE");
  return scope;
}

absl::StatusOr<FilingScope> ReaderScope(const rpc::Caller& caller) {
  FilingScope scope = FacilityScope(caller);
  if (!IsOfficer(caller)) return scope;
  ASSIGN_OR_RETURN(const FilingScope officer, OfficerScope(caller));
  scope.divisions = officer.divisions;
  return scope;
}

bool IsOfficer(const rpc::Caller& caller) {
  return std::any_of(std::begin(kOfficers), std::end(kOfficers),
                     [&](rpc::Role role) { return caller.Has(role); });
}

void ClearForOwn(rpc::Call* call, absl::string_view owner, absl::string_view facility) {
  const rpc::Caller& caller = call->caller;
  const bool own = caller.Has(common::v1::ROLE_FACILITY_PRINCIPAL) &&
                   (owner == caller.subject || caller.ActsFor(facility));
  if (own) call->clearance = call->clearance.With(common::v1::DATA_CLASS_PERSONAL);
}

absl::StatusOr<std::string> RequireFilingId(absl::string_view name, absl::string_view field) {
  std::string id = FilingId(name);
  if (id.empty()) return rpc::Error("NAME_INVALID", {{"field", std::string(field)}});
  return id;
}

}  // namespace tuoyu::filing
