#ifndef TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_RULES_H_
#define TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_RULES_H_

#include <vector>

#include "absl/time/civil_time.h"
#include "services/filing/rule_context.h"
#include "tuoyu/filing/v1/directory_service.pb.h"

// The lists of kindergartens and employers: what may be said, and what becomes of it. Pure: no database, clock, network or log.
namespace tuoyu::filing {

inline constexpr int kMostDirectoryEntries = 200;

// Every field, and each organisation once.
std::vector<common::v1::Violation> CheckReports(const v1::ReportDirectoryEntriesRequest& request,
                                                const RuleContext& context);

// A day not in the future, after the first day of the last version, and a reason.
std::vector<common::v1::Violation> CheckDirectoryRemoval(
    const v1::RemoveDirectoryEntryRequest& request, const v1::DirectoryEntry& entry,
    const RuleContext& context);

// What was said, in normal form, without what is output only.
v1::DirectoryVersion FactOf(const v1::DirectoryVersion& version);

// What becomes of a version said of an entry.
enum class DirectoryOutcome {
  kEntered,    // the first one
  kChanged,    // it holds from a later day on
  kCorrected,  // the last version was said otherwise
  kUnchanged,  // it is known
  kTooEarly,   // it begins before what is known, or before the removal: refused
};

// Puts a version (FactOf) into the entry, unless it is known or comes too early. A removed entry stands on the list again.
DirectoryOutcome Place(const v1::DirectoryVersion& version, v1::DirectoryEntry* entry);

// The version that holds on the day; null when the organisation is not on the list then.
const v1::DirectoryVersion* VersionOn(const v1::DirectoryEntry& entry, absl::CivilDay day);

// Days of a version: [first, end); the end is absl::CivilDay(9999, 12, 31) while it holds.
inline constexpr absl::CivilDay kStillHolds(9999, 12, 31);
absl::CivilDay FirstDayOf(const v1::DirectoryVersion& version);
absl::CivilDay EndDayOf(const v1::DirectoryVersion& version);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_RULES_H_
