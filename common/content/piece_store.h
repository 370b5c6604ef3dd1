#ifndef TUOYU_COMMON_CONTENT_PIECE_STORE_H_
#define TUOYU_COMMON_CONTENT_PIECE_STORE_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/db/transaction.h"
#include "common/privacy/sealer.h"

namespace tuoyu {

// The bytes of files in the pieces they came in, sealed piece by piece, in a table of the caller's: columns `id_column` (of the file), start
// (offset of the first byte), size (before sealing), digest (keyed, 32 bytes) and data. Its statements are known by where they lie: make one of
// static storage for each table.
// Errors of all functions: those of db::Transaction; DATA_LOSS when what is stored can't be opened.
class PieceStore {
 public:
  // `digest_domain` is what the keyed digests are made for; neither it nor the table's name changes once there are pieces.
  PieceStore(absl::string_view table, absl::string_view id_column, std::string digest_domain);

  absl::Status Insert(db::Transaction& transaction, const privacy::Sealer& sealer,
                      absl::string_view id, int64_t start, absl::string_view bytes) const;
  // Whether exactly these bytes came as one piece at `start` before.
  absl::StatusOr<bool> Has(db::Transaction& transaction, const privacy::Sealer& sealer,
                           absl::string_view id, int64_t start, absl::string_view bytes) const;
  // Takes all pieces of a file away.
  absl::Status Remove(db::Transaction& transaction, absl::string_view id) const;
  // Calls `each` with the pieces that hold bytes of [begin, end), in order, and where they start.
  absl::Status ForEach(db::Transaction& transaction, const privacy::Sealer& sealer,
                       absl::string_view id, int64_t begin, int64_t end,
                       absl::FunctionRef<void(int64_t start, absl::string_view bytes)> each) const;
  // The bytes of [begin, end), as far as they are there.
  absl::StatusOr<std::string> Read(db::Transaction& transaction, const privacy::Sealer& sealer,
                                   absl::string_view id, int64_t begin, int64_t end) const;

 private:
  // What a piece is sealed for: it opens nowhere else.
  std::string SealName(absl::string_view id, int64_t start) const;

  const std::string table_;
  const std::string digest_domain_;
  const std::string insert_;
  const std::string delete_;
  const std::string select_digest_;
  const std::string select_pieces_;
};

}  // namespace tuoyu

#endif  // TUOYU_COMMON_CONTENT_PIECE_STORE_H_
