#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/rpc/handle.h"
#include "google/type/date.pb.h"
#include "services/aggregator/indicator_values.h"

namespace tuoyu::aggregator {

// The day asked for in `as_of`; today when none is. INVALID_ARGUMENT IMPOSSIBLE_DATE, AS_OF_IN_FUTURE.
absl::StatusOr<absl::CivilDay> DayAsked(bool has_as_of, const google::type::Date& as_of,
                                        absl::CivilDay today);

// Whether the caller may ask for values of the division as known at these entries. INVALID_ARGUMENT FIELD_INVALID,
// PERMISSION_DENIED ROLE_NOT_ALLOWED, OUT_OF_SCOPE.
absl::Status CheckKnownAt(const rpc::Call& call, const KnownAt& known_at,
                          absl::string_view division_code);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_
