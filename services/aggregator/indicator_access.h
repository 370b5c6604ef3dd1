#ifndef TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_
#define TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_

#include "absl/status/status.h"
#include "common/rpc/handle.h"
#include "services/aggregator/evidence.h"

namespace tuoyu::aggregator {

// Whether values that rest on few persons are withheld from the caller: from everyone outside the health commission.
bool GetsFewWithheld(const rpc::Caller& caller);

// Whether the caller may ask for values as known at these entries. INVALID_ARGUMENT FIELD_INVALID, PERMISSION_DENIED
// ROLE_NOT_ALLOWED.
absl::Status CheckKnownAt(const rpc::Call& call, const KnownAt& known_at);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_INDICATOR_ACCESS_H_
