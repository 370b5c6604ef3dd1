#include "services/filing/roster/roster_reading.h"

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu::filing {

absl::Status AdmitToRoster(db::Transaction& transaction, const RegistryScope& scope,
                           const std::string& facility, absl::string_view missing,
                           rpc::Call* call) {
  if (!scope.is_officer() && !scope.Owns(facility)) return rpc::Error("NOT_YOUR_FACILITY");
  ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(transaction, {facility}));
  const auto division = divisions.find(facility);
  if (division == divisions.end()) return rpc::Error(missing);
  if (!scope.Holds(facility, division->second)) return rpc::Error("OUT_OF_SCOPE");
  call->clearance = scope.ClearanceFor(facility, division->second);
  return absl::OkStatus();
}

absl::StatusOr<RosterListKey> DuePageKey(const std::string& token, const std::string& digest) {
  ASSIGN_OR_RETURN(const std::vector<std::string> key, rpc::PageKey(token, digest, 3));
  if (key.empty()) return RosterListKey();
  const auto day = ParseDay(key[0]);
  if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  return RosterListKey{*day, {key[1], key[2]}};
}

std::string DuePageToken(const RosterRow& last, const std::string& digest) {
  return MakePageToken({FormatDay(last.due_on), last.key.facility, last.key.id}, digest);
}

}  // namespace tuoyu::filing
