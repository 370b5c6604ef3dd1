#ifndef TUOYU_SERVICES_FILING_ROSTER_ROSTER_NAME_H_
#define TUOYU_SERVICES_FILING_ROSTER_ROSTER_NAME_H_

#include <string>

#include "absl/strings/string_view.h"

// Resource names of the rosters. Ids are UUIDs.
namespace tuoyu::filing {

// Ids of "facilities/{facility}/staff/{id}" and "facilities/{facility}/children/{id}".
struct RosterKey {
  std::string facility;
  std::string id;
  friend bool operator==(const RosterKey& a, const RosterKey& b) {
    return a.facility == b.facility && a.id == b.id;
  }
  friend bool operator<(const RosterKey& a, const RosterKey& b) {
    return a.facility != b.facility ? a.facility < b.facility : a.id < b.id;
  }
};
std::string StaffName(const RosterKey& key);
std::string ChildName(const RosterKey& key);
// Both ids empty for a name of another form.
RosterKey ParseStaffName(absl::string_view name);
RosterKey ParseChildName(absl::string_view name);

// "staffBans/{id}" <-> id; empty for a name of another form.
std::string BanName(absl::string_view id);
std::string BanId(absl::string_view name);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_ROSTER_NAME_H_
