#ifndef TUOYU_COMMON_OPS_METRICS_H_
#define TUOYU_COMMON_OPS_METRICS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tuoyu::ops {

// The numbers of one service, in Prometheus' form; every one carries the label service="<name>".
// Thread safe.
//   tuoyu_rpc_seconds{method,code}                histogram  latency of calls
//   tuoyu_journal_lag_entries{source}             gauge      entries of another service's journal
//                                                            not yet applied, at the last read
//   tuoyu_journal_read_timestamp_seconds{source}  gauge      when that was, seconds since 1970
//   tuoyu_journal_applied_total{source}           counter    entries applied
// plus what AddReading names; rpc/pool_metrics.h adds the database pool's.
class Metrics {
 public:
  explicit Metrics(absl::string_view service);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  // Serves GET /metrics at `address` ("127.0.0.1:9464"; port 0 picks one). UNAVAILABLE when the
  // address is taken.
  absl::Status Expose(const std::string& address);
  // The port Expose listens on; 0 before.
  int port() const;

  // Numbers of one method, to be kept by the caller; lives as long as this.
  class Method {
   public:
    virtual ~Method() = default;
    // `code`: the gRPC status code, 0 to 16.
    virtual void Observe(int code, absl::Duration elapsed) = 0;
  };
  // `name`: "FilingService/SubmitFiling".
  Method& AddMethod(absl::string_view name);

  // After each successful read.
  void SetJournalLag(absl::string_view source, int64_t entries);
  void CountJournalApplied(absl::string_view source, int64_t entries);

  enum class Kind { kCounter, kGauge };
  // A number that `read` is asked for at each scrape, from the scraper's thread. Not after Expose.
  void AddReading(absl::string_view name, absl::string_view help, Kind kind,
                  std::function<double()> read);

  // The page GET /metrics answers with.
  std::string Text() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tuoyu::ops

#endif  // TUOYU_COMMON_OPS_METRICS_H_
