#ifndef TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_
#define TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"

namespace tuoyu::filing {

// A writing method of the registry from the door to its body.
template <typename Request, typename Reply>
grpc::Status HandleWrite(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps,
                         grpc::ServerContext* context, const Request& request, Reply* reply,
                         absl::Status (*body)(rpc::WriteContext&, const RegistryDeps&,
                                              const Request&, Reply*)) {
  return door.Handle(context, request, reply, [&](rpc::Call& call) {
    return rpc::RunWrite(writes, call, request, reply, [&](rpc::WriteContext& write) {
      return body(write, deps, request, reply);
    });
  });
}

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_REGISTRY_WRITE_H_
