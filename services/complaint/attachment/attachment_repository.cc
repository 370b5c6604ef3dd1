#include "services/complaint/attachment/attachment_repository.h"

#include "common/base/status.h"
#include "common/db/messages.h"
#include "services/complaint/resource_name.h"

namespace tuoyu::complaint {
namespace {

constexpr absl::Duration kKeepUnfinished = absl::Hours(24 * 7);
constexpr int kAtOnce = 5;

constexpr char kSelect[] =
    "SELECT message, case_id, complainant_id, whole FROM attachment WHERE id = ?";
constexpr char kLock[] =
    "SELECT message, case_id, complainant_id, whole FROM attachment WHERE id = ? FOR UPDATE";
constexpr char kStore[] =
    "INSERT INTO attachment (id, case_id, complainant_id, whole, begun_at, message) VALUES (?, ?, "
    "?, ?, ?, ?) ON DUPLICATE KEY UPDATE whole = VALUES(whole), message = VALUES(message)";
constexpr char kCount[] =
    "SELECT COUNT(*) FROM attachment WHERE case_id = ? AND complainant_id = ?";
constexpr char kOfCase[] =
    "SELECT message FROM attachment WHERE case_id = ? AND whole = 1 ORDER BY begun_at, id";
constexpr char kMove[] = "UPDATE attachment SET case_id = ? WHERE case_id = ?";
constexpr char kPurge[] =
    "DELETE FROM attachment WHERE whole = 0 AND begun_at < ? ORDER BY begun_at LIMIT ?";

}  // namespace

absl::StatusOr<absl::optional<StoredAttachment>> ReadAttachmentRow(db::Transaction& transaction,
                                                                   absl::string_view id,
                                                                   bool lock) {
  absl::optional<StoredAttachment> found;
  absl::Status parsed;
  RETURN_IF_ERROR(transaction
                      .QueryOne(lock ? kLock : kSelect, {id},
                                [&](const db::Row& row) {
                                  StoredAttachment& attachment = found.emplace();
                                  parsed = db::ParseColumn(row, 0, &attachment.message);
                                  attachment.case_id = row.String(1);
                                  attachment.complainant_id = row.String(2);
                                  attachment.whole = row.Int(3) != 0;
                                })
                      .status());
  RETURN_IF_ERROR(parsed);
  return found;
}

absl::Status StoreAttachment(db::Transaction& transaction, const StoredAttachment& attachment,
                             absl::Time now) {
  const std::string message = attachment.message.SerializeAsString();
  return transaction.Execute(kStore,
                             {AttachmentId(attachment.message.name()), attachment.case_id,
                              attachment.complainant_id, attachment.whole, now, db::Blob{message}});
}

absl::StatusOr<int64_t> CountAttachments(db::Transaction& transaction, absl::string_view case_id,
                                         absl::string_view complainant_id) {
  int64_t count = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCount, {case_id, complainant_id},
                                [&](const db::Row& row) { count = row.Int(0); })
                      .status());
  return count;
}

absl::StatusOr<std::vector<v1::Attachment>> AttachmentsOf(db::Transaction& transaction,
                                                          absl::string_view case_id) {
  db::Sql sql;
  sql.Add(kOfCase, case_id);
  return db::QueryMessages<v1::Attachment>(transaction, sql);
}

absl::Status MoveAttachments(db::Transaction& transaction, absl::string_view from_case,
                             absl::string_view to_case) {
  return transaction.Execute(kMove, {to_case, from_case});
}

const PieceStore& AttachmentPieces() {
  static const auto& store =
      *new PieceStore("attachment_piece", "attachment_id", "complaint_attachment_piece");
  return store;
}

absl::StatusOr<int64_t> PurgeAttachments(db::Pool& pool, absl::Time deadline, absl::Time before,
                                         int limit) {
  int64_t purged = 0;
  RETURN_IF_ERROR(db::RunTransaction(pool, deadline, [&](db::Transaction& transaction) {
    return transaction.Execute(kPurge, {before, limit}, &purged);
  }));
  return purged;
}

rpc::Housekeeping::Task AttachmentPurge() {
  return {"attachment_unfinished", kKeepUnfinished, kAtOnce, PurgeAttachments};
}

}  // namespace tuoyu::complaint
