#include "services/complaint/attachment/attachment_service.h"

#include "common/rpc/handle_write.h"
#include "services/complaint/attachment/attachment_acts.h"

namespace tuoyu::complaint {

grpc::Status AttachmentService::UploadAttachment(grpc::ServerContext* context,
                                                 const v1::UploadAttachmentRequest* request,
                                                 v1::Attachment* reply) {
  // With a query code the sender is a complainant, whoever else it may be.
  if (!request->query_code().empty()) {
    return rpc::HandleUnnamedWrite(door_, writes_, deps_, context, *request, reply,
                                   complaint::UploadAttachment);
  }
  return rpc::HandleWrite(door_, writes_, deps_, context, *request, reply,
                          complaint::UploadAttachment);
}

grpc::Status AttachmentService::ListAttachments(grpc::ServerContext* context,
                                                const v1::ListAttachmentsRequest* request,
                                                v1::ListAttachmentsResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ListAttachments(call, writes_.pool, deps_, *request, reply);
  });
}

grpc::Status AttachmentService::ReadAttachment(grpc::ServerContext* context,
                                               const v1::ReadAttachmentRequest* request,
                                               v1::ReadAttachmentResponse* reply) {
  return door_.Handle(context, *request, reply, [&](rpc::Call& call) {
    return complaint::ReadAttachment(call, writes_.pool, deps_, *request, reply);
  });
}

}  // namespace tuoyu::complaint
