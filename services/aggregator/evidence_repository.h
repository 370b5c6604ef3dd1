#ifndef TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {

// SQL of the derived tables: the values. Functions return the errors of db::Transaction, and
// DATA_LOSS when a stored message does not parse.

// Values of all measures in some divisions on a day.
struct RegistryValues {
  int64_t generation = 0;  // that answered; 0 when none is whole: there are then no values
  int64_t sequence = 0;    // journal entry up to which they are known
  // Of that entry, when it is the last one applied.
  absl::optional<absl::Time> record_time;
  absl::optional<absl::Time> apply_time;
  absl::flat_hash_map<int64_t, Amounts> by_division;
};

// As known now, in one statement, so that position and values belong together: three rows per
// division, found by primary key, however many facilities there are.
absl::StatusOr<RegistryValues> ReadValues(db::Transaction& transaction,
                                          const std::vector<int64_t>& divisions,
                                          absl::CivilDay day);

// The statement of ReadValues for so many divisions, with parameters for SlotsOf and for BlocksOf
// of each: for a test of how it is answered.
std::string ReadValuesSql(size_t divisions);

// As known when the journal stood at `sequence`, exactly: the contents that the blocks had at the
// nearer end of the epoch (measure_block.h) that the entry is in, with the spans that changed
// between there and the entry, at most kEpochEntries / 2 entries' whatever the length of the
// journal. Several statements: the transaction must be read-only (a snapshot). `sequence` above the
// one applied gives the present values with the sequence applied.
absl::StatusOr<RegistryValues> ReadValuesKnownAt(db::Transaction& transaction,
                                                 const std::vector<int64_t>& divisions,
                                                 int64_t city, absl::CivilDay day,
                                                 int64_t sequence);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_
