#ifndef TUOYU_SERVICES_AGGREGATOR_RELEASE_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_RELEASE_REPOSITORY_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// SQL of releases. Functions return the errors of db::Transaction, and DATA_LOSS when a stored message does not parse.
// `plan`: the document number of the plan.

// Where a release stands in the list.
struct ReleaseKey {
  absl::CivilDay as_of{1, 1, 1};
  int revision = 0;
};

// Releases after `after` by day and revision, at most `limit`.
absl::StatusOr<std::vector<indicator::v1::Release>> ReadReleases(db::Transaction& transaction,
                                                                 absl::string_view plan,
                                                                 const ReleaseKey& after,
                                                                 int limit);
// The newest revision of a day; unset when none of it was released.
absl::StatusOr<absl::optional<indicator::v1::Release>> NewestRelease(db::Transaction& transaction,
                                                                     absl::string_view plan,
                                                                     absl::CivilDay as_of);
// The days from `first` on of which values were released, in order.
absl::StatusOr<std::vector<absl::CivilDay>> ReleasedDays(db::Transaction& transaction,
                                                         absl::string_view plan,
                                                         absl::CivilDay first);
// Stores a release. ALREADY_EXISTS when its revision is there.
absl::Status InsertRelease(db::Transaction& transaction, absl::string_view plan,
                           absl::CivilDay as_of, const indicator::v1::Release& release);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_RELEASE_REPOSITORY_H_
