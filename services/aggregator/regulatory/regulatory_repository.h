#ifndef TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_REPOSITORY_H_
#define TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_REPOSITORY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/optional.h"
#include "common/db/transaction.h"
#include "services/aggregator/regulatory/regulatory_facts.h"
#include "services/aggregator/regulatory/regulatory_rules.h"
#include "tuoyu/indicator/v1/regulatory.pb.h"

// Tables regulatory_source, regulatory_case, regulatory_clock, regulatory_visit, regulatory_finding and regulatory_overdue. Errors are those
// of db::Transaction.
namespace tuoyu::aggregator {

// Where a journal stands that is read.
struct SourceState {
  int64_t sequence = 0;           // of the last entry applied
  absl::optional<bool> complete;  // whether it was read to its end; unset before the first entry
  absl::optional<absl::Time> record_time;  // of the last entry applied
  absl::optional<absl::Time> apply_time;
};
absl::StatusOr<SourceState> ReadSource(db::Transaction& transaction, absl::string_view source);
// After entries were applied. One that was read to its end stays so.
absl::Status StoreSource(db::Transaction& transaction, absl::string_view source, bool complete,
                         absl::Time record_time, absl::Time apply_time);

// Enters the case in place of what was kept of it; nothing when that is of the same revision or a later one.
absl::Status StoreCase(db::Transaction& transaction, int64_t revision, const CaseFacts& facts);
absl::Status StoreVisit(db::Transaction& transaction, int64_t revision, const VisitFacts& facts);

// Deletes what was kept of a journal; the journal is another one than was read.
absl::Status ForgetCases(db::Transaction& transaction);
absl::Status ForgetVisits(db::Transaction& transaction);
// The same with where it stood, so that it is read from its beginning; it counts as not read to its end until then.
absl::Status StartOver(db::Transaction& transaction);

// Counts of a kind by quarter, division and confidentiality, of `spans` that follow each other.
absl::StatusOr<std::vector<ShareRow>> ReadCounts(db::Transaction& transaction,
                                                 indicator::v1::RegulatoryMeasureKind kind,
                                                 const std::vector<QuarterSpan>& spans);

// Where a page of records begins: after this one; the first with an empty id.
struct CountedKey {
  absl::CivilDay day;
  std::string id;    // of the case or visit
  std::string part;  // position of the clock, item of the finding
};
struct CountedRecord {
  CountedKey key;
  indicator::v1::RegulatoryMember member;
};
// Records that the denominator counts, but of confidential cases, in order of their keys. `division_code`: empty for all.
absl::StatusOr<std::vector<CountedRecord>> ReadCounted(db::Transaction& transaction,
                                                       indicator::v1::RegulatoryMeasureKind kind,
                                                       const QuarterSpan& span,
                                                       absl::string_view division_code,
                                                       const CountedKey& after, int limit);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_REGULATORY_REGULATORY_REPOSITORY_H_
