#ifndef TUOYU_SERVICES_INSPECTION_VISIT_ESCALATION_H_
#define TUOYU_SERVICES_INSPECTION_VISIT_ESCALATION_H_

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/housekeeping.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"

namespace tuoyu::inspection {

// Tells findings that are overdue and were not told yet (逾期未整改) to the lead department and the street or town: it is entered in
// the finding, journalled, and stands in their worklists. At most `limit` visits; how many there were.
absl::StatusOr<int64_t> EscalateOverdue(const rpc::WriteDeps& writes, const Clock& clock,
                                        absl::Time deadline, int limit);

// What the service does because time passes: escalation, the watch of publications to be withdrawn, and the deletion of photos that were never
// finished.
std::vector<rpc::Housekeeping::Task> HousekeepingTasks(const rpc::WriteDeps& writes,
                                                       const InspectionDeps& deps,
                                                       const Clock& clock);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_VISIT_ESCALATION_H_
