#include "common/db/number_counter.h"

#include "common/base/status.h"

namespace tuoyu::db::numbers {
namespace {

constexpr char kCount[] =
    "INSERT INTO number_counter (kind, year, last) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE last = "
    "last + 1";
constexpr char kCounted[] = "SELECT last FROM number_counter WHERE kind = ? AND year = ?";

}  // namespace

absl::StatusOr<int64_t> Take(Transaction& transaction, absl::string_view kind, int64_t year) {
  RETURN_IF_ERROR(transaction.Execute(kCount, {kind, year}));
  int64_t number = 0;
  RETURN_IF_ERROR(
      transaction.QueryOne(kCounted, {kind, year}, [&](const Row& row) { number = row.Int(0); })
          .status());
  return number;
}

}  // namespace tuoyu::db::numbers
