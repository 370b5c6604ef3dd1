#include "services/complaint/attachment/attachment_acts.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/content/file_content.h"
#include "common/content/upload.h"
#include "common/form/form.h"
#include "common/rpc/errors.h"
#include "common/rpc/read.h"
#include "services/complaint/attachment/attachment_repository.h"
#include "services/complaint/cases/case_entry.h"
#include "services/complaint/cases/case_repository.h"
#include "services/complaint/cases/case_rules.h"
#include "services/complaint/cases/case_scope.h"
#include "services/complaint/intake/followed_case.h"
#include "services/complaint/intake/statement_entry.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

using v1::Attachment;
using v1::Case;

constexpr int64_t kMostBytes = 5 << 20;
constexpr int64_t kMostOfComplainant = 10;
constexpr int64_t kMostOfOfficers = 50;
constexpr size_t kLongestTitle = 100;
constexpr absl::string_view kTypes[] = {"image/jpeg", "image/png", "application/pdf"};

// Those of ListAttachments.
constexpr rpc::Role kOfficers[] = {common::v1::ROLE_DHC_COMPLAINT_HANDLER,
                                   common::v1::ROLE_DHC_INSPECTOR,
                                   common::v1::ROLE_DEPARTMENT_OFFICER,
                                   common::v1::ROLE_DEPARTMENT_HEAD, common::v1::ROLE_TOWN_OFFICER};

absl::Status CheckRequest(const v1::UploadAttachmentRequest& request) {
  const Attachment& attachment = request.attachment();
  if (attachment.size_bytes() > kMostBytes) {
    return rpc::Error("TOO_LARGE", {{"field", "attachment"}, {"limit", absl::StrCat(kMostBytes)}});
  }
  if (!attachment.content_type().empty() &&
      !absl::c_linear_search(kTypes, attachment.content_type())) {
    return rpc::Error("CONTENT_TYPE_REFUSED", {{"type", attachment.content_type()}});
  }
  Form form("");
  if (AttachmentId(attachment.name()).empty()) {
    form.Add("attachment.name", "NAME_INVALID", "应为 attachments/编号（UUID）",
             "attachments/{id}, a UUID");
  }
  form.CheckText("attachment.title", attachment.title(), /*required=*/false, kLongestTitle);
  CheckUpload("attachment", attachment.digest(), attachment.size_bytes(), kMostBytes,
              request.data(), &form);
  return rpc::FormError(form.Take());
}

// Who sends, and to which case, locked.
struct Sender {
  Case of_case;
  std::string complainant_id;  // empty for an officer
};

absl::StatusOr<Sender> Admit(rpc::WriteContext& context, const ComplaintDeps& deps,
                             const v1::UploadAttachmentRequest& request) {
  Sender sender;
  if (request.query_code().empty()) {
    if (absl::c_none_of(kOfficers, [&](rpc::Role role) { return context.call.caller.Has(role); })) {
      return rpc::Error("CASE_NOT_FOUND");
    }
    ASSIGN_OR_RETURN(sender.of_case, LockCaseOfUnits(context, deps, request.case_()));
    const CaseScope scope(context.call.caller, deps.units);
    if (!scope.ReadsWords(sender.of_case)) return rpc::Error("CASE_NOT_FOUND");
  } else {
    ASSIGN_OR_RETURN(Followed followed,
                     LockFollowed(context, deps, request.query_code(), request.case_number()));
    if (followed.link.withdrawn) return WrongState(followed.of_case);
    sender.of_case = std::move(followed.of_case);
    sender.complainant_id = followed.complainant.id;
  }
  return sender;
}

// The file as it is stored, or as it begins.
absl::StatusOr<StoredAttachment> Begun(rpc::WriteContext& context, const ComplaintDeps& deps,
                                       const Sender& sender, const Attachment& announced) {
  const std::string case_id = CaseId(sender.of_case.name());
  ASSIGN_OR_RETURN(
      absl::optional<StoredAttachment> known,
      ReadAttachmentRow(context.transaction, AttachmentId(announced.name()), /*lock=*/true));
  if (known) {
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&known->message));
    if (known->case_id != case_id || known->complainant_id != sender.complainant_id ||
        known->message.digest() != announced.digest() ||
        known->message.size_bytes() != announced.size_bytes()) {
      return rpc::Error("PART_CHANGED", {{"part", announced.name()}});
    }
    return *std::move(known);
  }
  if (!IsOpen(sender.of_case)) return WrongState(sender.of_case);
  ASSIGN_OR_RETURN(const int64_t before,
                   CountAttachments(context.transaction, case_id, sender.complainant_id));
  const int64_t most = sender.complainant_id.empty() ? kMostOfOfficers : kMostOfComplainant;
  if (before >= most) {
    return rpc::Error("LIST_TOO_LONG", {{"field", "attachments"}, {"most", absl::StrCat(most)}});
  }
  StoredAttachment begun{case_id, sender.complainant_id, false, announced};
  begun.message.set_case_(sender.of_case.name());
  begun.message.clear_received_bytes();
  begun.message.clear_receive_time();
  begun.message.set_sent_by(sender.complainant_id.empty() ? context.call.caller.subject : "");
  return begun;
}

// Looks at the whole file, which has to be what was announced; what it is by its bytes.
absl::Status CheckFile(rpc::WriteContext& context, const ComplaintDeps& deps, Attachment* message) {
  FileContent content;
  RETURN_IF_ERROR(AttachmentPieces().ForEach(
      context.transaction, deps.sealer, AttachmentId(message->name()), 0, message->size_bytes(),
      [&](int64_t, absl::string_view bytes) { content.Add(bytes); }));
  ASSIGN_OR_RETURN(const std::string type, CheckWhole(&content, message->digest(), kTypes));
  if (!message->content_type().empty() && message->content_type() != type) {
    return rpc::Error("CONTENT_TYPE_MISMATCH",
                      {{"claimed", message->content_type()}, {"type", type}});
  }
  message->set_content_type(type);
  return absl::OkStatus();
}

absl::Status Store(rpc::WriteContext& context, const ComplaintDeps& deps,
                   const StoredAttachment& attachment) {
  StoredAttachment sealed = attachment;
  deps.sealer.SealFields(&sealed.message);
  RETURN_IF_ERROR(StoreAttachment(context.transaction, sealed, context.call.now));
  if (sealed.whole) {
    rpc::AddEntry(context, "case.attachment_received", sealed.message.case_(),
                  deps.divisions.district_code(), context.call.today, sealed.message);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status UploadAttachment(rpc::WriteContext& context, const ComplaintDeps& deps,
                              const v1::UploadAttachmentRequest& request, Attachment* reply) {
  RETURN_IF_ERROR(CheckRequest(request));
  ASSIGN_OR_RETURN(Sender sender, Admit(context, deps, request));
  ASSIGN_OR_RETURN(StoredAttachment attachment, Begun(context, deps, sender, request.attachment()));
  Attachment& message = attachment.message;
  if (!attachment.whole) {
    if (!IsOpen(sender.of_case)) return WrongState(sender.of_case);
    const int64_t end = request.offset() + static_cast<int64_t>(request.data().size());
    if (request.offset() != message.received_bytes() || end > message.size_bytes()) {
      return OffsetMismatch(message.received_bytes());
    }
    message.set_received_bytes(end);
    RETURN_IF_ERROR(Store(context, deps, attachment));
    RETURN_IF_ERROR(AttachmentPieces().Insert(context.transaction, deps.sealer,
                                              AttachmentId(message.name()), request.offset(),
                                              request.data()));
    if (end == message.size_bytes()) {
      RETURN_IF_ERROR(CheckFile(context, deps, &message));
      attachment.whole = true;
      *message.mutable_receive_time() = ToProto(context.call.now);
      RETURN_IF_ERROR(Store(context, deps, attachment));
      AddStatementStep(context.call, &sender.of_case);
      RETURN_IF_ERROR(EnterCase(context, deps, "case.statement_added", &sender.of_case));
    }
  }
  *reply = std::move(message);
  return absl::OkStatus();
}

absl::Status ListAttachments(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                             const v1::ListAttachmentsRequest& request,
                             v1::ListAttachmentsResponse* reply) {
  const CaseScope scope(call.caller, deps.units);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(const absl::optional<Case> of_case,
                     ReadCase(transaction, CaseId(request.case_()), /*lock=*/false));
    if (!of_case || !scope.Sees(*of_case)) return rpc::Error("CASE_NOT_FOUND");
    call.subject = of_case->name();
    if (!scope.ReadsWords(*of_case)) return absl::OkStatus();
    ASSIGN_OR_RETURN(std::vector<Attachment> found,
                     AttachmentsOf(transaction, CaseId(request.case_())));
    for (Attachment& attachment : found) {
      RETURN_IF_ERROR(deps.sealer.UnsealFields(&attachment));
      attachment.set_case_(of_case->name());
      *reply->add_attachments() = std::move(attachment);
    }
    ShowAll(&call);
    return absl::OkStatus();
  });
}

absl::Status ReadAttachment(rpc::Call& call, db::Pool& pool, const ComplaintDeps& deps,
                            const v1::ReadAttachmentRequest& request,
                            v1::ReadAttachmentResponse* reply) {
  if (request.offset() < 0) return rpc::Error("FIELD_INVALID", {{"field", "offset"}});
  const std::string id = AttachmentId(request.name());
  const CaseScope scope(call.caller, deps.units);
  return rpc::RunRead(pool, call, [&](db::Transaction& transaction) -> absl::Status {
    reply->Clear();
    ASSIGN_OR_RETURN(absl::optional<StoredAttachment> attachment,
                     ReadAttachmentRow(transaction, id, /*lock=*/false));
    if (!attachment || !attachment->whole) return rpc::Error("ATTACHMENT_NOT_FOUND");
    ASSIGN_OR_RETURN(const absl::optional<Case> of_case,
                     ReadCase(transaction, attachment->case_id, /*lock=*/false));
    if (!of_case || !scope.ReadsWords(*of_case)) return rpc::Error("ATTACHMENT_NOT_FOUND");
    call.subject = of_case->name();
    RETURN_IF_ERROR(deps.sealer.UnsealFields(&attachment->message));
    const int64_t end = std::min(attachment->message.size_bytes(),
                                 request.offset() + static_cast<int64_t>(kMostPieceBytes));
    ASSIGN_OR_RETURN(*reply->mutable_data(),
                     AttachmentPieces().Read(transaction, deps.sealer, id, request.offset(), end));
    *reply->mutable_attachment() = std::move(attachment->message);
    reply->mutable_attachment()->set_case_(of_case->name());
    ShowAll(&call);
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::complaint
