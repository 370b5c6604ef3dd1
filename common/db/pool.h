#ifndef TUOYU_COMMON_DB_POOL_H_
#define TUOYU_COMMON_DB_POOL_H_

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace tuoyu::db {

class Connection;

// How to reach one schema of a MariaDB or MySQL server.
struct Options {
  // "unix:///path/to/socket", or a TCP host name or address.
  std::string host;
  // Of TCP hosts; ignored for sockets.
  int port = 3306;
  std::string user;
  std::string password;
  // Empty: connect without a default schema (migrations and grants only).
  std::string schema;
  // At most this many connections, > 0. Opened when first needed.
  int pool_size = 8;
  // How long Acquire waits for a connection when all are leased.
  absl::Duration lease_timeout = absl::Seconds(2);
  // Whole seconds, at least 1 s each; a shorter one is rounded up.
  absl::Duration connect_timeout = absl::Seconds(3);
  absl::Duration read_timeout = absl::Seconds(15);
  absl::Duration write_timeout = absl::Seconds(15);
};

// Counters of a pool since it was made, and its state now; for metrics.
struct PoolStats {
  int open = 0;           // connections open now
  int in_use = 0;         // of these, leased now
  int64_t opened = 0;     // connections opened
  int64_t dropped = 0;    // connections dropped because they broke
  int64_t leases = 0;     // leases given
  int64_t waits = 0;      // leases that had to wait for a connection
  absl::Duration waited;  // sum of these waits
  int64_t exhausted = 0;  // leases refused because the pool stayed full
  int64_t reruns = 0;  // transactions run again after a deadlock, lock timeout or lost connection
};

// A connection taken from a pool, given back by the destructor.
class Lease;

// A bounded set of connections to one schema. Connections are opened when needed and reused last
// in, first out, so that a quiet service keeps few of them busy; broken ones are dropped.
// Thread-safe. Must outlive its leases.
class Pool {
 public:
  explicit Pool(Options options);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Takes a connection, opening one when none is idle and fewer than `pool_size` exist; of the idle ones rather one that
  // was last used alike (`single`: each statement its own), which then needs no message to change. Use
  // RunTransaction or RunRead instead, which do this. Errors: RESOURCE_EXHAUSTED when every
  // connection stays leased for `lease_timeout`; DEADLINE_EXCEEDED when `deadline` passes first,
  // waiting or connecting;
  // UNAVAILABLE when the database can't be reached or the pool is closed; INTERNAL when it refuses
  // the user or the schema, and when this thread holds a lease of this pool already (two leases in
  // one thread can lock up the whole pool).
  absl::StatusOr<Lease> Acquire(absl::Time deadline, bool single = true);

  // Takes a connection and asks the server for an answer. Errors: as Acquire, and UNAVAILABLE when
  // it is gone.
  absl::Status Ping();

  // Closes the connections that nobody used for `unused`, but for the one used last, which lets go of statements of many rows
  // that were not used so long: each holds memory for the largest rows it ever carried, here and in the server.
  void CloseUnused(absl::Duration unused);

  // Closes the idle connections, and the leased ones as they come back; Acquire fails from now on.
  // May be called twice.
  void Close();

  PoolStats Stats() const;
  const Options& options() const { return options_; }

  // Used by RunTransaction and RunRead.
  void CountRerun() { reruns_.fetch_add(1, std::memory_order_relaxed); }

 private:
  friend class Lease;
  struct Idle {
    std::unique_ptr<Connection> connection;
    absl::Time since;
  };
  // Takes a connection back, or what is left of a lease that has none.
  void Release(Idle idle);
  // Waits until a connection is idle or may be opened; null: open one.
  absl::StatusOr<std::unique_ptr<Connection>> TakeSlot(absl::Time deadline, bool single);

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Idle> idle_;  // the one used last at the end
  bool closed_ = false;
  int open_ = 0;
  PoolStats counters_;
  std::atomic<int64_t> reruns_{0};
};

class Lease {
 public:
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&&) = delete;
  ~Lease();

  Connection& connection() { return *connection_; }

  // Replaces a broken connection by a new one. Errors: as Pool::Acquire; the lease is empty then.
  absl::Status Reopen(absl::Time deadline);

 private:
  friend class Pool;
  Lease(Pool* pool, std::unique_ptr<Connection> connection);
  Pool* pool_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tuoyu::db

#endif  // TUOYU_COMMON_DB_POOL_H_
