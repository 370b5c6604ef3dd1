#ifndef TUOYU_SERVICES_FILING_FILING_SERVICE_H_
#define TUOYU_SERVICES_FILING_FILING_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/filing/filing_deps.h"
#include "tuoyu/filing/v1/filing_service.grpc.pb.h"

namespace tuoyu::filing {

// FilingService: who may, in which order, and where each method's work is done. The methods are specified in
// filing_service.proto. Thread safe.
class FilingService final : public v1::FilingService::Service {
 public:
  // `door` must know FilingService's descriptor; all must outlive this.
  FilingService(rpc::Door& door, const FilingDeps& deps);

  grpc::Status CreateFiling(grpc::ServerContext* context, const v1::CreateFilingRequest* request,
                            v1::Filing* reply) override;
  grpc::Status UpdateFiling(grpc::ServerContext* context, const v1::UpdateFilingRequest* request,
                            v1::Filing* reply) override;
  grpc::Status GetFiling(grpc::ServerContext* context, const v1::GetFilingRequest* request,
                         v1::Filing* reply) override;
  grpc::Status ListFilings(grpc::ServerContext* context, const v1::ListFilingsRequest* request,
                           v1::ListFilingsResponse* reply) override;
  grpc::Status SubmitFiling(grpc::ServerContext* context, const v1::SubmitFilingRequest* request,
                            v1::SubmitFilingResponse* reply) override;
  grpc::Status ReturnFiling(grpc::ServerContext* context, const v1::ReturnFilingRequest* request,
                            v1::Filing* reply) override;
  grpc::Status ReceiveFiling(grpc::ServerContext* context, const v1::ReceiveFilingRequest* request,
                             v1::Filing* reply) override;
  grpc::Status AcceptFiling(grpc::ServerContext* context, const v1::AcceptFilingRequest* request,
                            v1::AcceptFilingResponse* reply) override;
  grpc::Status NoticeNonconformity(grpc::ServerContext* context,
                                   const v1::NoticeNonconformityRequest* request,
                                   v1::Filing* reply) override;
  grpc::Status ReportRectification(grpc::ServerContext* context,
                                   const v1::ReportRectificationRequest* request,
                                   v1::Filing* reply) override;
  grpc::Status CompleteFiling(grpc::ServerContext* context,
                              const v1::CompleteFilingRequest* request,
                              v1::AcceptFilingResponse* reply) override;
  grpc::Status WithdrawFiling(grpc::ServerContext* context,
                              const v1::WithdrawFilingRequest* request, v1::Filing* reply) override;
  grpc::Status BackEnterFilings(grpc::ServerContext* context,
                                const v1::BackEnterFilingsRequest* request,
                                v1::BackEnterFilingsResponse* reply) override;
  grpc::Status StartMaterialUpload(grpc::ServerContext* context,
                                   const v1::StartMaterialUploadRequest* request,
                                   v1::MaterialUpload* reply) override;
  grpc::Status UploadMaterialChunk(grpc::ServerContext* context,
                                   const v1::UploadMaterialChunkRequest* request,
                                   v1::MaterialUpload* reply) override;
  grpc::Status GetMaterialUpload(grpc::ServerContext* context,
                                 const v1::GetMaterialUploadRequest* request,
                                 v1::MaterialUpload* reply) override;
  grpc::Status DeleteMaterial(grpc::ServerContext* context,
                              const v1::DeleteMaterialRequest* request, v1::Filing* reply) override;
  grpc::Status VerifyMaterial(grpc::ServerContext* context,
                              const v1::VerifyMaterialRequest* request,
                              v1::Material* reply) override;
  grpc::Status DownloadMaterial(grpc::ServerContext* context,
                                const v1::DownloadMaterialRequest* request,
                                v1::DownloadMaterialResponse* reply) override;
  grpc::Status GetReceipt(grpc::ServerContext* context, const v1::GetReceiptRequest* request,
                          v1::SignedReceipt* reply) override;
  grpc::Status VerifyReceipt(grpc::ServerContext* context, const v1::VerifyReceiptRequest* request,
                             v1::VerifyReceiptResponse* reply) override;
  grpc::Status CheckFiling(grpc::ServerContext* context, const v1::CheckFilingRequest* request,
                           v1::CheckFilingResponse* reply) override;
  grpc::Status TerminateFiling(grpc::ServerContext* context,
                               const v1::TerminateFilingRequest* request,
                               v1::Filing* reply) override;
  grpc::Status ListNonconformityNotices(grpc::ServerContext* context,
                                        const v1::ListNonconformityNoticesRequest* request,
                                        v1::ListNonconformityNoticesResponse* reply) override;
  grpc::Status GetRules(grpc::ServerContext* context, const v1::GetRulesRequest* request,
                        v1::RuleSet* reply) override;

 private:
  template <typename Request, typename Reply>
  grpc::Status Read(grpc::ServerContext* context, const Request& request, Reply* reply,
                    absl::Status (*read)(rpc::Call&, const FilingDeps&, const Request&, Reply*)) {
    return door_.Handle(context, request, reply, [&](rpc::Call& call) {
      return read(call, deps_.On(call.today), request, reply);
    });
  }
  template <typename Request, typename Reply>
  grpc::Status Write(grpc::ServerContext* context, const Request& request, Reply* reply,
                     absl::Status (*write)(rpc::WriteContext&, const FilingDeps&, const Request&,
                                           Reply*)) {
    return door_.Handle(context, request, reply, [&](rpc::Call& call) {
      const FilingDeps deps = deps_.On(call.today);
      return rpc::RunWrite(write_deps_, call, request, reply,
                           [&](rpc::WriteContext& write_context) {
                             return write(write_context, deps, request, reply);
                           });
    });
  }

  rpc::Door& door_;
  const FilingDeps deps_;
  const rpc::WriteDeps write_deps_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_FILING_SERVICE_H_
