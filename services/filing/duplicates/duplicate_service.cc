#include "services/filing/duplicates/duplicate_service.h"

#include "common/rpc/handle_write.h"

namespace tuoyu::filing {

grpc::Status DuplicateService::ListDuplicates(grpc::ServerContext* context,
                                              const v1::ListDuplicatesRequest* request,
                                              v1::ListDuplicatesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListDuplicates(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status DuplicateService::DecideDuplicate(grpc::ServerContext* context,
                                               const v1::DecideDuplicateRequest* request,
                                               v1::DuplicateDecision* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::DecideDuplicate);
}

}  // namespace tuoyu::filing
