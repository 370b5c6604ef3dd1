#ifndef TUOYU_SERVICES_AGGREGATOR_CHANGE_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_CHANGE_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "common/db/transaction.h"
#include "services/aggregator/change_rules.h"
#include "tuoyu/indicator/v1/change.pb.h"

namespace tuoyu::aggregator {

// SQL of the derived tables: what counts on one day as known at one entry and on another day as known at another. Functions
// return the errors of db::Transaction.

// A day as known when the registry's journal stood at an entry.
struct KnownDay {
  absl::CivilDay day;
  int64_t sequence = 0;
};

// Between what, and where.
struct Comparison {
  int64_t generation = 0;
  int64_t city = 0;
  int64_t division = 0;  // town, street, district or the city
  KnownDay before;       // neither later than those of `after`
  KnownDay after;
};

// What is summed up on either side.
struct ComparedParts {
  CountedParts numerator_before;
  CountedParts numerator_after;
  CountedParts denominator_before;
  CountedParts denominator_after;

  // Whether the same is counted before and after: what holds on both sides makes no difference then.
  bool same() const {
    return numerator_before == numerator_after && denominator_before == denominator_after;
  }
};

// A record that counts for something else on the one side than on the other.
struct ChangedRow {
  std::string key;  // what rows are ordered by
  Weight before;
  Weight after;
  int64_t division_before = 0;  // 0 when it does not count
  int64_t division_after = 0;
};

// The facilities that changed, by id, after the id `after`, at most `limit`. Where the sides are near
// each other only spans that begin or end in between are read, else all of the generation.
absl::StatusOr<std::vector<ChangedRow>> ReadChangedFacilities(db::Transaction& transaction,
                                                              const Comparison& comparison,
                                                              const ComparedParts& parts,
                                                              absl::string_view after, int limit);
// The same of persons, children and labels; the key is "{facility}/{kind}/{id}".
absl::StatusOr<std::vector<ChangedRow>> ReadChangedMembers(db::Transaction& transaction,
                                                           const Comparison& comparison,
                                                           const ComparedParts& parts,
                                                           absl::string_view after, int limit);
// The same of kindergartens; the key is the kindergarten, see KindergartenOf.
absl::StatusOr<std::vector<ChangedRow>> ReadChangedKindergartens(db::Transaction& transaction,
                                                                 const Comparison& comparison,
                                                                 const ComparedParts& parts,
                                                                 absl::string_view after,
                                                                 int limit);

// What was ever known of the weights of records, by key.
using HistoryByKey = absl::btree_map<std::string, std::vector<KnownWeight>>;

absl::StatusOr<HistoryByKey> ReadFacilityHistory(db::Transaction& transaction,
                                                 const Comparison& comparison,
                                                 const ComparedParts& parts,
                                                 const std::vector<std::string>& facilities);
// `members`: keys as above.
absl::StatusOr<HistoryByKey> ReadMemberHistory(db::Transaction& transaction,
                                               const Comparison& comparison,
                                               const ComparedParts& parts,
                                               const std::vector<std::string>& members);
absl::StatusOr<HistoryByKey> ReadKindergartenHistory(db::Transaction& transaction,
                                                     const Comparison& comparison,
                                                     const ComparedParts& parts,
                                                     const std::vector<std::string>& kindergartens);
// Of a street: each of its inclusive facilities with weight 1 in the numerator; `comparison.division` is the street.
absl::StatusOr<std::vector<KnownWeight>> ReadInclusiveHistory(db::Transaction& transaction,
                                                              const Comparison& comparison);

// The site that stands for each of `kindergartens`: the first by id that counts after, else before; with its division
// on both sides.
struct Site {
  std::string facility;
  int64_t division_before = 0;
  int64_t division_after = 0;
};
absl::StatusOr<absl::btree_map<std::string, Site>> ReadSites(
    db::Transaction& transaction, const Comparison& comparison,
    const std::vector<std::string>& kindergartens);

// The entries with these sequences, without effect, by sequence.
absl::StatusOr<absl::btree_map<int64_t, indicator::v1::ChangeCause>> ReadEntries(
    db::Transaction& transaction, int64_t generation, const absl::btree_set<int64_t>& sequences);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_CHANGE_REPOSITORY_H_
