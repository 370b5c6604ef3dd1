#include "services/inspection/resource_name.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/base/resource_name.h"
#include "common/base/uuid.h"

namespace tuoyu::inspection {
namespace {

constexpr absl::string_view kInspectors = "inspectors/";
constexpr absl::string_view kPlans = "plans/";
constexpr absl::string_view kDraws = "draws/";
constexpr absl::string_view kVisits = "visits/";
constexpr absl::string_view kPenaltyCases = "penaltyCases/";
constexpr absl::string_view kPhotos = "/photos/";
constexpr absl::string_view kFindings = "/findings/";
constexpr size_t kUuidLength = 36;
constexpr size_t kItemLength = 3;

// The two parts of "visits/{visit}{collection}{item}".
VisitItem Parse(absl::string_view collection, absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kVisits)) return {};
  const absl::string_view visit = name.substr(0, kUuidLength);
  if (!IsUuid(visit)) return {};
  name.remove_prefix(kUuidLength);
  if (!absl::ConsumePrefix(&name, collection)) return {};
  return {std::string(visit), std::string(name)};
}

}  // namespace

std::string InspectorName(absl::string_view id) { return absl::StrCat(kInspectors, id); }
std::string InspectorId(absl::string_view name) { return IdOfName(kInspectors, name); }
std::string PlanName(absl::string_view id) { return absl::StrCat(kPlans, id); }
std::string PlanId(absl::string_view name) { return IdOfName(kPlans, name); }
std::string DrawName(absl::string_view id) { return absl::StrCat(kDraws, id); }
std::string DrawId(absl::string_view name) { return IdOfName(kDraws, name); }
std::string VisitName(absl::string_view id) { return absl::StrCat(kVisits, id); }
std::string VisitId(absl::string_view name) { return IdOfName(kVisits, name); }
std::string PenaltyCaseName(absl::string_view id) { return absl::StrCat(kPenaltyCases, id); }
std::string PenaltyCaseId(absl::string_view name) { return IdOfName(kPenaltyCases, name); }

std::string PhotoName(absl::string_view visit_id, absl::string_view id) {
  return absl::StrCat(kVisits, visit_id, kPhotos, id);
}

VisitItem ParsePhotoName(absl::string_view name) {
  const VisitItem parsed = Parse(kPhotos, name);
  return IsUuid(parsed.item) ? parsed : VisitItem();
}

std::string FindingName(absl::string_view visit_id, absl::string_view item) {
  return absl::StrCat(kVisits, visit_id, kFindings, item);
}

VisitItem ParseFindingName(absl::string_view name) {
  const VisitItem parsed = Parse(kFindings, name);
  return parsed.item.size() == kItemLength ? parsed : VisitItem();
}

}  // namespace tuoyu::inspection
