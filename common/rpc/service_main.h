#ifndef TUOYU_COMMON_RPC_SERVICE_MAIN_H_
#define TUOYU_COMMON_RPC_SERVICE_MAIN_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/base/clock.h"
#include "common/base/embedded_file.h"
#include "common/data/divisions.h"
#include "common/db/pool.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/ops/signals.h"
#include "common/privacy/sealer.h"
#include "common/rpc/handle.h"
#include "common/rpc/housekeeping.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"

// The main program of a service: the flags all services share, --migrate, and the parts every service stands on. What is
// a service's own is its Serve function (services/filing/main.cc).
namespace tuoyu::rpc {

// The tables of one component and their migrations.
struct SchemaPart {
  std::string component;
  absl::Span<const EmbeddedFile> files;
};

// What tells one service from another.
struct ServiceInfo {
  std::string
      name;  // "filing": of the journal, in logs and metrics; tuoyu_<name> is the default schema and user
  std::string about;                          // one line for --help
  int port = 0;                               // default of --listen, on 127.0.0.1
  absl::Span<const EmbeddedFile> migrations;  // its own, besides those of journal and request log
  std::vector<std::string> append_only = {};  // tables the application only inserts into
  // Tables of the foundation it uses besides: those of rpc::follower, db::numbers, registry.
  std::vector<SchemaPart> more_tables = {};
};

// What a service stands on. Lives as long as Serve runs; the pool is closed afterwards.
struct ServiceFrame {
  const ServiceInfo& info;
  const ServerOptions& server;
  const Clock& clock;
  ops::StopSignal& stop;
  ops::LogWriter& log;
  ops::Metrics& metrics;
  db::Pool& pool;
  const TokenVerifier& tokens;
  const privacy::Sealer& sealer;
  const data::Divisions& divisions;

  // Serves `services` through `door` until a signal comes. The log of requests is kept short, and `more` besides. Once
  // the schema is found to be the one of this program, `start` is run, for threads of the service's own; they must stop
  // when their owner goes. Errors: FAILED_PRECONDITION when the schema is another one; UNAVAILABLE when the address is
  // taken.
  absl::Status Serve(
      Door& door, std::vector<Served> services, std::vector<Housekeeping::Task> more = {},
      absl::FunctionRef<void()> start = [] {});
};

// The file at `path` within the folder of --data.
std::string DataFile(absl::string_view path);

// Reads the flags (also --flagfile and --fromenv), then either applies the migrations and makes the application's
// database user (--migrate), or calls `serve`. Returns main's exit code: 0; 1 on an error, which is printed; 2 on
// arguments that are no flags. Ends the process on unknown flags and after --help.
int ServiceMain(int argc, char** argv, const ServiceInfo& info,
                absl::FunctionRef<absl::Status(ServiceFrame&)> serve);

}  // namespace tuoyu::rpc

#endif  // TUOYU_COMMON_RPC_SERVICE_MAIN_H_
