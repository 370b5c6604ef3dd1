#ifndef TUOYU_SERVICES_AGGREGATOR_STATISTIC_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_STATISTIC_REPOSITORY_H_

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "tuoyu/indicator/v1/indicator.pb.h"

namespace tuoyu::aggregator {

// SQL of reported statistics. Functions return the errors of db::Transaction, and DATA_LOSS when a
// stored message does not parse.

// Makes the other writes of this service's journal wait until the transaction ends, and returns the
// sequence its first entry will get. To be called first.
absl::StatusOr<int64_t> LockNextSequence(db::Transaction& transaction, absl::string_view source);

// The newest revision of a series, division and reference date.
absl::StatusOr<absl::optional<indicator::v1::Statistic>> NewestRevision(
    db::Transaction& transaction, absl::string_view series, absl::string_view division_code,
    absl::CivilDay reference_date);

// The statistic with this name; none when there is none.
absl::StatusOr<absl::optional<indicator::v1::Statistic>> FindStatistic(db::Transaction& transaction,
                                                                       absl::string_view name);

// All revisions of the statistic's series, division and day, in order; `newest` is the newest.
absl::StatusOr<std::vector<indicator::v1::Statistic>> ListRevisions(
    db::Transaction& transaction, const indicator::v1::Statistic& newest);

// Stores who verified the revision and when, with the sequence of the journal entry. ALREADY_EXISTS when it is verified.
absl::Status InsertVerification(db::Transaction& transaction,
                                const indicator::v1::Statistic& statistic, int64_t sequence);

// Stores a new revision, with the sequence of its journal entry. ALREADY_EXISTS when the revision
// is there.
absl::Status InsertStatistic(db::Transaction& transaction,
                             const indicator::v1::Statistic& statistic, int64_t sequence);

// A series in a division.
using SeriesOfDivision = std::pair<std::string, std::string>;

// For each of `wanted` the statistic with the newest reference date on or before `day`, newest
// revision, as known at journal entry `sequence`; none where there is none, days whose statistic was withdrawn left out. In
// the order wanted.
absl::StatusOr<std::vector<indicator::v1::Statistic>> ChooseStatistics(
    db::Transaction& transaction, const std::vector<SeriesOfDivision>& wanted, absl::CivilDay day,
    int64_t sequence);

// Events of a series that are looked at: projects are a few in all.
inline constexpr int kMostEvents = 1000;

// Place of a statistic in the list.
struct StatisticKey {
  std::string series;
  std::string division_code;
  absl::CivilDay reference_date{1, 1, 1};
  int64_t revision = 0;
};

// Revisions after `after`, withdrawn ones too, in order of series, division, reference date and revision, at most
// `limit`; an empty `series` or `division_code` means all. Read along the primary key: statistics
// are some dozens a year.
absl::StatusOr<std::vector<indicator::v1::Statistic>> ListStatistics(
    db::Transaction& transaction, absl::string_view series, absl::string_view division_code,
    const StatisticKey& after, int limit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_STATISTIC_REPOSITORY_H_
