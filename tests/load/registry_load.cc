#include "tests/load/registry_load.h"

#include <grpcpp/grpcpp.h>

#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/rpc/errors.h"
#include "tests/load/report.h"
#include "tuoyu/filing/v1/facility_service.grpc.pb.h"

namespace tuoyu::load {
namespace {

using system_test::CpuTime;
using system_test::Process;

constexpr char kGet[] = "filing.v1.FacilityService/GetFacility";
constexpr char kList[] = "filing.v1.FacilityService/ListFacilities";
constexpr size_t kNames = 20000;
constexpr int kListRows = 50;
constexpr int kListThreads = 8;
constexpr absl::Duration kBareTime = absl::Seconds(3);

// CPU time of a process over the calls of several rounds.
class CpuPerCall {
 public:
  explicit CpuPerCall(pid_t pid) : pid_(pid) {}
  void Begin() { begin_ = CpuTime(pid_); }
  void End(int64_t calls) {
    used_ += CpuTime(pid_) - begin_;
    calls_ += calls;
  }
  double PerThousand() const {
    return calls_ == 0 ? 0 : absl::ToDoubleSeconds(used_) / static_cast<double>(calls_) * 1000;
  }

 private:
  const pid_t pid_;
  absl::Duration begin_, used_;
  int64_t calls_ = 0;
};

}  // namespace

absl::Status RegistryLoad::FindNames() {
  const auto stub = filing::v1::FacilityService::NewStub(district_.system().filing_channel());
  filing::v1::ListFacilitiesRequest request;
  request.set_page_size(1000);
  do {
    grpc::ClientContext context;
    context.AddMetadata("authorization", district_.Reader(0));
    filing::v1::ListFacilitiesResponse reply;
    RETURN_IF_ERROR(rpc::FromGrpc(stub->ListFacilities(&context, request, &reply)));
    for (const auto& facility : reply.facilities()) names_.push_back(facility.name());
    request.set_page_token(reply.next_page_token());
  } while (!request.page_token().empty() && names_.size() < kNames);
  return names_.empty() ? absl::InternalError("no facilities") : absl::OkStatus();
}

absl::Status RegistryLoad::StartEcho() {
  const auto stub = filing::v1::FacilityService::NewStub(district_.system().filing_channel());
  grpc::ClientContext context;
  context.AddMetadata("authorization", district_.Reader(0));
  filing::v1::GetFacilityRequest request;
  request.set_name(names_.front());
  filing::v1::Facility reply;
  RETURN_IF_ERROR(rpc::FromGrpc(stub->GetFacility(&context, request, &reply)));
  const std::string directory = district_.system().directory();
  const std::string port_file = directory + "/echo.port";
  std::ofstream(directory + "/echo.reply", std::ios::binary) << reply.SerializeAsString();
  ASSIGN_OR_RETURN(echo_, Process::Spawn({std::string(TUOYU_BIN) + "/echo_server",
                                          directory + "/echo.reply", port_file},
                                         directory + "/echo.log"));
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

absl::StatusOr<H2Result> RegistryLoad::RunGet(const std::string& address, int connections) {
  return district_.Load(address, kGet, connections, [this](uint64_t call) {
    filing::v1::GetFacilityRequest request;
    request.set_name(names_[call * 7919 % names_.size()]);
    return request.SerializeAsString();
  });
}

absl::Status RegistryLoad::GetAt(int connections) {
  std::vector<double> ours, echo, p99;
  CpuPerCall service(district_.system().filing().pid());
  CpuPerCall database(district_.system().database_pid());
  CpuPerCall bare(echo_.pid());
  RETURN_IF_ERROR(RunGet(district_.system().filing_address(), connections).status());  // warm-up
  for (int round = 0; round < kRounds; ++round) {
    bare.Begin();
    ASSIGN_OR_RETURN(const H2Result other, RunGet(echo_address_, connections));
    bare.End(other.calls);
    echo.push_back(other.rate());
    service.Begin();
    database.Begin();
    ASSIGN_OR_RETURN(const H2Result result,
                     RunGet(district_.system().filing_address(), connections));
    service.End(result.calls);
    database.End(result.calls);
    ours.push_back(result.rate());
    p99.push_back(absl::ToDoubleMilliseconds(result.p99));
  }
  PrintRow(absl::StrFormat("GetFacility among %d, %d connections; CPU s per 1,000 calls: service "
                           "%.3f, database %.3f, echo %.3f",
                           district_.facilities(), connections, service.PerThousand(),
                           database.PerThousand(), bare.PerThousand()),
           absl::StrFormat("%.0f/s, p99 %.1f ms", Median(ours), Median(p99)),
           absl::StrFormat("gRPC echo of the same reply %.0f/s", Median(echo)),
           absl::StrFormat("%.2f", Median(ours) / Median(echo)));
  return absl::OkStatus();
}

absl::Status RegistryLoad::GetFacility() {
  RETURN_IF_ERROR(FindNames());
  RETURN_IF_ERROR(StartEcho());
  for (const int connections : {1, 8, 64}) RETURN_IF_ERROR(GetAt(connections));
  return absl::OkStatus();
}

absl::Status RegistryLoad::OnlyGetFacility() {
  if (names_.empty()) RETURN_IF_ERROR(FindNames());
  for (int i = 0; i < kRounds; ++i) {
    RETURN_IF_ERROR(RunGet(district_.system().filing_address(), 8).status());
  }
  return absl::OkStatus();
}

absl::Status RegistryLoad::ListFacilities() {
  std::vector<double> ours, bare;
  filing::v1::ListFacilitiesRequest request;
  request.set_page_size(kListRows);
  const std::string bytes = request.SerializeAsString();
  CpuPerCall service(district_.system().filing().pid());
  CpuPerCall database(district_.system().database_pid());
  CpuPerCall for_bare(district_.system().database_pid());
  for (int round = 0; round < kRounds; ++round) {
    for_bare.Begin();
    ASSIGN_OR_RETURN(const double rate, bare_.ReadFacilities(kListRows, kListThreads, kBareTime));
    for_bare.End(static_cast<int64_t>(rate * absl::ToDoubleSeconds(kBareTime)));
    bare.push_back(rate);
    service.Begin();
    database.Begin();
    ASSIGN_OR_RETURN(const H2Result result,
                     district_.Load(district_.system().filing_address(), kList, kListThreads,
                                    [&bytes](uint64_t) { return bytes; }));
    service.End(result.calls);
    database.End(result.calls);
    ours.push_back(result.rate());
  }
  PrintRow(absl::StrFormat("ListFacilities, %d rows of %d, %d connections; CPU s per 1,000 calls: "
                           "service %.3f, database %.3f, for the bare client %.3f",
                           kListRows, district_.facilities(), kListThreads, service.PerThousand(),
                           database.PerThousand(), for_bare.PerThousand()),
           absl::StrFormat("%.0f/s", Median(ours)),
           absl::StrFormat("bare client, the same rows by one prepared query, %d threads %.0f/s",
                           kListThreads, Median(bare)),
           absl::StrFormat("%.2f", Median(ours) / Median(bare)));
  return absl::OkStatus();
}

}  // namespace tuoyu::load
