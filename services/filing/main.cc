// tuoyu-filing: filings and the registry of childcare facilities.
#include <cstdio>
#include <string>

#include "common/base/status.h"
#include "common/ops/log.h"
#include "common/ops/metrics.h"
#include "common/ops/signals.h"
#include "common/rpc/journal_service.h"
#include "common/rpc/pool_metrics.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "services/filing/facility_service.h"
#include "services/filing/filing_options.h"
#include "services/filing/filing_service.h"
#include "services/filing/housekeeping.h"

namespace tuoyu::filing {
namespace {

absl::Status Serve(const Options& options, ops::StopSignal& stop) {
  const SystemClock clock;
  ASSIGN_OR_RETURN(const FilingData data, LoadFilingData(options));
  ASSIGN_OR_RETURN(const auto tokens, rpc::TokenVerifier::FromFile(options.token_keys, clock));
  db::Pool pool(options.database);
  ops::Metrics metrics("filing");
  rpc::WatchPool(metrics, pool);
  if (!options.metrics_listen.empty()) RETURN_IF_ERROR(metrics.Expose(options.metrics_listen));
  const FilingDeps deps{pool,       data.sealer,    data.signer,  data.verifier,
                        data.rules, data.divisions, data.calendar};
  rpc::Door door("filing", *tokens, clock, metrics, ops::StderrLog(),
                 {rpc::DescriptorOf<v1::FilingService>(), rpc::DescriptorOf<v1::FacilityService>(),
                  rpc::DescriptorOf<common::v1::JournalService>()});
  FilingService filings(door, deps);
  FacilityService facilities(door, {pool, data.sealer, "filing"}, deps.registry());
  rpc::JournalService journal(door, pool, "filing");
  Housekeeping housekeeping(pool, clock);
  rpc::Server server(options.server, {&filings, &facilities, &journal});
  // Threads stop and connections close in the reverse order of the above.
  return rpc::ServeUntilStopped(server, door, stop, [&] {
    RETURN_IF_ERROR(CheckSchemas(pool));
    facilities.roll().Start(absl::Hours(1));
    housekeeping.Start(absl::Hours(1));
    return absl::OkStatus();
  });
}

}  // namespace
}  // namespace tuoyu::filing

int main(int argc, char** argv) {
  tuoyu::ops::StopSignal stop;
  const tuoyu::filing::Options options = tuoyu::filing::ParseOptions(argc, argv);
  tuoyu::rpc::RouteDatabaseLog("filing", tuoyu::ops::StderrLog());
  const absl::Status status =
      options.migrate ? tuoyu::filing::MigrateAll(options) : tuoyu::filing::Serve(options, stop);
  if (status.ok()) return 0;
  std::fprintf(stderr, "tuoyu-filing: %s\n", std::string(status.message()).c_str());
  return 1;
}
