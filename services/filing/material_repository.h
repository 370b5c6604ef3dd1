#ifndef TUOYU_SERVICES_FILING_MATERIAL_REPOSITORY_H_
#define TUOYU_SERVICES_FILING_MATERIAL_REPOSITORY_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/content/piece_store.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "services/filing/filing_repository.h"
#include "tuoyu/filing/v1/filing.pb.h"

// The tables of materials' files. The bytes are sealed at rest, piece by piece.
// Errors of all functions: those of db::Transaction; DATA_LOSS when what is stored can't be opened.
namespace tuoyu::filing {

enum class UploadStage { kUnderWay = 0, kComplete = 1, kTakenOff = 2, kDiscarded = 3 };

// An upload; once complete, the file of the material with the same id.
struct Upload {
  std::string id;
  std::string filing_id;
  v1::Material material;  // as declared
  int64_t received_bytes = 0;
  UploadStage stage = UploadStage::kUnderWay;
  std::string replaces_id;  // of the material it takes the place of; empty for none
};

absl::Status InsertUpload(db::Transaction& transaction, const Upload& upload,
                          absl::Time create_time);

// Uploads of a filing that are under way.
absl::StatusOr<int> CountUploadsUnderWay(db::Transaction& transaction, absl::string_view filing_id);
// Bytes of all uploads of a filing as declared, whatever their stage.
absl::StatusOr<int64_t> SumOfUploads(db::Transaction& transaction, absl::string_view filing_id);
// Leaves all uploads of a filing to PurgeDiscarded.
absl::Status DiscardUploads(db::Transaction& transaction, absl::string_view filing_id);
// Deletes the oldest of those under way with its pieces.
absl::Status DeleteOldestUpload(db::Transaction& transaction, absl::string_view filing_id);

// An upload of a filing, locked; the filing must be locked before. NOT_FOUND `UPLOAD_NOT_FOUND`.
absl::StatusOr<Upload> LockUpload(db::Transaction& transaction, absl::string_view filing_id,
                                  absl::string_view id);
// The same without locks, when the filing is in `scope`. NOT_FOUND `FILING_NOT_FOUND`, `UPLOAD_NOT_FOUND`.
absl::StatusOr<Upload> FindUpload(db::Transaction& transaction, absl::string_view filing_id,
                                  absl::string_view id, const FilingScope& scope);

// Stores how far an upload has come.
absl::Status StoreUpload(db::Transaction& transaction, const Upload& upload);
// Deletes an upload with its pieces.
absl::Status DeleteUpload(db::Transaction& transaction, absl::string_view id);

// The bytes of uploads, by their ids.
const PieceStore& MaterialPieces();

// How long an upload that is not completed is kept, and how many go at once: each has up to 20 MiB of pieces.
inline constexpr absl::Duration kKeepUnfinishedUploads = absl::Hours(24 * 7);
inline constexpr int kUploadsAtOnce = 5;

// Deletes uploads that were begun before `before` and never completed, at most `limit`; returns how many.
absl::StatusOr<int64_t> PurgeUploads(db::Pool& pool, absl::Time deadline, absl::Time before,
                                     int limit);
// Deletes discarded uploads, at most `limit`; returns how many.
absl::StatusOr<int64_t> PurgeDiscarded(db::Pool& pool, absl::Time deadline, int limit);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_MATERIAL_REPOSITORY_H_
