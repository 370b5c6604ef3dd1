#ifndef TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_ACTS_H_
#define TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_ACTS_H_

#include "absl/status/status.h"
#include "common/data/units.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/directory_service.pb.h"

// The methods of DirectoryService, which documents their errors. Writes work inside the caller's write transaction.
namespace tuoyu::filing {

// What they need beside the transaction. Everything must outlive its users.
struct DirectoryDeps {
  RegistryDeps registry;
  const data::Units& units;
};

absl::Status ReportDirectoryEntries(rpc::WriteContext& context, const DirectoryDeps& deps,
                                    const v1::ReportDirectoryEntriesRequest& request,
                                    v1::ReportDirectoryEntriesResponse* reply);
// What stands against a report by its content alone; changes nothing and reads nothing.
absl::Status CheckReport(const rpc::Call& call, const DirectoryDeps& deps,
                         const v1::ReportDirectoryEntriesRequest& request,
                         v1::ReportDirectoryEntriesResponse* reply);
absl::Status RemoveDirectoryEntry(rpc::WriteContext& context, const DirectoryDeps& deps,
                                  const v1::RemoveDirectoryEntryRequest& request,
                                  v1::DirectoryEntry* reply);
absl::Status GetDirectoryEntry(rpc::Call& call, db::Pool& pool, const DirectoryDeps& deps,
                               const v1::GetDirectoryEntryRequest& request,
                               v1::DirectoryEntry* reply);
absl::Status ListDirectoryEntries(rpc::Call& call, db::Pool& pool, const DirectoryDeps& deps,
                                  const v1::ListDirectoryEntriesRequest& request,
                                  v1::ListDirectoryEntriesResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_ACTS_H_
