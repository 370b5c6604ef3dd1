#ifndef TUOYU_SERVICES_INSPECTION_COMPLAINT_COMPLAINT_FEED_H_
#define TUOYU_SERVICES_INSPECTION_COMPLAINT_COMPLAINT_FEED_H_

#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/rpc/journal_follower.h"
#include "common/rpc/write.h"
#include "services/inspection/inspection_deps.h"

namespace tuoyu::inspection {

// The types of payloads of the complaint service's journal that matter to inspections.
std::vector<std::string> ComplaintPayloads();

// What makes plans of the inspections that were asked for: a CASE exempt from the cap, with the id of the asking, that waits for the head of
// the unit. Made once, however often it is read. What no plan can be made of becomes one that is REJECTED with its reason, so that who
// asked learns of it. And keeps what came of cases (table case_result). References must outlive it.
rpc::JournalFollower::Handlers ComplaintFeed(const rpc::WriteDeps& writes,
                                             const InspectionDeps& deps, const Clock& clock);

}  // namespace tuoyu::inspection

#endif  // TUOYU_SERVICES_INSPECTION_COMPLAINT_COMPLAINT_FEED_H_
