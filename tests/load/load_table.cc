// The load table of the README: what the system costs beside bare yardsticks, measured in turn in one run on a durable
// database. Loopback only, bounded in time. Usage: load_table [--small] (1,000 facilities instead of 100,000).
#include <grpcpp/grpcpp.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tests/load/bare_client.h"
#include "tests/load/h2_client.h"
#include "tests/system/life_cycle.h"
#include "tests/system/system.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

using common::v1::Role;
using system_test::CpuTime;
using system_test::LifeCycle;
using system_test::Process;
using system_test::System;

constexpr int kRounds = 3;

void Row(const std::string& what, const std::string& ours, const std::string& yardstick,
         const std::string& ratio) {
  std::cout << "| " << what << " | " << ours << " | " << yardstick << " | " << ratio << " |"
            << std::endl;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

class LoadTable {
 public:
  LoadTable(System& system, db::Pool& admin) : system_(system), bare_(admin) {
    reader_token_ = "Bearer " + system.Token(Role::ROLE_DHC_REVIEWER, "load-reader");
  }

  absl::Status Rehearse(int facilities) {
    const absl::Time start = absl::Now();
    ASSIGN_OR_RETURN(const auto result, system_.Client({"rehearse", "--seed", "16", "--facilities",
                                                        absl::StrCat(facilities), "--history-only"},
                                                       absl::Minutes(20)));
    if (result.exit_code != 0) return absl::InternalError(result.output);
    RETURN_IF_ERROR(WaitApplied());
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    Row(absl::StrFormat("back-entry of %d facilities through the RPCs, to the indicators",
                        facilities),
        absl::StrFormat("%.0f facilities/s", facilities / seconds), "", "");
    return absl::OkStatus();
  }

  absl::Status IdleAndStart() {
    system_.filing().Signal(SIGTERM);
    RETURN_IF_ERROR(system_.filing().Wait(absl::Seconds(15)).status());
    const absl::Time start = absl::Now();
    RETURN_IF_ERROR(system_.StartFiling());
    const absl::Duration took = absl::Now() - start;
    // The aggregator follows the new port of the filing service.
    system_.aggregator().Signal(SIGTERM);
    RETURN_IF_ERROR(system_.aggregator().Wait(absl::Seconds(15)).status());
    const absl::Time second = absl::Now();
    RETURN_IF_ERROR(system_.StartAggregator());
    const absl::Duration took_second = absl::Now() - second;
    absl::SleepFor(absl::Seconds(3));
    const double mb = 1024 * 1024;
    Row("start to serving: filing / aggregator",
        absl::StrFormat("%.2f s / %.2f s", absl::ToDoubleSeconds(took),
                        absl::ToDoubleSeconds(took_second)),
        "< 1 s", "");
    Row("idle memory (resident): filing / aggregator",
        absl::StrFormat("%.1f MB / %.1f MB",
                        system_test::ResidentBytes(system_.filing().pid()) / mb,
                        system_test::ResidentBytes(system_.aggregator().pid()) / mb),
        "< 40 MB", "");
    return absl::OkStatus();
  }

  absl::Status ListNames() {
    names_.clear();
    auto stub = filing::v1::FacilityService::NewStub(system_.filing_channel());
    filing::v1::ListFacilitiesRequest request;
    request.set_page_size(1000);
    do {
      grpc::ClientContext context;
      context.AddMetadata("authorization", reader_token_);
      filing::v1::ListFacilitiesResponse reply;
      const grpc::Status status = stub->ListFacilities(&context, request, &reply);
      if (!status.ok()) return absl::InternalError(status.error_message());
      for (const auto& facility : reply.facilities()) names_.push_back(facility.name());
      request.set_page_token(reply.next_page_token());
    } while (!request.page_token().empty() && names_.size() < 20000);
    return names_.empty() ? absl::InternalError("no facilities") : absl::OkStatus();
  }

  absl::Status GetFacility() {
    RETURN_IF_ERROR(ListNames());
    RETURN_IF_ERROR(StartEcho());
    for (const int connections : {1, 8, 64}) {
      std::vector<double> ours, echo;
      double service_cpu = 0, database_cpu = 0, echo_cpu = 0;
      for (int round = 0; round < kRounds; ++round) {
        const absl::Duration echo_before = CpuTime(echo_.pid());
        ASSIGN_OR_RETURN(const H2Result bare, RunGet(echo_address_, connections));
        echo_cpu = absl::ToDoubleSeconds(CpuTime(echo_.pid()) - echo_before) / bare.calls * 1000;
        echo.push_back(bare.rate());
        const absl::Duration service_before = CpuTime(system_.filing().pid());
        const absl::Duration database_before = CpuTime(system_.database_pid());
        ASSIGN_OR_RETURN(const H2Result result, RunGet(system_.filing_address(), connections));
        service_cpu = absl::ToDoubleSeconds(CpuTime(system_.filing().pid()) - service_before) /
                      result.calls * 1000;
        database_cpu = absl::ToDoubleSeconds(CpuTime(system_.database_pid()) - database_before) /
                       result.calls * 1000;
        ours.push_back(result.rate());
      }
      Row(absl::StrFormat("GetFacility, %d connections (CPU s/1,000 calls: service %.3f, database "
                          "%.3f; echo %.3f)",
                          connections, service_cpu, database_cpu, echo_cpu),
          absl::StrFormat("%.0f/s", Median(ours)),
          absl::StrFormat("gRPC echo %.0f/s", Median(echo)),
          absl::StrFormat("%.2f", Median(ours) / Median(echo)));
    }
    return absl::OkStatus();
  }

  absl::Status ListFacilities() {
    std::vector<double> ours, bare;
    for (int round = 0; round < kRounds; ++round) {
      ASSIGN_OR_RETURN(const double rate, bare_.ReadFacilities(50, 8, absl::Seconds(3)));
      bare.push_back(rate);
      H2Load load;
      load.address = system_.filing_address();
      load.path = "/tuoyu.filing.v1.FacilityService/ListFacilities";
      load.authorization = reader_token_;
      load.connections = 8;
      filing::v1::ListFacilitiesRequest request;
      request.set_page_size(50);
      const std::string bytes = request.SerializeAsString();
      load.body = [&bytes](uint64_t) { return bytes; };
      ASSIGN_OR_RETURN(const H2Result result, RunChecked(load));
      ours.push_back(result.rate());
    }
    Row("ListFacilities, 50 rows, 8 connections", absl::StrFormat("%.0f/s", Median(ours)),
        absl::StrFormat("bare client, same rows %.0f/s", Median(bare)),
        absl::StrFormat("%.2f", Median(ours) / Median(bare)));
    return absl::OkStatus();
  }

  // In turn, three times: `cycles` durable submit-receive-accept through the service from 8 threads, and the rows these
  // left, inserted by a bare client in one transaction a cycle from 8 threads.
  absl::Status LifeCycles(int cycles) {
    std::vector<double> ours, bare;
    LifeCycle life(system_, 1);
    for (int round = 0; round < kRounds; ++round) {
      ASSIGN_OR_RETURN(const std::vector<std::string> drafts, life.PrepareDrafts(cycles, 8));
      ASSIGN_OR_RETURN(const auto before, bare_.CountRows());
      ASSIGN_OR_RETURN(const double seconds, life.SubmitAndAccept(drafts, 8));
      ASSIGN_OR_RETURN(const auto after, bare_.CountRows());
      std::map<std::string, int64_t> added;
      for (const auto& [table, rows] : after) added[table] = rows - before.at(table);
      added["filing"] = cycles;  // updated three times, one row
      ours.push_back(cycles / seconds);
      ASSIGN_OR_RETURN(const double bare_seconds, bare_.InsertCopies(added, cycles, 8));
      bare.push_back(cycles / bare_seconds);
    }
    Row("submit, receive and accept (3 calls, 3 durable transactions), 8 threads",
        absl::StrFormat("%.0f cycles/s", Median(ours)),
        absl::StrFormat("same rows in one transaction, bare client %.0f/s", Median(bare)),
        absl::StrFormat("%.2f", Median(ours) / Median(bare)));
    return absl::OkStatus();
  }

  absl::StatusOr<double> Indicators() {
    H2Load load;
    load.address = system_.aggregator_address();
    load.path = "/tuoyu.indicator.v1.IndicatorService/GetIndicator";
    load.authorization = reader_token_;
    load.connections = 8;
    load.body = [](uint64_t call) {
      static constexpr int kNumbers[] = {1, 2, 4, 5};
      indicator::v1::GetIndicatorRequest request;
      request.set_number(kNumbers[call % 4]);
      request.mutable_as_of()->set_year(2022 + static_cast<int>(call % 4));
      request.mutable_as_of()->set_month(1 + static_cast<int>(call % 12));
      request.mutable_as_of()->set_day(15);
      return request.SerializeAsString();
    };
    std::vector<double> rates;
    for (int round = 0; round < kRounds; ++round) {
      ASSIGN_OR_RETURN(const H2Result result, RunChecked(load));
      rates.push_back(result.rate());
    }
    return Median(rates);
  }

  absl::Status Rebuild() {
    ASSIGN_OR_RETURN(const auto before, Status());
    auto stub = indicator::v1::IndicatorService::NewStub(system_.aggregator_channel());
    grpc::ClientContext context;
    context.AddMetadata("authorization",
                        "Bearer " + system_.Token(Role::ROLE_SYSADMIN, "load-admin"));
    indicator::v1::RebuildMeasuresRequest request;
    request.set_request_id("0190a000-0000-7000-8000-000000000001");
    indicator::v1::AggregatorStatus reply;
    const absl::Time start = absl::Now();
    const grpc::Status status = stub->RebuildMeasures(&context, request, &reply);
    if (!status.ok()) return absl::InternalError(status.error_message());
    absl::SleepFor(absl::Milliseconds(200));
    ASSIGN_OR_RETURN(auto now, Status());
    while (now.rebuilding() || now.applied_sequence() < before.applied_sequence()) {
      if (absl::Now() - start > absl::Minutes(10)) return absl::DeadlineExceededError("rebuild");
      absl::SleepFor(absl::Milliseconds(100));
      ASSIGN_OR_RETURN(now, Status());
    }
    const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
    Row("rebuild of the aggregator from the journal",
        absl::StrFormat("%.0f entries/s (%d entries)",
                        static_cast<double>(before.applied_sequence()) / seconds,
                        before.applied_sequence()),
        now.measures_digest() == before.measures_digest() ? "same digest" : "DIGEST DIFFERS", "");
    return absl::OkStatus();
  }

  // Time from the answer of an accept to the aggregator having applied it, under a load of life cycles.
  absl::Status Lag() {
    LifeCycle life(system_, 500000);
    ASSIGN_OR_RETURN(const std::vector<std::string> drafts, life.PrepareDrafts(400, 8));
    std::vector<int64_t> lags_ms;
    std::atomic<bool> done{false};
    std::thread probe([&] {
      while (!done) {
        const auto head = life.JournalHead();
        const absl::Time at = absl::Now();
        if (!head.ok()) break;
        while (absl::Now() - at < absl::Seconds(10)) {
          const auto status = Status();
          if (status.ok() && status->applied_sequence() >= *head) break;
          absl::SleepFor(absl::Milliseconds(2));
        }
        lags_ms.push_back(absl::ToInt64Milliseconds(absl::Now() - at));
      }
    });
    const auto seconds = life.SubmitAndAccept(drafts, 8);
    done = true;
    probe.join();
    RETURN_IF_ERROR(seconds.status());
    if (lags_ms.empty()) return absl::InternalError("no lag measured");
    std::sort(lags_ms.begin(), lags_ms.end());
    Row(absl::StrFormat("lag from commit to indicator under that load, %d samples", lags_ms.size()),
        absl::StrFormat("p50 %d ms, p99 %d ms", lags_ms[lags_ms.size() / 2],
                        lags_ms[lags_ms.size() * 99 / 100]),
        "p99 < 1,000 ms", "");
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<indicator::v1::AggregatorStatus> Status() {
    auto stub = indicator::v1::IndicatorService::NewStub(system_.aggregator_channel());
    grpc::ClientContext context;
    context.AddMetadata("authorization",
                        "Bearer " + system_.Token(Role::ROLE_SYSADMIN, "load-admin"));
    indicator::v1::AggregatorStatus reply;
    const grpc::Status status = stub->GetAggregatorStatus(&context, {}, &reply);
    if (!status.ok()) return absl::InternalError(status.error_message());
    return reply;
  }

  absl::Status WaitApplied() {
    LifeCycle life(system_);
    ASSIGN_OR_RETURN(const int64_t head, life.JournalHead());
    const absl::Time end = absl::Now() + absl::Minutes(10);
    while (absl::Now() < end) {
      ASSIGN_OR_RETURN(const auto status, Status());
      if (status.applied_sequence() >= head) return absl::OkStatus();
      absl::SleepFor(absl::Milliseconds(50));
    }
    return absl::DeadlineExceededError("the aggregator did not catch up");
  }

  absl::Status StartEcho() {
    auto stub = filing::v1::FacilityService::NewStub(system_.filing_channel());
    grpc::ClientContext context;
    context.AddMetadata("authorization", reader_token_);
    filing::v1::GetFacilityRequest request;
    request.set_name(names_.front());
    filing::v1::Facility reply;
    const grpc::Status status = stub->GetFacility(&context, request, &reply);
    if (!status.ok()) return absl::InternalError(status.error_message());
    const std::string reply_file = system_.directory() + "/echo.reply";
    const std::string port_file = system_.directory() + "/echo.port";
    std::ofstream(reply_file, std::ios::binary) << reply.SerializeAsString();
    ASSIGN_OR_RETURN(
        echo_, Process::Spawn({std::string(TUOYU_BIN) + "/echo_server", reply_file, port_file},
                              system_.directory() + "/echo.log"));
    for (int i = 0; i < 500; ++i) {
      int port = 0;
      std::ifstream file(port_file);
      if (file >> port && port > 0) {
        echo_address_ = absl::StrCat("127.0.0.1:", port);
        return absl::OkStatus();
      }
      absl::SleepFor(absl::Milliseconds(10));
    }
    return absl::InternalError("the echo server did not start");
  }

  absl::StatusOr<H2Result> RunGet(const std::string& address, int connections) {
    H2Load load;
    load.address = address;
    load.path = "/tuoyu.filing.v1.FacilityService/GetFacility";
    load.authorization = reader_token_;
    load.connections = connections;
    load.body = [this](uint64_t call) {
      filing::v1::GetFacilityRequest request;
      request.set_name(names_[call * 7919 % names_.size()]);
      return request.SerializeAsString();
    };
    return RunChecked(load);
  }

  static absl::StatusOr<H2Result> RunChecked(const H2Load& load) {
    ASSIGN_OR_RETURN(const H2Result result, Run(load));
    if (result.failed > 0 || result.calls == 0) {
      return absl::InternalError(absl::StrCat(load.path, ": ", result.failed, " of ",
                                              result.failed + result.calls,
                                              " calls failed: ", result.first_failure));
    }
    return result;
  }

  System& system_;
  BareClient bare_;
  std::string reader_token_;
  std::vector<std::string> names_;
  Process echo_;
  std::string echo_address_;
};

absl::Status Main(bool small) {
  System::Options options;
  options.durable = true;
  ASSIGN_OR_RETURN(const auto system, System::Start(options));
  db::Options admin;
  admin.host = "unix://" + system->socket();
  admin.user = "root";
  admin.schema = "tuoyu_filing";
  db::Pool pool(admin);
  LoadTable table(*system, pool);
  const int large = small ? 1000 : 100000;
  std::cout << "| what | ours | beside | ratio |\n| --- | --- | --- | --- |" << std::endl;
  RETURN_IF_ERROR(table.Rehearse(100));
  RETURN_IF_ERROR(table.IdleAndStart());
  ASSIGN_OR_RETURN(const double few, table.Indicators());
  RETURN_IF_ERROR(table.GetFacility());
  RETURN_IF_ERROR(table.ListFacilities());
  RETURN_IF_ERROR(table.LifeCycles(400));
  RETURN_IF_ERROR(table.Lag());
  RETURN_IF_ERROR(table.Rehearse(large));
  ASSIGN_OR_RETURN(const double many, table.Indicators());
  Row(absl::StrFormat("any indicator, any day: cost at %d facilities beside cost at 100", large),
      absl::StrFormat("%.0f/s", many), absl::StrFormat("%.0f/s at 100", few),
      absl::StrFormat("%.2f × the cost", few / many));
  RETURN_IF_ERROR(table.GetFacility());
  RETURN_IF_ERROR(table.ListFacilities());
  return table.Rebuild();
}

}  // namespace
}  // namespace tuoyu::load

int main(int argc, char** argv) {
  const bool small = argc > 1 && std::string(argv[1]) == "--small";
  const absl::Status status = tuoyu::load::Main(small);
  if (status.ok()) return 0;
  std::cerr << status << "\n";
  return 1;
}
