#ifndef TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_REPOSITORY_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "services/inspection/resource_name.h"
#include "tuoyu/inspection/v1/visit.pb.h"

// Tables photo and photo_piece.
namespace tuoyu::inspection {

absl::StatusOr<absl::optional<v1::Photo>> ReadPhotoRow(db::Transaction& transaction,
                                                       const VisitItem& name, bool lock);
// Inserts, as begun `now` by the facility or an officer, or updates. `whole`: all bytes are there and were looked at.
struct PhotoRow {
  const v1::Photo& photo;
  bool whole = false;
  bool by_facility = false;
};
absl::Status StorePhoto(db::Transaction& transaction, const PhotoRow& row, absl::Time now);
absl::StatusOr<bool> IsWholePhoto(db::Transaction& transaction, const VisitItem& name);
// Photos of a visit the facility sent, or the officers.
absl::StatusOr<int64_t> CountPhotos(db::Transaction& transaction, const std::string& visit_id,
                                    bool by_facility);

absl::Status InsertPiece(db::Transaction& transaction, const VisitItem& name, int64_t offset,
                         const std::string& data);
// The pieces in order.
absl::Status ForEachPiece(db::Transaction& transaction, const VisitItem& name,
                          absl::FunctionRef<void(const std::string&)> each);
// At most `most` bytes from `offset` on.
absl::StatusOr<std::string> ReadBytes(db::Transaction& transaction, const VisitItem& name,
                                      int64_t offset, int64_t most);
// Deletes photos begun before then that were never finished, with their pieces, at most `limit`; how many.
absl::StatusOr<int64_t> PurgePhotos(db::Pool& pool, absl::Time deadline, absl::Time before,
                                    int limit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_PHOTO_REPOSITORY_H_
