#ifndef TUOYU_SERVICES_COMPLAINT_CASES_CASE_WATCH_H_
#define TUOYU_SERVICES_COMPLAINT_CASES_CASE_WATCH_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/housekeeping.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"

namespace tuoyu::complaint {

// How often the service looks for what is due: limits of emergencies are counted in minutes.
inline constexpr absl::Duration kWatchInterval = absl::Seconds(15);

// Acts on cases because time passes: tells the next level that one is late (督办), closes one whose complainants had their time to say how
// content they are, archives (归档) one that was closed long enough ago. At most `limit`; how many there were.
absl::StatusOr<int64_t> WakeCases(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                  const Clock& clock, absl::Time deadline, int limit);

// The task of it, for a Housekeeping of its own that runs every kWatchInterval. References must outlive it.
rpc::Housekeeping::Task CaseWatch(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                  const Clock& clock);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_CASES_CASE_WATCH_H_
