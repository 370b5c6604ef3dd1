#include "services/aggregator/aggregator_server.h"

#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/time/clock.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "common/data/divisions.h"
#include "common/data/plan.h"
#include "common/db/migrate.h"
#include "common/journal/journal.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/ops/signals.h"
#include "common/privacy/sealer.h"
#include "common/rpc/channel.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/pool_metrics.h"
#include "common/rpc/write.h"
#include "services/aggregator/indicator_service.h"
#include "services/aggregator/registry_follower.h"

namespace tuoyu::aggregator {
namespace {

constexpr absl::Duration kFetchTimeout = absl::Seconds(5);

// Read anew for each call, because a token is renewed while the service runs. Empty when it can't
// be read: the call is then refused, which the log shows.
std::string ReadToken(const std::string& path) {
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return std::string(absl::StripAsciiWhitespace(text));
}

absl::Status CheckSchemas(db::Pool& pool) {
  RETURN_IF_ERROR(db::CheckSchema(pool, journal::kComponent, journal::Files()));
  RETURN_IF_ERROR(db::CheckSchema(pool, rpc::kComponent, rpc::Files()));
  return db::CheckSchema(pool, kComponent, Files());
}

}  // namespace

absl::Status Migrate(const ServerOptions& options) {
  db::Options admin = options.database;
  admin.user = options.admin_user;
  admin.password = options.admin_password;
  RETURN_IF_ERROR(db::Migrate(admin, journal::kComponent, journal::Files()));
  RETURN_IF_ERROR(db::Migrate(admin, rpc::kComponent, rpc::Files()));
  RETURN_IF_ERROR(db::Migrate(admin, kComponent, Files()));
  admin.schema.clear();
  return db::GrantApplication(admin, options.database.user, options.database.password,
                              options.database.schema, journal::AppendOnlyTables());
}

absl::Status Serve(const ServerOptions& options) {
  ops::StopSignal stop;
  ops::LogWriter& log = ops::StderrLog();
  rpc::RouteDatabaseLog(kStatisticsJournal, log);
  const SystemClock clock;
  ASSIGN_OR_RETURN(const indicator::v1::Plan plan, data::LoadPlan(options.plan_file));
  ASSIGN_OR_RETURN(const data::Divisions divisions, data::LoadDivisions(options.divisions_file));
  ASSIGN_OR_RETURN(const auto tokens, rpc::TokenVerifier::FromFile(options.token_keys_file, clock));
  ASSIGN_OR_RETURN(privacy::KeyRing ring, privacy::KeyRing::Load(options.key_ring_file));
  const privacy::Sealer sealer(std::move(ring));

  db::Pool pool(options.database);
  ops::Metrics metrics(kStatisticsJournal);
  rpc::WatchPool(metrics, pool);
  if (!options.metrics_address.empty()) RETURN_IF_ERROR(metrics.Expose(options.metrics_address));

  ASSIGN_OR_RETURN(const auto channel, rpc::NewChannel({.target = options.filing_address,
                                                        .tls_ca_file = options.filing_ca_file}));
  MeasureWriter writer(pool, clock, DivisionNumber(divisions.city_code()));
  RegistryFollower follower(
      {},
      rpc::ChannelFetch(
          channel, [&] { return ReadToken(options.service_token_file); }, kFetchTimeout),
      writer, metrics, log);

  rpc::Door door(kStatisticsJournal, *tokens, clock, metrics, log,
                 {rpc::DescriptorOf<indicator::v1::IndicatorService>(),
                  rpc::DescriptorOf<common::v1::JournalService>()});
  const rpc::WriteDeps deps{pool, sealer, kStatisticsJournal};
  IndicatorService indicators({door, deps, plan, divisions, follower});
  rpc::JournalService journal(door, pool, kStatisticsJournal);
  rpc::Server server(options.server, {&indicators, &journal});
  const absl::Status status = rpc::ServeUntilStopped(server, door, stop, [&]() -> absl::Status {
    RETURN_IF_ERROR(CheckSchemas(pool));
    follower.Start();
    return absl::OkStatus();
  });
  follower.Stop();
  pool.Close();
  return status;
}

}  // namespace tuoyu::aggregator
