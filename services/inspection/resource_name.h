#ifndef TUOYU_SERVICES_INSPECTION_RESOURCE_NAME_H_
#define TUOYU_SERVICES_INSPECTION_RESOURCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/registry/facility_name.h"

// Resource names of inspections and what they are about. Ids are UUIDs; those of findings are codes of items.
namespace tuoyu::inspection {

using registry::FacilityId;
using registry::FacilityName;

// "inspectors/{id}" <-> id and so on; the id of a name of another form is empty.
std::string InspectorName(absl::string_view id);
std::string InspectorId(absl::string_view name);
std::string PlanName(absl::string_view id);
std::string PlanId(absl::string_view name);
std::string DrawName(absl::string_view id);
std::string DrawId(absl::string_view name);
std::string VisitName(absl::string_view id);
std::string VisitId(absl::string_view name);
std::string PenaltyCaseName(absl::string_view id);
std::string PenaltyCaseId(absl::string_view name);

// "visits/{visit}/photos/{item}", "visits/{visit}/findings/{item}"; both parts are empty for a name of another form.
struct VisitItem {
  std::string visit;
  std::string item;
};
std::string PhotoName(absl::string_view visit_id, absl::string_view id);
VisitItem ParsePhotoName(absl::string_view name);
std::string FindingName(absl::string_view visit_id, absl::string_view item);
VisitItem ParseFindingName(absl::string_view name);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_RESOURCE_NAME_H_
