#include "common/ops/metrics.h"

#include <prometheus/client_metric.h>
#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <atomic>
#include <deque>
#include <exception>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace tuoyu::ops {
namespace {

constexpr int kCodes = 17;
constexpr std::array<const char*, kCodes> kCodeNames = {
    "OK",        "CANCELLED",      "UNKNOWN",           "INVALID_ARGUMENT",   "DEADLINE_EXCEEDED",
    "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION",
    "ABORTED",   "OUT_OF_RANGE",   "UNIMPLEMENTED",     "INTERNAL",           "UNAVAILABLE",
    "DATA_LOSS", "UNAUTHENTICATED"};

// Seconds: from a cached read to the cap of a call, 10 s.
const prometheus::Histogram::BucketBoundaries& Buckets() {
  static const auto& buckets = *new prometheus::Histogram::BucketBoundaries{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  return buckets;
}

using HistogramFamily = prometheus::Family<prometheus::Histogram>;

class MethodNumbers final : public Metrics::Method {
 public:
  MethodNumbers(HistogramFamily& family, absl::string_view name) : family_(family), name_(name) {}

  void Observe(int code, absl::Duration elapsed) override {
    if (code < 0 || code >= kCodes) code = 2;
    prometheus::Histogram* histogram = by_code_[code].load(std::memory_order_acquire);
    if (histogram == nullptr) {
      // The family returns the same histogram for the same labels, so two threads may both get
      // here.
      histogram = &family_.Add({{"method", name_}, {"code", kCodeNames[code]}}, Buckets());
      by_code_[code].store(histogram, std::memory_order_release);
    }
    histogram->Observe(absl::ToDoubleSeconds(elapsed));
  }

 private:
  HistogramFamily& family_;
  const std::string name_;
  std::array<std::atomic<prometheus::Histogram*>, kCodes> by_code_{};
};

// Numbers kept elsewhere, read at each scrape.
class Readings final : public prometheus::Collectable {
 public:
  explicit Readings(absl::string_view service) : service_(service) {}

  void Add(absl::string_view name, absl::string_view help, Metrics::Kind kind,
           std::function<double()> read) {
    readings_.push_back({std::string(name), std::string(help), kind, std::move(read)});
  }
  std::vector<prometheus::MetricFamily> Collect() const override {
    std::vector<prometheus::MetricFamily> families;
    for (const Reading& reading : readings_) {
      const bool counts = reading.kind == Metrics::Kind::kCounter;
      prometheus::ClientMetric metric;
      metric.label = {{"service", service_}};
      (counts ? metric.counter.value : metric.gauge.value) = reading.read();
      families.push_back({reading.name,
                          reading.help,
                          counts ? prometheus::MetricType::Counter : prometheus::MetricType::Gauge,
                          {metric}});
    }
    return families;
  }

 private:
  struct Reading {
    std::string name;
    std::string help;
    Metrics::Kind kind;
    std::function<double()> read;
  };
  const std::string service_;
  std::vector<Reading> readings_;
};

}  // namespace

struct Metrics::State {
  explicit State(absl::string_view service)
      : labels{{"service", std::string(service)}},
        readings(std::make_shared<Readings>(service)),
        rpc(prometheus::BuildHistogram()
                .Name("tuoyu_rpc_seconds")
                .Help("Latency of calls by method and status code")
                .Labels(labels)
                .Register(*registry)),
        journal_lag(prometheus::BuildGauge()
                        .Name("tuoyu_journal_lag_entries")
                        .Help("Entries of another service's journal not yet applied")
                        .Labels(labels)
                        .Register(*registry)),
        journal_read(prometheus::BuildGauge()
                         .Name("tuoyu_journal_read_timestamp_seconds")
                         .Help("When another service's journal was last read, since 1970")
                         .Labels(labels)
                         .Register(*registry)),
        journal_applied(prometheus::BuildCounter()
                            .Name("tuoyu_journal_applied_total")
                            .Help("Journal entries applied")
                            .Labels(labels)
                            .Register(*registry)) {}

  const std::map<std::string, std::string> labels;
  const std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  const std::shared_ptr<Readings> readings;
  HistogramFamily& rpc;
  prometheus::Family<prometheus::Gauge>& journal_lag;
  prometheus::Family<prometheus::Gauge>& journal_read;
  prometheus::Family<prometheus::Counter>& journal_applied;
  std::mutex mutex;  // of `methods`
  std::deque<MethodNumbers> methods;
  std::unique_ptr<prometheus::Exposer> exposer;
};

Metrics::Metrics(absl::string_view service) : state_(std::make_unique<State>(service)) {}
Metrics::~Metrics() = default;

absl::Status Metrics::Expose(const std::string& address) {
  try {
    // One thread answers: the scraper asks a few times a minute.
    state_->exposer = std::make_unique<prometheus::Exposer>(address, 1);
    state_->exposer->RegisterCollectable(state_->registry);
    state_->exposer->RegisterCollectable(state_->readings);
  } catch (const std::exception& error) {
    return absl::UnavailableError(absl::StrCat("metrics at ", address, ": ", error.what()));
  }
  return absl::OkStatus();
}

int Metrics::port() const {
  if (state_->exposer == nullptr) return 0;
  const std::vector<int> ports = state_->exposer->GetListeningPorts();
  return ports.empty() ? 0 : ports.front();
}

Metrics::Method& Metrics::AddMethod(absl::string_view name) {
  std::lock_guard<std::mutex> lock(state_->mutex);
  return state_->methods.emplace_back(state_->rpc, name);
}

void Metrics::SetJournalLag(absl::string_view source, int64_t entries) {
  const prometheus::Labels labels{{"source", std::string(source)}};
  state_->journal_lag.Add(labels).Set(static_cast<double>(entries));
  state_->journal_read.Add(labels).Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
}

void Metrics::CountJournalApplied(absl::string_view source, int64_t entries) {
  state_->journal_applied.Add({{"source", std::string(source)}})
      .Increment(static_cast<double>(entries));
}

void Metrics::AddReading(absl::string_view name, absl::string_view help, Kind kind,
                         std::function<double()> read) {
  state_->readings->Add(name, help, kind, std::move(read));
}

std::string Metrics::Text() const {
  std::vector<prometheus::MetricFamily> families = state_->registry->Collect();
  for (prometheus::MetricFamily& family : state_->readings->Collect()) {
    families.push_back(std::move(family));
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace tuoyu::ops
