#include "services/complaint/review/review_watch.h"

#include <string>
#include <vector>

#include "common/base/civil.h"
#include "common/base/clock.h"
#include "common/base/status.h"
#include "services/complaint/resource_name.h"
#include "services/complaint/review/review_repository.h"
#include "services/complaint/review/review_rules.h"

namespace tuoyu::complaint {
namespace {

constexpr absl::string_view kActor = "system/review_watch";
constexpr int kFacilitiesAtOnce = 50;
constexpr absl::Duration kAtOnce = absl::Seconds(1);

v1::ReviewMeans MeansOf(const ReviewSums& sums) {
  v1::ReviewMeans means;
  means.set_safety(MeanInTenths(sums.safety, sums.count));
  means.set_care(MeanInTenths(sums.care, sums.count));
  means.set_meals(MeanInTenths(sums.meals, sums.count));
  means.set_communication(MeanInTenths(sums.communication, sums.count));
  means.set_fees(MeanInTenths(sums.fees, sums.count));
  return means;
}

absl::Status Renew(rpc::WriteContext& context, int least, const std::string& facility_id) {
  const absl::CivilDay today = context.call.today;
  // Locked and looked at again: one may have been hidden since, or another server have counted them.
  ASSIGN_OR_RETURN(const int64_t uncounted, LockUncounted(context.transaction, facility_id, today));
  if (uncounted < least) return absl::OkStatus();
  ASSIGN_OR_RETURN(const absl::optional<v1::ReviewCount> before,
                   ReadReviewCount(context.transaction, facility_id));
  v1::ReviewCount count;
  count.set_facility(FacilityName(facility_id));
  count.set_number(before ? before->number() + 1 : 1);
  *count.mutable_counted_on() = ToProto(today);
  ASSIGN_OR_RETURN(const ReviewSums sums,
                   MarkCounted(context.transaction, facility_id, count.number(), today));
  count.set_counted(static_cast<int32_t>(sums.count));
  *count.mutable_means() = MeansOf(sums);
  RETURN_IF_ERROR(StoreReviewCount(context.transaction, count));
  rpc::AddEntry(context, "review.counted", count.facility(), sums.division_code, today, count);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<int64_t> RenewMeans(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                   const Clock& clock, absl::Time deadline, int limit) {
  const absl::CivilDay today = Today(clock);
  const int least = deps.rules.On(today).reviews().suppress_below();
  std::vector<std::string> facilities;
  RETURN_IF_ERROR(
      db::RunRead(writes.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(facilities, FacilitiesToCount(transaction, today, least, limit));
        return absl::OkStatus();
      }));
  for (const std::string& facility : facilities) {
    RETURN_IF_ERROR(rpc::RunSystemWrite(
        writes, clock, kActor, deadline,
        [&](rpc::WriteContext& context) { return Renew(context, least, facility); }));
  }
  return static_cast<int64_t>(facilities.size());
}

rpc::Housekeeping::Task ReviewWatch(const rpc::WriteDeps& writes, const ComplaintDeps& deps,
                                    const Clock& clock) {
  return {"review_watch", kAtOnce, kFacilitiesAtOnce,
          [writes, deps, &clock](db::Pool&, absl::Time deadline, absl::Time, int limit) {
            return RenewMeans(writes, deps, clock, deadline, limit);
          }};
}

}  // namespace tuoyu::complaint
