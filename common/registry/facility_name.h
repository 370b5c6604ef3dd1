#ifndef TUOYU_COMMON_REGISTRY_FACILITY_NAME_H_
#define TUOYU_COMMON_REGISTRY_FACILITY_NAME_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/resource_name.h"

namespace tuoyu::registry {

inline constexpr absl::string_view kFacilities = "facilities/";

// "facilities/{id}" <-> id; the id of a name of another form is empty.
inline std::string FacilityName(absl::string_view id) { return absl::StrCat(kFacilities, id); }
inline std::string FacilityId(absl::string_view name) { return IdOfName(kFacilities, name); }

}  // namespace tuoyu::registry

#endif  // TUOYU_COMMON_REGISTRY_FACILITY_NAME_H_
