#ifndef TUOYU_COMMON_DB_NUMBER_COUNTER_H_
#define TUOYU_COMMON_DB_NUMBER_COUNTER_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/transaction.h"

// Numbers people see, without gaps (table number_counter).
namespace tuoyu::db::numbers {

// The component name and migrations of the table.
inline constexpr char kComponent[] = "number_counter";
absl::Span<const EmbeddedFile> Files();

// The next number of a kind, two characters of ASCII, in a year, from 1. The row is held until the transaction ends.
absl::StatusOr<int64_t> Take(Transaction& transaction, absl::string_view kind, int64_t year);

}  // namespace tuoyu::db::numbers

#endif  // TUOYU_COMMON_DB_NUMBER_COUNTER_H_
