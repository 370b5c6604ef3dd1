#ifndef TUOYU_SERVICES_FILING_CURRENT_READS_H_
#define TUOYU_SERVICES_FILING_CURRENT_READS_H_

#include <array>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "common/db/pool.h"
#include "services/filing/facility_repository.h"

namespace tuoyu::filing {

// Reads facilities as they are now. Calls that come while others are being answered wait and are then answered by one
// query together: under load a call costs a fraction of a round trip to the database, and the fewer connections wait for
// each other. Every call is answered by a query that began after it came. Thread safe.
class CurrentReads {
 public:
  // `pool` must outlive this.
  explicit CurrentReads(db::Pool& pool) : pool_(pool) {}

  // The row of facility `id`: all of it, or what is public of it; not found is no error. Errors: DEADLINE_EXCEEDED,
  // CANCELLED (only at the database, not while waiting), those of db::RunRead.
  absl::StatusOr<CurrentRow> Read(absl::string_view id, bool public_only, absl::Time deadline,
                                  const std::function<bool()>& cancelled);

 private:
  enum class State { kWaiting, kTaken, kLeads, kDone };
  // Shared with the call that runs the query: the one that asked may have given up by then.
  struct Request {
    std::string id;
    State state = State::kWaiting;
    std::condition_variable changed;
    absl::Status status;
    CurrentRow row;
  };
  using Requests = std::vector<std::shared_ptr<Request>>;
  // Requests for the same columns.
  struct Lane {
    std::mutex mutex;
    Requests waiting;  // in order of arrival
    int queries = 0;   // under way
  };

  // Waits for a turn or an answer; true when the call is to run the next query.
  static absl::StatusOr<bool> WaitForTurn(Lane& lane, std::unique_lock<std::mutex>& lock,
                                          const std::shared_ptr<Request>& request,
                                          absl::Time deadline);
  // Runs the query of `request` and of those that wait.
  absl::Status Lead(Lane& lane, std::unique_lock<std::mutex>& lock,
                    const std::shared_ptr<Request>& request, bool public_only, absl::Time deadline);
  absl::Status Query(const Requests& requests, bool public_only, absl::Time deadline);

  db::Pool& pool_;
  std::array<Lane, 2> lanes_;
};

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_CURRENT_READS_H_
