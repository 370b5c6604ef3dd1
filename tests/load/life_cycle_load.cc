#include "tests/load/life_cycle_load.h"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/civil.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tests/load/bare_client.h"
#include "tests/load/profile.h"
#include "tests/load/report.h"
#include "tests/system/life_cycle.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

using system_test::CpuTime;
using system_test::LifeCycle;

constexpr int kThreads = 8;
// Made-up USCCs of the life cycles and of the lag; the rehearsal's begin elsewhere.
constexpr int kFirstSerial = 60000000;
constexpr int kFirstLagSerial = 70000000;

// The first moment at which an indicator was seen to rest on a journal position, for each position seen.
using Sightings = std::vector<std::pair<int64_t, absl::Time>>;

// Asks for an indicator again and again until `done`.
Sightings Watch(District& district, const std::atomic<bool>& done) {
  const auto stub =
      indicator::v1::IndicatorService::NewStub(district.system().aggregator_channel());
  Sightings sightings;
  while (!done) {
    grpc::ClientContext context;
    indicator::v1::GetIndicatorRequest request;
    request.set_number(2);
    indicator::v1::Indicator reply;
    if (stub->GetIndicator(&context, request, &reply).ok()) {
      const absl::Time now = absl::Now();
      for (const auto& position : reply.positions()) {
        if (position.source() != "filing") continue;
        if (sightings.empty() || sightings.back().first < position.sequence()) {
          sightings.emplace_back(position.sequence(), now);
        }
      }
    }
    absl::SleepFor(absl::Milliseconds(2));
  }
  return sightings;
}

// Record times of the entries after `sequence`, by sequence.
absl::StatusOr<std::map<int64_t, absl::Time>> RecordTimes(District& district, int64_t sequence) {
  const auto stub = common::v1::JournalService::NewStub(district.system().filing_channel());
  const std::string token = absl::StrCat(
      "Bearer ", district.system().Token(common::v1::Role::ROLE_AUDITOR, "load-auditor"));
  std::map<int64_t, absl::Time> times;
  while (true) {
    grpc::ClientContext context;
    context.AddMetadata("authorization", token);
    common::v1::ListJournalEntriesRequest request;
    request.set_after_sequence(sequence);
    request.set_page_size(1000);
    common::v1::ListJournalEntriesResponse page;
    RETURN_IF_ERROR(rpc::FromGrpc(stub->ListJournalEntries(&context, request, &page)));
    if (page.entries().empty()) return times;
    for (const auto& entry : page.entries()) {
      ASSIGN_OR_RETURN(times[entry.sequence()], FromProto(entry.record_time()));
    }
    sequence = times.rbegin()->first;
  }
}

}  // namespace

absl::Status LifeCycles(District& district, int cycles) {
  std::vector<double> ours, bare_rates;
  BareClient bare(district.admin());
  RETURN_IF_ERROR(bare.MakeCopies());
  LifeCycle life(district.system(), kFirstSerial);
  absl::Duration cpu;
  for (int round = 0; round < kRounds; ++round) {
    ASSIGN_OR_RETURN(const std::vector<std::string> drafts, life.PrepareDrafts(cycles, kThreads));
    ASSIGN_OR_RETURN(const auto before, bare.CountRows());
    const absl::Duration begin = CpuTime(district.system().filing().pid());
    ASSIGN_OR_RETURN(const double seconds, life.SubmitAndAccept(drafts, kThreads));
    cpu += CpuTime(district.system().filing().pid()) - begin;
    ASSIGN_OR_RETURN(const auto after, bare.CountRows());
    std::map<std::string, int64_t> added;
    for (const auto& [table, rows] : after) added[table] = rows - before.at(table);
    added["filing"] = cycles;  // updated three times, one row
    ours.push_back(cycles / seconds);
    ASSIGN_OR_RETURN(const double bare_seconds, bare.InsertCopies(added, cycles, kThreads));
    bare_rates.push_back(cycles / bare_seconds);
  }
  PrintRow(
      absl::StrFormat("submit, receive and accept: 3 calls, 3 durable transactions, %d threads, "
                      "among %d facilities; CPU s per 1,000 cycles of the service %.2f",
                      kThreads, district.facilities(),
                      absl::ToDoubleSeconds(cpu) / (kRounds * cycles) * 1000),
      absl::StrFormat("%.0f cycles/s", Median(ours)),
      absl::StrFormat("the same rows in one durable transaction, multi-row inserts, bare client "
                      "%.0f/s",
                      Median(bare_rates)),
      absl::StrFormat("%.2f", Median(ours) / Median(bare_rates)));
  return absl::OkStatus();
}

absl::Status ProfileLifeCycles(District& district, int cycles) {
  LifeCycle life(district.system(), kFirstSerial);
  ASSIGN_OR_RETURN(const std::vector<std::string> drafts, life.PrepareDrafts(cycles, kThreads));
  return Profiled(district, [&] { return life.SubmitAndAccept(drafts, kThreads).status(); });
}

absl::Status Lag(District& district, int cycles) {
  LifeCycle life(district.system(), kFirstLagSerial);
  ASSIGN_OR_RETURN(const std::vector<std::string> drafts, life.PrepareDrafts(cycles, kThreads));
  RETURN_IF_ERROR(district.WaitApplied());
  ASSIGN_OR_RETURN(const int64_t first, life.JournalHead());
  std::atomic<bool> done{false};
  Sightings sightings;
  std::thread watcher([&] { sightings = Watch(district, done); });
  const auto seconds = life.SubmitAndAccept(drafts, kThreads);
  const absl::Status applied = seconds.ok() ? district.WaitApplied() : seconds.status();
  absl::SleepFor(absl::Milliseconds(200));
  done = true;
  watcher.join();
  RETURN_IF_ERROR(applied);
  ASSIGN_OR_RETURN(const auto times, RecordTimes(district, first));
  std::vector<double> lags;
  for (const auto& [sequence, time] : times) {
    const auto seen = std::lower_bound(
        sightings.begin(), sightings.end(), sequence,
        [](const auto& sighting, int64_t wanted) { return sighting.first < wanted; });
    if (seen == sightings.end()) return absl::InternalError("an entry was never seen");
    lags.push_back(absl::ToDoubleMilliseconds(seen->second - time));
  }
  if (lags.empty()) return absl::InternalError("no lag measured");
  std::sort(lags.begin(), lags.end());
  PrintRow(absl::StrFormat("lag from the call that wrote an entry to the indicator that rests on "
                           "it, %d entries of %d life cycles in %.0f s",
                           lags.size(), cycles, *seconds),
           absl::StrFormat("p50 %.0f ms, p99 %.0f ms, most %.0f ms", lags[lags.size() / 2],
                           lags[lags.size() * 99 / 100], lags.back()),
           "p99 < 1,000 ms", "");
  return absl::OkStatus();
}

}  // namespace tuoyu::load
