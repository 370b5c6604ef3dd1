#include "services/aggregator/indicator_access.h"

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "common/base/civil.h"
#include "common/rpc/errors.h"

namespace tuoyu::aggregator {
namespace {

using common::v1::Role;

// Roles that may ask for values as known earlier.
constexpr Role kMayLookBack[] = {common::v1::ROLE_DHC_STATISTICIAN, common::v1::ROLE_AUDITOR,
                                 common::v1::ROLE_DHC_REVIEWER, common::v1::ROLE_DHC_APPROVER};
bool HasAny(const rpc::Caller& caller, absl::Span<const Role> roles) {
  for (const Role role : roles) {
    if (caller.Has(role)) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<absl::CivilDay> DayAsked(bool has_as_of, const google::type::Date& as_of,
                                        absl::CivilDay today) {
  if (!has_as_of) return today;
  const absl::StatusOr<absl::CivilDay> asked = FromProto(as_of);
  if (!asked.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
  if (*asked > today) return rpc::Error("AS_OF_IN_FUTURE", {{"today", FormatDay(today)}});
  return *asked;
}

absl::Status CheckKnownAt(const rpc::Call& call, const KnownAt& known_at,
                          absl::string_view division_code) {
  if (known_at.registry < 0) {
    return rpc::Error("FIELD_INVALID", {{"field", "known_at_filing_sequence"}});
  }
  if (known_at.statistics < 0) {
    return rpc::Error("FIELD_INVALID", {{"field", "known_at_indicator_sequence"}});
  }
  if (known_at.registry > 0 && !HasAny(call.caller, kMayLookBack)) {
    return rpc::Error("ROLE_NOT_ALLOWED",
                      {{"method", absl::StrCat(call.method, " known_at_filing_sequence")}});
  }
  // From two positions in a row single children could be told.
  if (known_at.registry > 0 && !call.caller.Covers(division_code)) {
    return rpc::Error("OUT_OF_SCOPE");
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::aggregator
