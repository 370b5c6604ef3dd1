#include "common/content/piece_store.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status.h"

namespace tuoyu {

PieceStore::PieceStore(absl::string_view table, absl::string_view id_column,
                       std::string digest_domain)
    : table_(table),
      digest_domain_(std::move(digest_domain)),
      insert_(absl::StrCat("INSERT INTO ", table, " (", id_column,
                           ", start, size, digest, data) VALUES (?, ?, ?, ?, ?)")),
      delete_(absl::StrCat("DELETE FROM ", table, " WHERE ", id_column, " = ?")),
      select_digest_(absl::StrCat("SELECT digest FROM ", table, " WHERE ", id_column,
                                  " = ? AND start = ? AND size = ?")),
      select_pieces_(absl::StrCat("SELECT start, data FROM ", table, " WHERE ", id_column,
                                  " = ? AND start < ? AND start + size > ? ORDER BY start")) {}

absl::Status PieceStore::Insert(db::Transaction& transaction, const privacy::Sealer& sealer,
                                absl::string_view id, int64_t start,
                                absl::string_view bytes) const {
  const std::string digest = sealer.BlindIndex(digest_domain_, bytes);
  const std::string sealed = sealer.Seal(SealName(id, start), bytes);
  return transaction.Execute(insert_.c_str(),
                             {id, start, bytes.size(), db::Blob{digest}, db::Blob{sealed}});
}

absl::Status PieceStore::Remove(db::Transaction& transaction, absl::string_view id) const {
  return transaction.Execute(delete_.c_str(), {id});
}

absl::StatusOr<bool> PieceStore::Has(db::Transaction& transaction, const privacy::Sealer& sealer,
                                     absl::string_view id, int64_t start,
                                     absl::string_view bytes) const {
  std::string digest;
  ASSIGN_OR_RETURN(const bool found,
                   transaction.QueryOne(select_digest_.c_str(), {id, start, bytes.size()},
                                        [&](const db::Row& row) { digest = row.String(0); }));
  return found && digest == sealer.BlindIndex(digest_domain_, bytes);
}

absl::Status PieceStore::ForEach(
    db::Transaction& transaction, const privacy::Sealer& sealer, absl::string_view id,
    int64_t begin, int64_t end,
    absl::FunctionRef<void(int64_t start, absl::string_view bytes)> each) const {
  return transaction.Query(select_pieces_.c_str(), {id, end, begin},
                           [&](const db::Row& row) -> absl::Status {
                             const int64_t start = row.Int(0);
                             ASSIGN_OR_RETURN(const std::string bytes,
                                              sealer.Unseal(SealName(id, start), row.String(1)));
                             each(start, bytes);
                             return absl::OkStatus();
                           });
}

absl::StatusOr<std::string> PieceStore::Read(db::Transaction& transaction,
                                             const privacy::Sealer& sealer, absl::string_view id,
                                             int64_t begin, int64_t end) const {
  std::string read;
  if (begin >= end) return read;
  RETURN_IF_ERROR(
      ForEach(transaction, sealer, id, begin, end, [&](int64_t start, absl::string_view bytes) {
        const int64_t skip = std::max<int64_t>(begin - start, 0);
        bytes.remove_prefix(static_cast<size_t>(skip));
        const auto left = static_cast<size_t>(end - std::max(begin, start));
        read.append(bytes.data(), std::min(left, bytes.size()));
      }));
  return read;
}

std::string PieceStore::SealName(absl::string_view id, int64_t start) const {
  return absl::StrCat(table_, "/", id, "/", start);
}

}  // namespace tuoyu
