#include "services/filing/roster/staff_name.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/uuid.h"
#include "services/filing/facility_projection.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kStaff = "/staff/";
constexpr absl::string_view kBans = "staffBans/";

}  // namespace

std::string StaffName(const StaffKey& key) {
  return absl::StrCat(FacilityName(key.facility), kStaff, key.id);
}

StaffKey ParseStaffName(absl::string_view name) {
  const size_t at = name.find(kStaff);
  if (at == absl::string_view::npos) return {};
  StaffKey key{FacilityId(name.substr(0, at)), std::string(name.substr(at + kStaff.size()))};
  if (key.facility.empty() || !IsUuid(key.id)) return {};
  return key;
}

std::string BanName(absl::string_view id) { return absl::StrCat(kBans, id); }

std::string BanId(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kBans) || !IsUuid(name)) return "";
  return std::string(name);
}

}  // namespace tuoyu::filing
