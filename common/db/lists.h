#ifndef TUOYU_COMMON_DB_LISTS_H_
#define TUOYU_COMMON_DB_LISTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/db/transaction.h"

namespace tuoyu::db {

// Statements about many rows, in pieces of few different lengths, so that few are prepared. Errors of both: those of
// Transaction, and of `each`.

// Inserts `count` rows of `columns` parameters that `add` appends: "INSERT … VALUES ", the rows, and a tail such as
// " ON DUPLICATE KEY …".
absl::Status InsertRows(Transaction& transaction, absl::string_view insert, absl::string_view tail,
                        size_t count, int columns,
                        absl::FunctionRef<void(size_t row, std::vector<Param>* params)> add);

// Runs "SELECT … IN (" for `keys`, `columns` parameters each, with a tail such as " ORDER BY …", and calls `each` for
// every row found. `first` are the parameters before the keys.
absl::Status SelectIn(Transaction& transaction, absl::string_view select, absl::string_view tail,
                      Params first, Params keys, int columns,
                      absl::FunctionRef<absl::Status(const Row&)> each);

// Parameters for bytes, which must outlive them.
std::vector<Param> BlobParams(const std::vector<std::string>& bytes);

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_LISTS_H_
