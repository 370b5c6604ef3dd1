#ifndef TUOYU_SERVICES_INSPECTION_PLAN_PLAN_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_PLAN_PLAN_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/plan_service.grpc.pb.h"

namespace tuoyu::inspection {

// PlanService: each method goes through the door to a function of plan_acts.h. Thread-safe.
class PlanService final : public v1::PlanService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  PlanService(rpc::Door& door, const rpc::WriteDeps& writes, const InspectionDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status SubmitPlan(grpc::ServerContext* context, const v1::SubmitPlanRequest* request,
                          v1::Plan* reply) override;
  grpc::Status DecidePlan(grpc::ServerContext* context, const v1::DecidePlanRequest* request,
                          v1::Plan* reply) override;
  grpc::Status WithdrawPlan(grpc::ServerContext* context, const v1::WithdrawPlanRequest* request,
                            v1::Plan* reply) override;
  grpc::Status GetPlan(grpc::ServerContext* context, const v1::GetPlanRequest* request,
                       v1::Plan* reply) override;
  grpc::Status ListPlans(grpc::ServerContext* context, const v1::ListPlansRequest* request,
                         v1::ListPlansResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PLAN_PLAN_SERVICE_H_
