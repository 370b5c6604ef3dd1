#include "tests/load/profile.h"

#include <csignal>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/base/status.h"

namespace tuoyu::load {

using system_test::Process;

absl::Status Profiled(District& district, absl::FunctionRef<absl::Status()> load) {
  system_test::System& system = district.system();
  const std::string samples = system.directory() + "/perf.data";
  const std::string pids = absl::StrCat(system.filing().pid(), ",", system.aggregator().pid(), ",",
                                        system.inspection().pid(), ",", system.database_pid());
  ASSIGN_OR_RETURN(Process perf, Process::Spawn({"perf", "record", "-e", "cpu-clock", "-F", "997",
                                                 "-o", samples, "-p", pids},
                                                system.directory() + "/perf.log"));
  absl::SleepFor(absl::Milliseconds(500));
  RETURN_IF_ERROR(load());
  perf.Signal(SIGINT);
  RETURN_IF_ERROR(perf.Wait(absl::Seconds(10)).status());
  for (const char* sort : {"comm,dso", "comm,dso,symbol"}) {
    ASSIGN_OR_RETURN(const auto report,
                     system_test::RunCommand({"perf", "report", "-i", samples, "--stdio", "-q",
                                              "--sort", sort, "--percent-limit", "0.5"}));
    if (report.exit_code != 0) return absl::UnavailableError(report.output);
    std::cout << "\n" << report.output << std::endl;
  }
  return absl::OkStatus();
}

}  // namespace tuoyu::load
