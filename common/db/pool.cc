#include "common/db/pool.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "common/base/status.h"
#include "common/db/connection.h"
#include "common/db/errors.h"

namespace tuoyu::db {
namespace {

// The pools of which this thread holds a lease.
absl::InlinedVector<const Pool*, 2>& HeldByThread() {
  thread_local absl::InlinedVector<const Pool*, 2> held;
  return held;
}

}  // namespace

Pool::Pool(Options options) : options_(std::move(options)) {}

Pool::~Pool() { Close(); }

absl::StatusOr<std::unique_ptr<Connection>> Pool::TakeSlot(absl::Time deadline, bool single) {
  std::unique_lock<std::mutex> lock(mutex_);
  const auto available = [this] { return closed_ || !idle_.empty() || open_ < options_.pool_size; };
  if (!available()) {
    ++counters_.waits;
    const absl::Time begin = absl::Now();
    const absl::Time end = std::min(deadline, begin + options_.lease_timeout);
    const bool in_time = returned_.wait_until(lock, absl::ToChronoTime(end), available);
    counters_.waited += absl::Now() - begin;
    if (!in_time) {
      if (absl::Now() >= deadline) {
        return absl::DeadlineExceededError("the deadline passed waiting for a database connection");
      }
      ++counters_.exhausted;
      return absl::ResourceExhaustedError("all database connections are busy");
    }
  }
  if (closed_) return absl::UnavailableError("the service is shutting down");
  if (idle_.empty()) {
    ++open_;
    return nullptr;
  }
  const auto alike = std::find_if(idle_.rbegin(), idle_.rend(), [single](const Idle& idle) {
    return idle.connection->single() == single;
  });
  const auto taken = alike == idle_.rend() ? idle_.end() - 1 : std::prev(alike.base());
  std::unique_ptr<Connection> connection = std::move(taken->connection);
  idle_.erase(taken);
  return connection;
}

absl::StatusOr<Lease> Pool::Acquire(absl::Time deadline, bool single) {
  auto& held = HeldByThread();
  if (std::find(held.begin(), held.end(), this) != held.end()) {
    Log("a thread asked for a second connection of a pool while holding one");
    return absl::InternalError("nested database transaction");
  }
  if (absl::Now() >= deadline) {
    return absl::DeadlineExceededError("the deadline passed before the database was asked");
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Connection> connection, TakeSlot(deadline, single));
  Lease lease(this, std::move(connection));
  if (lease.connection_ == nullptr) RETURN_IF_ERROR(lease.Reopen(deadline));
  std::lock_guard<std::mutex> lock(mutex_);
  ++counters_.leases;
  return lease;
}

void Pool::Release(Idle idle) {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    if (idle.connection != nullptr && !idle.connection->broken() && !closed_) {
      const auto before = std::find_if(idle_.rbegin(), idle_.rend(), [&](const Idle& other) {
        return other.since <= idle.since;
      });
      idle_.insert(before.base(), std::move(idle));
    } else {
      --open_;
      if (idle.connection != nullptr && idle.connection->broken()) ++counters_.dropped;
    }
  }
  returned_.notify_one();
}

absl::Status Pool::Ping() {
  const absl::Time deadline = absl::Now() + options_.lease_timeout + options_.connect_timeout;
  ASSIGN_OR_RETURN(Lease lease, Acquire(deadline));
  absl::Status status = lease.connection().Ping();
  if (status.ok() || !lease.connection().broken()) return status;
  RETURN_IF_ERROR(lease.Reopen(deadline));  // it had been idle while the server restarted
  return lease.connection().Ping();
}

void Pool::CloseUnused(absl::Duration unused) {
  const absl::Time before = absl::Now() - unused;
  // What talks to the server is done without the lock.
  std::vector<Idle> closing;
  Idle last;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    while (idle_.size() > 1 && idle_.front().since <= before) {
      closing.push_back(std::move(idle_.front()));
      idle_.erase(idle_.begin());
      --open_;
    }
    if (idle_.empty()) return;
    last = std::move(idle_.back());
    idle_.pop_back();
  }
  last.connection->DropTextsUnusedSince(before);
  Release(std::move(last));
}

void Pool::Close() {
  std::vector<Idle> idle;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
    idle.swap(idle_);
    open_ -= static_cast<int>(idle.size());
  }
  returned_.notify_all();
}

PoolStats Pool::Stats() const {
  std::lock_guard<std::mutex> lock(mutex_);
  PoolStats stats = counters_;
  stats.open = open_;
  stats.in_use = open_ - static_cast<int>(idle_.size());
  stats.reruns = reruns_.load(std::memory_order_relaxed);
  return stats;
}

Lease::Lease(Pool* pool, std::unique_ptr<Connection> connection)
    : pool_(pool), connection_(std::move(connection)) {
  HeldByThread().push_back(pool_);
}

Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}

Lease::~Lease() {
  if (pool_ == nullptr) return;
  auto& held = HeldByThread();
  if (const auto found = std::find(held.begin(), held.end(), pool_); found != held.end()) {
    held.erase(found);
  }
  pool_->Release({std::move(connection_), absl::Now()});
}

absl::Status Lease::Reopen(absl::Time deadline) {
  const bool replaces = connection_ != nullptr;
  connection_.reset();
  absl::StatusOr<std::unique_ptr<Connection>> opened = Connection::Open(pool_->options_, deadline);
  std::lock_guard<std::mutex> lock(pool_->mutex_);
  if (replaces) ++pool_->counters_.dropped;
  RETURN_IF_ERROR(opened.status());
  ++pool_->counters_.opened;
  connection_ = *std::move(opened);
  return absl::OkStatus();
}

}  // namespace tuoyu::db
