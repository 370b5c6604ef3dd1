#ifndef TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_FEED_H_
#define TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_FEED_H_

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/rpc/journal_follower.h"
#include "common/rpc/write.h"
#include "services/complaint/complaint_deps.h"

namespace tuoyu::complaint {

// The types of payloads of the inspection service's journal that matter to cases.
std::vector<std::string> InspectionPayloads();

// What brings inspections back to the cases they were made for: plans, visits, what was found and mended, and what was
// punished; and who inspected which place.
// References must outlive it.
rpc::JournalFollower::Handlers InspectionFeed(const rpc::WriteDeps& writes,
                                              const ComplaintDeps& deps, const Clock& clock);

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_INSPECTION_INSPECTION_FEED_H_
