#ifndef TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_SERVER_H_
#define TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_SERVER_H_

#include <string>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "common/base/embedded_file.h"
#include "common/db/pool.h"
#include "common/rpc/server.h"

namespace tuoyu::aggregator {

// The component name and migrations of this service's tables.
inline constexpr char kComponent[] = "aggregator";
absl::Span<const EmbeddedFile> Files();

// Everything the process is told.
struct ServerOptions {
  rpc::ServerOptions server;
  std::string metrics_address;  // empty: no metrics
  db::Options database;
  std::string admin_user;  // of migrations
  std::string admin_password;
  std::string plan_file;
  std::string divisions_file;
  std::string token_keys_file;
  std::string key_ring_file;
  std::string filing_address;
  std::string filing_ca_file;  // empty: no TLS
  std::string service_token_file;
};

// Creates or updates schema, tables and the application's user, then returns. Errors of db::Migrate
// and db::GrantApplication.
absl::Status Migrate(const ServerOptions& options);

// Serves until SIGTERM or SIGINT. Errors: those of the loaders and key files; FAILED_PRECONDITION
// when the schema is not the one of this program; UNAVAILABLE when an address is taken.
absl::Status Serve(const ServerOptions& options);

}  // namespace tuoyu::aggregator

#endif  // TUOYU_SERVICES_AGGREGATOR_AGGREGATOR_SERVER_H_
