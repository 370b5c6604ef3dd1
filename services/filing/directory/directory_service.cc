#include "services/filing/directory/directory_service.h"

#include "common/rpc/handle_write.h"

namespace tuoyu::filing {

grpc::Status DirectoryService::ReportDirectoryEntries(
    grpc::ServerContext* context, const v1::ReportDirectoryEntriesRequest* request,
    v1::ReportDirectoryEntriesResponse* reply) {
  if (request->validate_only()) {
    return door_.Handle(context, *request, reply,
                        [&](rpc::Call& call) { return CheckReport(call, deps_, *request, reply); });
  }
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::ReportDirectoryEntries);
}

grpc::Status DirectoryService::RemoveDirectoryEntry(grpc::ServerContext* context,
                                                    const v1::RemoveDirectoryEntryRequest* request,
                                                    v1::DirectoryEntry* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RemoveDirectoryEntry);
}

grpc::Status DirectoryService::GetDirectoryEntry(grpc::ServerContext* context,
                                                 const v1::GetDirectoryEntryRequest* request,
                                                 v1::DirectoryEntry* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::GetDirectoryEntry(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status DirectoryService::ListDirectoryEntries(grpc::ServerContext* context,
                                                    const v1::ListDirectoryEntriesRequest* request,
                                                    v1::ListDirectoryEntriesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListDirectoryEntries(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::filing
