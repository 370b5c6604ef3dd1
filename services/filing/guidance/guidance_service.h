#ifndef TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_SERVICE_H_
#define TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/guidance/guidance_acts.h"
#include "tuoyu/filing/v1/guidance_service.grpc.pb.h"

namespace tuoyu::filing {

// GuidanceService: each method goes through the door to a function of guidance_acts.h. Thread-safe.
class GuidanceService final : public v1::GuidanceService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  GuidanceService(rpc::Door& door, const rpc::WriteDeps& writes, const GuidanceDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status RecordGuidanceCentre(grpc::ServerContext* context,
                                    const v1::RecordGuidanceCentreRequest* request,
                                    v1::GuidanceCentre* reply) override;
  grpc::Status CloseGuidanceCentre(grpc::ServerContext* context,
                                   const v1::CloseGuidanceCentreRequest* request,
                                   v1::GuidanceCentre* reply) override;
  grpc::Status ListGuidanceCentres(grpc::ServerContext* context,
                                   const v1::ListGuidanceCentresRequest* request,
                                   v1::ListGuidanceCentresResponse* reply) override;
  grpc::Status RecordGuidanceActivity(grpc::ServerContext* context,
                                      const v1::RecordGuidanceActivityRequest* request,
                                      v1::GuidanceActivity* reply) override;
  grpc::Status ListGuidanceActivities(grpc::ServerContext* context,
                                      const v1::ListGuidanceActivitiesRequest* request,
                                      v1::ListGuidanceActivitiesResponse* reply) override;
  grpc::Status RecordTraining(grpc::ServerContext* context,
                              const v1::RecordTrainingRequest* request,
                              v1::TrainingCourse* reply) override;
  grpc::Status UpdateTraining(grpc::ServerContext* context,
                              const v1::UpdateTrainingRequest* request,
                              v1::TrainingCourse* reply) override;
  grpc::Status ListTraining(grpc::ServerContext* context, const v1::ListTrainingRequest* request,
                            v1::ListTrainingResponse* reply) override;
  grpc::Status ListStaffTraining(grpc::ServerContext* context,
                                 const v1::ListStaffTrainingRequest* request,
                                 v1::ListStaffTrainingResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const GuidanceDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_SERVICE_H_
