#ifndef TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_
#define TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/quality/assessment_acts.h"
#include "services/filing/registry.h"
#include "tuoyu/filing/v1/quality_service.grpc.pb.h"

namespace tuoyu::filing {

// QualityService: each method goes through the door to a function of demonstration_acts.h or assessment_acts.h. Thread-safe.
class QualityService final : public v1::QualityService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  QualityService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& deps,
                 const AssessmentSchemes& schemes)
      : door_(door), writes_(writes), deps_(deps), assessments_{deps_, schemes} {}

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
  grpc::Status ListAssessmentSchemes(grpc::ServerContext* context,
                                     const v1::ListAssessmentSchemesRequest* request,
                                     v1::ListAssessmentSchemesResponse* reply) override;
  grpc::Status RecordAssessment(grpc::ServerContext* context,
                                const v1::RecordAssessmentRequest* request,
                                v1::Assessment* reply) override;
  grpc::Status PublishAssessment(grpc::ServerContext* context,
                                 const v1::PublishAssessmentRequest* request,
                                 v1::Assessment* reply) override;
  grpc::Status AppealAssessment(grpc::ServerContext* context,
                                const v1::AppealAssessmentRequest* request,
                                v1::Assessment* reply) override;
  grpc::Status DecideAppeal(grpc::ServerContext* context, const v1::DecideAppealRequest* request,
                            v1::Assessment* reply) override;
  grpc::Status RevokeAssessment(grpc::ServerContext* context,
                                const v1::RevokeAssessmentRequest* request,
                                v1::Assessment* reply) override;
  grpc::Status ListAssessments(grpc::ServerContext* context,
                               const v1::ListAssessmentsRequest* request,
                               v1::ListAssessmentsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps deps_;
  const AssessmentDeps assessments_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_QUALITY_QUALITY_SERVICE_H_
