#include "services/filing/housekeeping.h"

#include "common/base/status.h"
#include "services/filing/filing_case.h"
#include "services/filing/material_repository.h"

namespace tuoyu::filing {
namespace {

constexpr int kFilingsAtOnce = 100;
// Of what does not depend on age.
constexpr absl::Duration kAtOnce = absl::Seconds(1);

}  // namespace

std::vector<rpc::Housekeeping::Task> HousekeepingTasks(const FilingDeps& deps) {
  return {
      {"material_upload", kKeepUnfinishedUploads, kUploadsAtOnce, PurgeUploads},
      {"material_discarded", kAtOnce, kUploadsAtOnce,
       [](db::Pool& pool, absl::Time deadline, absl::Time, int limit) {
         return PurgeDiscarded(pool, deadline, limit);
       }},
      {"filing_due_day", kAtOnce, kFilingsAtOnce,
       [&deps](db::Pool&, absl::Time deadline, absl::Time, int limit) -> absl::StatusOr<int64_t> {
         ASSIGN_OR_RETURN(const bool more, RenewDueDays(deps, deadline, limit));
         return more ? limit : 0;
       }}};
}

}  // namespace tuoyu::filing
