#ifndef TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_
#define TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"

namespace tuoyu::filing {

// A writing method from the door to its body. `Deps`: what the body needs beside the transaction, RegistryDeps or a room's own.
template <typename Deps, typename Request, typename Reply>
grpc::Status HandleWrite(rpc::Door& door, const rpc::WriteDeps& writes, const Deps& deps,
                         grpc::ServerContext* context, const Request& request, Reply* reply,
                         absl::Status (*body)(rpc::WriteContext&, const Deps&, const Request&,
                                              Reply*)) {
  return door.Handle(context, request, reply, [&](rpc::Call& call) {
    return rpc::RunWrite(writes, call, request, reply, [&](rpc::WriteContext& write) {
      return body(write, deps, request, reply);
    });
  });
}

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_
