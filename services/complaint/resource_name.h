#ifndef TUOYU_SERVICES_COMPLAINT_RESOURCE_NAME_H_
#define TUOYU_SERVICES_COMPLAINT_RESOURCE_NAME_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/base/resource_name.h"
#include "common/registry/facility_name.h"

// Resource names of complaints. Ids are UUIDs.
namespace tuoyu::complaint {

using registry::FacilityId;
using registry::FacilityName;

inline constexpr absl::string_view kCases = "cases/";
inline constexpr absl::string_view kReviews = "reviews/";
inline constexpr absl::string_view kUnmaskings = "unmaskings/";
inline constexpr absl::string_view kAttachments = "attachments/";

// "cases/{id}" <-> id and so on; the id of a name of another form is empty.
inline std::string CaseName(absl::string_view id) { return absl::StrCat(kCases, id); }
inline std::string CaseId(absl::string_view name) { return IdOfName(kCases, name); }
inline std::string AttachmentName(absl::string_view id) { return absl::StrCat(kAttachments, id); }
inline std::string AttachmentId(absl::string_view name) { return IdOfName(kAttachments, name); }
inline std::string ReviewName(absl::string_view id) { return absl::StrCat(kReviews, id); }
inline std::string ReviewId(absl::string_view name) { return IdOfName(kReviews, name); }
inline std::string UnmaskingName(absl::string_view id) { return absl::StrCat(kUnmaskings, id); }
inline std::string UnmaskingId(absl::string_view name) { return IdOfName(kUnmaskings, name); }

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_RESOURCE_NAME_H_
