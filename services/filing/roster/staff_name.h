#ifndef TUOYU_SERVICES_FILING_ROSTER_STAFF_NAME_H_
#define TUOYU_SERVICES_FILING_ROSTER_STAFF_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

// Resource names of the roster. Ids are UUIDs.
namespace tuoyu::filing {

// Ids of "facilities/{facility}/staff/{id}".
struct StaffKey {
  std::string facility;
  std::string id;
  friend bool operator==(const StaffKey& a, const StaffKey& b) {
    return a.facility == b.facility && a.id == b.id;
  }
  friend bool operator<(const StaffKey& a, const StaffKey& b) {
    return a.facility != b.facility ? a.facility < b.facility : a.id < b.id;
  }
};
std::string StaffName(const StaffKey& key);
// Both ids empty for a name of another form.
StaffKey ParseStaffName(absl::string_view name);

// "staffBans/{id}" <-> id; empty for a name of another form.
std::string BanName(absl::string_view id);
std::string BanId(absl::string_view name);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_STAFF_NAME_H_
