#include "services/filing/quality/quality_service.h"

#include "common/rpc/handle_write.h"
#include "services/filing/quality/assessment_acts.h"
#include "services/filing/quality/demonstration_acts.h"

namespace tuoyu::filing {

grpc::Status QualityService::RecordDemonstration(grpc::ServerContext* context,
                                                 const v1::RecordDemonstrationRequest* request,
                                                 v1::Demonstration* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RecordDemonstration);
}

grpc::Status QualityService::RecordReevaluation(grpc::ServerContext* context,
                                                const v1::RecordReevaluationRequest* request,
                                                v1::Demonstration* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RecordReevaluation);
}

grpc::Status QualityService::RevokeDemonstration(grpc::ServerContext* context,
                                                 const v1::RevokeDemonstrationRequest* request,
                                                 v1::Demonstration* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RevokeDemonstration);
}

grpc::Status QualityService::ListDemonstrations(grpc::ServerContext* context,
                                                const v1::ListDemonstrationsRequest* request,
                                                v1::ListDemonstrationsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListDemonstrations(call, writes_.pool, *request, reply);
  });
}

grpc::Status QualityService::ListAssessmentSchemes(grpc::ServerContext* context,
                                                   const v1::ListAssessmentSchemesRequest* request,
                                                   v1::ListAssessmentSchemesResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call&) {
    reply->Clear();
    for (const v1::AssessmentScheme& scheme : assessments_.schemes.all()) {
      *reply->add_schemes() = scheme;
    }
    return absl::OkStatus();
  });
}

grpc::Status QualityService::RecordAssessment(grpc::ServerContext* context,
                                              const v1::RecordAssessmentRequest* request,
                                              v1::Assessment* reply) {
  return rpc::HandleWrite(door_, writes_, assessments_, context, *request, reply,
                          filing::RecordAssessment);
}

grpc::Status QualityService::PublishAssessment(grpc::ServerContext* context,
                                               const v1::PublishAssessmentRequest* request,
                                               v1::Assessment* reply) {
  return rpc::HandleWrite(door_, writes_, assessments_, context, *request, reply,
                          filing::PublishAssessment);
}

grpc::Status QualityService::AppealAssessment(grpc::ServerContext* context,
                                              const v1::AppealAssessmentRequest* request,
                                              v1::Assessment* reply) {
  return rpc::HandleWrite(door_, writes_, assessments_, context, *request, reply,
                          filing::AppealAssessment);
}

grpc::Status QualityService::DecideAppeal(grpc::ServerContext* context,
                                          const v1::DecideAppealRequest* request,
                                          v1::Assessment* reply) {
  return rpc::HandleWrite(door_, writes_, assessments_, context, *request, reply,
                          filing::DecideAppeal);
}

grpc::Status QualityService::RevokeAssessment(grpc::ServerContext* context,
                                              const v1::RevokeAssessmentRequest* request,
                                              v1::Assessment* reply) {
  return rpc::HandleWrite(door_, writes_, assessments_, context, *request, reply,
                          filing::RevokeAssessment);
}

grpc::Status QualityService::ListAssessments(grpc::ServerContext* context,
                                             const v1::ListAssessmentsRequest* request,
                                             v1::ListAssessmentsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListAssessments(call, writes_.pool, *request, reply);
  });
}

}  // namespace tuoyu::filing
