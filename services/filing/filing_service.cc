#include "services/filing/filing_service.h"

#include "services/filing/back_entries.h"
#include "services/filing/filing_decisions.h"
#include "services/filing/filing_drafts.h"
#include "services/filing/filing_reading.h"
#include "services/filing/filing_submission.h"
#include "services/filing/material_handling.h"
#include "services/filing/notice_publication.h"
#include "services/filing/receipt_issue.h"

namespace tuoyu::filing {

FilingService::FilingService(rpc::Door& door, const FilingDeps& deps)
    : door_(door), deps_(deps), write_deps_{deps.pool, deps.sealer, door.service()} {}

grpc::Status FilingService::CreateFiling(grpc::ServerContext* context,
                                         const v1::CreateFilingRequest* request,
                                         v1::Filing* reply) {
  return Write(context, *request, reply, CreateDraft);
}

grpc::Status FilingService::UpdateFiling(grpc::ServerContext* context,
                                         const v1::UpdateFilingRequest* request,
                                         v1::Filing* reply) {
  return Write(context, *request, reply, UpdateDraft);
}

grpc::Status FilingService::GetFiling(grpc::ServerContext* context,
                                      const v1::GetFilingRequest* request, v1::Filing* reply) {
  return Read(context, *request, reply, ReadFiling);
}

grpc::Status FilingService::ListFilings(grpc::ServerContext* context,
                                        const v1::ListFilingsRequest* request,
                                        v1::ListFilingsResponse* reply) {
  return Read(context, *request, reply, ReadFilings);
}

grpc::Status FilingService::SubmitFiling(grpc::ServerContext* context,
                                         const v1::SubmitFilingRequest* request,
                                         v1::SubmitFilingResponse* reply) {
  return request->validate_only() ? Read(context, *request, reply, PrecheckDraft)
                                  : Write(context, *request, reply, SubmitDraft);
}

grpc::Status FilingService::ReturnFiling(grpc::ServerContext* context,
                                         const v1::ReturnFilingRequest* request,
                                         v1::Filing* reply) {
  return Write(context, *request, reply, ReturnIncomplete);
}

grpc::Status FilingService::ReceiveFiling(grpc::ServerContext* context,
                                          const v1::ReceiveFilingRequest* request,
                                          v1::Filing* reply) {
  return Write(context, *request, reply, Receive);
}

grpc::Status FilingService::AcceptFiling(grpc::ServerContext* context,
                                         const v1::AcceptFilingRequest* request,
                                         v1::AcceptFilingResponse* reply) {
  return Write(context, *request, reply, Accept);
}

grpc::Status FilingService::NoticeNonconformity(grpc::ServerContext* context,
                                                const v1::NoticeNonconformityRequest* request,
                                                v1::Filing* reply) {
  return Write(context, *request, reply, PublishNonconformity);
}

grpc::Status FilingService::ReportRectification(grpc::ServerContext* context,
                                                const v1::ReportRectificationRequest* request,
                                                v1::Filing* reply) {
  return Write(context, *request, reply, ReportMended);
}

grpc::Status FilingService::CompleteFiling(grpc::ServerContext* context,
                                           const v1::CompleteFilingRequest* request,
                                           v1::AcceptFilingResponse* reply) {
  return Write(context, *request, reply, Complete);
}

grpc::Status FilingService::WithdrawFiling(grpc::ServerContext* context,
                                           const v1::WithdrawFilingRequest* request,
                                           v1::Filing* reply) {
  return Write(context, *request, reply, Withdraw);
}

grpc::Status FilingService::BackEnterFilings(grpc::ServerContext* context,
                                             const v1::BackEnterFilingsRequest* request,
                                             v1::BackEnterFilingsResponse* reply) {
  return request->validate_only() ? Read(context, *request, reply, PrecheckBackEntries)
                                  : Write(context, *request, reply, BackEnter);
}

grpc::Status FilingService::StartMaterialUpload(grpc::ServerContext* context,
                                                const v1::StartMaterialUploadRequest* request,
                                                v1::MaterialUpload* reply) {
  return Write(context, *request, reply, StartUpload);
}

grpc::Status FilingService::UploadMaterialChunk(grpc::ServerContext* context,
                                                const v1::UploadMaterialChunkRequest* request,
                                                v1::MaterialUpload* reply) {
  return Write(context, *request, reply, AddChunk);
}

grpc::Status FilingService::GetMaterialUpload(grpc::ServerContext* context,
                                              const v1::GetMaterialUploadRequest* request,
                                              v1::MaterialUpload* reply) {
  return Read(context, *request, reply, ReadUpload);
}

grpc::Status FilingService::DeleteMaterial(grpc::ServerContext* context,
                                           const v1::DeleteMaterialRequest* request,
                                           v1::Filing* reply) {
  return Write(context, *request, reply, TakeOffMaterial);
}

grpc::Status FilingService::VerifyMaterial(grpc::ServerContext* context,
                                           const v1::VerifyMaterialRequest* request,
                                           v1::Material* reply) {
  return Write(context, *request, reply, RecordVerification);
}

grpc::Status FilingService::DownloadMaterial(grpc::ServerContext* context,
                                             const v1::DownloadMaterialRequest* request,
                                             v1::DownloadMaterialResponse* reply) {
  return Read(context, *request, reply, ReadMaterial);
}

grpc::Status FilingService::GetReceipt(grpc::ServerContext* context,
                                       const v1::GetReceiptRequest* request,
                                       v1::SignedReceipt* reply) {
  return Read(context, *request, reply, ReadReceipt);
}

grpc::Status FilingService::VerifyReceipt(grpc::ServerContext* context,
                                          const v1::VerifyReceiptRequest* request,
                                          v1::VerifyReceiptResponse* reply) {
  return Read(context, *request, reply, CheckReceipt);
}

grpc::Status FilingService::CheckFiling(grpc::ServerContext* context,
                                        const v1::CheckFilingRequest* request,
                                        v1::CheckFilingResponse* reply) {
  return Read(context, *request, reply, CheckForm);
}

grpc::Status FilingService::TerminateFiling(grpc::ServerContext* context,
                                            const v1::TerminateFilingRequest* request,
                                            v1::Filing* reply) {
  return Write(context, *request, reply, Terminate);
}

grpc::Status FilingService::ListNonconformityNotices(
    grpc::ServerContext* context, const v1::ListNonconformityNoticesRequest* request,
    v1::ListNonconformityNoticesResponse* reply) {
  return Read(context, *request, reply, ReadNotices);
}

grpc::Status FilingService::GetRules(grpc::ServerContext* context,
                                     const v1::GetRulesRequest* request, v1::RuleSet* reply) {
  return Read(context, *request, reply, ReadRules);
}

}  // namespace tuoyu::filing
