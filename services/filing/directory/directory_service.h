#ifndef TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_SERVICE_H_
#define TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/directory/directory_acts.h"
#include "tuoyu/filing/v1/directory_service.grpc.pb.h"

namespace tuoyu::filing {

// DirectoryService: each method goes through the door to a function of directory_acts.h. Thread-safe.
class DirectoryService final : public v1::DirectoryService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  DirectoryService(rpc::Door& door, const rpc::WriteDeps& writes, const DirectoryDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status ReportDirectoryEntries(grpc::ServerContext* context,
                                      const v1::ReportDirectoryEntriesRequest* request,
                                      v1::ReportDirectoryEntriesResponse* reply) override;
  grpc::Status RemoveDirectoryEntry(grpc::ServerContext* context,
                                    const v1::RemoveDirectoryEntryRequest* request,
                                    v1::DirectoryEntry* reply) override;
  grpc::Status GetDirectoryEntry(grpc::ServerContext* context,
                                 const v1::GetDirectoryEntryRequest* request,
                                 v1::DirectoryEntry* reply) override;
  grpc::Status ListDirectoryEntries(grpc::ServerContext* context,
                                    const v1::ListDirectoryEntriesRequest* request,
                                    v1::ListDirectoryEntriesResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const DirectoryDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DIRECTORY_DIRECTORY_SERVICE_H_
