#include "services/inspection/visit/visit_service.h"

#include "common/rpc/handle_write.h"
#include "services/inspection/visit/back_entry_acts.h"
#include "services/inspection/visit/finding_acts.h"
#include "services/inspection/visit/photo_acts.h"
#include "services/inspection/visit/replacement_acts.h"
#include "services/inspection/visit/visit_acts.h"
#include "services/inspection/visit/visit_reading.h"

namespace tuoyu::inspection {
namespace {

constexpr rpc::MethodThreads<v1::ListVisitsRequest, v1::ListVisitsResponse>::Options kListThreads =
    {.threads = 4};

}  // namespace

VisitService::VisitService(rpc::Door& door, const rpc::WriteDeps& writes,
                           const InspectionDeps& deps)
    : door_(door),
      writes_(writes),
      deps_(deps),
      list_(
          door, kListThreads, [this](auto... slot) { RequestListVisits(slot...); },
          [this](auto calls) {
            for (auto& [call, request, reply, status] : calls) {
              status = inspection::ListVisits(call, writes_.pool, deps_, request, &reply);
            }
          }) {}

grpc::Status VisitService::OpenVisit(grpc::ServerContext* context,
                                     const v1::OpenVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::OpenVisit);
}

grpc::Status VisitService::NotifyVisit(grpc::ServerContext* context,
                                       const v1::NotifyVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::NotifyVisit);
}

grpc::Status VisitService::RecordVisit(grpc::ServerContext* context,
                                       const v1::RecordVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::RecordVisit);
}

grpc::Status VisitService::ConcludeVisit(grpc::ServerContext* context,
                                         const v1::ConcludeVisitRequest* request,
                                         v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::ConcludeVisit);
}

grpc::Status VisitService::AskReplacement(grpc::ServerContext* context,
                                          const v1::AskReplacementRequest* request,
                                          v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::AskReplacement);
}

grpc::Status VisitService::DecideReplacement(grpc::ServerContext* context,
                                             const v1::DecideReplacementRequest* request,
                                             v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DecideReplacement);
}

grpc::Status VisitService::AskCancellation(grpc::ServerContext* context,
                                           const v1::AskCancellationRequest* request,
                                           v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::AskCancellation);
}

grpc::Status VisitService::CancelVisit(grpc::ServerContext* context,
                                       const v1::CancelVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::CancelVisit);
}

grpc::Status VisitService::ReportCorrection(grpc::ServerContext* context,
                                            const v1::ReportCorrectionRequest* request,
                                            v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::ReportCorrection);
}

grpc::Status VisitService::AskExtension(grpc::ServerContext* context,
                                        const v1::AskExtensionRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::AskExtension);
}

grpc::Status VisitService::DecideExtension(grpc::ServerContext* context,
                                           const v1::DecideExtensionRequest* request,
                                           v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::DecideExtension);
}

grpc::Status VisitService::RecheckFinding(grpc::ServerContext* context,
                                          const v1::RecheckFindingRequest* request,
                                          v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::RecheckFinding);
}

grpc::Status VisitService::WithdrawFinding(grpc::ServerContext* context,
                                           const v1::WithdrawFindingRequest* request,
                                           v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::WithdrawFinding);
}

grpc::Status VisitService::PublishVisit(grpc::ServerContext* context,
                                        const v1::PublishVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::PublishVisit);
}

grpc::Status VisitService::WithdrawPublication(grpc::ServerContext* context,
                                               const v1::WithdrawPublicationRequest* request,
                                               v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::WithdrawPublication);
}

grpc::Status VisitService::RateVisit(grpc::ServerContext* context,
                                     const v1::RateVisitRequest* request, v1::Visit* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::RateVisit);
}

grpc::Status VisitService::BackEnterVisits(grpc::ServerContext* context,
                                           const v1::BackEnterVisitsRequest* request,
                                           v1::BackEnterVisitsResponse* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          inspection::BackEnterVisits);
}

grpc::Status VisitService::UploadPhoto(grpc::ServerContext* context,
                                       const v1::UploadPhotoRequest* request, v1::Photo* reply) {
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply, inspection::UploadPhoto);
}

grpc::Status VisitService::ReadPhoto(grpc::ServerContext* context,
                                     const v1::ReadPhotoRequest* request,
                                     v1::ReadPhotoResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ReadPhoto(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status VisitService::GetVisit(grpc::ServerContext* context,
                                    const v1::GetVisitRequest* request, v1::Visit* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::GetVisit(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status VisitService::ListFindings(grpc::ServerContext* context,
                                        const v1::ListFindingsRequest* request,
                                        v1::ListFindingsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return inspection::ListFindings(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::inspection
