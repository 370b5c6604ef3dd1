#ifndef TUOYU_COMMON_DB_MESSAGES_H_
#define TUOYU_COMMON_DB_MESSAGES_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/base/status.h"
#include "common/db/row.h"
#include "common/db/sql.h"
#include "common/db/transaction.h"

// Rows whose first column holds a message, serialised.
namespace tuoyu::db {

// The message in a column. DATA_LOSS when it does not parse.
template <typename Message>
absl::Status ParseColumn(const Row& row, int column, Message* message) {
  if (message->ParseFromString(row.String(column))) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("a stored ", Message::descriptor()->full_name(), " does not parse"));
}

// The message of a query of at most one row. `sql` as for Transaction::Query.
template <typename Message>
absl::StatusOr<absl::optional<Message>> QueryMessage(Transaction& transaction, const char* sql,
                                                     Params params) {
  absl::optional<Message> found;
  RETURN_IF_ERROR(transaction.Query(
      sql, params, [&](const Row& row) { return ParseColumn(row, 0, &found.emplace()); }));
  return found;
}

// The messages of all rows, in order.
template <typename Message>
absl::StatusOr<std::vector<Message>> QueryMessages(Transaction& transaction, const Sql& sql) {
  std::vector<Message> found;
  RETURN_IF_ERROR(transaction.QueryText(sql.text, sql.params, [&](const Row& row) {
    return ParseColumn(row, 0, &found.emplace_back());
  }));
  return found;
}

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_MESSAGES_H_
