#ifndef TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {

// SQL of the derived tables, read side. Functions return the errors of db::Transaction, and
// DATA_LOSS when a stored message does not parse.

// Values of all measures in some divisions on a day.
struct RegistryValues {
  int64_t generation = 0;  // that answered; 0 when none is whole: there are then no values
  int64_t sequence = 0;    // journal entry up to which they are known
  absl::flat_hash_map<int64_t, Amounts> by_division;
};

// As known now, in one statement, so that position and values belong together: three rows per
// division, found by primary key, however many facilities there are.
absl::StatusOr<RegistryValues> ReadValues(db::Transaction& transaction,
                                          const std::vector<int64_t>& divisions,
                                          absl::CivilDay day);

// As known when the journal stood at `sequence`. Exact for every position: either the spans known
// then are counted, or those that changed since are taken back from the present values, whichever
// is nearer; the cost grows with that number of entries. Several statements: the transaction must
// be read-only (a snapshot). `sequence` above the one applied gives the present values with the
// sequence applied.
absl::StatusOr<RegistryValues> ReadValuesKnownAt(db::Transaction& transaction,
                                                 const std::vector<int64_t>& divisions,
                                                 int64_t city, absl::CivilDay day,
                                                 int64_t sequence);

// A facility counted in a measure.
struct MemberRow {
  std::string facility;  // id
  int64_t division = 0;
  int64_t amount = 0;
  absl::CivilDay valid_from;
};

// Facilities of `division` (town, street, district or the city) that count for `measure` on `day`
// as known now, by id, those after `after`, at most `limit`. Served by an index that begins with
// what is asked, so a page costs about the same wherever it begins.
absl::StatusOr<std::vector<MemberRow>> ReadMembers(db::Transaction& transaction, int64_t generation,
                                                   Measure measure, int64_t division, int64_t city,
                                                   absl::CivilDay day, absl::string_view after,
                                                   int limit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_EVIDENCE_REPOSITORY_H_
