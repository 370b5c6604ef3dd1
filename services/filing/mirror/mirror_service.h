#ifndef TUOYU_SERVICES_FILING_MIRROR_MIRROR_SERVICE_H_
#define TUOYU_SERVICES_FILING_MIRROR_MIRROR_SERVICE_H_

#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "services/filing/mirror/mirror_reading.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/mirror_service.grpc.pb.h"

namespace tuoyu::filing {

// MirrorService: each method goes through the door to a function of mirror_reading.h. Thread-safe.
class MirrorService final : public v1::MirrorService::Service {
 public:
  // All references, those inside `deps` too, must outlive this. `door` must know the service's descriptor.
  MirrorService(rpc::Door& door, db::Pool& pool, const RegistryDeps& deps,
                const CriteriaBook& criteria)
      : door_(door), reader_{pool, deps, criteria} {}

  grpc::Status GetMirror(grpc::ServerContext* context, const v1::GetMirrorRequest* request,
                         v1::GetMirrorResponse* reply) override;
  grpc::Status ListFacilityGaps(grpc::ServerContext* context,
                                const v1::ListFacilityGapsRequest* request,
                                v1::ListFacilityGapsResponse* reply) override;
  grpc::Status ListDivisionGaps(grpc::ServerContext* context,
                                const v1::ListDivisionGapsRequest* request,
                                v1::ListDivisionGapsResponse* reply) override;

 private:
  rpc::Door& door_;
  const MirrorReader reader_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MIRROR_MIRROR_SERVICE_H_
