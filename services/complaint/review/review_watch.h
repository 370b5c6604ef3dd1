#ifndef TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_WATCH_H_
#define TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_WATCH_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/base/clock.h"
#include "common/rpc/housekeeping.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"

namespace tuoyu::complaint {

// Makes the means anew of facilities with at least ReviewRules.suppress_below public reviews that were in none before: each time of all
// that are public. So the latest of any means holds scores that no others do, that many of them, and nothing that is added and
// subtracted of means holds fewer. At most `limit` facilities; how many there were. Errors: those of RunSystemWrite.
absl::StatusOr<int64_t> RenewMeans(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                   const Clock& clock, absl::Time deadline, int limit);

// The task of it, for the Housekeeping of CaseWatch. References must outlive it.
rpc::Housekeeping::Task ReviewWatch(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                    const Clock& clock);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REVIEW_REVIEW_WATCH_H_
