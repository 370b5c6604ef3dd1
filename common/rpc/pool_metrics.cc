#include "common/rpc/pool_metrics.h"

#include <string>

#include "common/db/errors.h"

namespace tuoyu::rpc {

void WatchPool(ops::Metrics& metrics, const db::Pool& pool) {
  struct Reading {
    absl::string_view name;
    absl::string_view help;
    ops::Metrics::Kind kind;
    double (*read)(const db::PoolStats&);
  };
  using Stats = db::PoolStats;
  constexpr auto kCounter = ops::Metrics::Kind::kCounter;
  constexpr auto kGauge = ops::Metrics::Kind::kGauge;
  static constexpr Reading kReadings[] = {
      {"tuoyu_pool_connections", "Open database connections", kGauge,
       [](const Stats& s) { return static_cast<double>(s.open); }},
      {"tuoyu_pool_in_use", "Leased database connections", kGauge,
       [](const Stats& s) { return static_cast<double>(s.in_use); }},
      {"tuoyu_pool_leases_total", "Leases given", kCounter,
       [](const Stats& s) { return static_cast<double>(s.leases); }},
      {"tuoyu_pool_waits_total", "Leases that had to wait", kCounter,
       [](const Stats& s) { return static_cast<double>(s.waits); }},
      {"tuoyu_pool_wait_seconds_total", "Sum of the waits for a connection", kCounter,
       [](const Stats& s) { return absl::ToDoubleSeconds(s.waited); }},
      {"tuoyu_pool_exhausted_total", "Leases refused because the pool stayed full", kCounter,
       [](const Stats& s) { return static_cast<double>(s.exhausted); }},
      {"tuoyu_pool_dropped_total", "Connections dropped because they broke", kCounter,
       [](const Stats& s) { return static_cast<double>(s.dropped); }},
      {"tuoyu_transaction_reruns_total", "Transactions run again", kCounter,
       [](const Stats& s) { return static_cast<double>(s.reruns); }},
  };
  for (const Reading& reading : kReadings) {
    metrics.AddReading(reading.name, reading.help, reading.kind,
                       [&pool, read = reading.read] { return read(pool.Stats()); });
  }
}

void RouteDatabaseLog(absl::string_view service, ops::LogWriter& log) {
  db::SetLogHook([service = std::string(service), &log](absl::string_view line) {
    ops::LogLine(ops::Severity::kWarning, service, "db").Add("detail", line).WriteTo(log);
  });
}

}  // namespace tuoyu::rpc
