#ifndef TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_
#define TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/quality_service.grpc.pb.h"

namespace tuoyu::filing {

// QualityService: each method goes through the door to a function of demonstration_acts.h. Thread-safe.
class QualityService final : public v1::QualityService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  QualityService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status RecordDemonstration(grpc::ServerContext* context,
                                   const v1::RecordDemonstrationRequest* request,
                                   v1::Demonstration* reply) override;
  grpc::Status RecordReevaluation(grpc::ServerContext* context,
                                  const v1::RecordReevaluationRequest* request,
                                  v1::Demonstration* reply) override;
  grpc::Status RevokeDemonstration(grpc::ServerContext* context,
                                   const v1::RevokeDemonstrationRequest* request,
                                   v1::Demonstration* reply) override;
  grpc::Status ListDemonstrations(grpc::ServerContext* context,
                                  const v1::ListDemonstrationsRequest* request,
                                  v1::ListDemonstrationsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_
