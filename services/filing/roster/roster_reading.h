#ifndef TUOYU_SERVICES_FILING_ROSTER_ROSTER_READING_H_
#define TUOYU_SERVICES_FILING_ROSTER_ROSTER_READING_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "common/rpc/handle.h"
#include "common/rpc/list_request.h"
#include "services/filing/registry_scope.h"
#include "services/filing/roster/roster_session.h"
#include "services/filing/roster/roster_table.h"

// What the reading methods of the rosters share.
namespace tuoyu::filing {

// Lets the caller see a facility's roster: its own, or as an officer of the division. The reply's clearance becomes what
// the caller may see of it. Errors: PERMISSION_DENIED NOT_YOUR_FACILITY, OUT_OF_SCOPE; NOT_FOUND with the reason
// `missing` when there is no such facility.
absl::Status AdmitToRoster(db::Transaction& transaction, const RegistryScope& scope,
                           const std::string& facility, absl::string_view missing, rpc::Call* call);

// PageKey of a list in order of the due day, and the token of the page after `last`.
absl::StatusOr<RosterListKey> DuePageKey(const std::string& token, const std::string& digest);
std::string DuePageToken(const RosterRow& last, const std::string& digest);

// Reads a page of a facility's roster after the id `after`: entries for which `wanted` holds. Returns the id after which
// the next page begins; empty when this is the last.
template <typename Roster>
absl::StatusOr<std::string> ReadRosterPage(
    db::Transaction& transaction, absl::string_view facility, std::string after, int page_size,
    absl::FunctionRef<bool(const typename Roster::Message&)> wanted,
    absl::FunctionRef<void(typename Roster::Message)> add) {
  int added = 0;
  for (bool more = true; more;) {
    ASSIGN_OR_RETURN(std::vector<RosterRow> rows,
                     Roster::Table().ReadRoster(transaction, facility, after, page_size + 1));
    more = rpc::HasMore(page_size, &rows);
    for (const RosterRow& row : rows) {
      if (added == page_size) return after;
      after = row.key.id;
      ASSIGN_OR_RETURN(typename Roster::Message message,
                       ParseStored<typename Roster::Message>(row));
      if (!wanted(message)) continue;
      add(std::move(message));
      ++added;
    }
  }
  return std::string();
}

// All entries of a facility's roster for which `wanted` holds.
template <typename Roster>
absl::StatusOr<std::vector<typename Roster::Message>> WholeRoster(
    db::Transaction& transaction, const std::string& facility,
    absl::FunctionRef<bool(const typename Roster::Message&)> wanted) {
  constexpr int kRowsAtOnce = 1000;
  std::vector<typename Roster::Message> messages;
  std::string after;
  do {
    ASSIGN_OR_RETURN(after, ReadRosterPage<Roster>(transaction, facility, after, kRowsAtOnce,
                                                   wanted, [&](typename Roster::Message message) {
                                                     messages.push_back(std::move(message));
                                                   }));
  } while (!after.empty());
  return messages;
}

// Tells the conflicts of a page of persons who are at two facilities at once: each pair once in the list of a division,
// `other` null where the caller may not know of it.
template <typename Roster>
absl::Status FindPairs(
    db::Transaction& transaction, const RegistryScope& scope, absl::string_view division_prefix,
    const std::vector<ListedRow>& page, absl::CivilDay today,
    absl::FunctionRef<void(const RosterKey& entry, const RosterKey* other)> each) {
  if (page.empty()) return absl::OkStatus();
  std::vector<std::string> persons;
  persons.reserve(page.size());
  for (const ListedRow& listed : page) persons.push_back(listed.row.person_index);
  ASSIGN_OR_RETURN(const std::vector<RosterRow> all,
                   Roster::Table().ReadOfPersons(transaction, persons));
  std::vector<std::string> facilities;
  std::vector<typename Roster::Message> messages;
  facilities.reserve(all.size());
  messages.reserve(all.size());
  for (const RosterRow& row : all) {
    facilities.push_back(row.key.facility);
    ASSIGN_OR_RETURN(messages.emplace_back(), ParseStored<typename Roster::Message>(row));
  }
  ASSIGN_OR_RETURN(const auto divisions, ReadDivisions(transaction, facilities));
  for (const ListedRow& listed : page) {
    ASSIGN_OR_RETURN(const typename Roster::Message own,
                     ParseStored<typename Roster::Message>(listed.row));
    for (size_t i = 0; i < all.size(); ++i) {
      if (all[i].person_index != listed.row.person_index || all[i].key == listed.row.key ||
          Roster::SharedUntil(own, messages[i]) <= today) {
        continue;
      }
      const auto division = divisions.find(all[i].key.facility);
      const bool visible = division != divisions.end() && scope.Covers(division->second);
      const bool listed_too = visible && absl::StartsWith(division->second, division_prefix);
      if (listed_too && all[i].key < listed.row.key) continue;  // told with the other one
      each(listed.row.key, visible ? &all[i].key : nullptr);
    }
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_ROSTER_ROSTER_READING_H_
