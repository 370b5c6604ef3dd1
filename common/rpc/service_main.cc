#include "common/rpc/service_main.h"

#include <cstdio>
#include <utility>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/status.h"
#include "common/db/migrate.h"
#include "common/journal/journal.h"
#include "common/rpc/journal_follower.h"
#include "common/rpc/pool_metrics.h"
#include "common/rpc/write.h"

ABSL_FLAG(std::string, listen, "", "监听地址 / address to serve at; port 0 picks one");
ABSL_FLAG(std::string, port_file, "", "端口写入此文件 / file to write the port to once listening");
ABSL_FLAG(std::string, tls_certificate, "", "TLS 证书 / TLS certificate, PEM");
ABSL_FLAG(std::string, tls_key, "", "TLS 私钥 / TLS private key, PEM, mode 0600");
ABSL_FLAG(bool, reflection, false, "开启反射 / serve gRPC reflection");
ABSL_FLAG(std::string, metrics_listen, "",
          "指标地址 / address of the Prometheus page; empty: none");
ABSL_FLAG(std::string, db_host, "127.0.0.1", "数据库 / database: host, or unix:///path/to/socket");
ABSL_FLAG(int, db_port, 3306, "数据库端口 / port of a TCP host");
ABSL_FLAG(std::string, db_user, "", "数据库用户 / database user");
ABSL_FLAG(std::string, db_password, "", "数据库口令，用 --flagfile 或 --fromenv / its password");
ABSL_FLAG(std::string, db_schema, "", "数据库名 / schema");
ABSL_FLAG(int, db_pool_size, 8, "数据库连接数上限 / most connections to the database");
ABSL_FLAG(bool, migrate, false, "建表并退出 / apply the migrations and exit");
ABSL_FLAG(std::string, db_admin_user, "root", "建表用户 / user of --migrate");
ABSL_FLAG(std::string, db_admin_password, "", "其口令 / its password");
ABSL_FLAG(std::string, data, "deploy/data", "数据目录 / folder of the district's data");
ABSL_FLAG(std::string, divisions, "divisions/dazu-500111.csv",
          "区划文件，在 --data 之下 / divisions file, within --data");
ABSL_FLAG(std::string, token_keys, "", "令牌公钥 / public keys of tokens, PEM");
ABSL_FLAG(std::string, keyring, "", "密钥环 / key ring of sealed fields, mode 0600");

namespace tuoyu::rpc {
namespace {

constexpr absl::Duration kHousekeepingInterval = absl::Hours(1);
// A database connection nobody used for so long is closed.
constexpr absl::Duration kKeepUnused = absl::Seconds(5);

void ReadFlags(int argc, char** argv, const ServiceInfo& info) {
  const std::string program = absl::StrCat("tuoyu-", info.name);
  absl::SetProgramUsageMessage(
      absl::StrCat(info.about, "\n  ", program, " --flagfile=FILE            提供服务 / serve\n  ",
                   program, " --flagfile=FILE --migrate  建表 / make the tables"));
  absl::FlagsUsageConfig usage;
  usage.contains_help_flags = [](absl::string_view file) {
    return absl::StrContains(file, "service_main") || absl::EndsWith(file, "main.cc");
  };
  absl::SetFlagsUsageConfig(usage);
  absl::SetFlag(&FLAGS_listen, absl::StrCat("127.0.0.1:", info.port));
  absl::SetFlag(&FLAGS_db_user, absl::StrCat("tuoyu_", info.name));
  absl::SetFlag(&FLAGS_db_schema, absl::StrCat("tuoyu_", info.name));
  if (absl::ParseCommandLine(argc, argv).size() > 1) {
    std::fprintf(stderr, "%s 只接受选项 / takes flags only: see --help\n", program.c_str());
    std::exit(2);
  }
}

ServerOptions ServerOfFlags() {
  ServerOptions options;
  options.address = absl::GetFlag(FLAGS_listen);
  options.port_file = absl::GetFlag(FLAGS_port_file);
  options.reflection = absl::GetFlag(FLAGS_reflection);
  options.tls_certificate_file = absl::GetFlag(FLAGS_tls_certificate);
  options.tls_key_file = absl::GetFlag(FLAGS_tls_key);
  return options;
}

db::Options DatabaseOfFlags() {
  db::Options options;
  options.host = absl::GetFlag(FLAGS_db_host);
  options.port = absl::GetFlag(FLAGS_db_port);
  options.schema = absl::GetFlag(FLAGS_db_schema);
  options.user = absl::GetFlag(FLAGS_db_user);
  options.password = absl::GetFlag(FLAGS_db_password);
  options.pool_size = absl::GetFlag(FLAGS_db_pool_size);
  return options;
}

std::vector<SchemaPart> PartsOf(const ServiceInfo& info) {
  std::vector<SchemaPart> parts = {
      {journal::kComponent, journal::Files()}, {kComponent, Files()}, {info.name, info.migrations}};
  parts.insert(parts.end(), info.more_tables.begin(), info.more_tables.end());
  return parts;
}

absl::Status MigrateAll(const ServiceInfo& info) {
  const db::Options application = DatabaseOfFlags();
  db::Options admin = application;
  admin.user = absl::GetFlag(FLAGS_db_admin_user);
  admin.password = absl::GetFlag(FLAGS_db_admin_password);
  for (const SchemaPart& part : PartsOf(info)) {
    RETURN_IF_ERROR(db::Migrate(admin, part.component, part.files));
  }
  std::vector<std::string> append_only = journal::AppendOnlyTables();
  append_only.insert(append_only.end(), info.append_only.begin(), info.append_only.end());
  admin.schema.clear();
  return db::GrantApplication(admin, application.user, application.password, application.schema,
                              append_only, journal::LockOnlyTables());
}

absl::Status CheckSchemas(const ServiceInfo& info, db::Pool& pool) {
  for (const SchemaPart& part : PartsOf(info)) {
    RETURN_IF_ERROR(db::CheckSchema(pool, part.component, part.files));
  }
  return absl::OkStatus();
}

absl::Status RunService(const ServiceInfo& info, ops::StopSignal& stop,
                        absl::FunctionRef<absl::Status(ServiceFrame&)> serve) {
  const SystemClock clock;
  const ServerOptions server = ServerOfFlags();
  ASSIGN_OR_RETURN(const data::Divisions divisions,
                   data::LoadDivisions(DataFile(absl::GetFlag(FLAGS_divisions))));
  ASSIGN_OR_RETURN(const auto tokens,
                   TokenVerifier::FromFile(absl::GetFlag(FLAGS_token_keys), clock));
  ASSIGN_OR_RETURN(privacy::KeyRing ring, privacy::KeyRing::Load(absl::GetFlag(FLAGS_keyring)));
  const privacy::Sealer sealer(std::move(ring));
  db::Pool pool(DatabaseOfFlags());
  ops::Metrics metrics(info.name);
  WatchPool(metrics, pool);
  const std::string metrics_listen = absl::GetFlag(FLAGS_metrics_listen);
  if (!metrics_listen.empty()) RETURN_IF_ERROR(metrics.Expose(metrics_listen));
  ServiceFrame frame{info,    server, clock,   stop,   ops::StderrLog(),
                     metrics, pool,   *tokens, sealer, divisions};
  return serve(frame);
}

}  // namespace

absl::Status ServiceFrame::Serve(Door& door, std::vector<Served> services,
                                 std::vector<Housekeeping::Task> more,
                                 absl::FunctionRef<void()> start) {
  more.push_back(Housekeeping::RequestLog());
  Housekeeping housekeeping(info.name, pool, clock, log, std::move(more));
  Server grpc_server(server, std::move(services));
  return ServeUntilStopped(
      grpc_server, door, stop,
      [&]() -> absl::Status {
        RETURN_IF_ERROR(CheckSchemas(info, pool));
        start();
        housekeeping.Start(kHousekeepingInterval);
        return absl::OkStatus();
      },
      [&] { pool.CloseUnused(kKeepUnused); });
}

std::string DataFile(absl::string_view path) {
  return absl::StrCat(absl::GetFlag(FLAGS_data), "/", path);
}

int ServiceMain(int argc, char** argv, const ServiceInfo& info,
                absl::FunctionRef<absl::Status(ServiceFrame&)> serve) {
  ops::StopSignal stop;
  ReadFlags(argc, argv, info);
  RouteDatabaseLog(info.name, ops::StderrLog());
  const absl::Status status =
      absl::GetFlag(FLAGS_migrate) ? MigrateAll(info) : RunService(info, stop, serve);
  if (status.ok()) return 0;
  std::fprintf(stderr, "tuoyu-%s: %s\n", info.name.c_str(), std::string(status.message()).c_str());
  return 1;
}

}  // namespace tuoyu::rpc
