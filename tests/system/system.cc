#include "tests/system/system.h"

#include <arpa/inet.h>
#include <grpcpp/grpcpp.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "absl/random/random.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "common/base/uuid.h"
#include "common/rpc/errors.h"
#include "tuoyu/common/v1/journal.grpc.pb.h"
#include "tuoyu/indicator/v1/indicator_service.grpc.pb.h"

namespace tuoyu::system_test {
namespace {

// TUOYU_BIN and TUOYU_SOURCE are set by CMake: the folder of the binaries and the root of the tree.
std::string Binary(const std::string& name) { return absl::StrCat(TUOYU_BIN, "/", name); }
std::string Source(const std::string& path) { return absl::StrCat(TUOYU_SOURCE, "/", path); }

std::string ReadFile(const std::string& path) {
  std::ifstream file(path);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return std::string(absl::StripAsciiWhitespace(text));
}

absl::Status Succeed(const std::vector<std::string>& arguments) {
  ASSIGN_OR_RETURN(const CommandResult result, RunCommand(arguments));
  if (result.exit_code == 0) return absl::OkStatus();
  return absl::InternalError(
      absl::StrCat(arguments[0], ": exit ", result.exit_code, "\n", result.output));
}

// Below the ports that the kernel gives to connections, which come and go.
constexpr int kFirstPort = 20000;
constexpr int kLastPort = 32000;

// An address on loopback that nobody listens on.
std::string FreeAddress() {
  absl::BitGen random;
  while (true) {
    const int port = absl::Uniform(random, kFirstPort, kLastPort);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    const bool is_free =
        bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(fd);
    if (is_free) return absl::StrCat("127.0.0.1:", port);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<System>> System::Start(const Options& options) {
  auto system = std::unique_ptr<System>(new System(options));
  RETURN_IF_ERROR(system->Prepare());
  if (options.start_services) {
    RETURN_IF_ERROR(system->StartFiling());
    RETURN_IF_ERROR(system->StartAggregator());
    RETURN_IF_ERROR(system->StartInspection());
    RETURN_IF_ERROR(system->StartComplaint());
  }
  return system;
}

absl::Status System::Prepare() {
  char name[] = "/tmp/tuoyu-system-XXXXXX";
  if (mkdtemp(name) == nullptr) return absl::InternalError("mkdtemp failed");
  directory_ = name;
  RETURN_IF_ERROR(Succeed({Binary("tuoyu"), "keys", "--dir", keys()}));
  ASSIGN_OR_RETURN(auto signer, rpc::TokenSigner::FromFile(keys() + "/token.key.pem"));
  signer_ = std::make_unique<rpc::TokenSigner>(std::move(signer));
  for (const char* follower : {"aggregator", "inspection", "complaint"}) {
    std::ofstream(absl::StrCat(keys(), "/", follower, ".token"))
        << Token(rpc::Role::ROLE_SERVICE, follower);
  }
  // They follow each other, so that each knows where the other will be.
  inspection_address_ = FreeAddress();
  do {
    complaint_address_ = FreeAddress();
  } while (complaint_address_ == inspection_address_);
  RETURN_IF_ERROR(StartDatabase());
  for (const char* service : {"filing", "aggregator", "inspection", "complaint"}) {
    RETURN_IF_ERROR(Migrate(service));
  }
  if (options_.gate) {
    db::Options server;
    server.host = "unix://" + socket();
    gate_ = std::make_unique<testing::SocketGate>(server);
  }
  return absl::OkStatus();
}

absl::Status System::StartDatabase() {
  return Succeed({Source("deploy/lib/mariadb.sh"), "start", directory_ + "/db",
                  options_.durable ? "--durable" : "--fast"});
}

void System::KillDatabase() {
  const pid_t pid = database_pid();
  if (pid <= 0) return;
  kill(pid, SIGKILL);
  // Where nobody collects it, it stays as a zombie.
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while (IsAlive(pid) && absl::Now() < end) absl::SleepFor(absl::Milliseconds(5));
}

pid_t System::database_pid() const {
  int pid = -1;
  for (const auto& entry : std::filesystem::directory_iterator(directory_ + "/db")) {
    if (entry.path().extension() == ".pid" && absl::SimpleAtoi(ReadFile(entry.path()), &pid))
      return pid;
  }
  return -1;
}

std::string System::socket() const {
  const std::string recorded = ReadFile(directory_ + "/db/socket");
  return recorded.empty() ? directory_ + "/db/mysqld.sock" : recorded;
}

std::vector<std::string> System::ServiceFlags(const std::string& name) const {
  std::vector<std::string> flags = {
      Binary("tuoyu-" + name),
      "--listen=" + ListenOf(name),
      "--metrics_listen=127.0.0.1:0",
      "--port_file=" + directory_ + "/" + name + ".port",
      "--reflection=true",
      "--db_host=" +
          (name == "filing" && gate_ != nullptr ? gate_->options().host : "unix://" + socket()),
      "--db_user=tuoyu_" + name,
      "--db_password=rehearsal",
      "--db_schema=tuoyu_" + name,
      "--data=" + Source("deploy/data"),
      "--token_keys=" + keys() + "/token.pub.pem",
      "--keyring=" + keys() + "/" + name + ".keyring"};
  if (name == "filing") {
    flags.push_back("--signing_key=" + keys() + "/receipt.key.pem");
  } else {
    flags.push_back("--filing_address=" + filing_address_);
    flags.push_back("--service_token_file=" + keys() + "/" + name + ".token");
  }
  const bool follows = name != "filing";
  if (follows && name != "complaint") {
    flags.push_back("--complaint_address=" + complaint_address_);
  }
  if (follows && name != "inspection") {
    flags.push_back("--inspection_address=" + inspection_address_);
  }
  if (name == "complaint") {
    flags.push_back("--attendance_keys=" + keys() + "/receipt.pub.pem");
  }
  return flags;
}

std::string System::ListenOf(const std::string& name) const {
  if (name == "inspection") return inspection_address_;
  return name == "complaint" ? complaint_address_ : "127.0.0.1:0";
}

absl::Status System::Migrate(const std::string& name) const {
  std::vector<std::string> command = ServiceFlags(name);
  command.push_back("--db_host=unix://" + socket());
  command.push_back("--migrate");
  command.push_back("--db_admin_user=root");
  return Succeed(command);
}

absl::StatusOr<std::string> System::StartService(const std::string& name, Process* process) const {
  const std::string port_file = directory_ + "/" + name + ".port";
  std::filesystem::remove(port_file);
  ASSIGN_OR_RETURN(*process, Process::Spawn(ServiceFlags(name), directory_ + "/" + name + ".log"));
  const absl::Time end = absl::Now() + absl::Seconds(20);
  while (absl::Now() < end) {
    int port = 0;
    if (absl::SimpleAtoi(ReadFile(port_file), &port) && port > 0)
      return absl::StrCat("127.0.0.1:", port);
    if (!process->Running()) break;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return absl::InternalError(
      absl::StrCat(name, " did not start:\n", ReadFile(directory_ + "/" + name + ".log")));
}

absl::Status System::SpawnFiling() {
  ASSIGN_OR_RETURN(filing_address_, StartService("filing", &filing_));
  return absl::OkStatus();
}

absl::Status System::StartFiling() {
  RETURN_IF_ERROR(SpawnFiling());
  return WaitServing(filing_address_, absl::Seconds(20));
}

absl::Status System::StartAggregator() {
  ASSIGN_OR_RETURN(aggregator_address_, StartService("aggregator", &aggregator_));
  return WaitServing(aggregator_address_, absl::Seconds(20));
}

absl::Status System::StartInspection() {
  ASSIGN_OR_RETURN(inspection_address_, StartService("inspection", &inspection_));
  return WaitServing(inspection_address_, absl::Seconds(20));
}

absl::Status System::StartComplaint() {
  ASSIGN_OR_RETURN(complaint_address_, StartService("complaint", &complaint_));
  return WaitServing(complaint_address_, absl::Seconds(20));
}

absl::Status System::WaitServing(const std::string& address, absl::Duration timeout) const {
  const absl::Time end = absl::Now() + timeout;
  while (absl::Now() < end) {
    ASSIGN_OR_RETURN(const CommandResult result,
                     RunCommand({Binary("tuoyu"), "health", "--address", address}));
    if (result.exit_code == 0) return absl::OkStatus();
    absl::SleepFor(absl::Milliseconds(10));
  }
  return absl::DeadlineExceededError(absl::StrCat(address, " is not serving"));
}

std::shared_ptr<grpc::Channel> System::filing_channel() const {
  return grpc::CreateChannel(filing_address_, grpc::InsecureChannelCredentials());
}

std::shared_ptr<grpc::Channel> System::aggregator_channel() const {
  return grpc::CreateChannel(aggregator_address_, grpc::InsecureChannelCredentials());
}

absl::StatusOr<std::string> System::AggregatorDigest() const {
  auto journal = common::v1::JournalService::NewStub(filing_channel());
  auto indicators = indicator::v1::IndicatorService::NewStub(aggregator_channel());
  const std::string token = "Bearer " + Token(rpc::Role::ROLE_AUDITOR, "made-up-auditor");
  const absl::Time end = absl::Now() + absl::Seconds(60);
  while (absl::Now() < end) {
    grpc::ClientContext head_context, status_context;
    head_context.AddMetadata("authorization", token);
    status_context.AddMetadata("authorization", token);
    common::v1::JournalPosition head;
    indicator::v1::GetAggregatorStatusRequest request;
    request.set_with_digest(true);
    indicator::v1::AggregatorStatus status;
    if (journal->GetJournalHead(&head_context, {}, &head).ok() &&
        indicators->GetAggregatorStatus(&status_context, request, &status).ok() &&
        !status.rebuilding() && status.applied_sequence() == head.sequence()) {
      return status.measures_digest();
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
  return absl::DeadlineExceededError("the aggregator did not catch up with the journal");
}

absl::StatusOr<std::string> System::RebuiltAggregatorDigest() const {
  auto indicators = indicator::v1::IndicatorService::NewStub(aggregator_channel());
  grpc::ClientContext context;
  context.AddMetadata("authorization",
                      "Bearer " + Token(rpc::Role::ROLE_SYSADMIN, "made-up-admin"));
  indicator::v1::RebuildMeasuresRequest request;
  request.set_request_id(NewUuidV7(absl::Now()));
  indicator::v1::AggregatorStatus reply;
  const grpc::Status status = indicators->RebuildMeasures(&context, request, &reply);
  if (!status.ok()) return rpc::FromGrpc(status);
  // The new measures are built aside: from here on, rebuilding() is true until they are all there.
  return AggregatorDigest();
}

std::string System::Token(rpc::Role role, const std::string& subject, const std::string& facility,
                          const std::string& organisation) const {
  rpc::TokenClaims claims;
  claims.subject = subject;
  claims.organisation = organisation;
  claims.roles = {role};
  claims.divisions = {"500111"};
  claims.facility = facility;
  claims.issued_at = absl::Now();
  claims.expires_at = absl::Now() + absl::Hours(1);
  return signer_->Sign(claims).value();
}

CommandResult System::Sql(const std::string& sql) const {
  const auto result = RunCommand({"mariadb", "--no-defaults", "--socket=" + socket(), "--user=root",
                                  "--batch", "--skip-column-names", "-e", sql});
  return result.ok() ? *result : CommandResult{-1, result.status().ToString()};
}

std::vector<std::string> System::ClientCommand(const std::vector<std::string>& arguments) const {
  std::vector<std::string> command = {"env",
                                      "LANG=C.UTF-8",
                                      "TUOYU_FILING_ADDRESS=" + filing_address_,
                                      "TUOYU_AGGREGATOR_ADDRESS=" + aggregator_address_,
                                      "TUOYU_INSPECTION_ADDRESS=" + inspection_address_,
                                      "TUOYU_COMPLAINT_ADDRESS=" + complaint_address_,
                                      "TUOYU_KEYS=" + keys(),
                                      Binary("tuoyu")};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

absl::StatusOr<CommandResult> System::Client(std::vector<std::string> arguments,
                                             absl::Duration timeout) const {
  return RunCommand(ClientCommand(arguments), timeout);
}

System::~System() {
  filing_ = Process();
  aggregator_ = Process();
  inspection_ = Process();
  complaint_ = Process();
  if (directory_.empty()) return;
  KillDatabase();
  if (getenv("TUOYU_KEEP") == nullptr) std::filesystem::remove_all(directory_);
}

}  // namespace tuoyu::system_test
