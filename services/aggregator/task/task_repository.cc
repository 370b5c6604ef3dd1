#include "services/aggregator/task/task_repository.h"

#include <utility>

#include "common/base/status.h"

namespace tuoyu::aggregator {
namespace {

using indicator::v1::TaskPart;
using indicator::v1::TaskProgress;

constexpr char kSelectParts[] =
    "SELECT task, unit, message FROM task_part WHERE plan = ? AND (? = 0 OR task = ?) "
    "ORDER BY task, unit";
constexpr char kStorePart[] =
    "INSERT INTO task_part (plan, task, unit, message) VALUES (?, ?, ?, ?) "
    "ON DUPLICATE KEY UPDATE message = VALUES(message)";
constexpr char kInsertProgress[] =
    "INSERT INTO task_progress (plan, task, day, id, unit, message) VALUES (?, ?, ?, ?, ?, ?)";
constexpr char kSelectProgress[] =
    "SELECT message FROM task_progress WHERE plan = ? AND task = ? AND (? = '' OR unit = ?) AND "
    "(day < ? OR (day = ? AND id < ?)) ORDER BY day DESC, id DESC LIMIT ?";

template <typename Message>
absl::Status Parse(const db::Row& row, int column, Message* message) {
  if (message->ParseFromString(row.String(column))) return absl::OkStatus();
  return absl::DataLossError("a stored task does not parse");
}

}  // namespace

absl::StatusOr<PartsByKey> ReadParts(db::Transaction& transaction, absl::string_view plan,
                                     int number) {
  PartsByKey parts;
  RETURN_IF_ERROR(transaction.Query(kSelectParts, {plan, number, number}, [&](const db::Row& row) {
    return Parse(row, 2, &parts[{static_cast<int>(row.Int(0)), row.String(1)}]);
  }));
  return parts;
}

absl::Status StorePart(db::Transaction& transaction, absl::string_view plan, int number,
                       const TaskPart& part) {
  const std::string message = part.SerializeAsString();
  return transaction.Execute(kStorePart, {plan, number, part.unit(), db::Blob{message}});
}

absl::Status InsertProgress(db::Transaction& transaction, absl::string_view plan, int number,
                            absl::string_view unit, const ProgressKey& key,
                            const TaskProgress& progress) {
  const std::string message = progress.SerializeAsString();
  return transaction.Execute(kInsertProgress,
                             {plan, number, key.day, key.id, unit, db::Blob{message}});
}

absl::StatusOr<std::vector<TaskProgress>> ReadProgress(db::Transaction& transaction,
                                                       absl::string_view plan, int number,
                                                       absl::string_view unit,
                                                       const ProgressKey& before, int limit) {
  std::vector<TaskProgress> progress;
  RETURN_IF_ERROR(transaction.Query(
      kSelectProgress, {plan, number, unit, unit, before.day, before.day, before.id, limit},
      [&](const db::Row& row) { return Parse(row, 0, &progress.emplace_back()); }));
  return progress;
}

}  // namespace tuoyu::aggregator
