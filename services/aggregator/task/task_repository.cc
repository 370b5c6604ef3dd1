#include "services/aggregator/task/task_repository.h"

#include <utility>

#include "common/base/civil.h"
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

// The latest report of each part up to a day, of one day the one entered last, and how many there are.
constexpr char kSelectLatest[] =
    "SELECT task, unit, reports, message FROM (SELECT task, unit, message, "
    "COUNT(*) OVER (PARTITION BY task, unit) AS reports, "
    "ROW_NUMBER() OVER (PARTITION BY task, unit ORDER BY day DESC, id DESC) AS place "
    "FROM task_progress WHERE plan = ? AND (? = 0 OR task = ?) AND day <= ?) AS ranked "
    "WHERE place = 1";

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

absl::StatusOr<PartsByKey> ReadPartsOn(db::Transaction& transaction, absl::string_view plan,
                                       int number, absl::CivilDay day) {
  ASSIGN_OR_RETURN(PartsByKey parts, ReadParts(transaction, plan, number));
  for (auto& [key, part] : parts) {
    part.clear_latest();
    part.clear_reports();
    part.set_status(indicator::v1::TASK_STATUS_NOT_STARTED);
    const auto adopted = FromProto(part.programme().adopted_on());
    if (adopted.ok() && *adopted > day) part.clear_programme();
  }
  RETURN_IF_ERROR(
      transaction.Query(kSelectLatest, {plan, number, number, day}, [&](const db::Row& row) {
        TaskPart& part = parts[{static_cast<int>(row.Int(0)), row.String(1)}];
        part.set_reports(row.Int(2));
        absl::Status status = Parse(row, 3, part.mutable_latest());
        part.set_status(part.latest().status());
        return status;
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
