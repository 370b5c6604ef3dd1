#include "services/filing/material_repository.h"

#include <optional>
#include <utility>

#include "common/base/status.h"
#include "common/rpc/errors.h"

namespace tuoyu::filing {
namespace {

using db::Blob;
using db::Row;

constexpr char kInsertUpload[] =
    "INSERT INTO material_upload (id, filing_id, stage, size_bytes, received_bytes, replaces_id, "
    "create_time, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
constexpr char kCountUnderWay[] =
    "SELECT COUNT(*) FROM material_upload WHERE filing_id = ? AND stage = 0";
constexpr char kDeleteOldest[] =
    "DELETE FROM material_upload WHERE filing_id = ? AND stage = 0 ORDER BY create_time LIMIT 1";
constexpr char kLockUpload[] =
    "SELECT stage, received_bytes, message, replaces_id FROM material_upload "
    "WHERE id = ? AND filing_id = ? FOR UPDATE";
constexpr char kSelectUpload[] =
    "SELECT u.stage, u.received_bytes, u.message, u.replaces_id FROM filing f "
    "LEFT JOIN material_upload u ON u.id = ? AND u.filing_id = f.id "
    "WHERE f.id = ? AND ((f.owner = ? AND f.facility_id LIKE ?) OR f.facility_id = ? OR "
    "f.division_code REGEXP ?)";
constexpr char kUpdateUpload[] =
    "UPDATE material_upload SET stage = ?, received_bytes = ? WHERE id = ?";
constexpr char kDeleteUpload[] = "DELETE FROM material_upload WHERE id = ?";
constexpr char kSumUploads[] =
    "SELECT COALESCE(SUM(size_bytes), 0) FROM material_upload WHERE filing_id = ?";
constexpr char kDiscardUploads[] = "UPDATE material_upload SET stage = 3 WHERE filing_id = ?";
constexpr char kPurgeUploads[] =
    "DELETE FROM material_upload WHERE stage = 0 AND create_time < ? ORDER BY create_time LIMIT ?";
constexpr char kPurgeDiscarded[] =
    "DELETE FROM material_upload WHERE stage = 3 ORDER BY create_time LIMIT ?";

// Fills what `row` (stage, received_bytes, message, replaces_id) says; false when the message does not parse.
bool Fill(const Row& row, Upload* upload) {
  upload->stage = static_cast<UploadStage>(row.Int(0));
  upload->received_bytes = row.Int(1);
  if (!row.IsNull(3)) upload->replaces_id = row.String(3);
  return upload->material.ParseFromString(row.String(2));
}

}  // namespace

absl::Status InsertUpload(db::Transaction& transaction, const Upload& upload,
                          absl::Time create_time) {
  const std::string message = upload.material.SerializeAsString();
  return transaction.Execute(
      kInsertUpload,
      {upload.id, upload.filing_id, upload.stage, upload.material.size_bytes(),
       upload.received_bytes,
       upload.replaces_id.empty() ? db::Param(std::nullopt) : db::Param(upload.replaces_id),
       create_time, Blob{message}});
}

absl::StatusOr<int> CountUploadsUnderWay(db::Transaction& transaction,
                                         absl::string_view filing_id) {
  int64_t count = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(kCountUnderWay, {filing_id}, [&](const Row& row) { count = row.Int(0); })
          .status());
  return static_cast<int>(count);
}

absl::StatusOr<int64_t> SumOfUploads(db::Transaction& transaction, absl::string_view filing_id) {
  int64_t bytes = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(kSumUploads, {filing_id}, [&](const Row& row) { bytes = row.Int(0); })
          .status());
  return bytes;
}

absl::Status DiscardUploads(db::Transaction& transaction, absl::string_view filing_id) {
  return transaction.Execute(kDiscardUploads, {filing_id});
}

absl::Status DeleteOldestUpload(db::Transaction& transaction, absl::string_view filing_id) {
  return transaction.Execute(kDeleteOldest, {filing_id});
}

absl::StatusOr<Upload> LockUpload(db::Transaction& transaction, absl::string_view filing_id,
                                  absl::string_view id) {
  Upload upload{std::string(id), std::string(filing_id), {}, 0, UploadStage::kUnderWay, ""};
  bool parsed = false;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kLockUpload, {id, filing_id},
                                        [&](const Row& row) { parsed = Fill(row, &upload); }));
  if (!found) return rpc::Error("UPLOAD_NOT_FOUND");
  if (!parsed) return absl::DataLossError("upload: message does not parse");
  return upload;
}

absl::StatusOr<Upload> FindUpload(db::Transaction& transaction, absl::string_view filing_id,
                                  absl::string_view id, const FilingScope& scope) {
  Upload upload{std::string(id), std::string(filing_id), {}, 0, UploadStage::kUnderWay, ""};
  bool exists = false;
  bool parsed = false;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(kSelectUpload,
                                        {id, filing_id, scope.owner, scope.owner_of,
                                         scope.facility_id, scope.divisions},
                                        [&](const Row& row) {
                                          exists = !row.IsNull(0);
                                          parsed = Fill(row, &upload);
                                        }));
  if (!found) return rpc::Error("FILING_NOT_FOUND");
  if (!exists) return rpc::Error("UPLOAD_NOT_FOUND");
  if (!parsed) return absl::DataLossError("upload: message does not parse");
  return upload;
}

absl::Status StoreUpload(db::Transaction& transaction, const Upload& upload) {
  return transaction.Execute(kUpdateUpload, {upload.stage, upload.received_bytes, upload.id});
}

absl::Status DeleteUpload(db::Transaction& transaction, absl::string_view id) {
  return transaction.Execute(kDeleteUpload, {id});
}

const PieceStore& MaterialPieces() {
  static const auto& store = *new PieceStore("material_chunk", "upload_id", "material.chunk");
  return store;
}

absl::StatusOr<int64_t> PurgeUploads(db::Pool& pool, absl::Time deadline, absl::Time before,
                                     int limit) {
  int64_t purged = 0;
  RETURN_IF_ERROR(db::RunTransaction(pool, deadline, [&](db::Transaction& transaction) {
    return transaction.Execute(kPurgeUploads, {before, limit}, &purged);
  }));
  return purged;
}

absl::StatusOr<int64_t> PurgeDiscarded(db::Pool& pool, absl::Time deadline, int limit) {
  int64_t purged = 0;
  RETURN_IF_ERROR(db::RunTransaction(pool, deadline, [&](db::Transaction& transaction) {
    return transaction.Execute(kPurgeDiscarded, {limit}, &purged);
  }));
  return purged;
}

}  // namespace tuoyu::filing
