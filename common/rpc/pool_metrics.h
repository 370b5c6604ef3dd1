#ifndef TUOYU_COMMON_RPC_POOL_METRICS_H_
#define TUOYU_COMMON_RPC_POOL_METRICS_H_

#include "absl/strings/string_view.h"
#include "common/db/pool.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"

namespace tuoyu::rpc {

// Adds the pool's numbers to `metrics`; call before Metrics::Expose. `pool` must outlive it.
//   tuoyu_pool_connections         gauge     open connections
//   tuoyu_pool_in_use              gauge     of these, leased
//   tuoyu_pool_leases_total        counter   leases given
//   tuoyu_pool_waits_total         counter   leases that had to wait for a connection
//   tuoyu_pool_wait_seconds_total  counter   sum of these waits
//   tuoyu_pool_exhausted_total     counter   leases refused because the pool stayed full
//   tuoyu_pool_dropped_total       counter   connections dropped because they broke
//   tuoyu_transaction_reruns_total counter   transactions run again
void WatchPool(ops::Metrics& metrics, const db::Pool& pool);

// Sends what the database library logs (errors of the server, texts included, which callers never see) to `log` as event
// "db" of `service`; for main. `log` must outlive every pool.
void RouteDatabaseLog(absl::string_view service, ops::LogWriter& log);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_POOL_METRICS_H_
