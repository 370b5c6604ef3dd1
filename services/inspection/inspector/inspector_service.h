#ifndef TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/inspector_service.grpc.pb.h"

namespace tuoyu::inspection {

// InspectorService: each method goes through the door to a function of inspector_acts.h. Thread-safe.
class InspectorService final : public v1::InspectorService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  InspectorService(rpc::Door& door, const rpc::WriteDeps& writes, const InspectionDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status RecordInspector(grpc::ServerContext* context,
                               const v1::RecordInspectorRequest* request,
                               v1::Inspector* reply) override;
  grpc::Status UpdateInspector(grpc::ServerContext* context,
                               const v1::UpdateInspectorRequest* request,
                               v1::Inspector* reply) override;
  grpc::Status DeclareRecusal(grpc::ServerContext* context,
                              const v1::DeclareRecusalRequest* request,
                              v1::Inspector* reply) override;
  grpc::Status LiftRecusal(grpc::ServerContext* context, const v1::LiftRecusalRequest* request,
                           v1::Inspector* reply) override;
  grpc::Status ListInspectors(grpc::ServerContext* context,
                              const v1::ListInspectorsRequest* request,
                              v1::ListInspectorsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_INSPECTOR_INSPECTOR_SERVICE_H_
