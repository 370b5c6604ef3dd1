#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_CHANGES_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_CHANGES_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence.h"
#include "tuoyu/indicator/v1/change.pb.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::aggregator {

// Where a page of changes begins, and how long it is.
struct ChangeQuery {
  int page_size = 0;
  size_t part = 0;    // which kind of record the page begins in
  std::string after;  // the record it begins after; empty for the first
  // As asked, or as the first page was read; 0: now, of `since` as of `at`.
  KnownAt since;
  KnownAt at;
  std::string filter;  // what the tokens are bound to
};

// INVALID_ARGUMENT PAGE_SIZE_INVALID, PAGE_TOKEN_INVALID, FIELD_INVALID for a position below 0.
absl::StatusOr<ChangeQuery> ReadChangeQuery(
    const indicator::v1::ListIndicatorChangesRequest& request);

// One side: a day with the definition used on it.
struct ChangeSide {
  Scope scope;
  const indicator::v1::IndicatorDefinition* definition = nullptr;
};

// One page of what changed between two sides of the same division. `transaction` is read-only (a snapshot). Errors:
// INVALID_ARGUMENT FIELD_INVALID when a position to begin from lies after the one to end at; those of
// EvidenceReader::Find and of the repositories.
absl::Status ListChanges(db::Transaction& transaction, const EvidenceReader& reader,
                         const SeriesList& list, const ChangeSide& before, const ChangeSide& after,
                         const ChangeQuery& query,
                         indicator::v1::ListIndicatorChangesResponse* reply);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_CHANGES_H_
