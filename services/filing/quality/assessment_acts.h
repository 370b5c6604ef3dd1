#ifndef TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_ACTS_H_
#define TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_ACTS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/rpc/write.h"
#include "services/filing/facility_projection.h"
#include "services/filing/quality/assessment_scheme.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/quality_service.pb.h"

// Assessments by grades, without gRPC: five bodies of writes (rpc::RunWrite) and the list. Errors as quality_service.proto
// documents.
namespace tuoyu::filing {

// What they need. Both must outlive their users.
struct AssessmentDeps {
  const RegistryDeps& registry;
  const AssessmentSchemes& schemes;
};

absl::Status RecordAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::RecordAssessmentRequest& request, v1::Assessment* reply);
absl::Status PublishAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                               const v1::PublishAssessmentRequest& request, v1::Assessment* reply);
absl::Status AppealAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::AppealAssessmentRequest& request, v1::Assessment* reply);
absl::Status DecideAppeal(rpc::WriteContext& context, const AssessmentDeps& deps,
                          const v1::DecideAppealRequest& request, v1::Assessment* reply);
absl::Status RevokeAssessment(rpc::WriteContext& context, const AssessmentDeps& deps,
                              const v1::RevokeAssessmentRequest& request, v1::Assessment* reply);
absl::Status ListAssessments(rpc::Call& call, db::Pool& pool,
                             const v1::ListAssessmentsRequest& request,
                             v1::ListAssessmentsResponse* reply);

// The grade of a facility on a day.
absl::StatusOr<v1::GradeOnDay> ReadGrade(db::Transaction& transaction, const FacilityRecord& record,
                                         absl::CivilDay day);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_ASSESSMENT_ACTS_H_
