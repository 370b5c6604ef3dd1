#ifndef TUOYU_CLIENTS_CLI_INDICATOR_CALL_H_
#define TUOYU_CLIENTS_CLI_INDICATOR_CALL_H_

#include "absl/status/statusor.h"
#include "clients/cli/session.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"

namespace tuoyu::cli {

// Reads all pages of the changes of an indicator, until there are `most` records; then the token of the next page stays in
// the reply. The errors of the call.
absl::StatusOr<indicator::v1::ListIndicatorChangesResponse> AllChanges(
    Session& session, indicator::v1::ListIndicatorChangesRequest request, int most);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_INDICATOR_CALL_H_
