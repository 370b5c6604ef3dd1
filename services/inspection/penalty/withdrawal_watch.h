#ifndef TUOYU_SERVICES_INSPECTION_PENALTY_WITHDRAWAL_WATCH_H_
#define TUOYU_SERVICES_INSPECTION_PENALTY_WITHDRAWAL_WATCH_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"

namespace tuoyu::inspection {

// Notes in up to `limit` cases, and journals as "penalty.withdrawal_overdue", that a decision of whose annulment or change word came is still
// public after 3 working days (行政处罚法 art. 48). Returns how many; the first error when there were none but errors.
absl::StatusOr<int64_t> TellOverdueWithdrawals(const rpc::WriteDeps& writes,
                                               const InspectionDeps& deps, const Clock& clock,
                                               absl::Time deadline, int limit);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_PENALTY_WITHDRAWAL_WATCH_H_
