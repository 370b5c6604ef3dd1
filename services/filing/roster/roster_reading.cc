#include "services/filing/roster/roster_reading.h"

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/base/status.h"
#include "common/ids/text.h"
#include "common/rpc/errors.h"

namespace tuoyu::filing {
namespace {

constexpr size_t kLongestDivisionCode = 12;

}  // namespace

absl::StatusOr<absl::CivilDay> DayAsked(bool has_day, const google::type::Date& date,
                                        const rpc::Call& call) {
  if (!has_day) return call.today;
  const absl::StatusOr<absl::CivilDay> day = FromProto(date);
  if (!day.ok()) return rpc::Error("IMPOSSIBLE_DATE", {{"field", "as_of"}});
  return *day;
}

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

absl::StatusOr<std::string> DivisionPrefixOf(const std::string& division_prefix) {
  if (!division_prefix.empty() &&
      (division_prefix.size() > kLongestDivisionCode || !ids::AllDigits(division_prefix))) {
    return rpc::Error("FIELD_INVALID", {{"field", "division_prefix"}});
  }
  return std::string(rpc::DivisionPrefix(division_prefix));
}

absl::StatusOr<std::vector<std::string>> PageKey(const std::string& token,
                                                 const std::string& digest, size_t size) {
  if (token.empty()) return std::vector<std::string>();
  auto key = ReadPageToken(token, digest);
  if (!key.ok() || key->size() != size) return rpc::Error("PAGE_TOKEN_INVALID");
  return key;
}

absl::StatusOr<int> RequirePageSize(int requested) {
  absl::StatusOr<int> size = PageSize(requested);
  if (!size.ok()) return rpc::Error("PAGE_SIZE_INVALID");
  return size;
}

absl::StatusOr<RosterListKey> DuePageKey(const std::string& token, const std::string& digest) {
  ASSIGN_OR_RETURN(const std::vector<std::string> key, PageKey(token, digest, 3));
  if (key.empty()) return RosterListKey();
  const auto day = ParseDay(key[0]);
  if (!day.ok()) return rpc::Error("PAGE_TOKEN_INVALID");
  return RosterListKey{*day, {key[1], key[2]}};
}

std::string DuePageToken(const RosterRow& last, const std::string& digest) {
  return MakePageToken({FormatDay(last.due_on), last.key.facility, last.key.id}, digest);
}

}  // namespace tuoyu::filing
