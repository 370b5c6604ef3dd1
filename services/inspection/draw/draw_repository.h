#ifndef TUOYU_SERVICES_INSPECTION_DRAW_DRAW_REPOSITORY_H_
#define TUOYU_SERVICES_INSPECTION_DRAW_DRAW_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/inspection/draw/draw_lists.h"
#include "tuoyu/inspection/v1/draw.pb.h"
#include "tuoyu/inspection/v1/draw_service.pb.h"

// Tables draw and draw_piece, and what draws ask of the tables of visits and plans.
namespace tuoyu::inspection {

// Bytes of a piece of a record.
inline constexpr int64_t kDrawPieceBytes = 1 << 20;

// A draw with its secret, sealed.
struct StoredDraw {
  v1::Draw draw;
  std::string secret;
};

absl::StatusOr<absl::optional<StoredDraw>> ReadStoredDraw(db::Transaction& transaction,
                                                          absl::string_view id, bool lock);
absl::Status InsertDraw(db::Transaction& transaction, const StoredDraw& draw);
absl::Status UpdateDraw(db::Transaction& transaction, const v1::Draw& draw);
// The latest first, those before the id `after` (empty: from the latest on).
absl::StatusOr<std::vector<v1::Draw>> SelectDraws(db::Transaction& transaction,
                                                  absl::string_view after, int limit);

// The record of a draw as stored last. NOT_FOUND without one.
absl::StatusOr<v1::DrawRecord> ReadRecord(db::Transaction& transaction, absl::string_view draw_id);
absl::Status StoreRecord(db::Transaction& transaction, absl::string_view draw_id,
                         const v1::DrawRecord& record);
// Bytes of the record from `offset` on, at most a piece, and how many there are.
struct RecordPiece {
  std::string data;
  int64_t total = 0;
};
absl::StatusOr<RecordPiece> ReadRecordPiece(db::Transaction& transaction, absl::string_view draw_id,
                                            int64_t offset);

// The facilities a plan may draw from, in order of id, and their past.
absl::StatusOr<std::vector<registry::KnownFacility>> FacilitiesOf(db::Transaction& transaction,
                                                                  const v1::Plan& plan,
                                                                  absl::CivilDay today);
absl::StatusOr<absl::flat_hash_map<std::string, FacilityPast>> PastOf(
    db::Transaction& transaction, const v1::Plan& plan, const v1::InspectionRules& rules,
    absl::CivilDay today);
// Of the facilities that inspectors are recused from, those that continue them; by name.
absl::StatusOr<absl::flat_hash_map<std::string, std::vector<std::string>>> HeirsOf(
    db::Transaction& transaction, const std::vector<v1::Inspector>& inspectors);
// All inspectors of the units of a plan, in order of id.
absl::StatusOr<std::vector<v1::Inspector>> InspectorsOf(db::Transaction& transaction,
                                                        const v1::Plan& plan);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_DRAW_DRAW_REPOSITORY_H_
