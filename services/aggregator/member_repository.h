#ifndef TUOYU_SERVICES_AGGREGATOR_MEMBER_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_MEMBER_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "services/aggregator/measures.h"

namespace tuoyu::aggregator {

// SQL of the derived tables: what is counted. Functions return the errors of db::Transaction.

// A facility, or a person, child or label at one, counted in a measure.
struct MemberRow {
  std::string id;  // the resource name without "facilities/"
  int64_t division = 0;
  int64_t amount = 0;
  absl::CivilDay valid_from;
};

// Which to list.
struct MemberFilter {
  Measure measure = kMeasureCount;
  int64_t division = 0;  // town, street, district or the city
  absl::CivilDay day;
  int64_t sequence = 0;  // as known when the journal stood there
};

// Where a list goes on: after this first day and id. Of a list from its beginning the day after that of the filter.
struct MemberPlace {
  absl::CivilDay valid_from;
  std::string id;
};

// What counts, the latest first day first and of one day by id downwards, at most `limit`. Of the sites of a kindergarten
// in the division the first by id has the amount 1, the others 0. Served by an index that begins with what is asked, so a
// page costs about the same wherever it begins, and passes over what has ended only as far back as it reaches.
absl::StatusOr<std::vector<MemberRow>> ReadMembers(db::Transaction& transaction, int64_t generation,
                                                   const MemberFilter& filter, int64_t city,
                                                   const MemberPlace& after, int limit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_MEMBER_REPOSITORY_H_
