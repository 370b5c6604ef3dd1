#include "services/filing/inclusive/inclusive_service.h"

#include "common/rpc/handle_write.h"
#include "services/filing/inclusive/inclusive_reading.h"

namespace tuoyu::filing {

grpc::Status InclusiveService::ListRecognitionCriteria(
    grpc::ServerContext* context, const v1::ListRecognitionCriteriaRequest* request,
    v1::ListRecognitionCriteriaResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call&) {
    reply->Clear();
    for (const v1::RecognitionCriteria& criteria : deps_.criteria.all()) {
      *reply->add_criteria() = criteria;
    }
    return absl::OkStatus();
  });
}

grpc::Status InclusiveService::ApplyForRecognition(grpc::ServerContext* context,
                                                   const v1::ApplyForRecognitionRequest* request,
                                                   v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::Apply);
}

grpc::Status InclusiveService::PubliciseRecognitionApplication(
    grpc::ServerContext* context, const v1::PubliciseRecognitionApplicationRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::Publicise);
}

grpc::Status InclusiveService::RecordRecognitionObjection(
    grpc::ServerContext* context, const v1::RecordRecognitionObjectionRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::RecordObjection);
}

grpc::Status InclusiveService::DecideRecognitionObjection(
    grpc::ServerContext* context, const v1::DecideRecognitionObjectionRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, filing::DecideObjection);
}

grpc::Status InclusiveService::GrantRecognitionApplication(
    grpc::ServerContext* context, const v1::GrantRecognitionApplicationRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::GrantApplication);
}

grpc::Status InclusiveService::RefuseRecognitionApplication(
    grpc::ServerContext* context, const v1::RefuseRecognitionApplicationRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::RefuseApplication);
}

grpc::Status InclusiveService::WithdrawRecognitionApplication(
    grpc::ServerContext* context, const v1::WithdrawRecognitionApplicationRequest* request,
    v1::RecognitionApplication* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          filing::WithdrawApplication);
}

grpc::Status InclusiveService::GetRecognitionApplication(
    grpc::ServerContext* context, const v1::GetRecognitionApplicationRequest* request,
    v1::RecognitionApplication* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::GetApplication(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status InclusiveService::ListRecognitionApplications(
    grpc::ServerContext* context, const v1::ListRecognitionApplicationsRequest* request,
    v1::ListRecognitionApplicationsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return filing::ListApplications(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::filing
