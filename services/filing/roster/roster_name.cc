#include "services/filing/roster/roster_name.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/uuid.h"
#include "services/filing/facility_projection.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kStaff = "/staff/";
constexpr absl::string_view kChildren = "/children/";
constexpr absl::string_view kBans = "staffBans/";

RosterKey Parse(absl::string_view name, absl::string_view collection) {
  const size_t at = name.find(collection);
  if (at == absl::string_view::npos) return {};
  RosterKey key{FacilityId(name.substr(0, at)), std::string(name.substr(at + collection.size()))};
  if (key.facility.empty() || !IsUuid(key.id)) return {};
  return key;
}

}  // namespace

std::string StaffName(const RosterKey& key) {
  return absl::StrCat(FacilityName(key.facility), kStaff, key.id);
}
std::string ChildName(const RosterKey& key) {
  return absl::StrCat(FacilityName(key.facility), kChildren, key.id);
}

RosterKey ParseStaffName(absl::string_view name) { return Parse(name, kStaff); }
RosterKey ParseChildName(absl::string_view name) { return Parse(name, kChildren); }

std::string BanName(absl::string_view id) { return absl::StrCat(kBans, id); }

std::string BanId(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kBans) || !IsUuid(name)) return "";
  return std::string(name);
}

}  // namespace tuoyu::filing
