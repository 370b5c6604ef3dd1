#ifndef TUOYU_SERVICES_COMPLAINT_REGISTRY_REGISTRY_FEED_H_
#define TUOYU_SERVICES_COMPLAINT_REGISTRY_REGISTRY_FEED_H_

#include "common/rpc/journal_follower.h"

namespace tuoyu::complaint {

// What keeps facilities (common/registry), and who decided on them: an account that changed a facility does not handle a complaint about it
// soon after.
rpc::JournalFollower::Handlers RegistryFeed();

}  // namespace tuoyu::complaint

#endif  // TUOYU_SERVICES_COMPLAINT_REGISTRY_REGISTRY_FEED_H_
