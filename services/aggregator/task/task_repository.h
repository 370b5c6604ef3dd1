#ifndef TUOYU_SERVICES_AGGREGATOR_TASK_TASK_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_TASK_TASK_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "tuoyu/indicator/v1/task.pb.h"

namespace tuoyu::aggregator {

// SQL of the tasks. Functions return the errors of db::Transaction, and DATA_LOSS when a stored message does not parse.
// `plan`: the document number of the plan.

// A unit's part by task and unit.
using PartKey = std::pair<int, std::string>;
using PartsByKey = absl::btree_map<PartKey, indicator::v1::TaskPart>;

// The parts of which anything was entered; `number` 0: of all tasks.
absl::StatusOr<PartsByKey> ReadParts(db::Transaction& transaction, absl::string_view plan,
                                     int number);
// The same as of a day: with the programme if it was adopted by then, and what the reports up to the day say.
absl::StatusOr<PartsByKey> ReadPartsOn(db::Transaction& transaction, absl::string_view plan,
                                       int number, absl::CivilDay day);
// Inserts a part, or puts it in the place of what is stored.
absl::Status StorePart(db::Transaction& transaction, absl::string_view plan, int number,
                       const indicator::v1::TaskPart& part);

// Where a report stands in the list.
struct ProgressKey {
  absl::CivilDay day = absl::CivilDay(9999, 12, 31);
  std::string id = "~";  // after every id
};
absl::Status InsertProgress(db::Transaction& transaction, absl::string_view plan, int number,
                            absl::string_view unit, const ProgressKey& key,
                            const indicator::v1::TaskProgress& progress);
// Reports before `before`, the newest first, at most `limit`; `unit` empty: of all units.
absl::StatusOr<std::vector<indicator::v1::TaskProgress>> ReadProgress(
    db::Transaction& transaction, absl::string_view plan, int number, absl::string_view unit,
    const ProgressKey& before, int limit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_TASK_TASK_REPOSITORY_H_
