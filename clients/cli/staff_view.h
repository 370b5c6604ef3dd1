#ifndef TUOYU_CLIENTS_CLI_STAFF_VIEW_H_
#define TUOYU_CLIENTS_CLI_STAFF_VIEW_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/text.h"
#include "tuoyu/filing/v1/staff.pb.h"
#include "tuoyu/filing/v1/staff_service.pb.h"

namespace tuoyu::cli {

// One person of a roster: posts, certificates, and what the posts ask for. The id number is masked.
std::string RenderStaffMember(const filing::v1::StaffMember& member, Language language, int width);

// A roster as a table: the posts held on `day`, and what is wrong with the certificates.
std::string RenderRoster(const std::vector<filing::v1::StaffMember>& members, absl::CivilDay day,
                         Language language, int width);

// The worklist of certificates, one person a line.
std::string RenderStaffDue(const std::vector<filing::v1::StaffDue>& due, Language language,
                           int width);

// Conflicts of posts as a table.
std::string RenderPostConflicts(const std::vector<filing::v1::PostConflict>& conflicts,
                                Language language, int width);

// One entry of the list of banned persons, with the posts to end at once. The id number is masked.
std::string RenderBan(const filing::v1::StaffBan& ban, Language language, int width);

// The list of banned persons as a table. Id numbers are masked.
std::string RenderBans(const std::vector<filing::v1::StaffBan>& bans, Language language, int width);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_STAFF_VIEW_H_
