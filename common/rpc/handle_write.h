#ifndef TUOYU_COMMON_RPC_HANDLE_WRITE_H_
#define TUOYU_COMMON_RPC_HANDLE_WRITE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"

namespace tuoyu::rpc {

// A writing method from the door to its body. `Deps`: what the body needs beside the transaction, RegistryDeps or a room's own.
template <typename Deps, typename Request, typename Reply>
grpc::Status HandleWrite(Door& door, const WriteDeps& writes, const Deps& deps,
                         grpc::ServerContext* context, const Request& request, Reply* reply,
                         absl::Status (*body)(WriteContext&, const Deps&, const Request&, Reply*)) {
  return door.Handle(context, request, reply, [&](Call& call) {
    return RunWrite(writes, call, request, reply,
                    [&](WriteContext& write) { return body(write, deps, request, reply); });
  });
}

// The same for a method that needs no account, whose caller stays unknown (Door::HandleUnnamed).
template <typename Deps, typename Request, typename Reply>
grpc::Status HandleUnnamedWrite(Door& door, const WriteDeps& writes, const Deps& deps,
                                grpc::ServerContext* context, const Request& request, Reply* reply,
                                absl::Status (*body)(WriteContext&, const Deps&, const Request&,
                                                     Reply*)) {
  return door.HandleUnnamed(context, request, reply, [&](Call& call) {
    return RunWrite(writes, call, request, reply,
                    [&](WriteContext& write) { return body(write, deps, request, reply); });
  });
}

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_HANDLE_WRITE_H_
