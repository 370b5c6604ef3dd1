#ifndef TUOYU_SERVICES_FILING_HOUSEKEEPING_H_
#define TUOYU_SERVICES_FILING_HOUSEKEEPING_H_

#include <vector>

#include "common/rpc/housekeeping.h"
#include "services/filing/filing_deps.h"

namespace tuoyu::filing {

// What is done now and then besides the log of requests: uploads that were never finished and files of drafts withdrawn
// before their submission are deleted; when open filings are due is computed anew after the calendar or the rules have
// changed. `deps` must outlive the tasks.
std::vector<rpc::Housekeeping::Task> HousekeepingTasks(const FilingDeps& deps);

}  // namespace tuoyu::filing

#endif  // TUOYU_SERVICES_FILING_HOUSEKEEPING_H_
