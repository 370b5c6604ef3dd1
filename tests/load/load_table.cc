// The load table of the README: what the system costs beside bare yardsticks, measured in turn in one run on durable
// databases. Loopback only, bounded in time. tests/load/run builds and starts it.
// Usage: load_table [FACILITIES] [--profile]
//   FACILITIES   size of the large district, default 100,000
//   --profile    instead of the table, where the CPU time of GetFacility goes
#include <csignal>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "tests/load/district.h"
#include "tests/load/indicator_load.h"
#include "tests/load/life_cycle_load.h"
#include "tests/load/registry_load.h"
#include "tests/load/report.h"

namespace tuoyu::load {
namespace {

using system_test::Process;
using system_test::System;

constexpr int kSmall = 100;
constexpr int kStarts = 5;

// Seconds from starting a process to its health check answering, the middle of several.
absl::StatusOr<double> StartTime(Process& process, const std::function<absl::Status()>& start) {
  std::vector<double> seconds;
  for (int i = 0; i < kStarts; ++i) {
    process.Signal(SIGTERM);
    RETURN_IF_ERROR(process.Wait(absl::Seconds(15)).status());
    const absl::Time begin = absl::Now();
    RETURN_IF_ERROR(start());
    seconds.push_back(absl::ToDoubleSeconds(absl::Now() - begin));
  }
  return Median(seconds);
}

absl::Status Starts(District& district) {
  System& system = district.system();
  ASSIGN_OR_RETURN(const double filing,
                   StartTime(system.filing(), [&] { return system.StartFiling(); }));
  // The aggregator follows the new port of the filing service.
  ASSIGN_OR_RETURN(const double aggregator,
                   StartTime(system.aggregator(), [&] { return system.StartAggregator(); }));
  PrintRow(absl::StrFormat("start to serving among %d facilities: filing / aggregator",
                           district.facilities()),
           absl::StrFormat("%.2f s / %.2f s", filing, aggregator), "< 1 s", "");
  return absl::OkStatus();
}

void Memory(District& district, const std::string& when) {
  absl::SleepFor(absl::Seconds(12));  // longer than a service takes to give memory back
  const double mb = 1024 * 1024;
  PrintRow(absl::StrFormat("resident memory at rest %s, %d facilities: filing / aggregator", when,
                           district.facilities()),
           absl::StrFormat("%.1f MB / %.1f MB",
                           system_test::ResidentBytes(district.system().filing().pid()) / mb,
                           system_test::ResidentBytes(district.system().aggregator().pid()) / mb),
           "< 40 MB", "");
}

absl::Status Profile(int facilities) {
  ASSIGN_OR_RETURN(const auto district, District::Start(facilities));
  return RegistryLoad(*district).ProfileGetFacility();
}

absl::Status Main(int facilities) {
  PrintHeader();
  const bool full = facilities >= 10000;
  ASSIGN_OR_RETURN(const auto small, District::Start(kSmall));
  ASSIGN_OR_RETURN(const auto large, District::Start(facilities));
  RETURN_IF_ERROR(Starts(*large));
  Memory(*large, "after the start");
  RegistryLoad registry(*large);
  RETURN_IF_ERROR(registry.GetFacility());
  RETURN_IF_ERROR(registry.ListFacilities());
  RETURN_IF_ERROR(Indicators(*small, *large));
  RETURN_IF_ERROR(LifeCycles(*large, full ? 400 : 40));
  RETURN_IF_ERROR(Lag(*large, full ? 2000 : 100));
  Memory(*large, "after the loads above");
  return Rebuild(*large);
}

}  // namespace
}  // namespace tuoyu::load

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool profile = std::erase(arguments, "--profile") > 0;
  int facilities = 100000;
  if (arguments.size() > 1 ||
      (arguments.size() == 1 && (!absl::SimpleAtoi(arguments[0], &facilities) || facilities < 200 ||
                                 facilities > 1000000))) {
    std::cerr << "usage: load_table [FACILITIES, 200 to 1,000,000] [--profile]\n";
    return 2;
  }
  const absl::Status status =
      profile ? tuoyu::load::Profile(facilities) : tuoyu::load::Main(facilities);
  if (status.ok()) return 0;
  std::cerr << status << "\n";
  return 1;
}
