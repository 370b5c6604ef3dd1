#ifndef TUOYU_COMMON_RPC_SERVER_H_
#define TUOYU_COMMON_RPC_SERVER_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/ops/signals.h"
#include "common/rpc/handle.h"

namespace grpc {
class Channel;
class ServerBuilder;
class Service;
}  // namespace grpc

namespace tuoyu::rpc {

struct ServerOptions {
  std::string address = "127.0.0.1:0";  // port 0 picks a free one; "unix:/path" works, too
  std::string port_file;                // where to write the port once listening; empty: nowhere
  bool reflection = false;
  std::string tls_certificate_file;  // PEM; TLS when this and the key are given
  std::string tls_key_file;
  int max_streams_per_connection = 32;  // more queue at the client
  int max_threads = 128;                // a fence, not back-pressure
  absl::Duration shutdown_grace = absl::Seconds(10);
};

// Answers calls which the server's own threads don't (method_threads.h).
class CallLoop {
 public:
  virtual ~CallLoop() = default;
  virtual void AddTo(grpc::ServerBuilder& builder) = 0;  // before the server is built
  virtual void Start() = 0;                              // once it listens
  virtual void Finish() = 0;                             // once it is shut down; waits
};

// A service, and what answers those of its methods that have threads of their own.
struct Served {
  Served(grpc::Service* of,  // NOLINT(google-explicit-constructor): most have none
         std::vector<CallLoop*> with = {})
      : service(of), loops(std::move(with)) {}

  grpc::Service* service;
  std::vector<CallLoop*> loops;
};

// A gRPC server, synchronous but for the methods with loops, with health service (NOT_SERVING at first), keepalive rules and, if
// asked for, reflection.
class Server {
 public:
  // `services` and their loops must outlive this; a loop serves one server, once.
  Server(ServerOptions options, std::vector<Served> services);
  ~Server();

  // UNAVAILABLE when the address is taken; INVALID_ARGUMENT on unreadable TLS files.
  absl::Status Start();
  // The port, once started.
  int port() const;
  void SetServing(bool serving);
  // NOT_SERVING, no new calls, running ones get the grace, then they are cancelled.
  void Shutdown();
  // Channel to this server inside the process, for tests.
  std::shared_ptr<grpc::Channel> InProcessChannel();

 private:
  struct State;
  void FinishLoops();
  std::unique_ptr<State> state_;
};

// A service's life: starts `server` with `door` not ready, calls `check_ready` (schema check and
// first connection) until it succeeds - UNAVAILABLE is tried again every 200 ms to 5 s -, then
// serves until `stop`, then refuses new calls (UNAVAILABLE) and shuts down. Returns the error of
// Start or of `check_ready` (other than UNAVAILABLE), else OK. The caller stops its readers and
// closes its pool afterwards. `give_back` is called every 10 s, before memory that is free goes
// back to the system.
absl::Status ServeUntilStopped(
    Server& server, Door& door, ops::StopSignal& stop,
    absl::FunctionRef<absl::Status()> check_ready, absl::FunctionRef<void()> give_back = [] {});

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_SERVER_H_
