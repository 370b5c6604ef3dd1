#ifndef TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_SERVICE_H_
#define TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_SERVICE_H_

#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/attachment_service.grpc.pb.h"

namespace tuoyu::complaint {

// AttachmentService: each method goes through the door to a function of attachment_acts.h. Thread-safe.
class AttachmentService final : public v1::AttachmentService::Service {
 public:
  // All references, those inside `writes` and `deps` too, must outlive this. `door` must know the service's descriptor.
  AttachmentService(rpc::Door& door, const rpc::WriteDeps& writes, const ComplaintDeps& deps)
      : door_(door), writes_(writes), deps_(deps) {}

  grpc::Status UploadAttachment(grpc::ServerContext* context,
                                const v1::UploadAttachmentRequest* request,
                                v1::Attachment* reply) override;
  grpc::Status ListAttachments(grpc::ServerContext* context,
                               const v1::ListAttachmentsRequest* request,
                               v1::ListAttachmentsResponse* reply) override;
  grpc::Status ReadAttachment(grpc::ServerContext* context,
                              const v1::ReadAttachmentRequest* request,
                              v1::ReadAttachmentResponse* reply) override;

 private:
  rpc::Door& door_;
  const rpc::WriteDeps writes_;
  const ComplaintDeps deps_;
};

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_SERVICE_H_
