#ifndef TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_SERVICE_H_
#define TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/duplicates/duplicate_acts.h"
#include "tuoyu/filing/v1/duplicate_service.grpc.pb.h"

namespace tuoyu::filing {

// DuplicateService: each method goes through the door to a function of duplicate_acts.h. Thread-safe.
class DuplicateService final : public v1::DuplicateService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  DuplicateService(rpc::Door& door, const rpc::WriteDeps& writes, const DuplicateDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status ListDuplicates(grpc::ServerContext* context,
                              const v1::ListDuplicatesRequest* request,
                              v1::ListDuplicatesResponse* reply) override;
  grpc::Status DecideDuplicate(grpc::ServerContext* context,
                               const v1::DecideDuplicateRequest* request,
                               v1::DuplicateDecision* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const DuplicateDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_DUPLICATES_DUPLICATE_SERVICE_H_
