#include "services/inspection/plan/plan_service.h"

#include "common/rpc/handle_write.h"
#include "services/inspection/plan/plan_acts.h"

namespace tuoyu::inspection {

grpc::Status PlanService::SubmitPlan(grpc::ServerContext* context,
                                     const v1::SubmitPlanRequest* request, v1::Plan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::SubmitPlan);
}

grpc::Status PlanService::DecidePlan(grpc::ServerContext* context,
                                     const v1::DecidePlanRequest* request, v1::Plan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::DecidePlan);
}

grpc::Status PlanService::WithdrawPlan(grpc::ServerContext* context,
                                       const v1::WithdrawPlanRequest* request, v1::Plan* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::WithdrawPlan);
}

grpc::Status PlanService::GetPlan(grpc::ServerContext* context, const v1::GetPlanRequest* request,
                                  v1::Plan* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::GetPlan(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status PlanService::ListPlans(grpc::ServerContext* context,
                                    const v1::ListPlansRequest* request,
                                    v1::ListPlansResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListPlans(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
