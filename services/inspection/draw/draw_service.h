#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/draw_service.grpc.pb.h"

namespace tuoyu::inspection {

// DrawService: each method goes through the door to a function of draw_acts.h. Thread-safe.
class DrawService final : public v1::DrawService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  DrawService(rpc::Door& door, const rpc::WriteDeps& writes, const InspectionDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status CommitDraw(grpc::ServerContext* context, const v1::CommitDrawRequest* request,
                          v1::Draw* reply) override;
  grpc::Status FreezeDraw(grpc::ServerContext* context, const v1::FreezeDrawRequest* request,
                          v1::Draw* reply) override;
  grpc::Status PerformDraw(grpc::ServerContext* context, const v1::PerformDrawRequest* request,
                           v1::Draw* reply) override;
  grpc::Status CancelDraw(grpc::ServerContext* context, const v1::CancelDrawRequest* request,
                          v1::Draw* reply) override;
  grpc::Status GetDraw(grpc::ServerContext* context, const v1::GetDrawRequest* request,
                       v1::Draw* reply) override;
  grpc::Status ListDraws(grpc::ServerContext* context, const v1::ListDrawsRequest* request,
                         v1::ListDrawsResponse* reply) override;
  grpc::Status ReadDrawRecord(grpc::ServerContext* context,
                              const v1::ReadDrawRecordRequest* request,
                              v1::ReadDrawRecordResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_SERVICE_H_
