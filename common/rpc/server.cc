#include "common/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "common/base/status.h"
#include "common/privacy/secret_file.h"

namespace tuoyu::rpc {
namespace {

constexpr int kMinPingIntervalMs = 30'000;
constexpr int kMaxPollers = 32;
// The heap of a service is small: two arenas do, and what a burst left is given back to the system this often.
constexpr int kMaxArenas = 2;
constexpr absl::Duration kTrimInterval = absl::Seconds(10);
constexpr absl::Duration kLateCalls = absl::Milliseconds(200);
constexpr absl::Duration kFirstRetry = absl::Milliseconds(200);
constexpr absl::Duration kLastRetry = absl::Seconds(5);

// Linking the reflection library adds its plugin to every server; this takes it out again.
class NoReflection final : public grpc::ServerBuilderOption {
 public:
  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    plugins->erase(std::remove_if(plugins->begin(), plugins->end(),
                                  [](const auto& plugin) {
                                    return plugin->name() == "proto_server_reflection";
                                  }),
                   plugins->end());
  }
};

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsOf(
    const ServerOptions& options) {
  if (options.tls_certificate_file.empty() && options.tls_key_file.empty()) {
    return grpc::InsecureServerCredentials();
  }
  const auto certificate = privacy::ReadKeyFile(options.tls_certificate_file, /*secret=*/false);
  const auto key = privacy::ReadKeyFile(options.tls_key_file, /*secret=*/true);
  for (const absl::Status& status : {certificate.status(), key.status()}) {
    if (!status.ok()) return absl::InvalidArgumentError(absl::StrCat("TLS: ", status.message()));
  }
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back({*key, *certificate});
  return grpc::SslServerCredentials(tls);
}

absl::Status WritePortFile(const std::string& path, int port) {
  // Renamed into place, so that who waits for the file never reads half of it.
  const std::string beside = absl::StrCat(path, ".new");
  std::FILE* file = std::fopen(beside.c_str(), "we");
  bool done = file != nullptr && std::fprintf(file, "%d\n", port) > 0;
  if (file != nullptr) done = std::fclose(file) == 0 && done;
  if (!done || std::rename(beside.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(absl::StrCat("port file ", path, ": ", std::strerror(errno)));
  }
  return absl::OkStatus();
}

}  // namespace

struct Server::State {
  ServerOptions options;
  std::vector<Served> services;
  std::unique_ptr<grpc::Server> server;
  int port = 0;
};

Server::Server(ServerOptions options, std::vector<Served> services)
    : state_(std::make_unique<State>()) {
  state_->options = std::move(options);
  state_->services = std::move(services);
}

Server::~Server() { Shutdown(); }

absl::Status Server::Start() {
  const ServerOptions& options = state_->options;
  // Debian's Abseil is built with assertions: every lock of gRPC would look for deadlocks. They are for ThreadSanitizer.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  mallopt(M_ARENA_MAX, kMaxArenas);
  ASSIGN_OR_RETURN(const auto credentials, CredentialsOf(options));
  // Its callback queue also polls the sockets while all threads of CallLoops are busy.
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  if (!options.reflection) builder.SetOption(std::make_unique<NoReflection>());
  grpc::ResourceQuota quota("server");
  quota.SetMaxThreads(options.max_threads);
  builder.SetResourceQuota(quota);
  // A thread that finds enough others polling when its call is done ends, and the next call pays for a new one: so many
  // may poll.
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MAX_POLLERS, kMaxPollers);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, options.max_streams_per_connection);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  // Otherwise a second process on the same port would take half of the connections, unnoticed.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_CHANNELZ,
                             0);  // nobody reads it, every call pays for it
  builder.AddListeningPort(options.address, credentials, &state_->port);
  for (const Served& served : state_->services) {
    builder.RegisterService(served.service);
    for (CallLoop* loop : served.loops) loop->AddTo(builder);
  }
  state_->server = builder.BuildAndStart();
  const bool is_unix = absl::StartsWith(options.address, "unix:");
  if (state_->server == nullptr || (state_->port == 0 && !is_unix)) {
    FinishLoops();
    return absl::UnavailableError(absl::StrCat("cannot listen at ", options.address));
  }
  for (const Served& served : state_->services) {
    for (CallLoop* loop : served.loops) loop->Start();
  }
  SetServing(false);
  if (options.port_file.empty()) return absl::OkStatus();
  return WritePortFile(options.port_file, state_->port);
}

int Server::port() const { return state_->port; }

void Server::SetServing(bool serving) {
  if (state_->server == nullptr) return;
  if (auto* health = state_->server->GetHealthCheckService()) health->SetServingStatus(serving);
}

void Server::Shutdown() {
  if (state_->server == nullptr) return;
  SetServing(false);
  state_->server->Shutdown(absl::ToChronoTime(absl::Now() + state_->options.shutdown_grace));
  state_->server->Wait();
  FinishLoops();
  state_->server.reset();
}

void Server::FinishLoops() {
  for (const Served& served : state_->services) {
    for (CallLoop* loop : served.loops) loop->Finish();
  }
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  return state_->server->InProcessChannel(grpc::ChannelArguments());
}

absl::Status ServeUntilStopped(Server& server, Door& door, ops::StopSignal& stop,
                               absl::FunctionRef<absl::Status()> check_ready,
                               absl::FunctionRef<void()> give_back) {
  door.set_ready(false);
  RETURN_IF_ERROR(server.Start());
  ops::LogLine(ops::Severity::kInfo, door.service(), "server.listening")
      .Add("port", server.port())
      .WriteTo(door.log());
  bool stopped = false;
  for (absl::Duration wait = kFirstRetry; !stopped; wait = std::min(2 * wait, kLastRetry)) {
    absl::Status status = check_ready();
    if (status.ok()) break;
    ops::LogLine(ops::Severity::kWarning, door.service(), "server.not_ready")
        .Add("detail", status.message())
        .WriteTo(door.log());
    if (!absl::IsUnavailable(status)) {
      server.Shutdown();
      return status;
    }
    stopped = stop.WaitFor(wait);
  }
  if (!stopped) {
    door.set_ready(true);
    server.SetServing(true);
    ops::LogLine(ops::Severity::kInfo, door.service(), "server.serving").WriteTo(door.log());
    while (!stop.WaitFor(kTrimInterval)) {
      give_back();
      malloc_trim(0);
    }
  }
  ops::LogLine(ops::Severity::kInfo, door.service(), "server.stopping").WriteTo(door.log());
  // For a while late calls are told to try elsewhere: gRPC answers those that meet the shutdown with CANCELLED.
  door.set_ready(false);
  server.SetServing(false);
  absl::SleepFor(kLateCalls);
  server.Shutdown();
  return absl::OkStatus();
}

}  // namespace tuoyu::rpc
