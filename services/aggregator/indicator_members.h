#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_MEMBERS_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_MEMBERS_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/db/transaction.h"
#include "services/aggregator/evidence.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::aggregator {

// Where a page of members begins, and how long it is.
struct MemberQuery {
  int page_size = 0;
  size_t part = 0;     // of the numerator: which measure the page begins in
  std::string after;   // key of the member it begins after; empty for the first
  int64_t listed = 0;  // members of the part on the pages before
  // As known when the registry's journal stood here: as asked, or where the first page was read; 0:
  // now.
  int64_t known_at = 0;
  int64_t statistics_known_at = 0;  // the same of the statistics' journal
  std::string filter;               // what the tokens are bound to
};

// INVALID_ARGUMENT PAGE_SIZE_INVALID, PAGE_TOKEN_INVALID.
absl::StatusOr<MemberQuery> ReadMemberQuery(
    const indicator::v1::ListIndicatorMembersRequest& request);

// One page of what the numerator counts, measure by measure, of each what began last first: for sums over facilities the
// facilities, for persons, children and labels their resource names, for streets_with_inclusive the streets, or in the
// scope of one street its inclusive facilities; where the numerator is reported, the statistic, of a series in `list`. The
// totals come from the measures, not from the members, and are equal to their sums. `transaction` is read-only (a
// snapshot). Errors: UNAVAILABLE AGGREGATE_REBUILDING; those of the repositories.
absl::Status ListMembers(db::Transaction& transaction, const EvidenceReader& reader,
                         const indicator::v1::IndicatorDefinition& definition,
                         const SeriesList& list, const Scope& scope, const MemberQuery& query,
                         indicator::v1::ListIndicatorMembersResponse* reply);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_MEMBERS_H_
