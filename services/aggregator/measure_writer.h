#ifndef TUOYU_SERVICES_AGGREGATOR_MEASURE_WRITER_H_
#define TUOYU_SERVICES_AGGREGATOR_MEASURE_WRITER_H_

#include <atomic>
#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/optional.h"
#include "common/base/clock.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "tuoyu/common/v1/journal.pb.h"

namespace tuoyu::aggregator {

// Applies the registry's journal to the derived tables, each entry exactly once: facts, spans,
// measures and the cursor change in one transaction, and entries at or before the cursor are
// skipped. Used by one thread, the reader's; RequestRebuild by any.
//
// A rebuild writes a new generation from the first entry on while the old one goes on answering,
// and goes on following the journal (ApplyToServing); once the new one has come as far, it takes over and the old one's rows are deleted bit by bit.
// When the journal turned out to be another one (restored from a backup), nothing answers until the
// new generation has caught up.
class MeasureWriter {
 public:
  // `city`: code of the city that all divisions are part of. References must outlive this.
  MeasureWriter(db::Pool& pool, const Clock& clock, int64_t city);

  // Where the generation being written stands.
  absl::StatusOr<common::v1::JournalPosition> Load();

  // Applies entries in order. `head`: newest sequence known of the journal. Errors: ABORTED when
  // they do not follow the cursor (it was moved: load it again); DATA_LOSS when an entry can't be
  // read, nothing is then applied; those of db::RunTransaction.
  absl::Status Apply(const std::vector<common::v1::JournalEntry>& entries, int64_t head);

  // While a rebuild runs, where the generation that answers stands; nothing when there is no rebuild
  // or none answers.
  absl::StatusOr<absl::optional<common::v1::JournalPosition>> ServingBeside();

  // Applies entries to the generation that answers while another is written. Errors as of Apply.
  absl::Status ApplyToServing(const std::vector<common::v1::JournalEntry>& entries);

  // There are no entries after the cursor: a rebuild is complete.
  absl::Status CaughtUp();

  // Starts a new generation, and stops serving the old one.
  absl::Status Diverged();

  // Whether a rebuild was running when last seen.
  bool rebuilding() const { return rebuilding_; }

  // Deletes some rows of retired generations; false when there are none.
  absl::StatusOr<bool> CleanUp();

 private:
  db::Pool& pool_;
  const Clock& clock_;
  const int64_t city_;
  // What Load, Apply and CleanUp saw last, to spare idle polls a query.
  std::atomic<bool> rebuilding_{false};
  std::atomic<bool> may_have_retired_{true};
};

// Starts a new generation beside the serving one, unless a rebuild is under way. Part of
// RebuildMeasures' transaction.
absl::Status StartRebuild(db::Transaction& transaction);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEASURE_WRITER_H_
