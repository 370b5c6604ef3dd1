#ifndef TUOYU_CLIENTS_CLI_REPORT_MONTH_DATA_H_
#define TUOYU_CLIENTS_CLI_REPORT_MONTH_DATA_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "clients/cli/session.h"
#include "tuoyu/indicator/v1/indicator_service.pb.h"
#include "tuoyu/indicator/v1/task_service.pb.h"

namespace tuoyu::cli {

// A month of the plan's district as the services hold it: all numbers as known at the same journal positions.
struct MonthData {
  absl::CivilMonth month;
  absl::CivilDay last;   // of the month; today while the month runs
  bool running = false;  // whether it does
  bool outside = false;  // streets and towns are as anyone outside the health commission sees them
  absl::Time made_at;
  std::vector<indicator::v1::Indicator> before;  // on the last day of the month before
  std::vector<indicator::v1::Indicator> now;     // on `last`, the same indicators in the same order
  std::vector<indicator::v1::ListIndicatorChangesResponse> changes;  // of what can be computed
  indicator::v1::GetIndicatorTreeResponse tree;                      // on `last`
  indicator::v1::ListTasksResponse tasks;                            // on `last`
  std::vector<indicator::v1::TaskProgress>
      progress;  // reports about days of the month, by task, newest first
};

// Entries of the journals up to which things are known; 0: now.
struct KnownUpTo {
  int64_t registry = 0;
  int64_t statistics = 0;
};

// Reads a month that has begun. With `outside`, a session without a role, streets and towns are read by it: as known now,
// small numbers withheld. The errors of the calls.
absl::StatusOr<MonthData> ReadMonth(Session& session, Session* outside, absl::CivilMonth month,
                                    KnownUpTo known);

}  // namespace tuoyu::cli

#endif  // TUOYU_CLIENTS_CLI_REPORT_MONTH_DATA_H_
