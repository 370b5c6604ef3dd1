// tuoyu-aggregator: derives the indicators of the action plan from the registry's journal.
#include <iostream>
#include <string>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/strings/str_cat.h"
#include "services/aggregator/aggregator_server.h"

ABSL_FLAG(std::string, listen, "127.0.0.1:7402", "address to serve on; port 0 picks a free one");
ABSL_FLAG(std::string, port_file, "", "file to write the port to once listening");
ABSL_FLAG(std::string, metrics_listen, "", "address of GET /metrics");
ABSL_FLAG(bool, reflection, false, "serve reflection");
ABSL_FLAG(std::string, tls_certificate, "", "PEM file; TLS when given with --tls_key");
ABSL_FLAG(std::string, tls_key, "", "PEM file");
ABSL_FLAG(std::string, db_host, "127.0.0.1", "host, or unix:///path/to/socket");
ABSL_FLAG(int, db_port, 3306, "port of a TCP host");
ABSL_FLAG(std::string, db_user, "tuoyu_aggregator", "the application's database user");
ABSL_FLAG(std::string, db_password, "", "its password");
ABSL_FLAG(std::string, db_schema, "tuoyu_aggregator", "schema");
ABSL_FLAG(int, db_connections, 8, "connections at most");
ABSL_FLAG(bool, migrate, false, "create or update schema and database user, then exit");
ABSL_FLAG(std::string, db_admin_user, "", "database user that migrates");
ABSL_FLAG(std::string, db_admin_password, "", "its password");
ABSL_FLAG(std::string, data, "deploy/data", "directory of the data files");
ABSL_FLAG(std::string, plan, "plan/dazu-2023-2025.yaml", "action plan, within --data");
ABSL_FLAG(std::string, divisions, "divisions/dazu-500111.csv", "divisions, within --data");
ABSL_FLAG(std::string, token_keys, "", "PEM file of the public keys of tokens");
ABSL_FLAG(std::string, keyring, "", "file of the sealing keys");
ABSL_FLAG(std::string, filing_address, "127.0.0.1:7401", "the filing service");
ABSL_FLAG(std::string, filing_ca, "", "PEM file of the authorities to trust; TLS when given");
ABSL_FLAG(std::string, service_token_file, "", "file of the token for the filing service");

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage("serves the indicators of the action plan");
  if (absl::ParseCommandLine(argc, argv).size() > 1) {
    std::cerr << "tuoyu-aggregator takes flags only; see --help\n";
    return 2;
  }
  tuoyu::aggregator::ServerOptions options;
  options.server.address = absl::GetFlag(FLAGS_listen);
  options.server.port_file = absl::GetFlag(FLAGS_port_file);
  options.server.reflection = absl::GetFlag(FLAGS_reflection);
  options.server.tls_certificate_file = absl::GetFlag(FLAGS_tls_certificate);
  options.server.tls_key_file = absl::GetFlag(FLAGS_tls_key);
  options.metrics_address = absl::GetFlag(FLAGS_metrics_listen);
  options.database.host = absl::GetFlag(FLAGS_db_host);
  options.database.port = absl::GetFlag(FLAGS_db_port);
  options.database.user = absl::GetFlag(FLAGS_db_user);
  options.database.password = absl::GetFlag(FLAGS_db_password);
  options.database.schema = absl::GetFlag(FLAGS_db_schema);
  options.database.pool_size = absl::GetFlag(FLAGS_db_connections);
  options.admin_user = absl::GetFlag(FLAGS_db_admin_user);
  options.admin_password = absl::GetFlag(FLAGS_db_admin_password);
  const std::string data = absl::StrCat(absl::GetFlag(FLAGS_data), "/");
  options.plan_file = absl::StrCat(data, absl::GetFlag(FLAGS_plan));
  options.divisions_file = absl::StrCat(data, absl::GetFlag(FLAGS_divisions));
  options.token_keys_file = absl::GetFlag(FLAGS_token_keys);
  options.key_ring_file = absl::GetFlag(FLAGS_keyring);
  options.filing_address = absl::GetFlag(FLAGS_filing_address);
  options.filing_ca_file = absl::GetFlag(FLAGS_filing_ca);
  options.service_token_file = absl::GetFlag(FLAGS_service_token_file);
  const absl::Status status = absl::GetFlag(FLAGS_migrate) ? tuoyu::aggregator::Migrate(options)
                                                           : tuoyu::aggregator::Serve(options);
  if (!status.ok()) std::cerr << "tuoyu-aggregator: " << status.ToString() << '\n';
  return status.ok() ? 0 : 1;
}
