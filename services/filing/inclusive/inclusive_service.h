#ifndef TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_SERVICE_H_
#define TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/inclusive/inclusive_acts.h"
#include "tuoyu/filing/v1/inclusive_service.grpc.pb.h"

namespace tuoyu::filing {

// InclusiveService: each method goes through the door to a function of inclusive_acts.h or inclusive_reading.h. Thread-safe.
class InclusiveService final : public v1::InclusiveService::Service {
 public:
  // All references, those inside `writes` and `registry` too, must outlive this. `door` must know the service's descriptor.
  InclusiveService(rpc::Door& door, const rpc::WriteDeps& writes, const RegistryDeps& registry,
                   const CriteriaBook& criteria, const calendar::WorkingDays& calendar)
      : door_(door), writes_(writes), registry_(registry), deps_{registry_, criteria, calendar} {}

  grpc::Status ListRecognitionCriteria(grpc::ServerContext* context,
                                       const v1::ListRecognitionCriteriaRequest* request,
                                       v1::ListRecognitionCriteriaResponse* reply) override;
  grpc::Status ApplyForRecognition(grpc::ServerContext* context,
                                   const v1::ApplyForRecognitionRequest* request,
                                   v1::RecognitionApplication* reply) override;
  grpc::Status PubliciseRecognitionApplication(
      grpc::ServerContext* context, const v1::PubliciseRecognitionApplicationRequest* request,
      v1::RecognitionApplication* reply) override;
  grpc::Status RecordRecognitionObjection(grpc::ServerContext* context,
                                          const v1::RecordRecognitionObjectionRequest* request,
                                          v1::RecognitionApplication* reply) override;
  grpc::Status DecideRecognitionObjection(grpc::ServerContext* context,
                                          const v1::DecideRecognitionObjectionRequest* request,
                                          v1::RecognitionApplication* reply) override;
  grpc::Status GrantRecognitionApplication(grpc::ServerContext* context,
                                           const v1::GrantRecognitionApplicationRequest* request,
                                           v1::RecognitionApplication* reply) override;
  grpc::Status RefuseRecognitionApplication(grpc::ServerContext* context,
                                            const v1::RefuseRecognitionApplicationRequest* request,
                                            v1::RecognitionApplication* reply) override;
  grpc::Status WithdrawRecognitionApplication(
      grpc::ServerContext* context, const v1::WithdrawRecognitionApplicationRequest* request,
      v1::RecognitionApplication* reply) override;
  grpc::Status GetRecognitionApplication(grpc::ServerContext* context,
                                         const v1::GetRecognitionApplicationRequest* request,
                                         v1::RecognitionApplication* reply) override;
  grpc::Status ListRecognitionApplications(grpc::ServerContext* context,
                                           const v1::ListRecognitionApplicationsRequest* request,
                                           v1::ListRecognitionApplicationsResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const RegistryDeps registry_;
  const InclusiveDeps deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_INCLUSIVE_INCLUSIVE_SERVICE_H_
