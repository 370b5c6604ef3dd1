#include "services/filing/guidance/guidance_service.h"

#include "common/rpc/handle_write.h"

namespace tuoyu::filing {

grpc::Status GuidanceService::RecordGuidanceCentre(grpc::ServerContext* context,
                                                   const v1::RecordGuidanceCentreRequest* request,
                                                   v1::GuidanceCentre* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RecordGuidanceCentre);
}

grpc::Status GuidanceService::CloseGuidanceCentre(grpc::ServerContext* context,
                                                  const v1::CloseGuidanceCentreRequest* request,
                                                  v1::GuidanceCentre* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::CloseGuidanceCentre);
}

grpc::Status GuidanceService::ListGuidanceCentres(grpc::ServerContext* context,
                                                  const v1::ListGuidanceCentresRequest* request,
                                                  v1::ListGuidanceCentresResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListGuidanceCentres(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status GuidanceService::RecordGuidanceActivity(
    grpc::ServerContext* context, const v1::RecordGuidanceActivityRequest* request,
    v1::GuidanceActivity* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RecordGuidanceActivity);
}

grpc::Status GuidanceService::ListGuidanceActivities(
    grpc::ServerContext* context, const v1::ListGuidanceActivitiesRequest* request,
    v1::ListGuidanceActivitiesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListGuidanceActivities(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status GuidanceService::RecordTraining(grpc::ServerContext* context,
                                             const v1::RecordTrainingRequest* request,
                                             v1::TrainingCourse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordTraining);
}

grpc::Status GuidanceService::UpdateTraining(grpc::ServerContext* context,
                                             const v1::UpdateTrainingRequest* request,
                                             v1::TrainingCourse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::UpdateTraining);
}

grpc::Status GuidanceService::ListTraining(grpc::ServerContext* context,
                                           const v1::ListTrainingRequest* request,
                                           v1::ListTrainingResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListTraining(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status GuidanceService::ListStaffTraining(grpc::ServerContext* context,
                                                const v1::ListStaffTrainingRequest* request,
                                                v1::ListStaffTrainingResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListStaffTraining(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::filing
