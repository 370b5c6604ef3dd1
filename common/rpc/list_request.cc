#include "common/rpc/list_request.h"

#include "common/base/civil.h"
#include "common/base/page_token.h"
#include "common/ids/text.h"
#include "common/rpc/errors.h"

namespace tuoyu::rpc {
namespace {

constexpr size_t kLongestDivisionCode = 12;

}  // namespace

absl::StatusOr<absl::CivilDay> DayAsked(bool has_day, const google::type::Date& date,
                                        const Call& call) {
  ASSIGN_OR_RETURN(const absl::optional<absl::CivilDay> day, OptionalDay(has_day, date, "as_of"));
  return day.value_or(call.today);
}

absl::StatusOr<absl::optional<absl::CivilDay>> OptionalDay(bool has_day,
                                                           const google::type::Date& date,
                                                           absl::string_view field) {
  if (!has_day) return absl::optional<absl::CivilDay>();
  const absl::StatusOr<absl::CivilDay> day = FromProto(date);
  if (!day.ok()) return Error("IMPOSSIBLE_DATE", {{"field", std::string(field)}});
  return absl::optional<absl::CivilDay>(*day);
}

absl::StatusOr<std::string> DivisionPrefixOf(const std::string& division_prefix) {
  if (!division_prefix.empty() &&
      (division_prefix.size() > kLongestDivisionCode || !ids::AllDigits(division_prefix))) {
    return Error("FIELD_INVALID", {{"field", "division_prefix"}});
  }
  return std::string(DivisionPrefix(division_prefix));
}

absl::StatusOr<std::vector<std::string>> PageKey(const std::string& token,
                                                 const std::string& digest, size_t size) {
  if (token.empty()) return std::vector<std::string>();
  auto key = ReadPageToken(token, digest);
  if (!key.ok() || key->size() != size) return Error("PAGE_TOKEN_INVALID");
  return key;
}

absl::StatusOr<int> RequirePageSize(int requested) {
  absl::StatusOr<int> size = PageSize(requested);
  if (!size.ok()) return Error("PAGE_SIZE_INVALID");
  return size;
}

}  // namespace tuoyu::rpc
