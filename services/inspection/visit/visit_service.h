#ifndef TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SERVICE_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SERVICE_H_

#include <vector>

#include "common/rpc/handle.h"
#include "common/rpc/method_threads.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"
#include "tuoyu/inspection/v1/visit_service.grpc.pb.h"

namespace tuoyu::inspection {

// VisitService: each method goes through the door to a function of visit_acts.h, replacement_acts.h, finding_acts.h, photo_acts.h, back_entry_acts.h or visit_reading.h. Thread-safe.
class VisitService final
    : public v1::VisitService::WithAsyncMethod_ListVisits<v1::VisitService::Service> {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  VisitService(rpc::Door& door, const rpc::WriteDeps& writes, const InspectionDeps& deps);

  // What answers ListVisits, the method called most; for the server.
  std::vector<rpc::CallLoop*> loops() { return {&list_}; }

  grpc::Status OpenVisit(grpc::ServerContext* context, const v1::OpenVisitRequest* request,
                         v1::Visit* reply) override;
  grpc::Status NotifyVisit(grpc::ServerContext* context, const v1::NotifyVisitRequest* request,
                           v1::Visit* reply) override;
  grpc::Status RecordVisit(grpc::ServerContext* context, const v1::RecordVisitRequest* request,
                           v1::Visit* reply) override;
  grpc::Status ConcludeVisit(grpc::ServerContext* context, const v1::ConcludeVisitRequest* request,
                             v1::Visit* reply) override;
  grpc::Status AskReplacement(grpc::ServerContext* context,
                              const v1::AskReplacementRequest* request, v1::Visit* reply) override;
  grpc::Status DecideReplacement(grpc::ServerContext* context,
                                 const v1::DecideReplacementRequest* request,
                                 v1::Visit* reply) override;
  grpc::Status AskCancellation(grpc::ServerContext* context,
                               const v1::AskCancellationRequest* request,
                               v1::Visit* reply) override;
  grpc::Status CancelVisit(grpc::ServerContext* context, const v1::CancelVisitRequest* request,
                           v1::Visit* reply) override;
  grpc::Status ReportCorrection(grpc::ServerContext* context,
                                const v1::ReportCorrectionRequest* request,
                                v1::Visit* reply) override;
  grpc::Status AskExtension(grpc::ServerContext* context, const v1::AskExtensionRequest* request,
                            v1::Visit* reply) override;
  grpc::Status DecideExtension(grpc::ServerContext* context,
                               const v1::DecideExtensionRequest* request,
                               v1::Visit* reply) override;
  grpc::Status RecheckFinding(grpc::ServerContext* context,
                              const v1::RecheckFindingRequest* request, v1::Visit* reply) override;
  grpc::Status WithdrawFinding(grpc::ServerContext* context,
                               const v1::WithdrawFindingRequest* request,
                               v1::Visit* reply) override;
  grpc::Status PublishVisit(grpc::ServerContext* context, const v1::PublishVisitRequest* request,
                            v1::Visit* reply) override;
  grpc::Status WithdrawPublication(grpc::ServerContext* context,
                                   const v1::WithdrawPublicationRequest* request,
                                   v1::Visit* reply) override;
  grpc::Status RateVisit(grpc::ServerContext* context, const v1::RateVisitRequest* request,
                         v1::Visit* reply) override;
  grpc::Status BackEnterVisits(grpc::ServerContext* context,
                               const v1::BackEnterVisitsRequest* request,
                               v1::BackEnterVisitsResponse* reply) override;
  grpc::Status UploadPhoto(grpc::ServerContext* context, const v1::UploadPhotoRequest* request,
                           v1::Photo* reply) override;
  grpc::Status ReadPhoto(grpc::ServerContext* context, const v1::ReadPhotoRequest* request,
                         v1::ReadPhotoResponse* reply) override;
  grpc::Status GetVisit(grpc::ServerContext* context, const v1::GetVisitRequest* request,
                        v1::Visit* reply) override;
  grpc::Status ListFindings(grpc::ServerContext* context, const v1::ListFindingsRequest* request,
                            v1::ListFindingsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const InspectionDeps deps_;
  rpc::MethodThreads<v1::ListVisitsRequest, v1::ListVisitsResponse> list_;
};

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_VISIT_SERVICE_H_
