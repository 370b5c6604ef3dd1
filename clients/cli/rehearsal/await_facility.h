#ifndef TUOYU_CLIENTS_CLI_REHEARSAL_AWAIT_FACILITY_H_
#define TUOYU_CLIENTS_CLI_REHEARSAL_AWAIT_FACILITY_H_

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "clients/cli/session.h"
#include "common/rpc/errors.h"

namespace tuoyu::rehearsal {

// Calls the service that a request belongs to, again and again for up to five minutes while it does not know the facility: it learns of
// facilities from the registry's journal, a little later.
template <typename Reply, typename Request>
absl::Status CallOnceKnown(cli::Session& session, const Request& request) {
  constexpr absl::Duration kMostWait = absl::Minutes(5);
  constexpr absl::Duration kPause = absl::Milliseconds(200);
  Reply reply;
  const absl::Time end = absl::Now() + kMostWait;
  while (true) {
    absl::Status status = session.CallOwner(request, &reply);
    if (rpc::ReasonOf(status) != "FACILITY_NOT_FOUND" || absl::Now() > end) return status;
    absl::SleepFor(kPause);
  }
}

}  // namespace tuoyu::rehearsal

#endif  // TUOYU_CLIENTS_CLI_REHEARSAL_AWAIT_FACILITY_H_
