#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_TABLES_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_TABLES_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/rpc/handle.h"
#include "services/aggregator/indicator_access.h"
#include "services/aggregator/indicator_values.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"
#include "tuoyu/indicator/v1/table.pb.h"

namespace tuoyu::aggregator {

// The ends of the months asked for. INVALID_ARGUMENT IMPOSSIBLE_DATE, AS_OF_IN_FUTURE for a month that has not ended,
// SINCE_AFTER_AS_OF, TOO_MANY_MONTHS.
absl::StatusOr<std::vector<absl::CivilDay>> MonthsAsked(
    const indicator::v1::GetIndicatorSeriesRequest& request, absl::CivilDay today);

// The definitions with these numbers on the day, all for none, by number. NOT_FOUND INDICATOR_NOT_FOUND; INVALID_ARGUMENT
// FIELD_INVALID for a number named twice.
absl::StatusOr<ValueReader::Definitions> DefinitionsAsked(
    const indicator::v1::Plan& plan, const google::protobuf::RepeatedField<int32_t>& numbers,
    absl::CivilDay day);

// One point of each table: a division on a day.
struct TableStop {
  Scope scope;
  ValueReader::Definitions definitions;  // of the same numbers at every stop
};

// Errors of CheckKnownAt.
template <typename Request>
absl::StatusOr<ValueQuery> QueryOf(const rpc::Call& call, const Request& request,
                                   const Scope& scope) {
  const KnownAt known_at{request.known_at_filing_sequence(), request.known_at_indicator_sequence()};
  absl::Status status = CheckKnownAt(call, known_at, scope.code);
  if (!status.ok()) return status;
  return ValueQuery{known_at, &call.caller, call.today};
}

// Fills one table for each number with a point for each stop, all as known at the same positions: the transaction must be
// a snapshot. Errors of ValueReader::Read.
absl::Status FillTables(db::Transaction& transaction, ValueReader& reader,
                        const std::vector<TableStop>& stops, const ValueQuery& query,
                        google::protobuf::RepeatedPtrField<indicator::v1::IndicatorTable>* tables,
                        google::protobuf::RepeatedPtrField<indicator::v1::PositionUsed>* positions);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_TABLES_H_
