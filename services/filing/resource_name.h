#ifndef TUOYU_SERVICES_FILING_RESOURCE_NAME_H_
#define TUOYU_SERVICES_FILING_RESOURCE_NAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "tuoyu/filing/v1/filing.pb.h"

// Resource names of filings and what belongs to them. Ids are UUIDs.
namespace tuoyu::filing {

// "filings/{id}" <-> id. The id of a name of another form is empty.
std::string FilingName(absl::string_view id);
std::string FilingId(absl::string_view name);

// Ids of "filings/{filing}/{collection}/{item}".
struct ItemName {
  std::string filing;
  std::string item;
};
std::string MaterialName(absl::string_view filing_id, absl::string_view id);
std::string UploadName(absl::string_view filing_id, absl::string_view id);
// Both ids empty for a name of another form.
ItemName ParseMaterialName(absl::string_view name);
ItemName ParseUploadName(absl::string_view name);

// Id of the facility a filing concerns; empty when there is none yet.
std::string FacilityIdOf(const v1::Filing& filing);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_RESOURCE_NAME_H_
