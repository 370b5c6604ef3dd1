#include "services/inspection/penalty/withdrawal_watch.h"

#include <string>
#include <utility>
#include <vector>

#include "common/base/civil.h"
#include "common/base/status.h"
#include "services/inspection/penalty/penalty_clocks.h"
#include "services/inspection/penalty/penalty_entry.h"
#include "services/inspection/penalty/penalty_repository.h"
#include "services/inspection/resource_name.h"

namespace tuoyu::inspection {
namespace {

using v1::PenaltyCase;

constexpr absl::string_view kActor = "system/withdrawal_watch";

absl::Status Tell(rpc::WriteContext& context, const InspectionDeps& deps, const std::string& id,
                  bool* told) {
  ASSIGN_OR_RETURN(PenaltyCase penalty_case, LockCase(context, PenaltyCaseName(id)));
  const auto by = WithdrawBy(penalty_case, deps.calendar);
  *told = by && *by < context.call.today && !penalty_case.has_withdrawal_overdue_on();
  if (!*told) return absl::OkStatus();  // withdrawn since, or told
  *penalty_case.mutable_withdrawal_overdue_on() = ToProto(context.call.today);
  PenaltyCase ignored;
  return EnterCase(context, deps, "penalty.withdrawal_overdue", std::move(penalty_case), &ignored);
}

}  // namespace

absl::StatusOr<int64_t> TellOverdueWithdrawals(const rpc::WriteDeps& writes,
                                               const InspectionDeps& deps, const Clock& clock,
                                               absl::Time deadline, int limit) {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(
      db::RunRead(writes.pool, deadline, [&](db::Transaction& transaction) -> absl::Status {
        ASSIGN_OR_RETURN(ids, OverdueWithdrawals(transaction, DayOf(clock.Now()), limit));
        return absl::OkStatus();
      }));
  // Each by itself: one that fails keeps no other from its turn, and is tried again the next time.
  absl::Status first;
  int64_t count = 0;
  for (const std::string& id : ids) {
    bool told = false;
    const absl::Status status = rpc::RunSystemWrite(
        writes, clock, kActor, deadline,
        [&](rpc::WriteContext& context) { return Tell(context, deps, id, &told); });
    if (status.ok() && told) ++count;
    first.Update(status);
  }
  if (count == 0 && !first.ok()) return first;
  return count;
}

}  // namespace tuoyu::inspection
