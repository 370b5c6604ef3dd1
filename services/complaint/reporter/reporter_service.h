#ifndef TUOYU_SERVICES_COMPLAINT_REPORTER_REPORTER_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_REPORTER_REPORTER_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/reporter_service.grpc.pb.h"

namespace tuoyu::complaint {

// ReporterService: each method goes through the door to a function of unmasking_acts.h. Thread-safe.
class ReporterService final : public v1::ReporterService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  ReporterService(rpc::Door& door, const rpc::WriteDeps& writes, const ComplaintDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status AskUnmasking(grpc::ServerContext* context, const v1::AskUnmaskingRequest* request,
                            v1::Unmasking* reply) override;
  grpc::Status DecideUnmasking(grpc::ServerContext* context,
                               const v1::DecideUnmaskingRequest* request,
                               v1::Unmasking* reply) override;
  grpc::Status ReadReporters(grpc::ServerContext* context, const v1::ReadReportersRequest* request,
                             v1::ReadReportersResponse* reply) override;
  grpc::Status ListUnmaskings(grpc::ServerContext* context,
                              const v1::ListUnmaskingsRequest* request,
                              v1::ListUnmaskingsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REPORTER_REPORTER_SERVICE_H_
