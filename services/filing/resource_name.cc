#include "services/filing/resource_name.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/uuid.h"

namespace tuoyu::filing {
namespace {

constexpr absl::string_view kFilings = "filings/";
constexpr absl::string_view kFacilities = "facilities/";
constexpr size_t kUuidLength = 36;

std::string IdOf(absl::string_view name, absl::string_view collection) {
  return absl::ConsumePrefix(&name, collection) && IsUuid(name) ? std::string(name) : "";
}

ItemName Parse(absl::string_view name, absl::string_view collection) {
  const size_t head = kFilings.size() + kUuidLength;
  if (name.size() <= head) return {};
  ItemName parsed{IdOf(name.substr(0, head), kFilings), IdOf(name.substr(head), collection)};
  return parsed.filing.empty() || parsed.item.empty() ? ItemName() : parsed;
}

}  // namespace

std::string FilingName(absl::string_view id) { return absl::StrCat(kFilings, id); }
std::string FilingId(absl::string_view name) { return IdOf(name, kFilings); }

std::string MaterialName(absl::string_view filing_id, absl::string_view id) {
  return absl::StrCat(kFilings, filing_id, "/materials/", id);
}

std::string UploadName(absl::string_view filing_id, absl::string_view id) {
  return absl::StrCat(kFilings, filing_id, "/uploads/", id);
}

ItemName ParseMaterialName(absl::string_view name) { return Parse(name, "/materials/"); }
ItemName ParseUploadName(absl::string_view name) { return Parse(name, "/uploads/"); }

std::string FacilityIdOf(const v1::Filing& filing) { return IdOf(filing.facility(), kFacilities); }

}  // namespace tuoyu::filing
