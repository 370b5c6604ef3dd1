#ifndef TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_ACTS_H_
#define TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_ACTS_H_

#include "absl/status/status.h"
#include "common/data/units.h"
#include "common/db/pool.h"
#include "common/rpc/write.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/guidance_service.pb.h"

// The methods of GuidanceService, which documents their errors. Writes work inside the caller's write transaction.
namespace tuoyu::filing {

// What they need beside the transaction. Everything must outlive its users.
struct GuidanceDeps {
  RegistryDeps registry;
  const data::Units& units;
};

absl::Status RecordGuidanceCentre(rpc::WriteContext& context, const GuidanceDeps& deps,
                                  const v1::RecordGuidanceCentreRequest& request,
                                  v1::GuidanceCentre* reply);
absl::Status CloseGuidanceCentre(rpc::WriteContext& context, const GuidanceDeps& deps,
                                 const v1::CloseGuidanceCentreRequest& request,
                                 v1::GuidanceCentre* reply);
absl::Status RecordGuidanceActivity(rpc::WriteContext& context, const GuidanceDeps& deps,
                                    const v1::RecordGuidanceActivityRequest& request,
                                    v1::GuidanceActivity* reply);
absl::Status RecordTraining(rpc::WriteContext& context, const GuidanceDeps& deps,
                            const v1::RecordTrainingRequest& request, v1::TrainingCourse* reply);
absl::Status UpdateTraining(rpc::WriteContext& context, const GuidanceDeps& deps,
                            const v1::UpdateTrainingRequest& request, v1::TrainingCourse* reply);

absl::Status ListGuidanceCentres(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                                 const v1::ListGuidanceCentresRequest& request,
                                 v1::ListGuidanceCentresResponse* reply);
absl::Status ListGuidanceActivities(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                                    const v1::ListGuidanceActivitiesRequest& request,
                                    v1::ListGuidanceActivitiesResponse* reply);
absl::Status ListTraining(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                          const v1::ListTrainingRequest& request, v1::ListTrainingResponse* reply);
absl::Status ListStaffTraining(rpc::Call& call, db::Pool& pool, const GuidanceDeps& deps,
                               const v1::ListStaffTrainingRequest& request,
                               v1::ListStaffTrainingResponse* reply);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_GUIDANCE_GUIDANCE_ACTS_H_
