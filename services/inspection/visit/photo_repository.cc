#include "services/inspection/visit/photo_repository.h"

#include <vector>

#include "common/base/status.h"
#include "common/db/messages.h"

namespace tuoyu::inspection {
namespace {

using v1::Photo;

constexpr char kSelect[] = "SELECT message FROM photo WHERE visit_id = ? AND id = ?";
constexpr char kLock[] = "SELECT message FROM photo WHERE visit_id = ? AND id = ? FOR UPDATE";
constexpr char kStore[] =
    "INSERT INTO photo (visit_id, id, whole, begun_at, by_facility, message) VALUES (?, ?, ?, ?, "
    "?, ?) ON DUPLICATE KEY UPDATE whole = VALUES(whole), message = VALUES(message)";
constexpr char kUnfinished[] =
    "SELECT visit_id, id FROM photo WHERE whole = 0 AND begun_at < ? ORDER BY begun_at LIMIT ? FOR "
    "UPDATE";
constexpr char kWhole[] = "SELECT 1 FROM photo WHERE visit_id = ? AND id = ? AND whole = 1";
constexpr char kCount[] = "SELECT COUNT(*) FROM photo WHERE visit_id = ? AND by_facility = ?";
constexpr char kInsertPiece[] =
    "INSERT INTO photo_piece (visit_id, photo_id, begins, data) VALUES (?, ?, ?, ?)";
constexpr char kPieces[] =
    "SELECT data FROM photo_piece WHERE visit_id = ? AND photo_id = ? ORDER BY begins";
// SUBSTRING counts from 1.
constexpr char kBytes[] =
    "SELECT SUBSTRING(data, ? - begins + 1, ?) FROM photo_piece WHERE visit_id = ? AND photo_id = "
    "? "
    "AND begins <= ? ORDER BY begins DESC LIMIT 1";
constexpr char kDeletePieces[] = "DELETE FROM photo_piece WHERE visit_id = ? AND photo_id = ?";
constexpr char kDelete[] = "DELETE FROM photo WHERE visit_id = ? AND id = ?";

}  // namespace

absl::StatusOr<absl::optional<Photo>> ReadPhotoRow(db::Transaction& transaction,
                                                   const VisitItem& name, bool lock) {
  return db::QueryMessage<Photo>(transaction, lock ? kLock : kSelect, {name.visit, name.item});
}

absl::Status StorePhoto(db::Transaction& transaction, const PhotoRow& row, absl::Time now) {
  const VisitItem name = ParsePhotoName(row.photo.name());
  const std::string message = row.photo.SerializeAsString();
  return transaction.Execute(
      kStore, {name.visit, name.item, row.whole, now, row.by_facility, db::Blob{message}});
}

absl::StatusOr<bool> IsWholePhoto(db::Transaction& transaction, const VisitItem& name) {
  return transaction.QueryOne(kWhole, {name.visit, name.item}, [](const db::Row&) {});
}

absl::StatusOr<int64_t> CountPhotos(db::Transaction& transaction, const std::string& visit_id,
                                    bool by_facility) {
  int64_t count = 0;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kCount, {visit_id, by_facility},
                                [&](const db::Row& row) { count = row.Int(0); })
                      .status());
  return count;
}

absl::Status InsertPiece(db::Transaction& transaction, const VisitItem& name, int64_t offset,
                         const std::string& data) {
  return transaction.Execute(kInsertPiece, {name.visit, name.item, offset, db::Blob{data}});
}

absl::Status ForEachPiece(db::Transaction& transaction, const VisitItem& name,
                          absl::FunctionRef<void(const std::string&)> each) {
  return transaction.Query(kPieces, {name.visit, name.item}, [&](const db::Row& row) {
    each(row.String(0));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::string> ReadBytes(db::Transaction& transaction, const VisitItem& name,
                                      int64_t offset, int64_t most) {
  std::string bytes;
  RETURN_IF_ERROR(transaction
                      .QueryOne(kBytes, {offset, most, name.visit, name.item, offset},
                                [&](const db::Row& row) { bytes = row.String(0); })
                      .status());
  return bytes;
}

absl::StatusOr<int64_t> PurgePhotos(db::Pool& pool, absl::Time deadline, absl::Time before,
                                    int limit) {
  int64_t count = 0;
  RETURN_IF_ERROR(
      db::RunTransaction(pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        std::vector<VisitItem> names;
        RETURN_IF_ERROR(transaction.Query(kUnfinished, {before, limit}, [&](const db::Row& row) {
          names.push_back({row.String(0), row.String(1)});
          return absl::OkStatus();
        }));
        for (const VisitItem& name : names) {
          RETURN_IF_ERROR(transaction.Execute(kDeletePieces, {name.visit, name.item}));
          RETURN_IF_ERROR(transaction.Execute(kDelete, {name.visit, name.item}));
        }
        count = static_cast<int64_t>(names.size());
        return absl::OkStatus();
      }));
  return count;
}

}  // namespace tuoyu::inspection
