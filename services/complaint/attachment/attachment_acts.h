#ifndef TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_ACTS_H_
#define TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_ACTS_H_

#include "absl/status/status.h"
#include "common/db/pool.h"
#include "common/rpc/handle.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"
#include "tuoyu/complaint/v1/attachment_service.pb.h"

// The methods of AttachmentService; errors are those of the proto.
namespace tuoyu::complaint {

absl::Status UploadAttachment(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const v1::UploadAttachmentRequest& request, v1::Attachment* reply);
absl::Status ListAttachments(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                             const v1::ListAttachmentsRequest& request,
                             v1::ListAttachmentsResponse* reply);
absl::Status ReadAttachment(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                            const v1::ReadAttachmentRequest& request,
                            v1::ReadAttachmentResponse* reply);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_ACTS_H_
