#ifndef TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_REPOSITORY_H_
#define TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/content/piece_store.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/rpc/housekeeping.h"
#include "tuoyu/complaint/v1/attachment_service.pb.h"

// Tables attachment and attachment_piece. Messages come and go sealed.
namespace tuoyu::complaint {

struct StoredAttachment {
  std::string case_id;
  std::string complainant_id;  // empty: an officer sent it
  bool whole = false;
  v1::Attachment message;
};

absl::StatusOr<absl::optional<StoredAttachment>> ReadAttachmentRow(db::Transaction& transaction,
                                                                   absl::string_view id, bool lock);
// Inserts, as begun `now`, or updates. ALREADY_EXISTS never: an id is of one file.
absl::Status StoreAttachment(db::Transaction& transaction, const StoredAttachment& attachment,
                             absl::Time now);
// Those of a case a sender has, whole or not.
absl::StatusOr<int64_t> CountAttachments(db::Transaction& transaction, absl::string_view case_id,
                                         absl::string_view complainant_id);
// Those of a case that are whole, in order of time.
absl::StatusOr<std::vector<v1::Attachment>> AttachmentsOf(db::Transaction& transaction,
                                                          absl::string_view case_id);
// Attachments of one case become those of the other.
absl::Status MoveAttachments(db::Transaction& transaction, absl::string_view from_case,
                             absl::string_view to_case);

// The bytes of attachments, by their ids.
const PieceStore& AttachmentPieces();

// Deletes attachments begun before then that were never finished, with their pieces, at most `limit`; how many.
absl::StatusOr<int64_t> PurgeAttachments(db::Pool& pool, absl::Time deadline, absl::Time before,
                                         int limit);
// The task of it: they are kept for a week.
rpc::Housekeeping::Task AttachmentPurge();

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_ATTACHMENT_ATTACHMENT_REPOSITORY_H_
