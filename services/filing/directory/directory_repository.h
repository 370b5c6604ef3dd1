#ifndef TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_REPOSITORY_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/filing/registry_scope.h"
#include "tuoyu/filing/v1/directory_service.pb.h"

// Rows of tables directory_entry and directory_version <-> messages. Errors of all functions: those of db::Transaction;
// DATA_LOSS when a stored message does not parse.
namespace tuoyu::filing {

// "directoryEntries/{id}" <-> id. The id of a name that is not of this form is empty.
std::string DirectoryEntryName(absl::string_view id);
std::string DirectoryEntryId(absl::string_view name);

// One by id, locked with `lock`; nothing when there is none.
absl::StatusOr<absl::optional<v1::DirectoryEntry>> ReadDirectoryEntry(db::Transaction& transaction,
                                                                      absl::string_view id,
                                                                      bool lock);
// Those of a keeper with these ids in its list `kind`, locked.
absl::StatusOr<std::vector<v1::DirectoryEntry>> LockDirectoryEntries(
    db::Transaction& transaction, v1::DirectoryKind kind, absl::string_view unit,
    const std::vector<std::string>& source_ids);

// Stores an entry with its versions; one with etag "1" is new: ALREADY_EXISTS when its keeper has one with its id already.
absl::Status StoreDirectoryEntry(db::Transaction& transaction, const v1::DirectoryEntry& entry);

// What a list is asked for.
struct DirectoryQuery {
  const v1::ListDirectoryEntriesRequest& request;
  const RegistryScope& scope;
  absl::string_view unit;  // only of this keeper; empty: of any
  absl::string_view division_prefix;
  absl::CivilDay as_of;
  absl::string_view after;  // id; empty on the first page
  int limit;
};
// The entries of a list that hold on the day, in order of their ids, with all their versions.
absl::StatusOr<std::vector<v1::DirectoryEntry>> ListDirectory(db::Transaction& transaction,
                                                              const DirectoryQuery& query);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_REPOSITORY_H_
