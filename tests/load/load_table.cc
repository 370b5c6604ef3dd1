// The load table of the README: what the system costs beside bare yardsticks, measured in turn in one run on durable
// databases. Loopback only, bounded in time. tests/load/run builds and starts it.
// Usage: load_table [FACILITIES] [--visits VISITS] [--only PART[,PART]] [--profile PART]
//   FACILITIES      size of the large district, default 100,000
//   --visits VISITS inspections among which the latest of a facility are read, 20,000 to 10,000,000, default 1,000,000
//   --only PART     the rows of one part, or of several ("life,rebuild"): start, rest, get, list, indicators, life, lag,
//                   rebuild, rosters, import, export, draw, inspections, complaints
//   --profile PART  instead of the table, where the CPU time of get, list, life, import or inspections goes
#include <csignal>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/base/status.h"
#include "tests/load/complaint_load.h"
#include "tests/load/district.h"
#include "tests/load/import_load.h"
#include "tests/load/indicator_load.h"
#include "tests/load/inspection_load.h"
#include "tests/load/life_cycle_load.h"
#include "tests/load/profile.h"
#include "tests/load/registry_load.h"
#include "tests/load/report.h"

namespace tuoyu::load {
namespace {

using system_test::Process;
using system_test::System;

constexpr int kSmall = 100;
constexpr int kStarts = 5;
constexpr int kMembersPerFacility = 10;

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

absl::Status Memory(District& district, const std::string& when) {
  absl::SleepFor(absl::Seconds(12));  // longer than a service takes to give memory back
  const double mb = 1024 * 1024;
  PrintRow(absl::StrFormat("resident memory at rest %s, %d facilities: filing / aggregator", when,
                           district.facilities()),
           absl::StrFormat("%.1f MB / %.1f MB",
                           system_test::ResidentBytes(district.system().filing().pid()) / mb,
                           system_test::ResidentBytes(district.system().aggregator().pid()) / mb),
           "< 40 MB", "");
  return absl::OkStatus();
}

struct Arguments {
  int facilities = 100000;
  int visits = 0;                 // 0: 1,000,000, or 100,000 of a small district
  std::vector<std::string> only;  // empty: all parts
  std::string profile;
};

absl::Status Main(const Arguments& arguments) {
  const bool full = arguments.facilities >= 10000;
  const int cycles = full ? 400 : 40;
  std::unique_ptr<District> small, large;
  if (arguments.profile.empty()) {
    PrintHeader();
    ASSIGN_OR_RETURN(small, District::Start(kSmall));
  }
  ASSIGN_OR_RETURN(large, District::Start(arguments.facilities));
  RegistryLoad registry(*large);
  if (arguments.profile == "get") {
    return Profiled(*large, [&] { return registry.OnlyGetFacility(); });
  }
  if (arguments.profile == "list") {
    return Profiled(*large, [&] { return registry.ListFacilities(); });
  }
  if (arguments.profile == "life") {
    return ProfileLifeCycles(*large, 800);
  }
  if (arguments.profile == "inspections") return ProfileInspections(*large, 100'000);
  if (arguments.profile == "import") return ProfileImport(*large, 20'000);
  const std::pair<absl::string_view, std::function<absl::Status()>> parts[] = {
      {"start", [&] { return Starts(*large); }},
      {"rest", [&] { return Memory(*large, "after the start"); }},
      {"get", [&] { return registry.GetFacility(); }},
      {"list", [&] { return registry.ListFacilities(); }},
      {"indicators", [&] { return Indicators(*small, *large); }},
      {"life", [&] { return LifeCycles(*large, cycles); }},
      {"lag", [&] { return Lag(*large, full ? 2000 : 100); }},
      {"rest", [&] { return Memory(*large, "after the loads above"); }},
      {"rebuild", [&] { return Rebuild(*large); }},
      {"rosters",
       [&] { return RosterIndicators(*small, *large, kMembersPerFacility * large->facilities()); }},
      {"import", [&] { return Import(*large, full ? 30'000 : 1'000); }},
      {"export", [&] { return Export(*large); }},
      {"draw",
       [&]() -> absl::Status {
         RETURN_IF_ERROR(DrawTimes());
         return DrawOfTheDistrict(*large);
       }},
      {"inspections",
       [&] {
         const int usual = full ? 1'000'000 : 100'000;
         return LatestInspections(*large, 10'000, arguments.visits > 0 ? arguments.visits : usual);
       }},
      {"complaints", [&] { return ComplaintLives(*large, cycles, full ? 1'000'000 : 100'000); }}};
  for (const auto& [name, part] : parts) {
    if (arguments.only.empty() || absl::c_linear_search(arguments.only, name))
      RETURN_IF_ERROR(part());
  }
  return absl::OkStatus();
}

constexpr absl::string_view kParts[] = {"start",  "rest", "get",         "list",      "indicators",
                                        "life",   "lag",  "rebuild",     "rosters",   "import",
                                        "export", "draw", "inspections", "complaints"};
constexpr absl::string_view kProfiled[] = {"get", "list", "life", "import", "inspections"};

// False when they can't be read, or name a part there is none of.
bool Parse(const std::vector<std::string>& given, Arguments* arguments) {
  for (size_t i = 0; i < given.size(); ++i) {
    if (given[i] == "--only" && i + 1 < given.size()) {
      arguments->only = absl::StrSplit(given[++i], ',');
    } else if (given[i] == "--profile" && i + 1 < given.size()) {
      arguments->profile = given[++i];
    } else if (given[i] == "--visits" && i + 1 < given.size()) {
      if (!absl::SimpleAtoi(given[++i], &arguments->visits) || arguments->visits < 20'000 ||
          arguments->visits > 10'000'000) {
        return false;
      }
    } else if (!absl::SimpleAtoi(given[i], &arguments->facilities) || arguments->facilities < 200 ||
               arguments->facilities > 1000000) {
      return false;
    }
  }
  const auto is_part = [](const std::string& name) { return absl::c_linear_search(kParts, name); };
  return absl::c_all_of(arguments->only, is_part) &&
         (arguments->profile.empty() || absl::c_linear_search(kProfiled, arguments->profile));
}

}  // namespace
}  // namespace tuoyu::load

int main(int argc, char** argv) {
  tuoyu::load::Arguments arguments;
  if (!tuoyu::load::Parse({argv + 1, argv + argc}, &arguments)) {
    std::cerr << "usage: load_table [FACILITIES, 200 to 1,000,000] [--visits 20,000 to 10,000,000] "
                 "[--only PART[,PART]] [--profile "
                 "PART]\n"
              << "parts: " << absl::StrJoin(tuoyu::load::kParts, ", ")
              << "; of a profile: " << absl::StrJoin(tuoyu::load::kProfiled, ", ") << "\n";
    return 2;
  }
  const absl::Status status = tuoyu::load::Main(arguments);
  if (status.ok()) return 0;
  std::cerr << status << "\n";
  return 1;
}
