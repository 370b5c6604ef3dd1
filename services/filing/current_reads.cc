#include "services/filing/current_reads.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "common/base/status.h"
#include "common/db/transaction.h"

namespace tuoyu::filing {
namespace {

// Queries under way at a time: one being answered by the database, one being read. With more, fewer calls share one.
constexpr int kQueries = 2;
// Calls answered by one query.
constexpr size_t kCalls = 32;

}  // namespace

absl::StatusOr<CurrentRow> CurrentReads::Read(absl::string_view id, bool public_only,
                                              absl::Time deadline,
                                              const std::function<bool()>& cancelled) {
  Lane& lane = lanes_[public_only ? 1 : 0];
  const auto request = std::make_shared<Request>();
  request->id = std::string(id);
  {
    std::unique_lock<std::mutex> lock(lane.mutex);
    ASSIGN_OR_RETURN(const bool leads, WaitForTurn(lane, lock, request, deadline));
    if (leads) request->status = Lead(lane, lock, request, public_only, deadline);
  }
  if (request->status.ok()) return std::move(request->row);
  // Perhaps it failed for a reason of the call that ran it: its deadline, a connection lost in mid-call.
  if (cancelled && cancelled()) return absl::CancelledError("the caller gave up");
  RETURN_IF_ERROR(Query({request}, public_only, deadline));
  return std::move(request->row);
}

absl::StatusOr<bool> CurrentReads::WaitForTurn(Lane& lane, std::unique_lock<std::mutex>& lock,
                                               const std::shared_ptr<Request>& request,
                                               absl::Time deadline) {
  if (lane.queries < kQueries) {
    ++lane.queries;
    return true;
  }
  lane.waiting.push_back(request);
  const auto end =
      std::chrono::steady_clock::now() + absl::ToChronoMicroseconds(deadline - absl::Now());
  const bool answered = request->changed.wait_until(
      lock, end, [&] { return request->state == State::kLeads || request->state == State::kDone; });
  if (answered) return request->state == State::kLeads;
  if (request->state == State::kWaiting) {
    lane.waiting.erase(std::find(lane.waiting.begin(), lane.waiting.end(), request));
  }
  return absl::DeadlineExceededError("the deadline passed while waiting for other reads");
}

absl::Status CurrentReads::Lead(Lane& lane, std::unique_lock<std::mutex>& lock,
                                const std::shared_ptr<Request>& request, bool public_only,
                                absl::Time deadline) {
  Requests requests = {request};
  const size_t others = std::min(kCalls - 1, lane.waiting.size());
  for (size_t i = 0; i < others; ++i) {
    lane.waiting[i]->state = State::kTaken;
    requests.push_back(lane.waiting[i]);
  }
  lane.waiting.erase(lane.waiting.begin(), lane.waiting.begin() + static_cast<ptrdiff_t>(others));
  absl::Status status = absl::InternalError("the query of the reads was given up");
  // Whatever happens, the others are answered and the next one leads.
  const auto finish = absl::MakeCleanup([&] {
    if (!lock.owns_lock()) lock.lock();
    for (size_t i = 1; i < requests.size(); ++i) {
      requests[i]->status = status;
      requests[i]->state = State::kDone;
      requests[i]->changed.notify_one();
    }
    if (lane.waiting.empty()) {
      --lane.queries;
      return;
    }
    const std::shared_ptr<Request> next = std::move(lane.waiting.front());
    lane.waiting.erase(lane.waiting.begin());
    next->state = State::kLeads;
    next->changed.notify_one();
  });
  lock.unlock();
  status = Query(requests, public_only, deadline);
  return status;
}

absl::Status CurrentReads::Query(const Requests& requests, bool public_only, absl::Time deadline) {
  std::vector<std::string> ids;
  ids.reserve(requests.size());
  for (const auto& request : requests) ids.push_back(request->id);
  return db::RunRead(pool_, deadline, [&](db::Transaction& transaction) -> absl::Status {
    ASSIGN_OR_RETURN(const auto rows, ReadCurrentRows(transaction, ids, public_only));
    for (const auto& request : requests) {
      const auto found = rows.find(request->id);
      request->row = found == rows.end() ? CurrentRow() : found->second;
    }
    return absl::OkStatus();
  });
}

}  // namespace tuoyu::filing
